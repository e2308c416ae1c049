"""Rows of the tables of hip osteoarthritis: how often it comes, what raises it, what is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HipOaIncidence:
    """One published frequency; `unit` percent, or per_1000_person_years; ages in years.

    role: lifetime (to age_high, among people who live to it), rate (at ages age_low to age_high),
    age_ratio (rate at age_high over that at age_low), other_hip (after the first hip, over
    `years`). A row without `use` is shown, not counted, and says why.
    """

    row_id: str
    role: str
    outcome: str
    population: str
    age_low: float | None
    age_high: float | None
    years: float | None
    value: float
    low: float | None
    high: float | None
    unit: str
    use: bool
    not_used_because: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class HipOaFactor:
    """What multiplies the incidence where any of `findings` is present; ratio > 1 raises it.

    group: of factors of one group only the strongest counts. share: how many people have it
    (judgement), so that unknown leaves the mean of the population. not_after: groups on whose
    path it lies; where one of those is present it does not count. halved_because: why the figure
    is not taken at its word (a study of the outcome itself saw no difference, or the figure is of
    something near it); then the point is the geometric mean of 1 and the ratio, and the interval
    opens down to 1. ratio blank: known to act, not by how much.
    """

    factor: str
    group: str
    name: str
    findings: tuple[str, ...]
    ratio: float | None
    low: float | None
    high: float | None
    measure: str
    sided: bool
    share: float
    not_after: tuple[str, ...]
    halved_because: str
    use: bool
    not_used_because: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class HipOaStatement:
    """A cited sentence shown where any of `when` is present (blank: always).

    topic: course, load or inflammation; kind: known or not_known.
    """

    id: str
    topic: str
    kind: str
    when: tuple[str, ...]
    sided: bool
    text: str
    study: str
    verified: bool
    note: str
