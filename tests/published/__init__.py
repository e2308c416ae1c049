"""Published results, by paper."""
