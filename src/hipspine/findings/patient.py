"""One patient as the rooms know him or her: facts, frozen, in SI units."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hipspine.findings.model import Findings, Side

Setting = Literal["primary_care", "spine_and_hip_clinic"]
Sex = Literal["F", "M", "X"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How one phrase of the case was understood.

    `findings` are ids; `ignored` is the reason when it was understood but has no bearing;
    both empty: not understood, with `suggestions`.
    """

    name: str
    findings: tuple[Any, ...] = ()
    ignored: str | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        return bool(self.findings) or self.ignored is not None


@dataclass(frozen=True, slots=True)
class SteroidCourse:
    """A course as told: doses in kg would help nobody, so mg as on the label (an edge unit).

    `dose_mg_low` and `dose_mg_high` are equal when one dose was told, both None when none was.
    """

    drug: str
    dose_mg_low: float | None
    dose_mg_high: float | None
    per_day: float
    route: str
    start: datetime.date | None
    end: datetime.date | None
    joint: str | None
    side: Side | None


@dataclass(frozen=True, slots=True)
class Patient:
    """All that is known. None is unknown. Height in m, mass in kg, age in years.

    posture: how the person stands or sits, as told; `mechanics` reads it.
    """

    id: str
    findings: Findings = field(default_factory=Findings)
    date: datetime.date | None = None
    setting: Setting = "spine_and_hip_clinic"
    age: float | None = None
    sex: Sex | None = None
    height_m: float | None = None
    mass_kg: float | None = None
    duration_weeks: float | None = None
    side: Side | None = None
    readings: tuple[Reading, ...] = ()
    steroid_courses: tuple[SteroidCourse, ...] = ()
    posture: Mapping[str, Any] | None = None
    notices: tuple[str, ...] = ()

    @property
    def bmi(self) -> float | None:
        """Body mass index in kg/m2, when height and mass are known."""
        if self.height_m is None or self.mass_kg is None:
            return None
        return self.mass_kg / self.height_m**2
