"""What must hold for any patient at all."""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.evidence import evidence
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import weigh

#: What the duration of a case states already, so that a random case may contradict it.
OF_DURATION = {"pain_over_1_month", "pain_over_3_months"}
FINDINGS = sorted(
    f.id for f in evidence().findings.values() if f.kind != "context" and f.id not in OF_DURATION
)
LEAF = {leaf.id: i for i, leaf in enumerate(evidence().leaves)}

findings = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(FINDINGS),
            "present": st.booleans(),
            "side": st.sampled_from([None, "left", "right", "bilateral"]),
        }
    ),
    max_size=14,
    unique_by=lambda finding: finding["name"],
)
patients = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(18, 95),
        "sex": st.sampled_from([None, "F", "M"]),
        "duration_weeks": st.none() | st.integers(0, 500),
        "findings": findings,
    }
)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def posterior(case: dict[str, Any]) -> dict[str, float]:
    """P(source) by leaf, without intervals and reasons."""
    patient = patient_of({"id": "x", **case})
    net = network()
    found = differential(net, prior_of(patient)[None, :], weigh(patient.findings, net))
    return dict(zip(found.leaves, found.probability[0], strict=True))


@some
@given(patients)
def test_any_patient_gets_probabilities(case: dict[str, Any]) -> None:
    assessment = assess(patient_of({"id": "x", **case}))
    for source in assessment.sources:
        assert 0.0 <= source.low <= source.probability <= source.high <= 1.0
    for group in assessment.groups:
        assert 0.0 <= group.probability <= 1.0
    assert [s.probability for s in assessment.sources] == sorted(
        (s.probability for s in assessment.sources), reverse=True
    )


@some
@given(patients, st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(case: dict[str, Any], random: Any) -> None:
    shuffled = list(case["findings"])
    random.shuffle(shuffled)
    first, second = posterior(case), posterior({**case, "findings": shuffled})
    assert first == pytest.approx(second, abs=1e-9)


@some
@given(patients)
def test_what_is_not_understood_or_not_known_changes_nothing(case: dict[str, Any]) -> None:
    more = [
        *case["findings"],
        {"name": "zxqv wobbles on the frumious side", "present": True},
        {"name": "crossed straight leg raise", "present": None},
    ]
    assert posterior(case) == posterior({**case, "findings": more})


@some
@given(patients)
def test_left_and_right_mirror(case: dict[str, Any]) -> None:
    other = {"left": "right", "right": "left"}
    turned = [{**f, "side": other.get(f["side"], f["side"])} for f in case["findings"]]
    mirrored = {**case, "findings": turned}
    assert posterior(case) == pytest.approx(posterior(mirrored), abs=1e-9)
    sides = {s.condition: s.side for s in assess(patient_of({"id": "x", **case})).sources}
    seen = {s.condition: s.side for s in assess(patient_of({"id": "x", **mirrored})).sources}
    for condition, side in sides.items():
        assert seen[condition] == other.get(side or "", side), condition


@cache
def nothing_known() -> dict[str, float]:
    """Posterior of a patient of whom nothing is told."""
    return posterior({"findings": []})


def usual(finding: str) -> float:
    """P(finding present) in a patient in pain of whom nothing else is known."""
    model = network().findings[finding]
    priors = [nothing_known()[network().leaves[i]] for i in model.leaves]
    absent = 1 - float(model.noisy_or.leak[0])
    for prior, fire in zip(priors, model.noisy_or.fire[0], strict=True):
        absent *= 1 - prior * float(fire)
    return 1 - absent


def raising() -> Iterator[Any]:
    """Links whose published sensitivity is above the finding's usual frequency: LR+ above 1."""
    for name, finding in network().findings.items():
        frequency = usual(name)
        for link in finding.links:
            if link.sensitivity.p > 1.5 * frequency and not evidence().priors[link.condition].gate:
                yield pytest.param(name, link.condition, id=f"{name}-{link.condition}")


RAISING = list(raising())


@pytest.mark.parametrize(("finding", "condition"), RAISING)
def test_alone_a_finding_with_lr_above_one_raises_its_source(finding: str, condition: str) -> None:
    nothing = nothing_known()[condition]
    something = posterior({"findings": [{"name": finding, "present": True}]})[condition]
    assert something > nothing or math.isclose(something, nothing, rel_tol=1e-6)


def test_there_are_findings_to_raise_sources_with() -> None:
    assert len(RAISING) > 100


@settings(max_examples=30, deadline=None)
@given(patients, st.sampled_from(["spine_and_hip_clinic", "primary_care"]))
def test_no_setting_breaks(case: dict[str, Any], setting: str) -> None:
    assert sum(posterior({**case, "setting": setting}).values()) > 0
