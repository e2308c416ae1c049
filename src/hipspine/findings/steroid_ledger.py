"""What a ledger of steroids says: prednisone-equivalents over time, systemic and per joint."""

import datetime
from dataclasses import dataclass
from typing import Literal

from hipspine.findings.model import Side
from hipspine.findings.patient import SteroidCourse

Counted = Literal["systemic", "injection", "listed"]


@dataclass(frozen=True, slots=True)
class Dose:
    """Prednisone-equivalents in mg, or in mg/day where the field says so (edge units).

    low == high when the doses are known; otherwise the range that was told.
    """

    low: float
    high: float

    @property
    def point(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One course as counted: from `first` to `last` (inclusive, never after the ledger's date).

    `equivalent_of_1_mg` is mg of prednisone for 1 mg of the drug; None where it is only listed
    or unknown. `total` counts up to the ledger's date.
    """

    course: SteroidCourse
    counted: Counted
    first: datetime.date | None
    last: datetime.date | None
    equivalent_of_1_mg: float | None
    per_day: Dose | None
    total: Dose | None
    citation: str


@dataclass(frozen=True, slots=True)
class JointDoses:
    """Injections into one joint or region (`lumbar_epidural` for epidurals).

    `last` is the day of the last one; `in_last_year` counts the 365 days that end with the date.
    `known` is false where no dose of them is known: `equivalent` is then 0 and means nothing;
    where some are unknown it is a lower bound, which the ledger's `notices` say.
    """

    joint: str
    side: Side | None
    injections: int
    in_last_year: int
    equivalent: Dose
    last: datetime.date | None
    known: bool = True


@dataclass(frozen=True, slots=True)
class DoseStep:
    """Systemic dose in mg/day of prednisone-equivalents, from `start` to `end`, both inclusive."""

    start: datetime.date
    end: datetime.date
    per_day: Dose


@dataclass(frozen=True, slots=True)
class SteroidLedger:
    """Everything as of one date. Oral, IV and IM are systemic in full; injections stand apart.

    mean_per_day is over exposed days whose dose is known; a run is of days without a gap; inhaled
    and topical courses are in `lines` alone. `injected` is the systemic equivalent of all
    injections if fully absorbed. `peak_per_day` is the most that can fall on one day: 40 mg every
    other day is a mean of 20 and a peak of 40. Days since first and last are of systemic courses.
    `complete` is false where something told could not be summed (a dose or a start unknown, a
    drug without a known equivalent): the totals are then lower bounds, and `notices` say why.
    """

    as_of: datetime.date
    cumulative: Dose
    cumulative_last_year: Dose
    mean_per_day: Dose
    peak_per_day: Dose
    exposed_days: int
    longest_run_days: int
    days_since_first: int | None
    days_since_last: int | None
    injected: Dose
    joints: tuple[JointDoses, ...]
    steps: tuple[DoseStep, ...]
    lines: tuple[LedgerLine, ...]
    notices: tuple[str, ...]
    complete: bool = True
