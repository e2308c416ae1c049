"""What may not stand in the tables of the plan of care: unknown ids, doses that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence
    from hipspine.evidence.rows_of_care import ExercisePhase

SCALES = ("points", "nrs", "smd", "nnt", "responders", "uncontrolled", "null", "not_used")
STEPS = range(5)
BASES = ("as_cited", "expert_judgement", "not_stated")
REVIEWS = ("emergency", "urgent", "motor_deficit", "serious_source", "acute", "otherwise")


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of plan_exercise, plan_burdens, plan_judged_benefits and plan_reviews."""
    for phase in tables.care.exercise:
        yield from _phase(tables, phase)
    if tuple(sorted(tables.care.burdens)) != tuple(STEPS):
        yield "plan_burdens: one row for each invasiveness from 0 to 4 is needed"
    for burden in tables.care.burdens.values():
        where = f"plan_burdens {burden.invasiveness}"
        yield from _study(tables, where, burden.study)
        if not 0 <= burden.burden < 1 or not 0 <= burden.least_probability < 1:
            yield f"{where}: burden and least_probability lie from 0 to below 1"
    for judged in tables.care.judged_benefits:
        where = f"plan_judged_benefits {judged.treatment}"
        yield from _study(tables, where, judged.study)
        yield from _conditions(tables, where, judged.targets)
        if judged.treatment not in tables.plan.treatments:
            yield f"{where}: is not in treatments"
        if not 0 <= judged.benefit <= 1:
            yield f"{where}: benefit {judged.benefit} is outside 0..1"
    if tuple(tables.care.reviews) != REVIEWS:
        yield f"plan_reviews: the rows are {', '.join(REVIEWS)}, in this order"
    yield from _uses(tables)
    for review in tables.care.reviews.values():
        yield from _study(tables, f"plan_reviews {review.id}", review.study)


def _uses(tables: Evidence) -> Iterator[str]:
    """Every effect says how it is used, on a scale that its value can be read on."""
    for effect in tables.plan.effects:
        if effect not in tables.care.effect_uses:
            yield f"plan_effect_uses: the effect {effect!r} has no row"
    for use in tables.care.effect_uses.values():
        where = f"plan_effect_uses {use.effect}"
        row = tables.plan.effects.get(use.effect)
        if row is None:
            yield f"{where}: is not in treatment_effects"
        elif use.scale not in SCALES:
            yield f"{where}: scale {use.scale!r} is not one of {', '.join(SCALES)}"
        elif use.scale not in ("null", "not_used") and row.value is None:
            yield f"{where}: the effect has no number"
        if (use.scale == "responders") != (use.comparator_percent is not None):
            yield f"{where}: responders and only they have a comparator_percent"


def _phase(tables: Evidence, phase: ExercisePhase) -> Iterator[str]:
    where = f"plan_exercise {phase.id}"
    yield from _study(tables, where, phase.study)
    yield from _conditions(tables, where, phase.targets)
    if not 0 <= phase.from_week < phase.to_week:
        yield f"{where}: weeks {phase.from_week} to {phase.to_week} do not rise"
    if phase.dose_basis not in BASES:
        yield f"{where}: dose_basis {phase.dose_basis!r} is not one of {', '.join(BASES)}"
    for column in ("sets", "repetitions", "hold_s"):
        cells = getattr(phase, column)
        if len(cells) > 2 or not all(cell.isdigit() for cell in cells):
            yield f"{where}: {column} holds one whole number or a range like 2|3"
    if phase.days_a_week is not None and not 0 < phase.days_a_week <= 7:
        yield f"{where}: days_a_week {phase.days_a_week} is outside 1..7"


def _study(tables: Evidence, where: str, study: str) -> Iterator[str]:
    if study not in tables.studies:
        yield f"{where}: study {study!r} is not in studies"


def _conditions(tables: Evidence, where: str, conditions: tuple[str, ...]) -> Iterator[str]:
    for condition in conditions:
        if condition not in tables.conditions:
            yield f"{where}: condition {condition!r} is not in conditions"
