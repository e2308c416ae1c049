"""Injections per joint and side."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from hipspine.findings.model import Side
from hipspine.findings.steroid_courses import side_of
from hipspine.findings.steroid_ledger import Dose, JointDoses, LedgerLine
from hipspine.findings.steroid_places import place_of
from hipspine.findings.steroid_spans import added

#: An injection on the same day a year ago is no longer in the last year.
YEAR_DAYS = 365


def joints_of(lines: Sequence[LedgerLine], as_of: datetime.date) -> tuple[JointDoses, ...]:
    """One row for each joint and side, by name; what went into both sides is a row for each.

    Into both sides, one told dose may have been shared or given twice: half to all of it each.
    """
    into: dict[tuple[str, Side | None], list[LedgerLine]] = defaultdict(list)
    for line in lines:
        joint, side = place_of(line.course.joint, line.course.route), side_of(line.course)
        sides: tuple[Side | None, ...] = ("left", "right") if side == "bilateral" else (side,)
        for one in sides:
            into[joint, one].append(line)
    order = sorted(into, key=lambda key: (key[0], key[1] or ""))
    return tuple(_joint(joint, side, into[joint, side], as_of) for joint, side in order)


def _joint(
    joint: str, side: Side | None, lines: Sequence[LedgerLine], as_of: datetime.date
) -> JointDoses:
    recent = [line for line in lines if line.last and (as_of - line.last).days < YEAR_DAYS]
    return JointDoses(
        joint=joint,
        side=side,
        injections=sum(injections(line) for line in lines),
        in_last_year=sum(injections(line) for line in recent),
        equivalent=added(dose for line in lines if (dose := of_one_side(line))),
        last=max((line.last for line in lines if line.last), default=None),
        known=any(line.total for line in lines),
    )


def injections(line: LedgerLine) -> int:
    """Injections of one line into one side."""
    return round(line.course.per_day)


def of_one_side(line: LedgerLine) -> Dose | None:
    """What one line put into one side; None when its dose is unknown."""
    if line.total is None or side_of(line.course) != "bilateral":
        return line.total
    return Dose(line.total.low / 2, line.total.high / 2)
