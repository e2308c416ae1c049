"""Simulated patients: margins and correlations are what was asked, whatever else is drawn."""

from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.findings.model import denied, implied
from hipspine.findings.patient import Patient
from hipspine.pain_sources.graded import Place, levels
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import UNLISTED_SOURCE, prior_of
from hipspine.pain_sources.simulate import Scenario, _sources, simulate, simulated
from hipspine.pain_sources.simulated_body import (
    BOTH,
    LEFT,
    RIGHT,
    Effect,
    Figures,
    causes,
    drawn_findings,
    figures_of,
)
from hipspine.pain_sources.simulated_examination import FURTHER, examination, knowledge
from hipspine.pain_sources.simulated_values import value_of
from hipspine.pain_sources.weighing import weigh

NET = network(50)
FIGURES = figures_of(50)
LEAF = {name: number for number, name in enumerate(NET.leaves)}
ROW = {name: number for number, name in enumerate(FIGURES.names)}
#: Two people: one with a single source, one with a root on the right and a hip on both sides.
PEOPLE = (
    {LEAF["sacroiliac_joint_pain"]: LEFT},
    {LEAF["radiculopathy_l5"]: RIGHT, LEAF["hip_osteoarthritis"]: BOTH},
)
BODIES = 1000
#: Standard errors that the worst of some 800 findings may be off by chance.
MOST_ERRORS = 4.5


def naive_chance(finding: str, states: dict[int, int], side: str | None) -> float:
    """P(present): one source after the other, by the text of the model."""
    model = NET.findings[finding]
    unset, present, absent = 1 - model.noisy_or.leak[0], 1.0, 1.0
    for column, leaf in enumerate(model.leaves):
        state = states.get(leaf)
        other = {"left": RIGHT, "right": LEFT}.get(side or "")
        if state is None or (state == other and evidence().findings[finding].sided):
            continue
        unset *= 1 - model.noisy_or.fire[0, column]
        present *= np.exp(model.noisy_or.against_present[0, column])
        absent *= np.exp(model.noisy_or.against_absent[0, column])
    return float((1 - unset) * present / ((1 - unset) * present + unset * absent))


def bodies(states: dict[int, int], rho: float | None, effect: Effect) -> np.ndarray:
    """Which findings BODIES people with these sources have, examined on the left."""
    rng = np.random.default_rng(5)
    found = causes(FIGURES, states, "left")
    drawn = [drawn_findings(FIGURES, found, rho, effect, rng)[0] for _ in range(BODIES)]
    return np.array(drawn)


@pytest.mark.parametrize("states", PEOPLE)
@pytest.mark.parametrize("effect", ["given_sources", "each_cause"])
@pytest.mark.parametrize("rho", [None, 0.0, 0.6])
def test_margins_are_those_of_the_model_whatever_the_correlation(
    states: dict[int, int], effect: Effect, rho: float | None
) -> None:
    wanted = np.array([naive_chance(name, states, "left") for name in FIGURES.names])
    off = bodies(states, rho, effect).mean(axis=0) - wanted
    assert np.abs(off / np.sqrt(wanted * (1 - wanted) / BODIES)).max() < MOST_ERRORS


def both(p: float, q: float, rho: float) -> float:
    """P(both) of two findings with probit correlation rho, integrated over the common effect."""
    normal, z = NormalDist(), np.linspace(-8, 8, 801)
    kept = [
        [normal.cdf((normal.inv_cdf(x) - rho**0.5 * at) / (1 - rho) ** 0.5) for at in z]
        for x in (p, q)
    ]
    return float(np.trapezoid(np.exp(-z * z / 2) / np.sqrt(2 * np.pi) * np.prod(kept, axis=0), z))


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_findings_of_a_group_correlate_as_asked(rho: float) -> None:
    """Given the sources; and those of different groups do not."""
    states = PEOPLE[0]
    found = bodies(states, rho, "given_sources")
    for one, other, own in (
        ("thigh_thrust", "compression_sij", rho),
        ("distraction_sij", "gaenslen", rho),
        ("thigh_thrust", "slr", 0.0),
    ):
        p, q = (naive_chance(name, states, "left") for name in (one, other))
        wanted = both(p, q, own)
        together = (found[:, ROW[one]] & found[:, ROW[other]]).mean()
        assert together == pytest.approx(wanted, abs=4 * (wanted * (1 - wanted) / BODIES) ** 0.5)


def test_false_positives_of_a_group_correlate_by_themselves_in_the_models_own_form() -> None:
    found = bodies({}, 0.6, "each_cause")
    one, other = ROW["thigh_thrust"], ROW["distraction_sij"]
    wanted = both(FIGURES.leak[one], FIGURES.leak[other], 0.6)
    together = (found[:, one] & found[:, other]).mean()
    assert together == pytest.approx(wanted, abs=4 * (wanted * (1 - wanted) / BODIES) ** 0.5)


def test_sources_are_as_frequent_as_their_priors_given_pain() -> None:
    """P(source | something hurts) = prior / P(something hurts)."""
    priors = prior_of(Patient("one", age=50.0, sex="F"))
    rng = np.random.default_rng(2)
    drawn = [_sources(NET, priors, rng) for _ in range(8000)]
    frequency = np.zeros(priors.size)
    for states in drawn:
        frequency[list(states)] += 1 / len(drawn)
    wanted = priors / (1 - (1 - UNLISTED_SOURCE) * np.prod(1 - priors))
    errors = np.sqrt(wanted * (1 - wanted) / len(drawn))
    assert np.abs((frequency - wanted) / errors)[wanted > 0.002].max() < 4
    assert {s for states in drawn for leaf, s in states.items() if not NET.lateral[leaf]} == {BOTH}


