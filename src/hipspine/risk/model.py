"""What every risk answers: a probability over a stated horizon, as a range of cohorts."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal[
    "osteonecrosis_of_the_femoral_head",
    "symptomatic_hip_osteoarthritis",
    "rapidly_destructive_hip_disease",
]


@dataclass(frozen=True, slots=True)
class StudyRisk:
    """What one study says about people like this one; fractions; a bound unknown is None."""

    study: str
    population: str
    point: float
    low: float | None
    high: float | None
    citation: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """One thing that moved the risk. `ratio` > 1 raises it; None: known to act, not by how much."""

    finding: str
    ratio: float | None
    low: float | None
    high: float | None
    citation: str


@dataclass(frozen=True, slots=True)
class Risk:
    """P(outcome within the horizon), fractions; low to high spans what the cohorts disagree on.

    `side` None: either hip, or the person. `known` and `not_known` are sentences for the reader.
    """

    outcome: Outcome
    side: Literal["left", "right"] | None
    horizon_months: int
    point: float
    low: float
    high: float
    studies: tuple[StudyRisk, ...]
    factors: tuple[RiskFactor, ...]
    action: str
    known: tuple[str, ...]
    not_known: tuple[str, ...]
