"""Gates, and guidelines that disagree: both are shown, the stricter is followed unless the clinic
chooses."""

from __future__ import annotations

from collections.abc import Sequence

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import GuidelineConflict, Treatment, TreatmentGate
from hipspine.plan.citing import cited
from hipspine.plan.context import PlanContext
from hipspine.plan.model import Conflict, GateState
from hipspine.plan.model_of_eligibility import Refusal
from hipspine.plan.readings import Readings
from hipspine.wording import Wording

NOT_KNOWN = "Not known; find out: {what}"
NOT_MET = "Not met: {gate}"


def gates(readings: Readings, targets: tuple[str, ...]) -> tuple[GateState, ...]:
    """The gates of the treatment that this clinic keeps, and whether each is met."""
    settings, treatment = readings.context.settings, readings.treatment
    return tuple(
        _gate(row, readings)
        for row in evidence().plan.gates.values()
        if treatment.id in row.treatments
        and (not row.targets or set(row.targets) & set(targets))
        and (settings.payer_rules or not row.payer)
        and (not row.conflict or settings.followed(row.conflict) == row.holds_for)
    )


def _gate(row: TreatmentGate, readings: Readings) -> GateState:
    met = readings.met(row.when)
    if met is True:
        because: str = row.gate
    elif met is None:
        because = Wording(NOT_KNOWN, what=Wording(row.find_out))
    else:
        because = Wording(NOT_MET, gate=Wording(row.gate))
    citation = cited(row.study, verified=row.verified)
    return GateState(row.gate, met, row.guideline, citation, because)


def conflicts(treatment: Treatment, targets: tuple[str, ...]) -> tuple[GuidelineConflict, ...]:
    """The disagreements of guidelines on this treatment for these targets."""
    return tuple(
        row
        for row in evidence().plan.conflicts.values()
        if treatment.id in row.treatments and (not row.targets or set(row.targets) & set(targets))
    )


def refused_by_guideline(
    rows: Sequence[GuidelineConflict], readings: Readings, targets: tuple[str, ...]
) -> dict[str, Refusal]:
    """The targets for which the stricter guideline is followed and says no."""
    refused: dict[str, Refusal] = {}
    for row in _followed(rows, readings):
        if readings.met(row.stricter_refuses):
            citation = cited(row.stricter_study, verified=row.verified)
            refusal = Refusal(row.id, "not_advised", row.stricter, row.unless, (), citation)
            concerned = row.targets or targets
            refused |= {t: refusal for t in targets if t in concerned and t not in refused}
    return refused


def gates_of_guidelines(
    rows: Sequence[GuidelineConflict], readings: Readings, targets: tuple[str, ...]
) -> tuple[GateState, ...]:
    """Open gates: whether the stricter guideline says no is not known."""
    return tuple(
        GateState(
            row.topic,
            None,
            row.stricter,
            cited(row.stricter_study, verified=row.verified),
            Wording(NOT_KNOWN, what=Wording("how long the pain has lasted")),
        )
        for row in _followed(rows, readings)
        if readings.met(row.stricter_refuses) is None and set(row.targets) & set(targets)
    )


def _followed(rows: Sequence[GuidelineConflict], readings: Readings) -> list[GuidelineConflict]:
    settings = readings.context.settings
    return [row for row in rows if row.stricter_refuses and settings.followed(row.id) == "stricter"]


def shown(row: GuidelineConflict, context: PlanContext) -> Conflict:
    """Both guidelines, and the one this clinic follows."""
    studies = (row.stricter_study, row.looser_study)
    return Conflict(
        row.topic,
        row.stricter,
        row.looser,
        context.settings.followed(row.id),
        tuple(cited(study, verified=row.verified) for study in studies),
    )
