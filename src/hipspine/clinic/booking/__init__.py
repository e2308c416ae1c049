"""Booking: who sees whom, where, when. One place writes (`actions`), and it cannot double-book."""
