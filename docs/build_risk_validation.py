"""Writes docs/risk-validation.md: published groups, and what the models of `risk` say of them.

    python -m docs.build_risk_validation

A group whose figure built the model is a check of arithmetic; one held out is a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from docs.risk_hip_oa_section import hip_osteoarthritis_section

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_osteonecrosis import OsteonecrosisGroup
from hipspine.findings.patient import Patient
from hipspine.findings.reading import patient_of
from hipspine.findings.steroid_sum import ledger_of
from hipspine.pain_sources.osteonecrosis_exposure import bands_of
from hipspine.risk.osteonecrosis import BACKGROUND_OVER_12_YEARS, osteonecrosis_risks, probability
from hipspine.risk.osteonecrosis import _steroids as steroids_of

OUT = Path(__file__).parent / "risk-validation.md"
TODAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Row:
    """One published group: what was found, and what the model says; fractions or ratios."""

    group: str
    population: str
    measure: str
    published: str
    model: str
    used_in_model: bool
    reproduced: bool
    citation: str


def patient_like(group: OsteonecrosisGroup) -> Patient:
    """A patient as the members of a group are; courses end today, a month apart."""
    courses = []
    end = TODAY
    for _ in range(group.courses):
        start = end - timedelta(days=int(group.days or 1) - 1)
        courses.append(
            {
                "drug": group.drug,
                "dose_mg": group.dose_mg,
                "per_day": group.per_day,
                "route": "oral",
                "start": start.isoformat(),
                "end": end.isoformat(),
            }
        )
        end = start - timedelta(days=30)
    none = [] if group.courses else [{"name": "corticosteroids", "present": False}]
    findings = [*none, *({"name": name, "present": True} for name in group.findings)]
    case = {
        "id": group.group_id,
        "date": TODAY.isoformat(),
        "age": group.age,
        "findings": findings,
        "steroid_courses": courses,
    }
    return patient_of(case, group.group_id)


def _eventual(patient: Patient) -> tuple[float, float, float]:
    """Low, point and high share in the end, all diagnoses counted, lupus and the rest included."""
    ledger = ledger_of(patient)
    bands = bands_of(ledger) if ledger else None
    band = bands.point if bands else None
    if band is None:
        return (BACKGROUND_OVER_12_YEARS,) * 3
    found = []
    steroids = steroids_of(patient, ledger)
    plain = steroids_of(_without_diseases(patient), ledger)
    for end, risk in (("low", band.risk_low), ("point", band.risk), ("high", band.risk_high)):
        with_, without = (
            probability(patient, steroids, end),
            probability(  # type: ignore[arg-type]
                _without_diseases(patient),
                plain,
                end,  # type: ignore[arg-type]
            ),
        )
        ratio = (with_ / (1 - with_)) / (without / (1 - without))
        odds = risk / (1 - risk) * (ratio if patient.findings.is_present("sle") else 1.0)
        found.append(odds / (1 + odds))
    return found[0], found[1], found[2]


def _without_diseases(patient: Patient) -> Patient:
    findings = patient.findings
    for name in evidence().osteonecrosis_factors:
        findings = findings.without(name)
    return replace(patient, findings=findings)


def _measured(group: OsteonecrosisGroup, patient: Patient) -> tuple[str, bool]:
    """What the model says of a group, and whether that agrees."""
    low, point, high = _eventual(patient)
    if group.measure == "eventual":
        return f"{point:.2%}", group.low <= point <= group.high
    if group.measure == "background":
        return f"{low:.3%}", group.low <= low <= group.high
    if group.measure == "ratio":
        ledger = ledger_of(patient)
        bands = bands_of(ledger) if ledger else None
        ratio = bands.point.odds_ratio if bands and bands.point else 1.0
        return f"{ratio:.2f}", group.low <= ratio <= group.high
    if group.measure == "yearly":
        (risk,) = osteonecrosis_risks(patient, ledger_of(patient))
        yearly = risk.point * 12 / risk.horizon_months
        return f"{yearly:.3%} a year", group.low <= yearly <= group.high
    if group.measure == "mri":
        return f"disease {low:.1%} to {high:.1%}", point < group.value
    overlap = low <= group.high and group.low <= high
    return f"{point:.2%} ({low:.2%} to {high:.2%})", overlap


def osteonecrosis_rows() -> list[Row]:
    """Every published group of osteonecrosis_groups.csv."""
    rows = []
    for group in evidence().osteonecrosis_groups:
        model, reproduced = _measured(group, patient_like(group))
        percent = group.measure != "ratio"
        shown = [
            f"{v:.3g} %" if percent else f"{v:.2f}"
            for v in (*(100 * v if percent else v for v in (group.value, group.low, group.high)),)
        ]
        rows.append(
            Row(
                group=group.group_id,
                population=group.population,
                measure=group.measure,
                published=f"{shown[0]} ({shown[1]} to {shown[2]})",
                model=model,
                used_in_model=group.used_in_model,
                reproduced=reproduced,
                citation=evidence().studies[group.study].citation,
            )
        )
    return rows


def osteonecrosis_section() -> list[str]:
    """The table of osteonecrosis."""
    lines = [
        "## Osteonecrosis of the femoral head",
        "",
        "Eventual: the share in the end is inside the published interval. Range: low to high of",
        "the model meet the published interval. MRI: lesions on MRI are not disease; the model of",
        "disease must stay below them. A row that built the model checks its arithmetic alone.",
        "",
        "| group | what | published | model | built the model | agrees | study |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in osteonecrosis_rows():
        used, agrees = ("yes" if flag else "no" for flag in (row.used_in_model, row.reproduced))
        lines.append(
            f"| {row.population} | {row.measure} | {row.published} | {row.model} "
            f"| {used} | {agrees} | {row.citation} |"
        )
    return lines


#: One function for each outcome.
SECTIONS: list[Callable[[], list[str]]] = [osteonecrosis_section, hip_osteoarthritis_section]


def page() -> str:
    """The whole page."""
    lines = [
        "# Published groups and the models of risk",
        "",
        "Made by `python -m docs.build_risk_validation`; a test fails when it is out of date.",
    ]
    for section in SECTIONS:
        lines += ["", *section()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    OUT.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
