"""What a posture presses on the cartilage of each hip, against what cartilage is said to bear.

A load, not a risk: no study turns the pressure of a resting posture into a probability of
osteoarthritis, so nothing here touches one. Pressures are peaks over the socket, in MPa; the dose
is pressure times time, MPa h. The years to 10 MPa-years of Hadley 1990 count pressure above 2 MPa
as if it were held day and night, which nobody does; his is a mean stress (force over area), ours
a peak, so the years come out too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hipspine.errors import InvalidInput
from hipspine.wording import Wording

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")

#: MPa and MPa-years: Hadley 1990 (doi 10.1002/jor.1100080406), mean stress of treated hips.
THRESHOLD_MPA, LIMIT_MPA_YEARS = 2.0, 10.0
HOURS_A_DAY = 24.0


@dataclass(frozen=True, slots=True)
class PostureHours:
    """A resting posture held for so many hours a day."""

    hours: float
    loads: Loads


@dataclass(frozen=True, slots=True)
class PressureDose:
    """One hip: peak over the postures (MPa), pressure times time (MPa h) over `hours`.

    over_threshold: the part above 2 MPa. ratio: the peak over that of neutral standing; None where
    that is nearly nothing. years: until 10 MPa-years if the part above 2 MPa were held without
    end; None where no pressure exceeds it.
    """

    side: Side
    hours: float
    peak_mpa: float
    neutral_mpa: float
    mpa_h: float
    over_threshold_mpa_h: float
    ratio: float | None
    years: float | None


def pressure_dose(parts: Sequence[PostureHours], side: Side) -> PressureDose:
    """The dose of one hip. Raises InvalidInput for no part, or hours that make no day."""
    hours = sum(part.hours for part in parts)
    if not parts or any(not part.hours > 0 for part in parts) or hours > HOURS_A_DAY:
        raise InvalidInput(
            f"hours of posture: each must be above 0 and all together at most 24; they are "
            f"{', '.join(f'{part.hours:g}' for part in parts) or 'none'}"
        )
    pressures = [getattr(p.loads.figures, side).peak_contact_pressure_mpa for p in parts]
    neutral = getattr(parts[0].loads.neutral, side).peak_contact_pressure_mpa
    peak = max(pressures)
    over = [max(0.0, pressure - THRESHOLD_MPA) for pressure in pressures]
    return PressureDose(
        side=side,
        hours=hours,
        peak_mpa=peak,
        neutral_mpa=neutral,
        mpa_h=sum(p * part.hours for p, part in zip(pressures, parts, strict=True)),
        over_threshold_mpa_h=sum(o * part.hours for o, part in zip(over, parts, strict=True)),
        ratio=peak / neutral if neutral > 0 else None,
        years=LIMIT_MPA_YEARS / (peak - THRESHOLD_MPA) if peak > THRESHOLD_MPA else None,
    )


def sentences_of_load(parts: Sequence[PostureHours], *, told_hours: bool) -> tuple[str, ...]:
    """This person's figures, left hip first. told_hours False: one posture, hours not told."""
    said: list[str] = []
    for side in SIDES:
        dose = pressure_dose(parts, side)
        said.append(_pressure(dose))
        said.append(_dose(dose, told_hours=told_hours))
    return tuple(said)


def _pressure(dose: PressureDose) -> Wording:
    hip = Wording(f"{dose.side} hip")
    if dose.ratio is None:
        return Wording("{hip}: peak pressure {peak} MPa as told", hip=hip, peak=_two(dose.peak_mpa))
    return Wording(
        "{hip}: peak pressure {peak} MPa as told, {ratio} times that of neutral standing "
        "({neutral} MPa), by the model",
        hip=hip,
        peak=_two(dose.peak_mpa),
        ratio=_two(dose.ratio),
        neutral=_two(dose.neutral_mpa),
    )


def _dose(dose: PressureDose, *, told_hours: bool) -> Wording:
    hip = Wording(f"{dose.side} hip")
    if dose.years is None:
        above = Wording("never above 2 MPa")
    else:
        above = Wording(
            "above 2 MPa at its peak; held day and night, which nobody does, it would take "
            "{years} years or more to 10 MPa-years",
            years=_two(dose.years),
        )
    if told_hours:
        return Wording(
            "{hip}: pressure times time {dose} MPa h over the {hours} hours a day that are told; "
            "{above}",
            hip=hip,
            dose=_two(dose.mpa_h),
            hours=f"{dose.hours:g}",
            above=above,
        )
    return Wording(
        "{hip}: pressure times time {dose} MPa h for every hour in this posture; {above}",
        hip=hip,
        dose=_two(dose.mpa_h / dose.hours),
        above=above,
    )


def _two(value: float) -> str:
    """Two digits after the point under 10, one above."""
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
