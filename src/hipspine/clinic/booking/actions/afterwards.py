"""What is put into the queue when, and only when, the transaction is committed.

A queue that cannot be reached must not undo a booking: the sweep sends what is owed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

from hipspine.clinic.booking.models import Appointment, WaitingListEntry

_IS_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is written to anyone: for bookings that are invented."""
    token = _IS_QUIET.set(True)
    try:
        yield
    finally:
        _IS_QUIET.reset(token)


def send_letter_soon(appointment: Appointment) -> None:
    """If a letter is owed."""
    if appointment.letter:
        _soon("send_letter", appointment.pk)


def offer_freed_soon(appointment: Appointment) -> None:
    """The time this appointment has now is about to be given back."""
    who = appointment.practitioner
    _soon(
        "offer_freed",
        appointment.visit_type_id,
        appointment.starts_at,
        who.pk if who else None,
    )


def send_offer_soon(entry: WaitingListEntry) -> None:
    """Tell who waits."""
    _soon("send_offer", entry.pk)


def _soon(task: str, *arguments) -> None:
    if not _IS_QUIET.get():
        transaction.on_commit(partial(_queue, task, *arguments), robust=True)


def _queue(task: str, *arguments) -> None:
    from hipspine.clinic.booking import tasks  # noqa: PLC0415  (tasks call actions)

    getattr(tasks, task)(*arguments)
