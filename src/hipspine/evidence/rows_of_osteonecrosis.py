"""Rows of the tables of osteonecrosis: dose bands, other factors, published groups."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OsteonecrosisBand:
    """How systemic steroids were taken, and what that does.

    `odds_ratio` moves the prior of a painful hip that is dead bone; `risk` is the share of people
    in whom osteonecrosis of the femoral head is found in the end, background included.
    """

    band: str
    name: str
    odds_ratio: float
    ratio_low: float
    ratio_high: float
    ratio_basis: str
    ratio_study: str
    ratio_verified: bool
    risk: float
    risk_low: float
    risk_high: float
    risk_basis: str
    risk_study: str
    risk_verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class OsteonecrosisFactor:
    """What raises the risk beside steroids: a ratio (its own where steroids are high), a yearly
    rate, or a share after an event. Numbers that do not belong to the `kind` are blank."""

    finding_id: str
    kind: str
    ratio: float | None
    low: float | None
    high: float | None
    beside_steroids: float | None
    beside_low: float | None
    beside_high: float | None
    yearly_risk: float | None
    yearly_low: float | None
    yearly_high: float | None
    basis: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class OsteonecrosisGroup:
    """A published group, as a patient like its members, and what was found in it.

    `measure`: eventual, background, ratio, yearly or mri; `range`: inside the low and high ends.
    """

    group_id: str
    population: str
    drug: str
    dose_mg: float | None
    per_day: float | None
    days: float | None
    courses: int
    findings: tuple[str, ...]
    age: float
    measure: str
    value: float
    low: float
    high: float
    n: str
    used_in_model: bool
    study: str
    verified: bool
    note: str
