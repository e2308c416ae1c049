"""Rows of the tables of the plan of care: doses of exercise, burdens and what is judged."""

from dataclasses import dataclass


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
