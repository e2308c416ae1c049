"""What a plan of care says; every offered treatment has its gates met and its studies named."""

import datetime
from dataclasses import dataclass
from typing import Literal

Why = Literal["red_flag", "contraindicated", "gate_open", "too_soon", "no_benefit", "not_advised"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One published effect. `value` in `unit`, with its interval; n people; certainty of GRADE.

    `better_is` says which way is better; `words` what the study says where it gives no number.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    comparator: str
    follow_up: str
    n: str
    certainty: str
    citation: str
    verified: bool
    better_is: Literal["lower", "higher", "harm", ""] = ""
    words: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class GateState:
    """Something that must be true before. met None: not known, and so the gate is open."""

    gate: str
    met: bool | None
    guideline: str
    citation: str
    because: str


@dataclass(frozen=True, slots=True)
class Caution:
    """A relative contraindication, a hold, an interaction: what to mind and what to do."""

    text: str
    action: str
    citation: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One treatment that is offered, for these sources (`targets`, ids of conditions).

    `benefit` is the expected benefit for this posterior, 0 to 1 of a source rightly treated;
    `how` says dose and progression.
    """

    treatment: str
    name: str
    targets: tuple[str, ...]
    benefit: float
    benefit_why: str
    effects: tuple[Effect, ...]
    gates: tuple[GateState, ...]
    cautions: tuple[Caution, ...]
    how: tuple[str, ...]
    because: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotRecommended:
    """One treatment that is not offered now, and what would have to change."""

    treatment: str
    name: str
    targets: tuple[str, ...]
    why: Why
    because: tuple[str, ...]
    unless: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostureChange:
    """What one change of posture does: ratios to the posture told (1 = no change)."""

    change: str
    name: str
    left_hip: float
    right_hip: float
    l4_l5: float
    note: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Guidelines that disagree: both shown, the one that is followed named."""

    topic: str
    stricter: str
    looser: str
    followed: Literal["stricter", "looser"]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """What the patient works towards in one activity, and by when."""

    activity: Literal["standing", "walking", "sitting"]
    text: str
    by: datetime.date


@dataclass(frozen=True, slots=True)
class CarePlan:
    """The plan, best first. Elective treatments are empty while a red flag stops them."""

    items: tuple[PlanItem, ...]
    not_recommended: tuple[NotRecommended, ...]
    posture_changes: tuple[PostureChange, ...]
    conflicts: tuple[Conflict, ...]
    goals: tuple[Goal, ...]
    reassess_on: datetime.date
    would_change: tuple[str, ...]
    notices: tuple[str, ...]
