"""What anyone may open: find a clinic, book, and follow a signed link."""
