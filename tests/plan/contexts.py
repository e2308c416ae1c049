"""Patients for the tests of a plan, in few words."""

import datetime
from collections.abc import Mapping
from typing import Any

from hipspine.findings.model import Findings, Observation, Side
from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import Dose, DoseStep, JointDoses, SteroidLedger
from hipspine.pain_sources.red_flags import red_flags
from hipspine.plan.context import PlanContext, PlanSettings

TODAY = datetime.date(2026, 3, 2)
NOTHING = Dose(0.0, 0.0)


def told(finding: str, value: float | None = None, **more: Any) -> Observation:
    """A finding that is present, unless `present=False`."""
    return Observation(finding, more.pop("present", True), value=value, **more)


def context(
    *findings: Observation,
    ledger: SteroidLedger | None = None,
    settings: PlanSettings | None = None,
    probabilities: Mapping[str, float] | None = None,
    sides: Mapping[str, Side | None] | None = None,
    **patient: Any,
) -> PlanContext:
    """What a plan looks at, for a patient with these findings; his red flags are judged."""
    known = Findings(findings)
    someone = Patient("vignette", findings=known, date=TODAY, **patient)
    flags = red_flags(
        known, age=someone.age, sex=someone.sex, duration_weeks=someone.duration_weeks
    )
    chosen = settings or PlanSettings()
    return PlanContext(
        someone, known, ledger, flags, probabilities or {}, sides or {}, TODAY, chosen
    )


def injection(joint: str, days_ago: int, times: int = 1, side: Side | None = None) -> JointDoses:
    """Injections into one place in the last year, the last so many days ago."""
    last = TODAY - datetime.timedelta(days=days_ago)
    return JointDoses(joint, side, times, times, Dose(50.0 * times, 50.0 * times), last)


def ledger(*joints: JointDoses, prednisone_mg: float = 0.0, days: int = 0) -> SteroidLedger:
    """A ledger with these injections, and prednisone by mouth for the last so many days."""
    total = Dose(prednisone_mg * days, prednisone_mg * days)
    start = TODAY - datetime.timedelta(days=days - 1)
    daily = Dose(prednisone_mg, prednisone_mg)
    steps = (DoseStep(start, TODAY, daily),) if days else ()
    return SteroidLedger(
        TODAY, total, total, daily, daily, days, days, days or None, 0 if days else None,
        NOTHING, joints, steps, (), (),
    )  # fmt: skip
