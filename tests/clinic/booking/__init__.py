"""Booking, from the wall clock to the browser."""
