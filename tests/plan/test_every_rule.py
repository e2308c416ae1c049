"""Every contraindication and every gate of the tables, taken row by row.

For each treatment and source there is a patient of whom just enough is told to offer it (in a
clinic of the looser guidelines). One contraindication more, or one gate less, and it is not.
"""

import dataclasses
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import get_args

import pytest

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment, TreatmentContraindication, TreatmentGate
from hipspine.evidence.rows_of_tests import chosen
from hipspine.findings.model import Certainty
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.care_plan import plan_of
from hipspine.plan.contraindications import rows_for
from hipspine.plan.eligibility import eligibility
from hipspine.plan.ranking import leaves_of
from tests.plan.witnesses import LOOSER, Told, barring, deciding, names_of, someone

PLAN = evidence().plan
BARS = [row for row in PLAN.contraindications.values() if row.kind == "absolute"]
#: Where a guideline says no whatever is told, in the looser clinic too.
NEVER = {
    ("gabapentinoid", "radiculopathy_l5"), ("ia_hip_ha", "hip_osteoarthritis"),
    ("opioid", "hip_osteoarthritis"), ("paracetamol", "facet_joint_pain"),
    ("prp", "hip_osteoarthritis"), ("stem_cell", "hip_osteoarthritis"),
}  # fmt: skip


def gates_of(treatment: Treatment, target: str) -> list[TreatmentGate]:
    """The gates of this pair in the looser clinic, payers left out."""
    return [
        row
        for row in PLAN.gates.values()
        if treatment.id in row.treatments
        and (not row.targets or target in row.targets)
        and row.holds_for in ("both", "looser")
        and not row.payer
    ]


@cache
def open_for(treatment: Treatment, target: str) -> Told | None:
    """The least told that opens all gates of the pair; None where nothing does."""
    rows = gates_of(treatment, target)
    for several in product(*(deciding(row.when, treatment, True) for row in rows)):
        told: dict[str, str | float] = {}
        for one in several:
            told |= one
        if eligibility(treatment.id, [target], someone(told)).may_be_offered:
            return told
    return None


def pairs() -> Iterator[tuple[Treatment, str, Told]]:
    """Every treatment and source with the patient to whom it is offered."""
    for treatment in PLAN.treatments.values():
        for target in treatment.targets:
            told = open_for(treatment, target)
            if told is not None:
                yield treatment, target, told


def test_nearly_every_treatment_can_be_reached() -> None:
    reached = {(treatment.id, target) for treatment, target, _ in pairs()}
    every = {(t.id, target) for t in PLAN.treatments.values() for target in t.targets}
    assert not reached & NEVER and every >= NEVER
    unreached = {t for t in PLAN.treatments if t not in {treatment for treatment, _ in reached}}
    assert unreached == {"ia_hip_ha"}


@pytest.mark.parametrize("row", BARS, ids=[row.id for row in BARS])
def test_a_contraindication_bars_each_of_its_treatments(row: TreatmentContraindication) -> None:
    """Of whom nothing more is told, of whom just enough is told, surely, likely or in doubt."""
    reached = 0
    for treatment, target, told in pairs():
        mine = any(chosen(selector, treatment) for selector in row.applies_to)
        if not mine or (row.targets and target not in row.targets):
            continue
        for bar in barring(row.when, treatment):
            reached += 1
            found = eligibility(treatment.id, [target], someone({**told, **bar}))
            assert not found.may_be_offered
            assert row.because in {refusal.because for refusal in found.absolute}
            for certainty in get_args(Certainty):
                doubted = eligibility(treatment.id, [target], someone(told, certainty, bar))
                assert not doubted.may_be_offered
    assert reached


GATES = [row for row in PLAN.gates.values() if row.holds_for != "stricter" and not row.payer]


@pytest.mark.parametrize("row", GATES, ids=[row.id for row in GATES])
def test_a_gate_that_is_not_known_or_not_met_closes(row: TreatmentGate) -> None:
    closed = 0
    for treatment, target, told in pairs():
        if row not in gates_of(treatment, target):
            continue
        rest = {name: said for name, said in told.items() if name not in names_of(row.when)}
        ways = [*deciding(row.when, treatment, False), *deciding(row.when, treatment, None)]
        for way in ways:
            closed += 1
            found = eligibility(treatment.id, [target], someone({**rest, **way}))
            assert not found.may_be_offered
            if not found.absolute:
                assert row.gate in {gate.gate for gate in found.open_gates}
    assert closed or row.id in ("esi_repeat", "joint_repeat")  # these read the ledger


def test_contraindications_that_are_only_advised_against_bar_as_well() -> None:
    for treatment, target, told in pairs():
        for row in rows_for(treatment):
            if row.kind != "not_advised" or (row.targets and target not in row.targets):
                continue
            for bar in barring(row.when, treatment):
                found = eligibility(treatment.id, [target], someone({**told, **bar}))
                assert not found.may_be_offered


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_with_a_warning_sign_nothing_elective_is_in_the_plan(level: str) -> None:
    """Not for anyone to whom a treatment would be offered without the sign."""
    flag = RedFlag("r", "spinal_infection", level, "MRI", ("fever",), ("A study",))  # type: ignore[arg-type]
    for treatment, target, told in pairs():
        who = someone(told)
        chances = dict.fromkeys(leaves_of([target]), 0.9)
        well = dataclasses.replace(who, probabilities=chances, settings=LOOSER)
        plan = plan_of(dataclasses.replace(well, red_flags=(flag,)), simulate=False)
        assert plan.items
        assert not any(PLAN.treatments[item.treatment].elective for item in plan.items)
        assert not plan.posture_changes and not plan.goals
        withheld = {row.treatment: row.why for row in plan.not_recommended}
        if treatment.elective and treatment.kind != "waiting":
            assert withheld[treatment.id] == "red_flag"


def test_what_is_offered_names_a_study_and_has_its_gates_met() -> None:
    for _, target, told in pairs():
        chances = dict.fromkeys(leaves_of([target]), 0.9)
        who = dataclasses.replace(someone(told), probabilities=chances)
        for item in plan_of(who, simulate=False).items:
            assert item.citations and item.because and item.targets
            assert all(gate.met is True and gate.citation for gate in item.gates)
            assert 0 <= item.benefit <= 1
