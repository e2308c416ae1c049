"""The tables of booking."""

from hipspine.clinic.booking.models.appointment import Appointment, BookingTick
from hipspine.clinic.booking.models.location import Holiday, Location
from hipspine.clinic.booking.models.online_use import OnlineUse
from hipspine.clinic.booking.models.resource import HoursException, Resource, WeeklyHours
from hipspine.clinic.booking.models.visit_type import Need, VisitType
from hipspine.clinic.booking.models.waiting import WaitingListEntry

__all__ = [
    "Appointment",
    "BookingTick",
    "Holiday",
    "HoursException",
    "Location",
    "Need",
    "OnlineUse",
    "Resource",
    "VisitType",
    "WaitingListEntry",
    "WeeklyHours",
]
