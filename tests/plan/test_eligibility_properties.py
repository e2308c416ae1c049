"""No random patient is offered what is forbidden or what has an open gate."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_tests import chosen
from hipspine.findings.model import Findings, Observation
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.eligibility import Eligibilities, eligibility
from tests.plan.contexts import context, injection, ledger

PLAN = evidence().plan
NAMED = sorted(
    {
        word
        for row in (*PLAN.gates.values(), *PLAN.contraindications.values())
        for word in re.findall(r"[a-z_0-9]+", row.when)
        if word in evidence().findings
    }
)
TREATMENTS = st.sampled_from(sorted(PLAN.treatments))
CERTAINTIES = st.sampled_from(["definite", "definite", "possible", "equivocal"])


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    finding = draw(st.sampled_from(NAMED))
    definition = evidence().findings[finding]
    low, high = definition.plausible_low, definition.plausible_high
    numbered = low is not None and high is not None and draw(st.booleans())
    return Observation(
        finding,
        present=draw(st.booleans()),
        side=draw(st.sampled_from([None, "left", "right"])) if definition.sided else None,
        value=draw(st.floats(low, high)) if numbered else None,
        certainty=draw(CERTAINTIES),
    )


@st.composite
def contexts(draw: st.DrawFn) -> PlanContext:
    told = draw(st.lists(observations(), max_size=25, unique_by=lambda o: o.finding))
    joints = st.sampled_from(["hip", "lumbar_epidural", "sacroiliac_joint", "joint_not_told"])
    given_days = draw(st.lists(st.tuples(joints, st.integers(0, 364), st.integers(1, 5))))
    doses = ledger(*(injection(joint, days, times) for joint, days, times in given_days))
    sides = ("left", "right", None)
    conditions = sorted(c.id for c in evidence().leaves)
    return context(
        *told,
        ledger=draw(st.sampled_from([None, doses])),
        settings=PlanSettings(
            draw(st.sampled_from(["stricter", "looser"])), {}, draw(st.booleans())
        ),
        probabilities=dict.fromkeys(conditions, draw(st.floats(0, 1))),
        sides=dict.fromkeys(conditions, draw(st.sampled_from(sides))),
        age=draw(st.sampled_from([None, 30.0, 70.0])),
        sex=draw(st.sampled_from([None, "F", "M"])),
        duration_weeks=draw(st.sampled_from([None, 2.0, 8.0, 30.0])),
    )


@settings(max_examples=50, deadline=None)
@given(contexts())
def test_what_is_offered_has_every_gate_met_and_nothing_against_it(someone: PlanContext) -> None:
    answers = Eligibilities(someone)
    for treatment in PLAN.treatments.values():
        found = answers.of(treatment.id, treatment.targets)
        if found.may_be_offered:
            assert all(gate.met is True for gate in found.gates)
            assert not found.absolute and found.targets
            assert found.citations


@settings(max_examples=50, deadline=None)
@given(contexts(), st.data())
def test_never_offered_with_an_absolute_contraindication(
    someone: PlanContext, data: st.DataObject
) -> None:
    """A contraindication that is one finding is added to anyone: nothing it bars is offered."""
    plain = [
        row
        for row in PLAN.contraindications.values()
        if row.kind == "absolute" and row.when in evidence().findings and not row.asked_if
    ]
    row = data.draw(st.sampled_from(plain))
    rest = someone.findings.without(row.when)
    certainty = data.draw(CERTAINTIES)
    findings = Findings((*rest, Observation(row.when, True, certainty=certainty)))
    barred = PlanContext(
        someone.patient, findings, someone.ledger, someone.red_flags, someone.probabilities,
        someone.sides, someone.date, someone.settings,
    )  # fmt: skip
    for treatment in PLAN.treatments.values():
        if any(chosen(selector, treatment) for selector in row.applies_to):
            targets = row.targets or treatment.targets
            assert not eligibility(treatment.id, targets, barred).may_be_offered


#: What needs nothing to be known before: talk, movement, waiting, plain medicine, a way on.
UNGATED = {
    "education", "exercise_pt", "posture_training", "watchful_waiting", "protected_load", "nsaid",
    "paracetamol", "gabapentinoid", "duloxetine", "ref_rheumatology", "ref_urgent",
    "ref_spine_surgery", "ref_hip_surgery",
}  # fmt: skip


def test_of_a_patient_nobody_asked_anything_nothing_with_a_needle_is_offered() -> None:
    nobody = Eligibilities(context())
    offered = {
        treatment.id
        for treatment in PLAN.treatments.values()
        for target in treatment.targets
        if nobody.of(treatment.id, [target]).may_be_offered
    }
    assert offered <= UNGATED
    assert {"education", "exercise_pt", "nsaid"} <= offered


@settings(max_examples=50, deadline=None)
@given(contexts(), TREATMENTS)
def test_the_stricter_clinic_never_offers_what_the_looser_refuses(
    someone: PlanContext, treatment: str
) -> None:
    def offered(default: str) -> set[str]:
        chosen_settings = PlanSettings(default, {}, someone.settings.payer_rules)  # type: ignore[arg-type]
        other = PlanContext(
            someone.patient, someone.findings, someone.ledger, someone.red_flags,
            someone.probabilities, someone.sides, someone.date, chosen_settings,
        )  # fmt: skip
        targets = PLAN.treatments[treatment].targets
        answers = [eligibility(treatment, [t], other) for t in targets]
        return {t for t, a in zip(targets, answers, strict=True) if a.may_be_offered}

    assert offered("stricter") <= offered("looser")


@settings(max_examples=50, deadline=None)
@given(contexts(), TREATMENTS)
def test_the_order_of_telling_changes_nothing(someone: PlanContext, treatment: str) -> None:
    again = PlanContext(
        someone.patient, Findings(reversed(tuple(someone.findings))), someone.ledger,
        someone.red_flags, someone.probabilities, someone.sides, someone.date, someone.settings,
    )  # fmt: skip
    targets = PLAN.treatments[treatment].targets
    assert eligibility(treatment, targets, someone) == eligibility(treatment, targets, again)
