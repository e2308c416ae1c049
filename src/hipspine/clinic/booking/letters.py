"""What is written to people about their visits: short, plain text, in their language.

A letter says when and where, and carries the signed link; never what the visit is for, nor a word
that a stranger typed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from hipspine.clinic.booking.calendar_file import CONTENT_TYPE, FILE_NAME, address_of, ics_of
from hipspine.clinic.booking.links import full_address, token_of, waiting_token_of
from hipspine.clinic.booking.models import Appointment, Location, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter
from hipspine.clinic.booking.times_shown import clock, day_and_clock, full_day, zone_words
from hipspine.clinic.chart.models import Patient

REMINDER = "reminder"


@dataclass(frozen=True)
class Words:
    """A subject and the sentences before the facts; `link` is what the address below is for."""

    subject: str
    opening: str
    link: str


def appointment_letter(appointment: Appointment, kind: str) -> EmailMessage:
    """`kind`: one of `Letter`, or REMINDER. To whom it belongs, with a calendar file."""
    with translation.override(appointment.language):
        words = _words(kind, appointment.location)
        lines = [
            _greeting(appointment.chart),
            "",
            words.opening,
            "",
            *_facts(appointment),
        ]
        if kind != Letter.CANCELLED:
            lines += ["", words.link, full_address("booking:mine", token=token_of(appointment))]
        message = _message(words.subject, lines, appointment.location, appointment.reach.email)
        message.attach(FILE_NAME, ics_of(appointment).decode(), CONTENT_TYPE.split(";")[0])
    return message


def offer_letter(entry: WaitingListEntry) -> EmailMessage:
    """A time became free for someone who waits: until when it is kept for them."""
    offered, place = entry.offer, entry.location
    with translation.override(entry.language):
        lines = [
            _greeting(entry.chart),
            "",
            _("A time has become free for which you are on our waiting list."),
            "",
            *_facts(offered),
            "",
            _("We keep it for you until %(until)s. Take it or let it go here:")
            % {"until": until_words(offered.expires_at, place)},
            full_address("booking:waiting", token=waiting_token_of(entry)),
        ]
        subject = _("A time is free: %(clinic)s") % {"clinic": place.name}
        return _message(subject, lines, place, entry.reach.email)


def until_words(instant: datetime, place: Location) -> str:
    """Day, time and zone of a deadline."""
    return f"{day_and_clock(instant, place.zone)} ({zone_words(instant, place.zone)})"


def _words(kind: str, place: Location) -> Words:
    clinic = {"clinic": place.name}
    change = _("See, move or cancel it here:")
    return {
        Letter.BOOKED: Words(
            _("Your visit at %(clinic)s") % clinic, _("Your visit is booked."), change
        ),
        Letter.MOVED: Words(
            _("Your visit at %(clinic)s has a new time") % clinic,
            _("Your visit has a new time."),
            change,
        ),
        Letter.CANCELLED: Words(
            _("Your visit at %(clinic)s is cancelled") % clinic,
            _("This visit is cancelled. If that surprises you, call us."),
            "",
        ),
        REMINDER: Words(
            _("Your visit at %(clinic)s is near") % clinic,
            _("You asked us to remind you of your visit."),
            change,
        ),
    }[kind]


def _facts(appointment: Appointment) -> list[str]:
    place = appointment.location
    local = appointment.starts_at.astimezone(place.zone)
    begins, ends = (
        clock(moment, place.zone) for moment in (appointment.starts_at, appointment.ends_at)
    )
    facts = [
        full_day(local.date()),
        _("%(begins)s to %(ends)s (%(zone)s)")
        % {"begins": begins, "ends": ends, "zone": zone_words(appointment.starts_at, place.zone)},
    ]
    if appointment.practitioner:
        facts.append(_("with %(name)s") % {"name": appointment.practitioner.name})
    facts.append(address_of(place))
    if place.shown_directions:
        facts.append(place.shown_directions)
    return facts


def _greeting(chart: Patient | None) -> str:
    """By name only who is known here: what a stranger typed could be a message to anybody."""
    return _("Hello %(name)s,") % {"name": chart.given_name} if chart else _("Hello,")


def _message(subject: str, lines: list[str], place: Location, to: str) -> EmailMessage:
    closing = [
        "",
        _("Questions? Call us: %(phone)s") % {"phone": place.phone},
        _("In an emergency call your local emergency number, not the clinic."),
    ]
    text = "\n".join([*lines, *closing, ""])
    return EmailMessage(
        " ".join(subject.split()), text, to=[to], reply_to=[place.email] if place.email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
