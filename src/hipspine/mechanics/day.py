"""A day of one person: how much each hip carries, from the hours spent in each posture.

Resting postures are solved; walking is not a resting posture, and counts only as a stated
multiple of neutral standing. Where none is stated it is the measured peak of level walking
(238 % of body weight, Bergmann 2001) over this person's neutral standing: that is a peak, so
the hours of walking are then an upper bound, and are shown apart from the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hipspine.mechanics.day_plan import HOURS_A_DAY, DayPart, DayPlan
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.tissue import Tissue

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads

#: %BW, mean peak of four patients at about 4 km/h: Bergmann G et al. Hip contact forces and gait
#: patterns from routine activities. J Biomech 2001;34:859-871 (table hip_forces, A001, read).
WALKING_PEAK_PERCENT_BW = 238.0
WALKING_SOURCE = "Bergmann 2001 (doi 10.1016/S0021-9290(01)00040-9), peak of level walking"
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class HipDay:
    """One hip over the hours that are told.

    mean_force_n and mean_force_percent_bw over the resting hours; resting_kn_h and walking_kn_h:
    force times time, kilonewton-hours; peak_force_n: the most of any resting posture.
    """

    mean_force_n: float
    mean_force_percent_bw: float
    peak_force_n: float
    resting_kn_h: float
    walking_kn_h: float


@dataclass(frozen=True, slots=True)
class DayBand:
    """Both hips at the low or high end of every posture's band."""

    left: HipDay
    right: HipDay


@dataclass(frozen=True, slots=True)
class DayPartLoads:
    """What one part adds: force (N) and force times time (kN h) of each hip.

    tissues: what an hour of it at a stretch does (none for walking).
    """

    hours: float
    what: str
    left_n: float
    right_n: float
    left_kn_h: float
    right_kn_h: float
    tissues: tuple[Tissue, ...]


@dataclass(frozen=True, slots=True)
class DayLoads:
    """A day's load on each hip.

    left_to_right: ratio of force times time, resting hours only; its band pairs the low end of
    one hip with the high end of the other.
    difference_percent: left less right over their mean. `low` and `high` take every posture's
    band at the same end.
    """

    id: str | None
    resting_hours: float
    walking_hours: float
    left: HipDay
    right: HipDay
    left_to_right: float
    left_to_right_band: tuple[float, float] | None
    difference_percent: float
    low: DayBand | None
    high: DayBand | None
    parts: tuple[DayPartLoads, ...]
    assumptions: tuple[str, ...]


def solve_day(
    plan: DayPlan, solve_many: Callable[[Sequence[Posture]], Sequence[Loads]]
) -> DayLoads:
    """The load of each hip over the day; `solve_many` answers the postures in order."""
    postures = [part.posture for part in plan.parts if part.posture is not None]
    answers = list(solve_many(postures))
    left, right = _hip(plan, answers, "left", "figures"), _hip(plan, answers, "right", "figures")
    mean = (left.resting_kn_h + right.resting_kn_h) / 2
    banded = all(loads.bands is not None for loads in answers)
    low = _band(plan, answers, "low") if banded else None
    high = _band(plan, answers, "high") if banded else None
    return DayLoads(
        id=plan.id,
        resting_hours=_hours(plan, walking=False),
        walking_hours=_hours(plan, walking=True),
        left=left,
        right=right,
        left_to_right=left.resting_kn_h / right.resting_kn_h,
        left_to_right_band=None if low is None or high is None else _ratio_band(low, high),
        difference_percent=100 * (left.resting_kn_h - right.resting_kn_h) / mean,
        low=low,
        high=high,
        parts=_parts(plan, answers),
        assumptions=_assumptions(plan, answers),
    )


def _hours(plan: DayPlan, *, walking: bool) -> float:
    return sum(part.hours for part in plan.parts if (part.posture is None) is walking)


