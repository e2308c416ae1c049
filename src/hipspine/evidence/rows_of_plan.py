"""Rows of the tables of treatments: what they are, what they do, what must hold before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from hipspine.errors import InvalidEvidence
from hipspine.evidence.parse import read_table

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Treatment:
    """Something that can be done about sources of pain (`targets`, ids of conditions).

    `needle_risk` and `needle_risk_asipp` are the bleeding classes of two guidelines (none, low,
    intermediate, high). `ledger_joints` are the places of the steroid ledger it puts steroid into.
    `invasiveness` runs from 0 to 4 (judgement). `no_effect_known` says why no effect is cited.
    """

    id: str
    name: str
    kind: str
    targets: tuple[str, ...]
    elective: bool
    invasiveness: int
    sided: bool
    needle: bool
    neuraxial: bool
    steroid: bool
    fluoroscopy: bool
    needle_risk: str
    needle_risk_asipp: str
    ledger_joints: tuple[str, ...]
    how: tuple[str, ...]
    regulatory: str
    no_effect_known: str
    study: str
    verified: bool


@dataclass(frozen=True, slots=True)
class TreatmentEffect:
    """One published effect; `value` None where the study says it in words (`words`)."""

    id: str
    treatments: tuple[str, ...]
    targets: tuple[str, ...]
    measure: str
    words: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    better_is: str
    comparator: str
    follow_up: str
    n: str
    certainty: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class TreatmentGate:
    """What must be true before; `when` is in the language of the red-flag rules.

    With a `conflict` the gate holds only where that side of it (`holds_for`) is followed; a
    `payer` gate only where the clinic turns payer rules on. Blank targets: whatever the target.
    """

    id: str
    treatments: tuple[str, ...]
    targets: tuple[str, ...]
    gate: str
    when: str
    find_out: str
    conflict: str
    holds_for: str
    payer: bool
    guideline: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class TreatmentContraindication:
    """What forbids (absolute, not_advised) or cautions (relative); `applies_to` as for tests.

    With `targets` it speaks of the treatment for these sources alone. `when` may be `always`.
    `asked_if` narrows whom it can concern at all (no man is pregnant). `if_unknown`:
    `confirm` is a caution to settle before, `silent` says nothing until it is present.
    """

    id: str
    applies_to: tuple[str, ...]
    targets: tuple[str, ...]
    when: str
    asked_if: str
    kind: str
    if_unknown: str
    same_side: bool
    because: str
    instead: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class TreatmentLimit:
    """A minimal interval or a yearly maximum, counted by the steroid ledger (`counts`)."""

    id: str
    applies_to: tuple[str, ...]
    kind: str
    counts: str
    limit: float
    unit: str
    absolute: bool
    conflict: str
    holds_for: str
    payer: bool
    because: str
    instead: str
    study: str
    verified: bool


@dataclass(frozen=True, slots=True)
class AnticoagulantHold:
    """What a guideline says of one class of drug before a needle of one class of risk.

    `hold` and `restart` are words (they depend on the kidney, the INR, the reason for the drug);
    `days` is the whole-day minimum among them, None where there is none.
    """

    id: str
    drug_group: str
    drugs: tuple[str, ...]
    risk: str
    guideline: str
    days: float | None
    hold: str
    restart: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class GuidelineConflict:
    """Two guidelines that disagree. `stricter_refuses` is the rule under which the stricter one
    says no (blank: it only asks for more, by gates), for `targets` (blank: all)."""

    id: str
    treatments: tuple[str, ...]
    targets: tuple[str, ...]
    topic: str
    stricter: str
    looser: str
    stricter_refuses: str
    unless: str
    stricter_study: str
    looser_study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class SteroidInteraction:
    """What steroid already taken, or a disease it harms, means for the next dose.

    `when` in the language of the rules, with the ledger's figures as values.
    """

    id: str
    applies_to: tuple[str, ...]
    topic: str
    when: str
    text: str
    action: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True)
class PlanTables:
    """Everything that is known of treatments; the rows by id, in table order."""

    treatments: dict[str, Treatment]
    effects: dict[str, TreatmentEffect]
    gates: dict[str, TreatmentGate]
    contraindications: dict[str, TreatmentContraindication]
    limits: dict[str, TreatmentLimit]
    holds: dict[str, AnticoagulantHold]
    conflicts: dict[str, GuidelineConflict]
    interactions: dict[str, SteroidInteraction]

    @classmethod
    def read(cls) -> PlanTables:
        """The tables of this package; raises InvalidEvidence."""
        return cls(
            treatments=_by_id("treatments", Treatment),
            effects=_by_id("treatment_effects", TreatmentEffect),
            gates=_by_id("treatment_gates", TreatmentGate),
            contraindications=_by_id("treatment_contraindications", TreatmentContraindication),
            limits=_by_id("treatment_limits", TreatmentLimit),
            holds=_by_id("anticoagulant_holds", AnticoagulantHold),
            conflicts=_by_id("guideline_conflicts", GuidelineConflict),
            interactions=_by_id("steroid_interactions", SteroidInteraction),
        )


def _by_id(table: str, row_type: type[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in read_table(table, row_type):
        key: str = getattr(row, "id")  # noqa: B009 - a TypeVar has no attribute of its own
        if key in found:
            raise InvalidEvidence(f"{table}: {key!r} stands twice")
        found[key] = row
    return found
