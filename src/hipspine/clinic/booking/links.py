"""Signed links: who has one may see, move and cancel that one appointment, and nothing else.

A link holds the random id of the appointment (or of a waiting-list entry) and a signature with the
clinic's secret; nothing about a person. It dies with what it is for: a day after the visit's end;
and with its `link_version`, which grows when the desk corrects the address it was sent to.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment, Location, WaitingListEntry
from hipspine.clinic.booking.selectors import with_people

SALT_APPOINTMENT = "hipspine.booking.appointment"
SALT_WAITING = "hipspine.booking.waiting"
LIVES_AFTER = timedelta(days=1)
WAITING_LIVES_AFTER = timedelta(days=31)


def token_of(appointment: Appointment) -> str:
    """For an address; only letters, digits, - _ and :."""
    return _sign(appointment, SALT_APPOINTMENT)


def waiting_token_of(entry: WaitingListEntry) -> str:
    """The same for the waiting list."""
    return _sign(entry, SALT_WAITING)


def appointment_of(token: str) -> Appointment | None:
    """None if forged, cut, of something else, made void, or too old."""
    found = _read(token, SALT_APPOINTMENT)
    if found is None:
        return None
    rows = Appointment.objects.filter(pk=found[0], link_version=found[1])
    rows = rows.select_related("location", "visit_type")
    appointment = next(iter(with_people(rows).order_by()), None)  # one alone: joined is cheaper
    if appointment is None or appointment.ends_at + LIVES_AFTER <= timezone.now():
        return None
    appointment.visit_type.location = appointment.location
    return appointment


def waiting_of(token: str) -> WaitingListEntry | None:
    """None if forged, cut, of something else, made void, or too old."""
    found = _read(token, SALT_WAITING)
    if found is None:
        return None
    entry = WaitingListEntry.objects.filter(pk=found[0], link_version=found[1]).first()
    if entry is None or entry.latest + WAITING_LIVES_AFTER < timezone.localdate():
        return None
    return entry


def void_since(token: str) -> Location | None:
    """Whose link this was, if it was made void: the clinic to call. None for any other link."""
    for salt, model in ((SALT_APPOINTMENT, Appointment), (SALT_WAITING, WaitingListEntry)):
        found = _read(token, salt)
        if found:
            rows = model.objects.filter(pk=found[0], link_version__gt=found[1])
            row = rows.select_related("location").first()
            return row.location if row else None
    return None


def full_address(name: str, **words: str) -> str:
    """Of a page, as it stands in a mail or a feed: with the clinic's own name before it."""
    return settings.PUBLIC_URL + reverse(name, kwargs=words)


def _sign(of: Appointment | WaitingListEntry, salt: str) -> str:
    """The first version is not written: such links were sent before there were versions."""
    version = f"-{of.link_version}" if of.link_version else ""
    return signing.Signer(salt=salt).sign(of.pk.hex + version)


def _read(token: str, salt: str) -> tuple[uuid.UUID, int] | None:
    """(the id, the version of the link)"""
    try:
        pk, _dash, version = signing.Signer(salt=salt).unsign(token).partition("-")
        return uuid.UUID(hex=pk), int(version or 0)
    except (signing.BadSignature, ValueError):
        return None
