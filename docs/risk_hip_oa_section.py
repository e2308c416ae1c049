"""The chapter on hip osteoarthritis of docs/risk-validation.md: a row for each published figure.

`hip_osteoarthritis_section` gives its lines. A row that built the model checks its arithmetic
alone; a row held out is a test, and may disagree: then it says so.
"""

from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_hip_oa import HipOaFactor, HipOaIncidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.risk.hip_oa_incidence import hazards
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks

#: Ages at which a cohort's people mostly are, where its row states no end (judgement).
USUAL_AGES = {"HI06": (40, 90), "HI07": (25, 35)}
AGE = 60.0
HEADER = "| what | where | published | model | built the model | agrees | study |"


@dataclass(frozen=True)
class Row:
    """One published figure and the model's; agrees None: disputed, or another horizon."""

    what: str
    where: str
    published: str
    model: str
    built: bool
    agrees: bool | None
    study: str


def rate_by_cohort(low: float, high: float) -> list[tuple[float, float, float]]:
    """Low, point, high per 1000 person-years, people evenly fewer up to `high`, by cohort."""
    ages = [age + 0.0 for age in range(int(low), int(high))]
    people = [high - age - 0.5 for age in ages]
    years = [[c.hazard for c in hazards(age, age + 1)] for age in ages]
    found = []
    for i in range(len(years[0])):
        sums = [
            sum(n * getattr(year[i], end) for n, year in zip(people, years, strict=True))
            for end in ("low", "point", "high")
        ]
        found.append((sums[0], sums[1], sums[2]))
    return [(1000 * a / sum(people), 1000 * b / sum(people), 1000 * c / sum(people))
            for a, b, c in found]  # fmt: skip


def incidence_row(row: HipOaIncidence) -> Row | None:
    """A lifetime or a rate of symptomatic or clinical osteoarthritis; others None."""
    published = _figure(row.value, row.low, row.high)
    if row.role == "lifetime":
        risk = hip_osteoarthritis_risks(Patient(id="everybody", age=20.0), None)[-1]
        point = 100 * risk.point
        within = (row.low or 0) <= point <= (row.high or 100)
        return _row(row, f"{published} %", f"{point:.1f} %", agrees=within)
    if row.role != "rate" or row.outcome.startswith(("radiographic", "severe")):
        return None
    low, high = USUAL_AGES.get(row.row_id, (row.age_low or 0.0, row.age_high or 0.0))
    by_cohort = rate_by_cohort(low, high)
    least, most = min(c[0] for c in by_cohort), max(c[2] for c in by_cohort)
    model = f"{by_cohort[0][1]:.2f} ({least:.2f} to {most:.2f})"
    return _row(row, f"{published} a 1000 years", model, agrees=least <= row.value <= most)


def second_hip_row(row: HipOaIncidence) -> Row:
    """The second hip; only 10 years can be compared."""
    told = Findings([Observation("xray_hip_jsn", True, "left")])
    (risk,) = hip_osteoarthritis_risks(Patient(id="second hip", findings=told), None)
    model = f"{risk.point:.0%} ({risk.low:.0%} to {risk.high:.0%}) in 10 years"
    published = f"{_figure(row.value, row.low, row.high)} % in {row.years:g} years"
    same = row.years == 10
    agrees = risk.low <= row.value / 100 <= risk.high if same else None
    return _row(row, published, model, agrees=agrees)


def factor_row(row: HipOaFactor) -> Row | None:
    """Risk in 10 years with the factor over that without, at the age of 60."""
    if not row.use or not row.findings or row.ratio is None:
        return None
    with_, without = (_ten_years(row, present=present) for present in (True, False))
    ratio = with_ / without
    low, high = row.low or 0.0, row.high or 0.0
    agrees: bool | None = low <= ratio <= high
    if row.halved_because and not agrees and 1 < ratio < low:
        agrees = None  # counts for less than its figure, on purpose
    why = f"; {row.halved_because}" if row.halved_because else ""
    return Row(
        what=row.name,
        where=row.measure,
        published=_figure(row.ratio, row.low, row.high),
        model=f"{ratio:.2f}{why}",
        built=True,
        agrees=agrees,
        study=evidence().studies[row.study].citation,
    )


def _ten_years(row: HipOaFactor, *, present: bool) -> float:
    if row.factor == "leg_length_difference":
        mm = 15.0 if present else 0.0
        posture = {"leg_length_difference_mm": mm}  # the left leg is the shorter one
        patient = Patient(id="legs", age=AGE, posture=posture)
    else:
        told = Observation(row.findings[0], present, "left" if row.sided else None)
        patient = Patient(id=row.factor, age=AGE, findings=Findings([told]))
    return hip_osteoarthritis_risks(patient, None)[0].point


def _row(row: HipOaIncidence, published: str, model: str, *, agrees: bool | None) -> Row:
    study = evidence().studies[row.study].citation
    remembered = "" if row.verified else " (remembered)"
    return Row(row.outcome, row.population, published + remembered, model, row.use, agrees, study)


def _figure(value: float, low: float | None, high: float | None) -> str:
    return f"{value:g}" if low is None else f"{value:g} ({low:g} to {high:g})"


def hip_osteoarthritis_rows() -> list[Row]:
    """Every published figure that can be compared, and those of another horizon."""
    tables = evidence()
    first = [incidence_row(row) for row in tables.hip_oa_incidence.values()]
    second = [
        second_hip_row(row) for row in tables.hip_oa_incidence.values() if row.role == "other_hip"
    ]
    ratios = [factor_row(row) for row in tables.hip_oa_factors.values()]
    return [row for row in (*first, *second, *ratios) if row is not None]


def hip_osteoarthritis_section() -> list[str]:
    """The lines of the chapter."""
    lines = [
        "## Symptomatic hip osteoarthritis",
        "",
        "Rates: the point is of the cohort of the lifetime risk, the range of all cohorts. The",
        "cohorts disagree fifteen-fold by how a case is found, so the range is wide and is meant",
        "to be. Ratios: with the factor against without it, in 10 years, at 60; a ratio that",
        "another study disputes counts for less than its figure (the reason stands beside it). A",
        "dash: below the study's interval for that reason, or another horizon.",
        "",
        HEADER,
        "|---|---|---|---|---|---|---|",
    ]
    for row in hip_osteoarthritis_rows():
        agrees = {True: "yes", False: "**no**", None: "-"}[row.agrees]
        cells = (row.what, row.where, row.published, row.model)
        lines.append(
            f"| {' | '.join(cells)} | {'yes' if row.built else 'no'} | {agrees} | {row.study} |"
        )
    return lines
