"""What forbids a treatment, what to mind, and what to settle before.

Not known is not absent, and nobody writes "no allergy to steroids" either. So the column
`if_unknown` decides: `silent` ones forbid only when they are there (allergies, infection at the
needle, glaucoma, ...); `confirm` ones must be asked about each time and are shown as "Confirm
before" until they are known to be absent (pregnancy before X-rays, surgery planned, an electronic
implant before ablation, an ulcer or a blood thinner before an anti-inflammatory medicine, ...).
`asked_if` spares those whom it cannot concern (pregnancy: no man, nobody from 56 years on). What
is unclear ("pregnant?") is an open gate and keeps the treatment back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment, TreatmentContraindication
from hipspine.evidence.rows_of_tests import chosen
from hipspine.plan.citing import cited
from hipspine.plan.model import Caution, GateState, Why
from hipspine.plan.model_of_eligibility import Refusal
from hipspine.plan.readings import Readings
from hipspine.wording import Wording

GUIDELINE = "hipspine"


@dataclass
class Held:
    """What was found, gathered row by row; `lost` are targets that a guideline advises against."""

    refusals: list[Refusal] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    gates: list[GateState] = field(default_factory=list)
    lost: dict[str, Refusal] = field(default_factory=dict)


def held(readings: Readings, targets: tuple[str, ...]) -> Held:
    """Every contraindication of the treatment judged for these targets."""
    found = Held()
    for row in rows_for(readings.treatment):
        if not row.targets or set(row.targets) & set(targets):
            _judge(row, readings, targets, found)
    return found


@cache
def rows_for(treatment: Treatment) -> tuple[TreatmentContraindication, ...]:
    """The contraindications that speak of a treatment."""
    rows = evidence().plan.contraindications.values()
    return tuple(row for row in rows if any(chosen(s, treatment) for s in row.applies_to))


def _judge(
    row: TreatmentContraindication, readings: Readings, targets: tuple[str, ...], found: Held
) -> None:
    if row.asked_if and readings.bars(row.asked_if, same_side=False).truth is False:
        return
    verdict = readings.bars(row.when, same_side=row.same_side)
    if verdict.truth:
        _present(row, verdict.because, targets, found)
    elif row.kind == "absolute" and readings.might_bar(row.when, same_side=row.same_side):
        settle = Wording("Settle first whether this holds: {what}", what=Wording(row.because))
        found.gates.append(_gate(row, settle))
    elif verdict.truth is None and row.if_unknown == "confirm":
        text = Wording("Confirm before that this does not hold: {what}", what=_what(row))
        found.cautions.append(Caution(text, row.instead, _cited(row)))


def _present(
    row: TreatmentContraindication, because: tuple[str, ...], targets: tuple[str, ...], found: Held
) -> None:
    if row.kind == "relative":
        found.cautions.append(Caution(row.because, row.instead, _cited(row)))
        return
    why: Why = "contraindicated" if row.kind == "absolute" else "not_advised"
    refusal = Refusal(row.id, why, row.because, row.instead, because, _cited(row))
    concerned = set(row.targets) or set(targets)
    if set(targets) <= concerned:
        found.refusals.append(refusal)
    else:
        found.lost.update(dict.fromkeys(concerned & set(targets), refusal))


def _gate(row: TreatmentContraindication, why: str) -> GateState:
    return GateState(row.because, None, GUIDELINE, _cited(row), why)


def _what(row: TreatmentContraindication) -> Wording:
    return Wording(row.because)


def _cited(row: TreatmentContraindication) -> str:
    return cited(row.study, verified=row.verified)
