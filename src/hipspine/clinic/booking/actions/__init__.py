"""The one place that writes bookings; every action is atomic, and each booking leaves an event."""

from hipspine.clinic.booking.actions.changing import (
    Changed,
    cancel,
    letter_sent,
    mark,
    note_reminder,
    reminder_failed,
    reschedule,
)
from hipspine.clinic.booking.actions.desk import book_by_staff, overbooking, walk_in
from hipspine.clinic.booking.actions.forgetting import forget_what_is_old
from hipspine.clinic.booking.actions.online import (
    Details,
    Holder,
    TooManyHolds,
    confirm,
    hold,
    release,
)
from hipspine.clinic.booking.actions.reading import (
    note_day_read,
    note_visit_read,
    note_waiting_read,
)
from hipspine.clinic.booking.actions.taking import ONLINE, STAFF, SlotTaken, Terms, Wanted
from hipspine.clinic.booking.actions.waiting import (
    Wish,
    accept,
    decline,
    end_old_offers,
    join,
    offer,
    offer_to_next,
    offer_told,
    withdraw,
)

__all__ = [
    "ONLINE",
    "STAFF",
    "Changed",
    "Details",
    "Holder",
    "SlotTaken",
    "Terms",
    "TooManyHolds",
    "Wanted",
    "Wish",
    "accept",
    "book_by_staff",
    "cancel",
    "confirm",
    "decline",
    "end_old_offers",
    "forget_what_is_old",
    "hold",
    "join",
    "letter_sent",
    "mark",
    "note_day_read",
    "note_reminder",
    "note_visit_read",
    "note_waiting_read",
    "offer",
    "offer_to_next",
    "offer_told",
    "overbooking",
    "release",
    "reminder_failed",
    "reschedule",
    "walk_in",
    "withdraw",
]
