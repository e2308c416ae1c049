"""How much one stranger may do online; more is a matter for the telephone.

Counted in the database by a keyed hash of the network address, kept for a day, and by the letter
box of an e-mail address. The sentence is the same for both: nobody learns what is booked under an
address. Staff are not limited.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.limits import letter_box
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking.models import Appointment, Location, OnlineUse, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.errors import InvalidInput

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Of one address an hour, of the network around it a day. Behind one address may be a hospital
#: full of people: thirty may hold a time at once (`actions.online`), and sixty holds an hour, of
#: ten minutes each, are ten at a time on average: a flood keeps no more from others than that.
HOLDS_AN_HOUR, HOLDS_A_DAY = 60, 400
MOST_AN_HOUR, MOST_A_DAY = 10, 20
MOST_TO_COME = 5  # bookings of one e-mail address
MOST_WISHES = 3  # open ones of one e-mail address
MOST_MOVES = 10  # of one visit, by whoever has its link
BOOK, JOIN, MOVE, HOLD = "book", "join", "move", "hold"
MOST = {HOLD: (HOLDS_AN_HOUR, HOLDS_A_DAY)}


class TooMuch(InvalidInput):
    """The sentence says what to do: call."""


@dataclass(frozen=True)
class Asker:
    """Keyed hashes of an address and of the network around it; "" is not counted."""

    near: str = ""
    wide: str = ""


@contextmanager
def within_limits(what: str, asker: Asker, place: Location) -> Iterator[None]:
    """Do it once more, or `TooMuch`. What fails is not counted.

    It is written down first and counted then: of many at the same moment none slips through.
    """
    if not (settings.ONLINE_LIMITS and asker.near):
        yield
        return
    now = timezone.now()
    uses = [OnlineUse(what=what, who=who, at=now) for who in sorted({asker.near, asker.wide})]
    OnlineUse.objects.bulk_create(uses)
    try:
        an_hour, a_day = MOST.get(what, (MOST_AN_HOUR, MOST_A_DAY))
        if _uses(what, asker.near, now - HOUR) > an_hour:
            raise TooMuch(_sentence(what, place))
        if _uses(what, asker.wide, now - DAY) > a_day:
            raise TooMuch(_sentence(what, place))
        yield
    except Exception:
        OnlineUse.objects.filter(pk__in=[use.pk for use in uses]).delete()
        raise


def check_bookings_of(email: str, place: Location) -> None:
    """`TooMuch` if as many visits to come were booked online with this address as one may.

    In one transaction with what is then booked: until its end nobody else counts this address.
    """
    _count_alone(BOOK, email)
    booked = Appointment.objects.filter(
        _of(email), status=Status.BOOKED, channel=Channel.ONLINE, starts_at__gt=timezone.now()
    )
    if settings.ONLINE_LIMITS and email and booked.count() >= MOST_TO_COME:
        raise TooMuch(_sentence(BOOK, place))


def check_wishes_of(email: str, place: Location) -> None:
    """`TooMuch` if as many wishes are open with this address as may be; in one transaction with
    the new one."""
    _count_alone(JOIN, email)
    waits = (WaitingStatus.WAITING, WaitingStatus.OFFERED)
    open_ones = WaitingListEntry.objects.filter(
        _of(email), status__in=waits, latest__gte=timezone.now().date()
    )
    if settings.ONLINE_LIMITS and email and open_ones.count() >= MOST_WISHES:
        raise TooMuch(_sentence(JOIN, place))


def check_moves_of(appointment: Appointment) -> None:
    """`TooMuch` if it was moved online as often as may be; by the audit chain."""
    if not settings.ONLINE_LIMITS or appointment.version <= MOST_MOVES:
        return  # each move is a version: nothing to count
    moves = AuditEvent.objects.filter(
        action="booking.moved", target=f"booking.Appointment:{appointment.pk}", actor=None
    )
    if moves.count() >= MOST_MOVES:
        raise TooMuch(_sentence(MOVE, appointment.location))


def forget_uses() -> None:
    """What nothing counts any more."""
    OnlineUse.objects.filter(at__lt=timezone.now() - DAY).delete()


def _uses(what: str, who: str, since) -> int:
    return OnlineUse.objects.filter(what=what, who=who, at__gt=since).count()


def _count_alone(what: str, email: str) -> None:
    """Of many at once each waits for those before it: SQLite has one writer, PostgreSQL a lock."""
    assert connection.in_atomic_block, "counted outside the transaction that writes"
    if email and connection.vendor == "postgresql":
        name = f"{what} {letter_box(email)}".encode()
        number = int.from_bytes(hashlib.sha256(name).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _of(email: str) -> Q:
    """Of the letter box of this address, whatever follows a + in it."""
    name, at, domain = map(re.escape, letter_box(email).rpartition("@"))
    box = rf"^{name}(\+[^@]*)?{at}{domain}$"
    return Q(person__email__iregex=box) | Q(patient__email__iregex=box)


def _sentence(what: str, place: Location) -> str:
    sentences = {
        BOOK: _(
            "Many visits were booked from your connection or with this e-mail address. Please "
            "call us to book another: %(phone)s."
        ),
        JOIN: _(
            "Many wishes were left from your connection or with this e-mail address. Please call "
            "us: %(phone)s."
        ),
        HOLD: _(
            "Many times were chosen from your connection. Please try again in an hour, or call us: "
            "%(phone)s."
        ),
        MOVE: _(
            "Visits were moved online as often as they can be. Please call us to move this one: "
            "%(phone)s."
        ),
    }
    return sentences[what] % {"phone": place.phone or settings.CLINIC_PHONE}
