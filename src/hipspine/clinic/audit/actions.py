"""The one place that writes an event: `record()`."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from hipspine.clinic.audit.chain import GENESIS, hash_of
from hipspine.clinic.audit.models import AuditEvent

#: Any number will do, as long as nothing else in this database locks the same.
POSTGRES_LOCK = 7_214_077_331
Scalar = str | int | float | bool | None


class Actor(Protocol):
    """Who acts: a user, known here only by pseudonym and role."""

    pseudonym: UUID
    role: str


def record(
    action: str,
    *,
    actor: Actor | None,
    patient: UUID | None = None,
    target: str = "",
    detail: Mapping[str, Scalar] | None = None,
) -> AuditEvent:
    """Append one event to the chain, in the transaction of the caller: both happen or neither.

    `patient` is the patient's pseudonym. `detail` holds ids and choices, never personal data:
    what stands in the chain can not be erased.
    """
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with transaction.atomic():
        _wait_for_other_writers(alone)
        newest = AuditEvent.objects.order_by("-sequence").values_list("sequence", "hash")
        last, head = newest.first() or (0, GENESIS)
        event = AuditEvent(
            sequence=last + 1,
            recorded_at=timezone.now(),
            action=action,
            actor=getattr(actor, "pseudonym", None),
            actor_role=getattr(actor, "role", "nobody"),
            patient=patient,
            target=target,
            detail=dict(detail or {}),
            previous_hash=head,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
    if alone:
        _wait_for_the_disk()
    return event


def _wait_for_other_writers(alone: bool) -> None:
    """SQLite's IMMEDIATE transaction already holds the only pen; PostgreSQL needs a lock.

    An event `alone` in its transaction gives the lock back before it is on the disk, so that the
    next need not wait for that too: whoever builds on it reaches the disk after it.
    """
    if connection.vendor == "postgresql":
        commit = "SELECT set_config('synchronous_commit', 'off', true)" if alone else "SELECT 1"
        with connection.cursor() as cursor:
            cursor.execute(f"{commit}, pg_advisory_xact_lock(%s)", [POSTGRES_LOCK])


def _wait_for_the_disk() -> None:
    """Everything committed so far is safe when this returns; many wait for one write together.

    An empty message in PostgreSQL's log is the smallest commit that the server waits for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'audit', '')")
