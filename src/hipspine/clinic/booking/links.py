"""Signed links: who has one may see, move and cancel that one appointment, and nothing else.

A link holds the random id of the appointment (or of a waiting-list entry) and a signature with the
clinic's secret; nothing about a person. It dies with what it is for: a day after the visit's end.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.booking.selectors import with_people

SALT_APPOINTMENT = "hipspine.booking.appointment"
SALT_WAITING = "hipspine.booking.waiting"
LIVES_AFTER = timedelta(days=1)
WAITING_LIVES_AFTER = timedelta(days=31)


def token_of(appointment: Appointment) -> str:
    """For an address; only letters, digits, - _ and :."""
    return _sign(appointment.pk, SALT_APPOINTMENT)


def waiting_token_of(entry: WaitingListEntry) -> str:
    """The same for the waiting list."""
    return _sign(entry.pk, SALT_WAITING)


def appointment_of(token: str) -> Appointment | None:
    """None if forged, cut, of something else, or too old."""
    found = _read(token, SALT_APPOINTMENT)
    if found is None:
        return None
    rows = Appointment.objects.filter(pk=found).select_related("location", "visit_type")
    appointment = next(iter(with_people(rows).order_by()), None)  # one alone: joined is cheaper
    if appointment is None or appointment.ends_at + LIVES_AFTER <= timezone.now():
        return None
    appointment.visit_type.location = appointment.location
    return appointment


def waiting_of(token: str) -> WaitingListEntry | None:
    """None if forged, cut, of something else, or too old."""
    found = _read(token, SALT_WAITING)
    entry = WaitingListEntry.objects.filter(pk=found).first() if found else None
    if entry is None or entry.latest + WAITING_LIVES_AFTER < timezone.localdate():
        return None
    return entry


def full_address(name: str, **words: str) -> str:
    """Of a page, as it stands in a mail or a feed: with the clinic's own name before it."""
    return settings.PUBLIC_URL + reverse(name, kwargs=words)


def _sign(pk: uuid.UUID, salt: str) -> str:
    return signing.Signer(salt=salt).sign(pk.hex)


def _read(token: str, salt: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
