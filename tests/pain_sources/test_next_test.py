"""Next tests: worth doing, allowed, bedside first, and honest about what each answer would do."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.evidence import evidence
from hipspine.pain_sources.network import network
from hipspine.pain_sources.next_test import TIERS, NextTest, gains_of
from hipspine.pain_sources.point import point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.test_safety import TestSafety, index_test
from hipspine.pain_sources.weighing import weigh

pytest.importorskip("pyagrum", reason="the random patients are those of its test")

from tests.pain_sources.test_against_pyagrum import random_patient

BACK_AND_LEG: dict[str, Any] = {
    "age": 52,
    "sex": "F",
    "side": "left",
    "pain_regions": ["low_back", "buttock", "calf"],
    "findings": [{"name": "absent ankle reflex"}, {"name": "worse walking"}],
}


def offered(case: dict[str, Any]) -> tuple[NextTest, ...]:
    return assess(patient_of({"id": "invented", **case})).next_tests


def modalities(tests: tuple[NextTest, ...]) -> set[str]:
    return {index_test(test.finding).modality for test in tests}


def test_the_bedside_comes_before_imaging_and_imaging_before_a_block() -> None:
    tiers = [TIERS[evidence().findings[test.finding].stage] for test in offered(BACK_AND_LEG)]
    assert tiers == sorted(tiers)
    assert tiers[0] == 0


def test_what_is_known_is_not_asked_again() -> None:
    told = {o.finding for o in patient_of({"id": "x", **BACK_AND_LEG}).findings}
    assert not told & {test.finding for test in offered(BACK_AND_LEG)}


def test_no_mri_for_a_woman_with_a_pacemaker() -> None:
    """Nothing is said of its kind: where MRI would be offered, it is not, or CT is."""
    pacemaker = {**BACK_AND_LEG, "comorbidities": ["pacemaker"]}
    named = " ".join(test.test_name for test in offered(pacemaker))
    assert "MRI" not in named


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(
        st.sampled_from(["pacemaker", "pregnant", "apixaban", "chronic kidney disease stage 5"]),
        unique=True,
    ),
)
def test_no_test_is_offered_against_its_contraindication(seed: int, burdens: list[str]) -> None:
    case = {"id": "invented", "age": 40, "sex": "F", "comorbidities": burdens}
    burden = patient_of(case).findings
    patient = random_patient(np.random.default_rng([47, seed]), 6)
    told = [
        {"name": o.finding, "present": o.present}
        for o in patient.findings
        if not evidence().findings[o.finding].unit
    ]
    both = patient_of({**case, "findings": told})
    safety = TestSafety(both.findings, both.age, both.sex, both.side)
    assert len(burden) >= len(burdens) - 1
    for test in assess(both).next_tests:
        verdict = safety.verdict(test.finding)
        assert verdict.allowed, (test.test, verdict.forbidden_by)


def test_each_test_is_offered_once_and_says_what_each_answer_would_do() -> None:
    tests = offered(BACK_AND_LEG)
    assert len({test.test for test in tests}) == len(tests)
    for test in tests:
        assert test.if_present.probability + test.if_absent.probability == pytest.approx(
            1, abs=2e-3
        )
        assert test.gain_bits > 0
        for answer in (test.if_present, test.if_absent):
            chances = [p for _, p in answer.sources]
            assert chances == sorted(chances, reverse=True)


def test_a_positive_answer_raises_what_it_points_to() -> None:
    """Of the tests of one source, a present finding raises it and an absent one lowers it."""
    net = network(52)
    assessment = assess(patient_of({"id": "invented", **BACK_AND_LEG}))
    now = {s.condition: s.probability for s in assessment.sources}
    for test in assessment.next_tests:
        model = net.findings[test.finding]
        linked = {net.leaves[leaf]: n for n, leaf in enumerate(model.leaves)}
        for condition, p in test.if_present.sources:
            if condition in linked and model.noisy_or.fire[0, linked[condition]] > 0.5:
                assert p > now[condition] - 0.02


def test_a_fifth_sacroiliac_test_is_worth_less_than_the_first() -> None:
    """Alike tests say alike: each further one is expected to settle less."""
    names = ("distraction_sij", "thigh_thrust", "compression_sij", "gaenslen")
    gains = []
    for known in (0, 4):
        findings = [{"name": name, "side": "left"} for name in names[:known]]
        case = {"age": 40, "sex": "F", "side": "left", "pain_regions": ["buttock"]}
        tests = offered({**case, "findings": findings})
        gain = [t.gain_bits for t in tests if t.finding in {*names, "sacral_thrust"}]
        gains.append(max(gain, default=0.0))
    assert gains[1] < gains[0] or gains == [0.0, 0.0]


def test_nothing_left_to_ask_is_no_fault() -> None:
    """With no candidate there are no gains, and nothing breaks."""
    patient = patient_of({"id": "invented", **BACK_AND_LEG})
    net = network(52)
    gains = gains_of(point_of(net, prior_of(patient), weigh(patient.findings, net)), [], patient)
    assert gains.bits.shape == gains.treatment.shape == (0,)
