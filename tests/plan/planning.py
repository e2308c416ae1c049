"""An assessment made into a plan, as the corridor does it."""

import datetime
from typing import Any

from hipspine import assess, patient_of
from hipspine.assessment import Assessment
from hipspine.plan.care_plan import plan_of
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.model import CarePlan

TODAY = datetime.date(2026, 3, 2)


def context_of(assessment: Assessment, settings: PlanSettings | None = None) -> PlanContext:
    """What the plan looks at, of an assessment."""
    probabilities = {source.condition: source.probability for source in assessment.sources}
    probabilities |= {group.condition: group.probability for group in assessment.groups}
    return PlanContext(
        patient=assessment.patient,
        findings=assessment.patient.findings,
        ledger=assessment.steroids,
        red_flags=assessment.red_flags,
        probabilities=probabilities,
        sides={s.condition: None if s.side == "midline" else s.side for s in assessment.sources},
        date=assessment.patient.date or TODAY,
        settings=settings or PlanSettings(),
    )


def planned(
    case: dict[str, Any], *, settings: PlanSettings | None = None, simulate: bool = False
) -> tuple[PlanContext, CarePlan]:
    """The context and the plan of a case."""
    assessment = assess(patient_of({"id": "x", **case}))
    context = context_of(assessment, settings)
    tests = assessment.next_tests
    return context, plan_of(context, next_tests=tests, simulate=simulate)
