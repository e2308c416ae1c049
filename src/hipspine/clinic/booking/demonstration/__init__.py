"""A busy fortnight of invented people, made through the same actions as a real one."""

from hipspine.clinic.booking.demonstration.fortnight import make_bookings

__all__ = ["make_bookings"]