def test_a_source_on_the_other_side_sets_no_finding_of_this_side() -> None:
    found = causes(FIGURES, {LEAF["hip_osteoarthritis"]: RIGHT}, "left").chance
    assert found[FIGURES.sided] == pytest.approx(FIGURES.leak[FIGURES.sided])
    told_without_side = causes(FIGURES, {LEAF["hip_osteoarthritis"]: RIGHT}, None).chance
    assert told_without_side[ROW["hip_ir_reduced"]] > 2 * FIGURES.leak[ROW["hip_ir_reduced"]]


def test_a_patient_does_not_depend_on_who_was_drawn_before() -> None:
    scenario = Scenario(rho=0.3, draw_figures=True)
    many = simulate(scenario, 6, seed=3)
    assert many[4] == simulated(scenario, 3, 4)
    assert simulate(scenario, 2, seed=3, first=4) == many[4:]
    assert len({one.patient.findings for one in many}) == len(many)


def test_the_correlation_changes_findings_and_not_the_person() -> None:
    low, high = (simulate(Scenario(rho=rho), 30, seed=4) for rho in (0.0, 0.6))
    assert [one.truth for one in low] == [one.truth for one in high]
    assert [one.patient.age for one in low] == [one.patient.age for one in high]
    assert [one.patient.findings for one in low] != [one.patient.findings for one in high]


def test_every_finding_told_is_weighed_once() -> None:
    """Nothing asked follows from something else that was asked."""
    for one in simulate(Scenario(), 60, seed=6):
        told = [o for o in one.patient.findings if o.finding in NET.findings]
        names = [o.finding for o in told]
        assert len(names) == len(set(names))
        for name in names:
            assert not (implied(name) | denied(name)) & set(names)
        weighed = weigh(one.patient.findings, network(one.patient.age))
        assert sorted(entry.model for entry in weighed) == sorted(names)


def test_what_is_looked_for_does_not_depend_on_what_is_not_known() -> None:
    """Findings that were never asked may be otherwise: the same things are asked."""
    known, priors = knowledge(50.0), prior_of(Patient("one", age=50.0))
    rng = np.random.default_rng(8)
    for seed in range(20):
        present = rng.random(len(known.figures.names)) < 0.3
        ask = [known, priors, present, FURTHER["spine_and_hip_clinic"]]
        rows = examination(*ask, np.random.default_rng(seed))
        ask[2] = np.where(np.isin(np.arange(present.size), rows), present, ~present)
        assert examination(*ask, np.random.default_rng(seed)) == rows


def test_bedside_findings_are_as_many_as_in_a_visit() -> None:
    asked = []
    for one in simulate(Scenario(absent_told=1.0), 80, seed=9):
        names = [o.finding for o in one.patient.findings if o.finding in NET.findings]
        kinds = [evidence().findings[n] for n in names]
        asked.append(
            sum(k.stage in ("history", "exam") and k.kind != "pain_location" for k in kinds)
        )
    assert min(asked) >= 4 and max(asked) <= 14 and 6 <= np.mean(asked) <= 14


def test_absent_findings_are_told_only_as_often_as_asked() -> None:
    told = [
        o for one in simulate(Scenario(absent_told=0.0), 20, seed=1) for o in one.patient.findings
    ]
    assert all(o.present for o in told if o.finding in NET.findings)


@pytest.mark.parametrize("finding", sorted(NET.ladders))
def test_values_lie_between_rungs_as_often_as_the_ladder_says(finding: str) -> None:
    """With one linked source: the share of `within` that is beyond each rung is that rung's."""
    ladder, model = NET.ladders[finding], NET.findings[finding]
    limit = limit_of(evidence().findings[finding].present_if)
    leaf = model.leaves[0]
    steps = (np.arange(400) + 0.5) / 400
    for present, rungs in ((True, ladder.stricter), (False, ladder.milder)):
        if limit is None or not rungs:
            assert value_of(NET, finding, present, [leaf], 0.5) is None
            continue
        values = [value_of(NET, finding, present, [leaf], float(u)) for u in steps]
        assert {limit.met(v) for v in values if v is not None} == {present}
        for rung in rungs:
            level, _ = levels(ladder, present, Place(beyond=rung.label), model.noisy_or)
            assert level is not None
            beyond = 1 - (1 - level.leak[0]) * (1 - level.fire[0, 0])
            every = 1 - (1 - model.noisy_or.leak[0]) * (1 - model.noisy_or.fire[0, 0])
            share = np.mean([rung.limit.met(v) for v in values if v is not None])
            assert share == pytest.approx(beyond / every if present else beyond, abs=0.003)


def test_drawn_figures_are_other_figures_around_the_published_ones() -> None:
    draws: list[Figures] = [figures_of(50.0, number) for number in range(8)]
    leaks = np.array([one.leak for one in draws])
    assert (leaks.std(axis=0) > 0).mean() > 0.95
    assert np.abs(np.log(leaks.mean(axis=0) / FIGURES.leak)).mean() < 0.3
    assert draws[0].rho(None).max() <= 1 and (draws[0].rho(0.3)[draws[0].group < 0] == 0).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rho": 1.5}, "rho: 1.5 is not between 0 and 1"),
        ({"rho": float("nan")}, "rho: nan is not between"),
        ({"absent_told": -0.1}, "absent_told: -0.1 is not between"),
        ({"setting": "hospital"}, "setting: 'hospital' is none of spine_and_hip_clinic, primary"),
        ({"effect": "none"}, "effect: 'none' is none of given_sources, each_cause"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Scenario(**wrong)
