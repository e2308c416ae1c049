"""What to work towards in standing, walking and sitting, and when to look again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_care import PlanReview
from hipspine.findings.model import Findings
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.context import PlanContext
from hipspine.plan.model import Goal
from hipspine.wording import Wording

Activity = Literal["standing", "walking", "sitting"]

#: An improvement that people with back pain notice: a third of where they began (about the 30 %
#: of the consensus of Ostelo 2008, from memory).
NOTICED = 1.3
#: What nobody need aim beyond: half an hour, and 2 km.
ENOUGH_MIN, ENOUGH_M = 30.0, 2000.0
ACUTE_WEEKS = 6.0
#: A source this probable, of a family that harms this much when missed, is seen soon (judgement).
PROBABLE, HARMFUL = 0.2, 1.0
WEEK = datetime.timedelta(weeks=1)
#: activity: finding with a number, its unit, what makes it worse, the verb.
TOLD: tuple[tuple[Activity, tuple[tuple[str, str], ...], str, str], ...] = (
    ("standing", (("standing_time_reduced", "min"),), "worse_while_standing", "stand"),
    (
        "walking",
        (("walking_time_reduced", "min"), ("walking_distance_reduced", "m")),
        "worse_walking",
        "walk",
    ),
    ("sitting", (("sitting_time_reduced", "min"),), "worse_sitting", "sit"),
)


@dataclass(frozen=True, slots=True)
class Review:
    """When the plan is looked at again, and by which rule."""

    on: datetime.date
    row: PlanReview


def goals_of(findings: Findings, by: datetime.date) -> tuple[Goal, ...]:
    """One goal for each activity: from the number told, else relative to where it hurts now."""
    return tuple(
        Goal(activity, _text(findings, numbers, worse, verb), by)
        for activity, numbers, worse, verb in TOLD
    )


def _text(findings: Findings, numbers: tuple[tuple[str, str], ...], worse: str, verb: str) -> str:
    for finding, unit in numbers:
        now = findings.value(finding) if findings.is_present(finding) else None
        if now is None:
            continue
        enough = ENOUGH_MIN if unit == "min" else ENOUGH_M
        if now >= enough:
            return Wording("keep to {verb} {now:g} {unit}", verb=verb, now=now, unit=unit)
        step = 1.0 if unit == "min" else 10.0
        goal = min(enough, max(now + step, round(now * NOTICED / step) * step))
        return Wording(
            "{verb} {goal:g} {unit} before pain stops it (now {now:g} {unit})",
            verb=verb,
            goal=goal,
            unit=unit,
            now=now,
        )
    if findings.is_present(worse):
        return Wording(
            "{verb} a third longer than now before pain stops it, or as long with a third less"
            " pain; how long it is now is to be written down first",
            verb=verb,
        )
    return Wording("{verb} as long as now, without more pain", verb=verb)


def review_of(
    context: PlanContext, flags: tuple[RedFlag, ...], treatment_weeks: float | None
) -> Review:
    """The first rule that is true; a treatment that shows its effect sooner brings it nearer."""
    rows = evidence().care.reviews
    levels = {flag.level for flag in flags}
    duration = context.patient.duration_weeks
    true = {
        "emergency": "emergency" in levels,
        "urgent": "urgent" in levels,
        "motor_deficit": context.findings.is_present("myotome_weakness_any") is True,
        "serious_source": any(_is_serious(*source) for source in context.probabilities.items()),
        "acute": duration is not None and duration < ACUTE_WEEKS,
        "otherwise": True,
    }
    row = next(row for name, row in rows.items() if true[name])
    weeks = row.weeks if treatment_weeks is None else min(row.weeks, treatment_weeks)
    return Review(context.date + weeks * WEEK, row)


def _is_serious(leaf: str, probability: float) -> bool:
    """Probable, and of a family that does harm when it is missed; groups count by their leaves."""
    tables = evidence()
    if probability < PROBABLE or leaf not in tables.treatment_decisions:
        return False
    family = tables.treatment_families[tables.treatment_decisions[leaf].family]
    return family.harm_if_missed >= HARMFUL
