"""The mechanics room."""
