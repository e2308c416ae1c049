"""What follows a change once it is committed: others append here; nothing here can undo it.

Both lists are called after the commit, each entry for itself: an error is logged, not raised.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment, WaitingListEntry

#: Called with the appointment's id and the letter it is owed (`Letter`).
LETTER_OWED: list[Callable[[UUID, str], object]] = []
#: Called with visit type, start (UTC) and practitioner (None: no clinician) of a time to come.
TIME_FREED: list[Callable[[int, datetime, int | None], object]] = []
#: Called with the id of a waiting-list entry that was just offered a time.
OFFER_MADE: list[Callable[[UUID], object]] = []
_UNTOLD: ContextVar[bool] = ContextVar("untold", default=False)


@contextmanager
def untold() -> Iterator[None]:
    """What is written inside is followed by nothing: invented or imported, nobody is told of it."""
    before = _UNTOLD.set(True)
    try:
        yield
    finally:
        _UNTOLD.reset(before)


def owe_letter(appointment: Appointment) -> None:
    """The letter stands in the row until it is sent, so a crash in between loses nothing."""
    if appointment.letter:
        _after_commit(LETTER_OWED, appointment.pk, str(appointment.letter))


def free_time(appointment: Appointment) -> None:
    """Its time, with this clinician, can be had again."""
    if appointment.starts_at > timezone.now():
        who = appointment.practitioner
        _after_commit(
            TIME_FREED, appointment.visit_type_id, appointment.starts_at, who.pk if who else None
        )


def offer_made(entry: WaitingListEntry) -> None:
    """They are to be told."""
    _after_commit(OFFER_MADE, entry.pk)


def _after_commit(callbacks: list[Callable[..., object]], *what: object) -> None:
    for callback in () if _UNTOLD.get() else callbacks:
        transaction.on_commit(partial(callback, *what), robust=True)
