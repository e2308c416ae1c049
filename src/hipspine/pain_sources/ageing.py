"""What comes with age: the leak of imaging findings that people without pain have too.

A disc bulge is there in 30 of 100 people of 20 and in 84 of 80 (Brinjikji 2015). The rows of
base rates that name ages give the shape: log odds against the decade that a clinic's unaged
figure stands for. The leak moves by them; the fires stay, since a painful disc bulges no less
often in the old. So the same bulge says less the older the patient is, and never speaks
against its source. Whose age is unknown keeps the leak as solved.
"""

from hipspine.evidence.rows import BaseRate
from hipspine.pain_sources.links import Figure, figure_of, logit, pool

#: Decade of age (from its first year) that figures without an age stand for: the mean patient
#: of a spine clinic is in it, and the clinic's base rates were set against it.
REFERENCE = 50
YOUNGEST, OLDEST = 20, 80


def decade_of(age: float) -> int:
    """The first year of the decade, within those that the tables cover."""
    return min(max(int(age // 10) * 10, YOUNGEST), OLDEST)


def age_shifts(rows: tuple[BaseRate, ...], decade: int) -> dict[str, float]:
    """Log odds against the reference decade, by finding."""
    by_finding: dict[str, list[BaseRate]] = {}
    for row in rows:
        if row.use and row.age_low is not None:
            by_finding.setdefault(row.finding_id, []).append(row)
    return {
        finding: logit(_rate(found, decade)) - logit(_rate(found, REFERENCE))
        for finding, found in by_finding.items()
    }


def _rate(rows: list[BaseRate], decade: int) -> float:
    """The rate at the middle of a decade: of the rows that span it, else of the nearest."""
    middle = decade + 5.0
    distance = {row.row_id: _distance(row, middle) for row in rows}
    nearest = min(distance.values())
    return pool(_figures([row for row in rows if distance[row.row_id] == nearest])).p


def _figures(rows: list[BaseRate]) -> list[Figure]:
    return [figure_of(row.base_rate, row) for row in rows if row.base_rate is not None]


def _distance(row: BaseRate, age: float) -> float:
    assert row.age_low is not None
    high = row.age_low if row.age_high is None else row.age_high
    return max(row.age_low - age, age - (high + 1), 0.0)
