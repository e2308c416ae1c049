"""What pages of earlier rooms show of booking."""
