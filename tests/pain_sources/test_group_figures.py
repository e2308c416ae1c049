"""A study of "any radiculopathy" holds on average over the roots; how they differ is judgement.

root            L2/L3   L4    L5    S1
judged Se        0.1    0.3   0.7   0.8     mean weighted by the priors: say 0.69
study: 0.80      0.17   0.45  0.81  0.88    mean 0.80; every odds ratio as it was
"""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.evidence import EXPERT_JUDGEMENT, Evidence, evidence
from hipspine.evidence.rows import BaseRate
from hipspine.findings.model import implied
from hipspine.pain_sources.group_figures import (
    moved,
    patients_of_one,
    shift_to_hold,
    specificity_of_one,
)
from hipspine.pain_sources.group_studies import hold_group_figures
from hipspine.pain_sources.links import Link, collect_links
from tests.pain_sources.test_links import BARE, PLACE

ROOTS = ("radiculopathy_l2_l3", "radiculopathy_l4", "radiculopathy_l5", "radiculopathy_s1")
JUDGED = dict(zip(ROOTS, (0.1, 0.3, 0.7, 0.8), strict=True))
SHARE = st.floats(0.02, 0.98)
SEVERAL = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(SHARE, min_size=n, max_size=n),
        st.lists(st.floats(0.01, 1), min_size=n, max_size=n),
    )
)


# --- the arithmetic --------------------------------------------------------------------------


@given(several=SEVERAL, target=st.floats(0.1, 0.9))
def test_the_weighted_mean_is_the_target_and_odds_ratios_stay(
    several: tuple[list[float], list[float]], target: float
) -> None:
    p, weight = map(np.array, several)
    shift = shift_to_hold(p, weight, target)
    after = moved(p, shift)
    if abs(shift) < 3.99:
        assert np.average(after, weights=weight) == pytest.approx(target, abs=1e-9)
    odds = after / (1 - after) / (p / (1 - p))
    assert odds == pytest.approx(np.full_like(p, np.exp(shift)), rel=1e-6)


def test_a_shift_agrees_with_trying_every_one() -> None:
    p, weight = np.array(list(JUDGED.values())), np.array([0.012, 0.03, 0.1, 0.1])
    tried = np.linspace(-4, 4, 80_001)
    means = [np.average(moved(p, shift), weights=weight) for shift in tried]
    best = tried[int(np.argmin(np.abs(np.array(means) - 0.8)))]
    assert shift_to_hold(p, weight, 0.8) == pytest.approx(best, abs=1e-4)


@given(
    specificity=st.floats(0.3, 0.99),
    several=st.lists(st.tuples(SHARE, st.floats(0.001, 0.4)), min_size=1, max_size=5),
)
def test_the_specificity_for_one_source_agrees_with_every_combination_of_its_siblings(
    specificity: float, several: list[tuple[float, float]]
) -> None:
    """Naive twin: all subsets of siblings, each true by its prevalence, each may fire."""
    sensitivity, prevalence = np.array(several).T
    fire = np.clip(1 - (1 - sensitivity) / specificity, 0, 1)
    for one, said in enumerate(specificity_of_one(specificity, sensitivity, prevalence)):
        siblings = [i for i in range(len(several)) if i != one]
        absent = 0.0
        for true in itertools.product((False, True), repeat=len(siblings)):
            chance, silent = 1.0, specificity
            for i, is_true in zip(siblings, true, strict=True):
                chance *= prevalence[i] if is_true else 1 - prevalence[i]
                silent *= 1 - fire[i] if is_true else 1
            absent += chance * silent
        assert said == pytest.approx(absent, abs=1e-12)


def test_a_source_that_is_the_whole_group_is_worth_the_study_and_a_rare_one_its_judgement() -> None:
    own = np.array([6.0, 6.0])
    worth = patients_of_one(400.0, own, np.array([0.999, 0.001]))
    assert worth[0] == pytest.approx(375, abs=1)
    assert worth[1] == pytest.approx(5.9, abs=0.1)


# --- in the tables ---------------------------------------------------------------------------


def tables(*rows: dict[str, Any], base_rate: float | None = None, **places: Any) -> Evidence:
    """Judged figures of the roots, and these rows of studies."""
    judged = [
        replace(BARE, row_id=f"J{i}", condition_id=root, sensitivity=se, basis="judgement",
                study=EXPERT_JUDGEMENT, verified=False, n="not_stated")
        for i, (root, se) in enumerate(JUDGED.items())
    ]  # fmt: skip
    studies = [
        replace(BARE, **({"row_id": f"T{i}", "condition_id": "lumbar_radiculopathy"} | row))
        for i, row in enumerate(rows)
    ]
    rate = BaseRate(
        row_id="B1", finding_id="slr", population="", age_low=None, age_high=None,
        base_rate=base_rate, low=None, high=None, n="", basis="judgement",
        use=base_rate is not None, study=EXPERT_JUDGEMENT, verified=False, note="",
    )  # fmt: skip
    return replace(
        evidence(),
        accuracy=(*judged, *studies),
        referral=places.get("referral", ()),
        base_rates=(rate,),
    )


def held(tables: Evidence) -> dict[str, dict[str, Link]]:
    return hold_group_figures(collect_links(tables), tables)


def roots(*rows: dict[str, Any], **more: Any) -> list[Link]:
    by_leaf = held(tables(*rows, **more))["slr"]
    return [by_leaf[root] for root in ROOTS]


def mean(links: list[Link]) -> float:
    weight = [evidence().priors[link.condition].clinic for link in links]
    return float(np.average([link.sensitivity.p for link in links], weights=weight))


