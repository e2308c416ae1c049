"""The hash chain: how an event is hashed, and how the whole chain is verified."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from hipspine.clinic.audit.models import WALKED, AuditEvent

GENESIS = "0" * 64


@dataclass(frozen=True)
class Verification:
    """What was found: `fault` is None for a sound chain, else one line naming the event."""

    events: int
    head: str
    fault: str | None


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over the canonical JSON of every column but `hash`; hex."""
    content = {
        "sequence": event.sequence,
        "recorded_at": event.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": event.action,
        "actor": str(event.actor) if event.actor else None,
        "actor_role": event.actor_role,
        "patient": str(event.patient) if event.patient else None,
        "target": event.target,
        "detail": event.detail,
        "previous_hash": event.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(known_head: str | None = None, using: str = "default") -> Verification:
    """Walk the chain; the first altered, missing or inserted event is named.

    A chain cut at its end is still a chain: only a head noted elsewhere (`known_head`, printed by
    every verification and kept with every backup) shows the cut.
    """
    previous, count, seen = GENESIS, 0, known_head in (None, GENESIS)
    for event in AuditEvent.objects.using(using).order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if event.sequence != count:
            return Verification(count, previous, f"event {count} is missing")
        if event.previous_hash != previous or event.hash != hash_of(event):
            return Verification(count, previous, f"event {count} was altered")
        previous = event.hash
        seen = seen or previous == known_head
    if not seen:
        return Verification(count, previous, "events after the known head were cut off")
    return Verification(count, previous, None)


def latest_walk() -> AuditEvent | None:
    """The event that says when the chain was last walked, and in `detail` what was found."""
    return AuditEvent.objects.filter(action=WALKED).order_by("-sequence").first()
