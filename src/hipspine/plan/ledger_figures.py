"""Figures of the steroid ledger that limits and interactions ask for; None is not known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from hipspine.findings.model import Side
from hipspine.findings.steroid_ledger import JointDoses, SteroidLedger

#: Where an injection went that nobody told the place of; it may have been anywhere.
NOT_TOLD = "joint_not_told"
EPIDURALS = ("lumbar_epidural", "caudal_epidural")


def here(ledger: SteroidLedger, joints: Iterable[str], side: Side | None) -> tuple[JointDoses, ...]:
    """The injections into these places on this side; a side not told counts for either."""
    wanted = set(joints)
    return tuple(
        j for j in ledger.joints if j.joint in wanted and (side is None or j.side in (None, side))
    )


def in_last_year(doses: Iterable[JointDoses]) -> int:
    """Injections in the last 365 days; of two sides the more, for a limit is of one joint."""
    by_place: dict[tuple[str, Side | None], int] = {}
    for dose in doses:
        key = (dose.joint, dose.side)
        by_place[key] = by_place.get(key, 0) + dose.in_last_year
    unsided = sum(count for (_, side), count in by_place.items() if side is None)
    left = sum(count for (_, side), count in by_place.items() if side in ("left", "bilateral"))
    right = sum(count for (_, side), count in by_place.items() if side in ("right", "bilateral"))
    return unsided + max(left, right)


def days_since(doses: Iterable[JointDoses], today: datetime.date) -> int | None:
    """Days since the last of these injections; None when there was none or its day is unknown."""
    days = [(today - dose.last).days for dose in doses if dose.last is not None]
    return min(days) if days else None


def prednisone_mg_per_day(ledger: SteroidLedger, today: datetime.date) -> float:
    """Systemic dose today, the high end of what was told (mg/day of prednisone)."""
    return sum(step.per_day.high for step in ledger.steps if step.start <= today <= step.end)
