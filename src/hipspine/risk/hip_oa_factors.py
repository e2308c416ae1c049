"""What raises or lowers the incidence of hip osteoarthritis in this person, without counting twice.

A ratio r of a factor that a share p of people have multiplies the hazard by r / (1 - p + p r)
where it is present and by 1 / (1 - p + p r) where it is absent: unknown leaves the mean of people.
Factors of one group (shape of the joint, say) stand for one thing: only the strongest counts. A
factor that acts through another group (sport through shape and injury) does not count beside it.
The errors of different factors come from different studies: on the log scale they add as squares.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_hip_oa import HipOaFactor
from hipspine.findings.model import Findings
from hipspine.findings.patient import Patient

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")

#: kg/m2. Judgement: the mean of the cohorts; steps of the published ratio; and how far a
#: person told only to be obese lies above the others (the step used for the prior too).
MEAN_BMI, BMI_STEP, OBESE_STEPS = 27.0, 5.0, 1.7
#: Beyond this no one was studied.
LEAST_BMI, MOST_BMI = 17.0, 50.0
#: mm between the legs from which the shorter one counts (Kim 2018).
UNEQUAL_MM = 10.0
#: The product of all factors stays within these bounds (judgement; the highest ratio that any one
#: factor's study allows is 8.4).
LEAST, MOST = 1 / 8.4, 8.4


@dataclass(frozen=True, slots=True)
class Ratio:
    """A multiple of the hazard; 1 leaves it."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Known:
    """A factor of which something is known in this person."""

    row: HipOaFactor
    present: bool
    published: Ratio
    multiple: Ratio


def published(row: HipOaFactor, steps: float = 1.0) -> Ratio:
    """The ratio as it counts; halved on the log scale and open down to 1 where its row says why."""
    assert row.ratio is not None and row.low is not None and row.high is not None
    point, low, high = (value**steps for value in (row.ratio, row.low, row.high))
    if row.halved_because:
        point, low = math.sqrt(point), 1.0
    return Ratio(point, *sorted((low, high)))


def factors_of(patient: Patient, side: Side | None) -> tuple[Known, ...]:
    """Those known of this person and this hip that count; side None: only those without a side."""
    found = []
    for row in evidence().hip_oa_factors.values():
        if row.use and (side is not None or not row.sided):
            known = _bmi(patient, row) if row.factor == "bmi" else _told(patient, row, side)
            if known is not None:
                found.append(known)
    return _once(found)


def combined(known: Iterable[Known]) -> Ratio:
    """The product of the multiples, its errors added as squares on the log scale."""
    logs = [
        tuple(map(math.log, (k.multiple.point, k.multiple.low, k.multiple.high))) for k in known
    ]
    point = math.fsum(row[0] for row in logs)
    below = math.sqrt(math.fsum((row[0] - row[1]) ** 2 for row in logs))
    above = math.sqrt(math.fsum((row[2] - row[0]) ** 2 for row in logs))
    ends = (point, point - below, point + above)
    return Ratio(*(min(max(math.exp(value), LEAST), MOST) for value in ends))


def sided(patient: Patient) -> bool:
    """Whether anything known of this person tells the hips apart."""
    return any(known.row.sided for side in SIDES for known in factors_of(patient, side))


def without_side(patient: Patient) -> tuple[HipOaFactor, ...]:
    """Sided factors told present with no side: they cannot be counted."""
    return tuple(
        row
        for row in evidence().hip_oa_factors.values()
        if row.use and row.sided and not _told_with_side(patient, row)
    )


def unknown(patient: Patient) -> tuple[HipOaFactor, ...]:
    """Factors of which nothing is known, on either side."""
    told = {known.row.factor for side in (None, *SIDES) for known in _all_known(patient, side)}
    rows = evidence().hip_oa_factors.values()
    return tuple(row for row in rows if row.use and row.factor not in told)


def _all_known(patient: Patient, side: Side | None) -> list[Known]:
    found = []
    for row in evidence().hip_oa_factors.values():
        if row.use:
            known = _bmi(patient, row) if row.factor == "bmi" else _told(patient, row, side)
            found += [known] if known is not None else []
    return found


def _told(patient: Patient, row: HipOaFactor, side: Side | None) -> Known | None:
    present = _present(patient, row, side)
    if present is None:
        return None
    ratio = published(row)
    return Known(row, present, ratio, _multiple(ratio, row.share, present=present))


def _multiple(ratio: Ratio, share: float, *, present: bool) -> Ratio:
    """Against the mean of people, who have the factor by this share."""

    def against_mean(value: float) -> float:
        return (value if present else 1.0) / (1 - share + share * value)

    ends = sorted((against_mean(ratio.low), against_mean(ratio.high)))
    return Ratio(against_mean(ratio.point), ends[0], ends[1])


def _present(patient: Patient, row: HipOaFactor, side: Side | None) -> bool | None:
    if row.factor == "sex":
        return {"F": True, "M": False}.get(patient.sex or "")
    if row.factor == "leg_length_difference":
        return _shorter(patient, side)
    findings = on_side(patient.findings, side) if row.sided else patient.findings
    answers = [findings.is_present(finding) for finding in row.findings]
    if True in answers:
        return True
    return False if False in answers else None


def on_side(findings: Findings, side: Side | None) -> Findings:
    """What is known of one hip; what is told absent without a side is absent on both."""
    return Findings(
        o for o in findings if (o.side == side if o.side is not None else not o.present)
    )


def _shorter(patient: Patient, side: Side | None) -> bool | None:
    """Whether this hip's leg is the shorter one, from the posture (right longer +)."""
    told = (patient.posture or {}).get("leg_length_difference_mm")
    if side is None:
        return None
    if isinstance(told, int | float) and math.isfinite(told):
        longer = told if side == "left" else -told
        return longer >= UNEQUAL_MM
    absent = patient.findings.is_present("leg_length_difference") is False
    return False if absent else None


def _told_with_side(patient: Patient, row: HipOaFactor) -> bool:
    """False where the factor is told present and neither hip is named."""
    if row.factor == "leg_length_difference":
        present = patient.findings.is_present("leg_length_difference")
        return not present or _shorter(patient, "left") is not None
    present = any(patient.findings.is_present(finding) for finding in row.findings)
    return not present or any(_present(patient, row, side) is not None for side in SIDES)


def _bmi(patient: Patient, row: HipOaFactor) -> Known | None:
    """By the measured body mass index, else by being told obese or not."""
    if patient.bmi is not None:
        steps = (min(max(patient.bmi, LEAST_BMI), MOST_BMI) - MEAN_BMI) / BMI_STEP
        ratio = published(row, steps)
        return Known(row, steps > 0, ratio, ratio)
    obese = patient.findings.is_present("obesity")
    if obese is None:
        return None
    ratio = published(row, OBESE_STEPS)
    return Known(row, obese, ratio, _multiple(ratio, row.share, present=obese))


def _once(found: list[Known]) -> tuple[Known, ...]:
    """The strongest of each group, and none beside the group it acts through."""
    present = {known.row.group for known in found if known.present}
    kept: dict[str, Known] = {}
    for known in found:
        if known.present and present.intersection(known.row.not_after):
            continue
        best = kept.get(known.row.group)
        if best is None or known.multiple.point > best.multiple.point:
            kept[known.row.group] = known
    return tuple(kept.values())
