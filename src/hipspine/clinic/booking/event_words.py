"""What booking's events are called on the page that shows a patient who looked."""

from django.utils.translation import gettext_lazy as _

from hipspine.clinic.chart.event_words import WORDS

WORDS |= {
    "booking.booked": _("booked a visit"),
    "booking.moved": _("moved a visit"),
    "booking.cancelled": _("cancelled a visit"),
    "booking.confirmed_again": _("sent the confirmation again, to a corrected address"),
    "booking.arrived": _("noted the arrival"),
    "booking.noshow": _("noted that nobody came"),
    "booking.fulfilled": _("noted that the visit is done"),
    "booking.reopened": _("took back a note about a visit"),
    "booking.visit_read": _("opened the page of a visit"),
    "booking.day_read": _("opened the list of visits of a day"),
    "waiting.read": _("opened the waiting list"),
    "waiting.joined": _("joined the waiting list"),
    "waiting.withdrawn": _("left the waiting list"),
    "waiting.offered": _("was offered a time from the waiting list"),
    "waiting.offered_again": _("sent the offer again, to a corrected address"),
}
