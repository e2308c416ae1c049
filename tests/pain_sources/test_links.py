"""Published figures become one sensitivity and one specificity per finding and source.

Studies print different things: sensitivity (Se) and specificity (Sp), or likelihood ratios
    LR+ = Se / (1 - Sp)      LR- = (1 - Se) / Sp
or only one of these. Each test puts invented rows of one finding in place of the shipped
tables and looks at what the link then says.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hipspine import patient_of
from hipspine.evidence import Evidence, evidence
from hipspine.evidence.rows import Accuracy, Referral
from hipspine.pain_sources.intervals import interval
from hipspine.pain_sources.links import Figure, Link, collect_links, pool
from hipspine.pain_sources.network import compile_network
from hipspine.pain_sources.point import point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import weigh

#: A row that states nothing yet; every test adds the figures that it is about.
BARE = Accuracy(
    row_id="T1", finding_id="slr", condition_id="radiculopathy_l5",
    sensitivity=None, sens_low=None, sens_high=None,
    specificity=None, spec_low=None, spec_high=None,
    lr_pos=None, lr_pos_low=None, lr_pos_high=None,
    lr_neg=None, lr_neg_low=None, lr_neg_high=None,
    n="100", basis="study", use=True, not_used_because="",
    comparison_group="not_stated", reference_standard="surgery",
    study="laslett_2005", verified=True, note="",
)  # fmt: skip
PLACE = Referral(
    row_id="T2", condition_id="sacroiliac_joint_pain", finding_id="pain_groin", fraction=0.14,
    low=None, high=None, n="50", basis="study", use=True, study="slipman_2000", verified=True,
    note="",
)  # fmt: skip


def tables(*rows: dict[str, Any]) -> Evidence:
    """The shipped conditions and findings with these rows as all that was ever published."""
    accuracy = tuple(replace(BARE, **row) for row in rows)
    return replace(evidence(), accuracy=accuracy, referral=(), base_rates=())


def link(*rows: dict[str, Any]) -> Link:
    """What these rows say together about the straight leg raise in L5 radiculopathy."""
    return collect_links(tables(*rows))["slr"]["radiculopathy_l5"]


@pytest.mark.parametrize(
    ("stated", "sensitivity", "specificity"),
    [
        # As printed.
        ({"sensitivity": 0.91, "specificity": 0.26}, 0.91, 0.26),
        # Both ratios: 5.6 (1 - Sp) + 0.39 Sp = 1, so Sp = 4.6 / 5.21; Se = 1 - 0.39 Sp.
        ({"lr_pos": 5.6, "lr_neg": 0.39}, 0.656, 0.883),
        # One of the two and one ratio: 1 - Sp = 0.72 / 3.6; Sp = (1 - 0.8) / 0.4.
        ({"sensitivity": 0.72, "lr_pos": 3.6}, 0.72, 0.8),
        ({"sensitivity": 0.8, "lr_neg": 0.4}, 0.8, 0.5),
        # ... the other way round: Se = 6 * 0.1; Se = 1 - 0.5 * 0.9.
        ({"specificity": 0.9, "lr_pos": 6.0}, 0.6, 0.9),
        ({"specificity": 0.9, "lr_neg": 0.5}, 0.55, 0.9),
        # LR+ alone: 15 % false positives are assumed, so Se = 3 * 0.15.
        ({"lr_pos": 3.0}, 0.45, 0.85),
        # A large LR+ alone must not make the absent finding tell much: Se stays at 0.5.
        ({"lr_pos": 10.0}, 0.5, 0.95),
        # LR- alone: again 15 % false positives; Se = 1 - 0.2 * 0.85.
        ({"lr_neg": 0.2}, 0.83, 0.85),
    ],
)
def test_a_row_gives_sensitivity_and_specificity(
    stated: dict[str, float], sensitivity: float, specificity: float
) -> None:
    found = link(stated)
    assert found.sensitivity.p == pytest.approx(sensitivity, abs=5e-4)
    assert found.specificity is not None
    assert found.specificity.p == pytest.approx(specificity, abs=5e-4)


def test_what_gives_no_possible_specificity_gives_none() -> None:
    """Se 0.3 with LR- 0.5 would need Sp = 0.7 / 0.5 = 1.4: only the sensitivity is kept."""
    found = link({"sensitivity": 0.3, "lr_neg": 0.5})
    assert (found.sensitivity.p, found.specificity) == (pytest.approx(0.3), None)


def test_all_patients_of_a_small_study_are_not_all_patients() -> None:
    """Nobody missed among 100 does not make the finding a condition of the disease."""
    assert link({"sensitivity": 1.0, "specificity": 0.5}).sensitivity.p == pytest.approx(0.995)


def test_studies_that_agree_are_worth_their_patients_together() -> None:
    """30 + 10 patients at 0.8: nothing between the studies, so 40 patients."""
    pooled = pool([Figure(0.8, 30), Figure(0.8, 10)])
    assert (pooled.p, pooled.n) == (pytest.approx(0.8), pytest.approx(40))


def test_studies_that_contradict_each_other_are_worth_little() -> None:
    """0.5 and 0.9 of 10 patients each: logits 0 and 2.197, variances 0.4 and 1.111.

    Weights 2.5 and 0.9, mean 0.582, scatter 2.5 * 0.582^2 + 0.9 * 1.616^2 = 3.194; variance between
    (3.194 - 1) / (3.4 - 7.06 / 3.4) = 1.658. Then weights 0.486 and 0.361, mean 0.937: p = 0.718,
    worth 0.847 / (0.718 * 0.282) = 4.2 patients instead of 20.
    """
    pooled = pool([Figure(0.5, 10), Figure(0.9, 10)])
    assert pooled.p == pytest.approx(0.718, abs=5e-4)
    assert pooled.n == pytest.approx(4.2, abs=0.05)


def test_the_larger_study_pulls_harder() -> None:
    """The more patients at 0.5, the nearer the pool is to it; still no mere mean of patients."""
    even, uneven = (pool([Figure(0.5, n), Figure(0.9, 10)]).p for n in (10, 30))
    assert 0.5 < uneven < even < 0.9


def test_no_amount_of_patients_makes_a_figure_certain() -> None:
    """Studies differ by more than chance: 300 + 300 patients count as 400."""
    assert pool([Figure(0.2, 300), Figure(0.2, 300)]).n == 400


def test_an_unverified_row_is_worth_half() -> None:
    """40 unverified patients count as 20."""
    seen = {"sensitivity": 0.5, "n": "20"}
    unseen = {"row_id": "T3", "sensitivity": 0.9, "n": "40", "verified": False}
    together = link(seen, unseen)
    assert together.sensitivity == pool([Figure(0.5, 20), Figure(0.9, 20)])
    assert link(unseen).sensitivity.n == pytest.approx(20)
    assert (link(seen).verified, together.verified) == (True, False)


@pytest.mark.parametrize(
    ("stated", "worth"),
    [
        ({"n": "125 hips"}, 125),
        ({"n": "1,096"}, 400),  # the most that one study may weigh
        ({"n": "not_stated"}, 30),
        # Without n the interval tells it: 0.8 * 0.2 * (3.92 / 0.2)^2 - 1 = 60.5.
        ({"n": "not_stated", "sens_low": 0.7, "sens_high": 0.9}, 60.5),
        ({"n": "not_stated", "study": "expert_judgement", "basis": "judgement"}, 12),
        ({"n": "500", "study": "expert_judgement", "basis": "judgement"}, 12),
        ({"n": "not_stated", "verified": False}, 15),
    ],
)
def test_patients_that_a_row_is_worth(stated: dict[str, Any], worth: float) -> None:
    assert link({"sensitivity": 0.8, **stated}).sensitivity.n == pytest.approx(worth, abs=0.05)


def test_a_study_that_does_not_state_its_size_widens_the_interval() -> None:
    """Same figures, same patient: only how many patients stand behind them differs."""

    def width(n: str) -> float:
        rows = {"sensitivity": 0.8, "specificity": 0.85, "n": n}
        net = compile_network(tables(rows))
        patient = patient_of({"id": "x", "findings": [{"name": "slr", "present": True}]})
        point = point_of(net, prior_of(patient), weigh(patient.findings, net))
        low, high = interval(point, patient.setting)
        leaf = net.leaves.index("radiculopathy_l5")
        return float(np.log(high[leaf] / (1 - high[leaf])) - np.log(low[leaf] / (1 - low[leaf])))

    assert width("400") < width("not_stated")


def test_a_group_speaks_for_every_leaf_without_a_row_of_its_own() -> None:
    """A study of "radiculopathy" says what it can of L2-L5; S1 has a study of its own."""
    rows = (
        {"condition_id": "lumbar_radiculopathy", "sensitivity": 0.6},
        {"row_id": "T3", "condition_id": "radiculopathy_s1", "sensitivity": 0.9},
    )
    found = collect_links(tables(*rows))["slr"]
    told = {leaf: round(one.sensitivity.p, 6) for leaf, one in found.items()}
    assert told == {
        "radiculopathy_l2_l3": 0.6,
        "radiculopathy_l4": 0.6,
        "radiculopathy_l5": 0.6,
        "radiculopathy_s1": 0.9,
    }
    assert (found["radiculopathy_l4"].rows, found["radiculopathy_s1"].rows) == (("T1",), ("T3",))


def test_of_two_groups_the_narrower_speaks() -> None:
    rows = (
        {"condition_id": "lumbar_radiculopathy", "sensitivity": 0.6},
        {"row_id": "T3", "condition_id": "radiculopathy_midlumbar", "sensitivity": 0.2},
    )
    found = collect_links(tables(*rows))["slr"]
    assert found["radiculopathy_l4"].sensitivity.p == pytest.approx(0.2)
    assert found["radiculopathy_s1"].sensitivity.p == pytest.approx(0.6)


def test_a_row_that_is_not_used_says_nothing() -> None:
    assert collect_links(tables({"sensitivity": 0.9, "use": False})) == {}


def test_a_place_where_it_hurts_has_a_sensitivity_alone() -> None:
    """7 of 50 feel the sacroiliac joint in the groin; how many others do, the map does not say."""
    only = replace(evidence(), accuracy=(), referral=(PLACE,), base_rates=())
    found = collect_links(only)["pain_groin"]["sacroiliac_joint_pain"]
    assert found.sensitivity.p == pytest.approx(0.14)
    assert found.sensitivity.n == pytest.approx(50)
    assert found.specificity is None
    assert found.studies == ("slipman_2000",)