def _force(loads: Loads, side: Side, end: str) -> float:
    """N; end: figures, low or high."""
    figures = loads.figures if end == "figures" else getattr(loads.bands, end)
    return float(getattr(figures, side).hip_contact_force_n)


def _walking_n(part: DayPart, neutral: Loads, side: Side) -> float:
    """Force while walking: the stated multiple of neutral standing, else the measured peak."""
    standing = getattr(neutral.neutral, side)
    if part.walking_multiple is not None:
        return float(part.walking_multiple * standing.hip_contact_force_n)
    weight = standing.hip_contact_force_n / standing.hip_contact_force_percent_bw
    return float(WALKING_PEAK_PERCENT_BW * weight)


def _hip(plan: DayPlan, answers: Sequence[Loads], side: Side, end: str) -> HipDay:
    resting = [part for part in plan.parts if part.posture is not None]
    forces = [_force(loads, side, end) for loads in answers]
    newton_hours = sum(f * part.hours for f, part in zip(forces, resting, strict=True))
    mean = newton_hours / _hours(plan, walking=False)
    one = getattr(answers[0].neutral, side)
    percent = one.hip_contact_force_percent_bw / one.hip_contact_force_n
    walked = [part for part in plan.parts if part.posture is None]
    walking = sum(part.hours * _walking_n(part, answers[0], side) for part in walked)
    return HipDay(mean, mean * percent, max(forces), newton_hours / 1000, walking / 1000)


def _band(plan: DayPlan, answers: Sequence[Loads], end: str) -> DayBand:
    return DayBand(_hip(plan, answers, "left", end), _hip(plan, answers, "right", end))


def _ratio_band(low: DayBand, high: DayBand) -> tuple[float, float]:
    least = low.left.resting_kn_h / high.right.resting_kn_h
    return least, high.left.resting_kn_h / low.right.resting_kn_h


def _parts(plan: DayPlan, answers: Sequence[Loads]) -> tuple[DayPartLoads, ...]:
    made, left_over = [], iter(answers)
    for part in plan.parts:
        tissues: tuple[Tissue, ...] = ()
        if part.posture is None:
            what = "walking"
            left = _walking_n(part, answers[0], "left")
            right = _walking_n(part, answers[0], "right")
        else:
            loads = next(left_over)
            what, tissues = part.posture.stance, loads.tissues
            left, right = _force(loads, "left", "figures"), _force(loads, "right", "figures")
        sums = left * part.hours / 1000, right * part.hours / 1000
        made.append(DayPartLoads(part.hours, what, left, right, *sums, tissues))
    return tuple(made)


def _assumptions(plan: DayPlan, answers: Sequence[Loads]) -> tuple[str, ...]:
    """Those of every posture once; those of some with the parts they hold in."""
    resting = [n for n, part in enumerate(plan.parts, 1) if part.posture is not None]
    parts_of: dict[str, list[int]] = {}
    for number, loads in zip(resting, answers, strict=True):
        for line in dict.fromkeys((*loads.assumptions, *loads.warnings)):
            parts_of.setdefault(line, []).append(number)
    told = [line for line, parts in parts_of.items() if parts == resting]
    for line, parts in parts_of.items():
        if parts != resting:
            told.append(f"part {', '.join(map(str, parts))}: {line}")
    told.append("force times time: no study says how much of it a hip tolerates")
    multiples = {part.walking_multiple for part in plan.parts if part.posture is None}
    for multiple in sorted(multiples, key=lambda m: m or 0.0):
        told.append(
            f"walking counts as {WALKING_PEAK_PERCENT_BW:g} % of body weight on each hip, "
            f"an upper bound: {WALKING_SOURCE}"
            if multiple is None
            else f"walking counts as {multiple:g} times neutral standing, as stated"
        )
    rest = HOURS_A_DAY - sum(part.hours for part in plan.parts)
    if rest > 1e-9:
        told.append(f"{rest:g} hours of the day are not told and not counted")
    return tuple(told)
