"""Rows of the tables of the plan of care: doses of exercise, burdens and what is judged."""

from __future__ import annotations

from dataclasses import dataclass

from hipspine.errors import InvalidEvidence
from hipspine.evidence.parse import read_table


@dataclass(frozen=True, slots=True)
class ExercisePhase:
    """One exercise of a programme for `targets`, from week to week, with its progression.

    Sets, repetitions and holds are ranges ("2|3"); blank: does not apply. `dose_basis` says
    whether the dose itself stands in the study (`as_cited`) or is judgement.
    """

    id: str
    targets: tuple[str, ...]
    programme: str
    from_week: int
    to_week: int
    exercise: str
    sets: tuple[str, ...]
    repetitions: tuple[str, ...]
    hold_s: tuple[str, ...]
    days_a_week: float | None
    effort: str
    progress: str
    dose_basis: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class TreatmentBurden:
    """What a step of invasiveness (0 to 4) costs, on the scale of the benefit; all judgement.

    `least_probability`: of its targets together, below which it is not aimed at them;
    `review_weeks`: when its effect is looked at.
    """

    invasiveness: int
    name: str
    burden: float
    least_probability: float
    review_weeks: float
    basis: str
    study: str
    note: str


@dataclass(frozen=True, slots=True)
class JudgedBenefit:
    """The benefit of a treatment where no effect can be converted; judgement. Blank: any target."""

    treatment: str
    targets: tuple[str, ...]
    benefit: float
    because: str
    basis: str
    study: str


@dataclass(frozen=True, slots=True)
class PlanReview:
    """When the plan is looked at again; the first row in table order that is true counts."""

    id: str
    when: str
    weeks: float
    because: str
    basis: str
    study: str
    verified: bool


@dataclass(frozen=True, slots=True)
class EffectUse:
    """How a published effect enters the benefit (`scale`), or `not_used` and why.

    `points`: pain 0-100; `nrs`: pain 0-10; `smd`; `nnt`; `responders`: % against
    `comparator_percent`; `uncontrolled`: % without comparator; `null`: none found.
    """

    effect: str
    scale: str
    comparator_percent: float | None
    note: str


@dataclass(frozen=True)
class CareTables:
    """What the plan of care is made with beside the treatments themselves; table order."""

    exercise: tuple[ExercisePhase, ...]
    burdens: dict[int, TreatmentBurden]
    judged_benefits: tuple[JudgedBenefit, ...]
    reviews: dict[str, PlanReview]
    effect_uses: dict[str, EffectUse]

    @classmethod
    def read(cls) -> CareTables:
        """The tables of this package; raises InvalidEvidence."""
        uses = read_table("plan_effect_uses", EffectUse)
        by_effect = {row.effect: row for row in uses}
        if len(by_effect) != len(uses):
            raise InvalidEvidence("plan_effect_uses: an effect stands twice")
        return cls(
            exercise=tuple(read_table("plan_exercise", ExercisePhase)),
            burdens={row.invasiveness: row for row in read_table("plan_burdens", TreatmentBurden)},
            judged_benefits=tuple(read_table("plan_judged_benefits", JudgedBenefit)),
            reviews={row.id: row for row in read_table("plan_reviews", PlanReview)},
            effect_uses=by_effect,
        )
