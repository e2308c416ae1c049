"""What everyone's spine shows in time says little: base rates of imaging findings by age."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.evidence import evidence
from hipspine.pain_sources.ageing import REFERENCE, age_shifts, decade_of
from hipspine.pain_sources.leaks import solve
from hipspine.pain_sources.network import network

AGED = sorted({r.finding_id for r in evidence().base_rates if r.use and r.age_low is not None})


def leak(finding: str, age: float | None) -> float:
    return float(network(age).findings[finding].noisy_or.leak[0])


@pytest.mark.parametrize("finding", ["mri_disc_bulge", "mri_disc_degeneration", "xray_kl2"])
def test_the_odds_follow_the_published_ones(finding: str) -> None:
    """Brinjikji 2015: a bulge in 30 % at 20 years, 60 % at 50, 77 % at 70."""
    rates = {
        row.age_low: row.base_rate
        for row in evidence().base_rates
        if row.finding_id == finding and row.age_low is not None
    }
    published = [rates[low] for low in sorted(rates, key=lambda low: low or 0)]
    ages = sorted(low for low in rates if low is not None)
    odds = [leak(finding, low + 5) / (1 - leak(finding, low + 5)) for low in ages]
    for i in range(1, len(ages)):
        p, q = published[i], published[0]
        assert p is not None and q is not None
        assert odds[i] / odds[0] == pytest.approx(p / (1 - p) / (q / (1 - q)), rel=1e-6)


@pytest.mark.parametrize("finding", AGED)
def test_no_such_finding_becomes_rarer_with_age(finding: str) -> None:
    leaks = [leak(finding, age) for age in range(25, 90, 10)]
    assert leaks == sorted(leaks)
    assert leaks[0] < leaks[-1] <= 0.95


@given(st.floats(14, 110))
def test_findings_without_ages_are_left_alone(age: float) -> None:
    aged, unaged = network(age), network()
    assert aged.ladders is unaged.ladders
    assert all(aged.findings[f] is unaged.findings[f] for f in unaged.findings if f not in AGED)


def test_an_unknown_age_is_the_mixture_and_the_fifties_are_like_it() -> None:
    assert set(age_shifts(evidence().base_rates, REFERENCE).values()) == {0.0}
    assert all(network(55).findings[f] is network().findings[f] for f in AGED)
    assert (decade_of(14), decade_of(39.9), decade_of(40), decade_of(101)) == (20, 30, 40, 80)


def test_a_network_for_an_age_solves_to_what_it_holds() -> None:
    """Intervals solve the figures anew; at the published points they must meet the network."""
    for finding in AGED[:10]:
        model = network(75).findings[finding]
        again = solve(model.studied)
        assert again.leak == pytest.approx(model.noisy_or.leak, rel=1e-6)
        assert again.fire == pytest.approx(model.noisy_or.fire, abs=1e-6)


def ratio(finding: str, source: str, age: float) -> float:
    """Odds of a source with the finding over its odds without a word about it, at that age."""

    def odds(*findings: dict[str, Any]) -> float:
        told = [{"present": True, **f} for f in ({"name": "low back pain"}, *findings)]
        case = {"id": "x", "age": age, "findings": told}
        p = {s.condition: s.probability for s in assess(patient_of(case)).sources}[source]
        return p / (1 - p)

    return odds({"name": finding}) / odds()


def test_the_same_disc_bulge_at_25_at_45_and_at_75() -> None:
    """At 25 it makes a painful disc likelier; at 75 nearly everyone has one."""
    at = {age: ratio("mri_disc_bulge", "discogenic_pain", age) for age in (25, 45, 75)}
    assert at[25] > 1.4 > at[45] > at[75]
    assert 1.0 < at[75] < 1.15


def test_a_worn_hip_on_a_radiograph_at_35_and_at_80() -> None:
    at = {age: ratio("xray_kl2", "hip_osteoarthritis", age) for age in (35, 80)}
    assert at[35] > 3 * at[80] > 3


def test_that_nothing_is_found_says_the_same_at_every_age() -> None:
    """Noisy-OR: an absent bulge multiplies by 1 - fire, and the fires do not age."""
    young, old = (network(age).findings["mri_disc_bulge"].noisy_or for age in (25, 80))
    assert np.array_equal(young.fire, old.fire)


def test_one_network_serves_a_whole_decade() -> None:
    assert network(33) is network(38)
    assert network(33).findings["slr"] is network().findings["slr"], "nothing is compiled anew"