def test_the_published_figure_holds_on_average_over_the_roots() -> None:
    links = roots({"sensitivity": 0.8, "specificity": 0.4})
    assert mean(links) == pytest.approx(0.8, abs=1e-9)
    odds = [link.sensitivity.p / (1 - link.sensitivity.p) for link in links]
    assert odds[3] / odds[2] == pytest.approx((0.8 / 0.2) / (0.7 / 0.3))
    for link in links:
        assert link.studies == ("laslett_2005", EXPERT_JUDGEMENT)
        assert link.rows[0] == "T0"
        assert link.verified
        assert link.specificity is not None
        assert 0.2 < link.specificity.p <= 0.4
    counted = sum(link.specificity.n for link in links if link.specificity)
    assert counted == pytest.approx(100), "one study of 100 patients is not four"


def test_a_remembered_figure_displaces_no_judgement() -> None:
    links = roots({"sensitivity": 0.9, "specificity": 0.4, "verified": False})
    assert [link.sensitivity.p for link in links] == pytest.approx(list(JUDGED.values()))


def test_a_study_of_one_root_stays_and_says_how_far_the_others_move() -> None:
    """As though all moved, so that the others need not make up for the one that does not."""
    own = {"condition_id": "radiculopathy_s1", "sensitivity": 0.5}
    with_own = roots({"sensitivity": 0.8, "specificity": 0.4}, own)
    s1 = with_own[3]
    assert "laslett_2005" in s1.studies
    assert s1.sensitivity.p < 0.6
    assert with_own[2].sensitivity.p < 0.95


def test_a_smaller_group_has_the_last_word() -> None:
    low = {"condition_id": "radiculopathy_lowlumbar", "sensitivity": 0.6, "specificity": 0.5}
    links = roots({"sensitivity": 0.9, "specificity": 0.4}, low)
    assert mean(links[2:]) == pytest.approx(0.6, abs=1e-9)


def test_a_ratio_alone_moves_no_sensitivity_but_states_the_specificity() -> None:
    links = roots({"lr_pos": 4.0})
    assert [link.sensitivity.p for link in links] == pytest.approx(list(JUDGED.values()))
    alone = links[2].specificity
    assert alone is not None
    assert alone.p == pytest.approx(1 - mean(links) / 4, abs=0.1)


def test_from_another_kind_of_comparison_group_the_negative_ratio_is_carried_over() -> None:
    """Before surgery Se 0.92, Sp 0.28: LR- = 0.08 / 0.28 = 0.286. In a clinic in which the sign is
    absent in 90 % of the others, Se = 1 - 0.286 * 0.9 = 0.743."""
    links = roots({"sensitivity": 0.92, "specificity": 0.28}, base_rate=0.1)
    assert mean(links) == pytest.approx(1 - 0.08 / 0.28 * 0.9, abs=1e-6)
    assert all(link.specificity is None for link in links)
    same = roots({"sensitivity": 0.92, "specificity": 0.85}, base_rate=0.1)
    assert mean(same) == pytest.approx(0.92, abs=1e-6)
    assert all(link.specificity for link in same)


def test_a_referral_fraction_only_raises() -> None:
    place = replace(
        PLACE, finding_id="slr", condition_id="lumbar_radiculopathy", fraction=0.2, row_id="P"
    )
    links = roots(referral=(place,))
    assert [link.sensitivity.p for link in links] == pytest.approx(list(JUDGED.values()))
    links = roots(referral=(replace(place, fraction=0.9),))
    assert mean(links) == pytest.approx(0.9, abs=1e-9)


# --- the shipped tables ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "published"),
    [
        # Dorleijn 2014; Wassenaar 2012 with the 2023 meta-analysis, random effects.
        ("block_hip_ia", 0.97),
        ("mri_disc_herniation", 0.834),
    ],
)
def test_the_shipped_group_figures_hold(finding: str, published: float) -> None:
    by_leaf = held(evidence())[finding]
    group = "lumbar_radiculopathy" if finding.startswith("mri") else "intra_articular_hip_pain"
    links = [by_leaf[leaf] for leaf in evidence().members(group) if leaf in by_leaf]
    assert mean(links) == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize("finding", ["slr", "slump"])
def test_the_shipped_tension_signs_carry_their_published_negative_ratio(finding: str) -> None:
    """Both have a pooled LR- near 0.35; the sign is absent in about 0.85 of other patients."""
    by_leaf = held(evidence())[finding]
    found = mean([by_leaf[root] for root in ROOTS])
    assert 1 - 0.40 * 0.9 < found < 1 - 0.30 * 0.8


def test_no_study_makes_a_finding_rarer_than_one_that_implies_it() -> None:
    """MRI root compression: a review's 0.25 is below the judged 0.6 of the root's own level."""
    links = held(evidence())
    groups = {c.id for c in evidence().conditions.values() if c.is_group}
    of_groups = {row.row_id for row in evidence().accuracy if row.condition_id in groups}
    seen = 0
    for finding, by_leaf in links.items():
        for general in implied(finding):
            for leaf, link in by_leaf.items():
                other = links.get(general, {}).get(leaf)
                if other and of_groups & {*link.rows, *other.rows}:
                    seen += 1
                    assert other.sensitivity.p >= link.sensitivity.p - 0.03, (finding, general)
    assert seen > 20
    shown = links["mri_root_compression"]["radiculopathy_l5"]
    assert not any("tawa" in study for study in shown.studies)
