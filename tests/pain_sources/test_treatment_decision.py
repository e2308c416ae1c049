"""What would be done, and what an answer is worth for it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.pain_sources.network import network
from hipspine.pain_sources.treatment_decision import (
    decisions,
    decisions_of,
    expected_gain,
    expected_utility,
)

LEAVES = [leaf.id for leaf in evidence().leaves]


def patient(**probability: float) -> np.ndarray:
    """One row of probabilities, 0 where not named."""
    row = np.zeros((1, len(LEAVES)))
    for leaf, p in probability.items():
        row[0, LEAVES.index(leaf)] = p
    return row


def best(**probability: float) -> str:
    return decisions().families[int(expected_utility(patient(**probability))[1][0])]


def test_leaves_stand_in_the_order_of_the_network() -> None:
    assert tuple(LEAVES) == network().leaves
    assert decisions().of_leaf.sum(axis=1) == pytest.approx(np.ones(len(LEAVES)))


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_source_that_is_certain_is_treated_as_what_it_is(leaf: str) -> None:
    assert best(**{leaf: 1.0}) == evidence().treatment_decisions[leaf].family


def test_the_utility_agrees_with_the_sum_written_out() -> None:
    """Naive twin: every family acted on, every source, one at a time."""
    generator = np.random.default_rng(7)
    probability = generator.random((5, len(LEAVES))) ** 3
    tables = evidence()
    covers = {(c.acting_on, c.true_family): c.share for c in tables.treatment_covers}
    utility, chosen = expected_utility(probability)
    for row, found, which in zip(probability, utility, chosen, strict=True):
        worth = {}
        for acting in tables.treatment_families.values():
            total = -acting.burden
            for leaf, p in zip(LEAVES, row, strict=True):
                true = tables.treatment_families[tables.treatment_decisions[leaf].family]
                share = 1.0 if true is acting else covers.get((acting.id, true.id), 0.0)
                total += p * (share * true.benefit - (1 - share) * true.harm_if_missed)
            worth[acting.id] = total
        assert found == pytest.approx(max(worth.values()))
        assert worth[decisions().families[which]] == pytest.approx(found)


def test_a_small_chance_of_infection_outweighs_a_likely_back() -> None:
    """Threshold (Pauker and Kassirer 1980): act on infection when
    p * (benefit + harm) > burden + what exercise gains: p * 11 > 0.5 + 0.45, so above 8.6 %."""
    assert best(nonspecific_low_back_pain=0.9, spinal_infection=0.05) == "self_management"
    assert best(nonspecific_low_back_pain=0.9, spinal_infection=0.12) == "infection"


def test_a_fifth_of_osteonecrosis_outweighs_a_likely_arthritis_only_when_doubtful() -> None:
    assert best(hip_osteoarthritis=0.9, femoral_head_avascular_necrosis=0.05) == "hip_arthritis"
    assert best(hip_osteoarthritis=0.3, femoral_head_avascular_necrosis=0.5) == "osteonecrosis"


def test_which_root_it_is_does_not_change_what_is_done() -> None:
    """L5 or S1: an answer that only tells them apart adds nothing to the decision."""
    l5, s1 = patient(radiculopathy_l5=0.9), patient(radiculopathy_s1=0.9)
    assert expected_gain(np.array([0.5]), l5, s1) == pytest.approx([0.0], abs=1e-12)


def test_back_or_hip_changes_what_is_done() -> None:
    back, hip = patient(facet_joint_pain=0.9), patient(hip_osteoarthritis=0.9)
    assert expected_gain(np.array([0.5]), back, hip)[0] > 0.2


ROWS = arrays.arrays(np.float64, (3, len(LEAVES)), elements=st.floats(0, 1))


@given(present=st.lists(st.floats(0, 1), min_size=3, max_size=3), yes=ROWS, no=ROWS)
def test_knowing_more_never_costs(present: list[float], yes: np.ndarray, no: np.ndarray) -> None:
    chance = np.array(present)
    mean = chance[:, None] * yes + (1 - chance[:, None]) * no
    after = chance * expected_utility(yes)[0] + (1 - chance) * expected_utility(no)[0]
    assert (after >= expected_utility(mean)[0] - 1e-9).all()
    assert expected_gain(chance, yes, no) == pytest.approx(
        np.clip(after - expected_utility(mean)[0], 0, None), abs=1e-9
    )


# --- the tables ------------------------------------------------------------------------------


def without_a_source(tables: Evidence) -> Evidence:
    kept = {k: v for k, v in tables.treatment_decisions.items() if k != "coccydynia"}
    return replace(tables, treatment_decisions=kept)


def with_family(**changes: object) -> Callable[[Evidence], Evidence]:
    def broken(tables: Evidence) -> Evidence:
        worse = replace(tables.treatment_families["root"], **changes)  # type: ignore[arg-type]
        return replace(tables, treatment_families={**tables.treatment_families, "root": worse})

    return broken


def with_cover(**changes: object) -> Callable[[Evidence], Evidence]:
    def broken(tables: Evidence) -> Evidence:
        first, *rest = tables.treatment_covers
        changed = replace(first, **changes)  # type: ignore[arg-type]
        return replace(tables, treatment_covers=(changed, *rest))

    return broken


def a_group_treated(tables: Evidence) -> Evidence:
    row = replace(tables.treatment_decisions["coccydynia"], condition_id="lumbar_radiculopathy")
    more = {**tables.treatment_decisions, "lumbar_radiculopathy": row}
    return replace(tables, treatment_decisions=more)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (without_a_source, "the source 'coccydynia' has no family"),
        (a_group_treated, "lumbar_radiculopathy: is not a source of pain"),
        (with_family(burden=-1.0), "burden -1.0 is below 0"),
        (with_family(burden=9.0), "is never worth its burden"),
        (with_family(study="nobody_1999"), "study 'nobody_1999' is not in studies"),
        (with_cover(true_family="roots"), "family 'roots' is not in treatment_families"),
        (with_cover(share=1.2), "share 1.2 is outside 0..1"),
        (with_cover(true_family="root"), "a pair of two families stands once"),
    ],
)
def test_a_broken_table_is_named(broken: Callable[[Evidence], Evidence], said: str) -> None:
    found = problems(broken(evidence()))
    assert any(said in problem for problem in found), found


def test_missing_what_endangers_life_or_limb_costs_more_than_anything_gained() -> None:
    serious = evidence().conditions
    for leaf, decision in evidence().treatment_decisions.items():
        family = evidence().treatment_families[decision.family]
        if serious[leaf].seriousness == "emergency":
            assert family.harm_if_missed > 5, leaf
        if serious[leaf].seriousness == "routine":
            assert family.harm_if_missed <= 1, leaf


def test_other_tables_give_other_decisions() -> None:
    """No hidden constants: without harm, nothing is feared."""
    tables = evidence()
    calm = {k: replace(v, harm_if_missed=0.0) for k, v in tables.treatment_families.items()}
    utilities = decisions_of(replace(tables, treatment_families=calm)).utilities(
        patient(nonspecific_low_back_pain=0.9, spinal_infection=0.12)
    )
    assert decisions().families[int(utilities.argmax())] == "self_management"
