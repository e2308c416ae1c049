"""Mails about a visit: short, plain text, in the language the person chose.

They say when and where, and lead by a signed link to everything else. Mailboxes are shared and read
over shoulders, so neither the kind of visit nor the clinician stands in them; and no word that
someone typed does, or strangers could write to anybody through the clinic's booking page.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hipspine.clinic.booking.calendar_file import FILE_NAME, address_of, ics_of
from hipspine.clinic.booking.links import token_of, waiting_token_of
from hipspine.clinic.booking.models import Appointment, Location, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter
from hipspine.clinic.booking.times_shown import clock, day_and_clock, zone_words

REMINDER = "reminder"
OFFER = "offer"
#: A calendar replaces or removes the visit it knows.
WITH_CALENDAR_FILE = frozenset({Letter.BOOKED, Letter.MOVED, Letter.CANCELLED})


def letter_about(appointment: Appointment, kind: str) -> EmailMessage | None:
    """`kind`: a `Letter` or REMINDER. None: there is no address to send it to."""
    person = appointment.whose
    if person is None or not person.email:
        return None
    with translation.override(appointment.language):
        when = day_and_clock(appointment.starts_at, appointment.location.zone)
        facts = {
            "link": _link("booking:mine", token_of(appointment)),
            "again": _link("booking:location", appointment.location.slug),
        }
        message = _message(kind, person.email, appointment, when, facts)
        if kind in WITH_CALENDAR_FILE:
            message.attach(FILE_NAME, ics_of(appointment).decode(), "text/calendar")
    return message


def letter_of_offer(entry: WaitingListEntry) -> EmailMessage | None:
    """A time became free and is held for them. None: no address, or no offer any more."""
    person, offer = entry.whose, entry.offer
    if offer is None or offer.expires_at is None or person is None or not person.email:
        return None
    zone = entry.location.zone
    with translation.override(entry.language):
        when = day_and_clock(offer.starts_at, zone)
        until = offer.expires_at
        same_day = until.astimezone(zone).date() == offer.starts_at.astimezone(zone).date()
        facts = {
            "link": _link("booking:waiting", waiting_token_of(entry)),
            "until": clock(until, zone) if same_day else day_and_clock(until, zone),
        }
        return _message(OFFER, person.email, offer, when, facts)


def _message(
    kind: str, email: str, appointment: Appointment, when: str, facts: Mapping[str, str]
) -> EmailMessage:
    location = appointment.location
    shown = {
        **facts,
        "when": when,
        "zone": zone_words(appointment.starts_at, location.zone),
        "location": location,
        "address": address_of(location),
    }
    body = render_to_string(f"booking/mail/{kind}.txt", shown)
    return EmailMessage(
        _subject(kind, when, location),
        body.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [email],
        reply_to=[location.email] if location.email else None,
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no holiday notes in reply
    )


def _subject(kind: str, when: str, location: Location) -> str:
    words = {
        Letter.BOOKED: _("Your visit: %(when)s"),
        Letter.MOVED: _("Your visit is moved: %(when)s"),
        Letter.CANCELLED: _("Your visit is cancelled: %(when)s"),
        REMINDER: _("Your visit is soon: %(when)s"),
        OFFER: _("A time is free for you: %(when)s"),
    }[kind]
    return f"[{location.name}] {words % {'when': when}}"


def _link(name: str, argument: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=[argument])
