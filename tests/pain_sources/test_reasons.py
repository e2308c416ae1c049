"""Explanations: what each finding adds, against exact posteriors without it, and in plain cases."""

from typing import Any

import numpy as np
import pytest

from hipspine import assess, patient_of
from hipspine.assessment import SourceOfPain
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.doubts import critical_figure
from hipspine.pain_sources.network import network
from hipspine.pain_sources.point import log_odds, point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.reasons import explain
from hipspine.pain_sources.weighing import weigh

pytest.importorskip("pyagrum", reason="the random patients are those of its test")

from tests.pain_sources.test_against_pyagrum import random_patient

#: Only sources at least this probable: of others nobody reads the reasons.
READ = 0.005


def exact_decibans(seed: int) -> list[tuple[float, float]]:
    """(told, exact) decibans of every finding for every source worth reading."""
    patient = random_patient(np.random.default_rng([41, seed]), 12)
    net = network(patient.age)
    weighed = weigh(patient.findings, net)
    priors = prior_of(patient)
    point = point_of(net, priors, weighed)
    told = explain(patient, point).reasons
    pairs = []
    for entry in weighed:
        rest = tuple(other for other in weighed if other is not entry)
        without = differential(net, priors[None, :], rest).probability[0]
        exact = 10 / np.log(10) * (log_odds(point.probability) - log_odds(without))
        for i, leaf in enumerate(net.leaves):
            found = [
                r.decibans
                for r in told[leaf]
                if r.finding == entry.finding and r.present == entry.present
            ]
            if found and point.probability[i] > READ:
                pairs.append((found[0], float(exact[i])))
    return pairs


def test_decibans_are_those_of_the_exact_posterior_without_the_finding() -> None:
    """Within half a deciban (a factor of 1.12) in 19 of 20, and never of another sign by more."""
    pairs = np.array([pair for seed in range(12) for pair in exact_decibans(seed)])
    errors = np.abs(pairs[:, 0] - pairs[:, 1])
    assert len(pairs) > 200
    assert np.quantile(errors, 0.95) < 0.5
    assert np.all((pairs[:, 0] * pairs[:, 1] > 0) | (errors < 1.0))


def source(case: dict[str, Any], condition: str) -> SourceOfPain:
    sources = assess(patient_of({"id": "invented", **case})).sources
    return next(s for s in sources if s.condition == condition)


def test_what_speaks_against_is_told_too() -> None:
    """A man with sciatica whose straight leg raise is free: it speaks against the S1 root."""
    findings = [
        {"name": "absent ankle reflex"},
        {"name": "pain below the knee"},
        {"name": "straight leg raise", "present": False},
    ]
    case = {"age": 40, "sex": "M", "side": "left", "findings": findings}
    root = source(case, "radiculopathy_s1")
    worth = {reason.finding: reason.decibans for reason in root.why}
    assert worth["reflex_achilles"] > 2
    assert worth["slr"] < -1


def test_one_finding_alone_adds_its_likelihood_ratio() -> None:
    """With nothing else told, decibans are 10 log10 of odds after over odds before."""
    case: dict[str, Any] = {"age": 40, "findings": [{"name": "absent ankle reflex"}]}
    net = network(40)
    leaf = net.leaves.index("radiculopathy_s1")
    before = point_of(net, prior_of(patient_of({"id": "x", "age": 40})), ()).probability[leaf]
    after = source(case, "radiculopathy_s1")
    wanted = 10 / np.log(10) * float(log_odds(np.array(after.probability)) - log_odds(before))
    assert after.why[0].decibans == pytest.approx(wanted, abs=0.05)


def test_the_figure_that_the_first_place_hangs_on_would_change_it() -> None:
    """Where one is told, the same figure moved there by hand puts that source first."""
    told = 0
    for seed in range(10):
        patient = random_patient(np.random.default_rng([43, seed]), 6)
        net = network(patient.age)
        point = point_of(net, prior_of(patient), weigh(patient.findings, net))
        figure = critical_figure(point)
        if figure is None:
            continue
        told += 1
        first = net.leaves[int(point.probability.argmax())]
        assert figure.first != first
        assert figure.published != figure.wrong
        assert 0 < figure.wrong < 1
        assert figure.citation
    assert told >= 2


def test_what_was_expected_and_not_asked_was_not_asked() -> None:
    findings = [{"name": "thigh thrust", "side": "left"}, {"name": "Gaenslen", "side": "left"}]
    case = {"id": "invented", "age": 40, "sex": "F", "findings": findings}
    patient = patient_of(case)
    expected = assess(patient).not_asked
    assert expected
    assert not set(expected) & {o.finding for o in patient.findings}
