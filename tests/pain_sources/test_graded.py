"""How far a value goes: the maths against brute force, and patients a clinician can check.

A value between two rungs is one statement. Its probability is "beyond the lower rung" minus
"beyond the higher one", which a twin here sums over every configuration of three sources.
"""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.findings.model import Findings, Observation
from hipspine.pain_sources.correlation import moebius
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.exact import Problem, Source, Unit, posterior
from hipspine.pain_sources.graded import (
    NOWHERE,
    Ladder,
    Parts,
    Place,
    around,
    drawn_shares,
    nested,
    parts,
    place_of,
    studies_of,
)
from hipspine.pain_sources.leaks import NoisyOr
from hipspine.pain_sources.network import network
from hipspine.pain_sources.weighing import weigh
from tests.pain_sources.naive import single


def noisy(leak: float, *fire: float) -> NoisyOr:
    zeros = np.zeros((1, len(fire)))
    return NoisyOr(np.array([leak]), np.array([fire]), zeros, zeros)


def not_beyond(level: NoisyOr, true: tuple[int, ...]) -> float:
    """C(D): the value is not beyond this rung although the sources in `true` are."""
    kept = [1 - f for f, t in zip(level.fire[0], true, strict=True) if t]
    return float((1 - level.leak[0]) * np.prod(kept))


def by_parts(found: Parts, true: tuple[int, ...]) -> float:
    """The same statement as the network sees it."""
    p = 1.0 if found.present is None else 1 - not_beyond(found.present, true)
    return float(p * np.prod([not_beyond(absent, true) for absent in found.absent]))


PRIOR = (0.2, 0.1, 0.05)
LEVELS = (noisy(0.30, 0.9, 0.5, 0.2), noisy(0.10, 0.7, 0.2, 0.1), noisy(0.02, 0.4, 0.05, 0.0))


@pytest.mark.parametrize("k", [0, 1])
def test_a_value_between_two_rungs_is_a_difference_of_two_probabilities(k: int) -> None:
    """Whatever is true of three sources: C_{k+1} - C_k = C_{k+1} * (1 - C_k / C_{k+1})."""
    inner, outer = LEVELS[k], LEVELS[k + 1]
    found = Parts(nested(inner, outer), (outer,))
    for true in itertools.product((0, 1), repeat=3):
        expected = not_beyond(outer, true) - not_beyond(inner, true)
        assert by_parts(found, true) == pytest.approx(expected, abs=1e-12)


def test_the_posterior_of_three_sources_equals_enumeration_over_all_levels() -> None:
    """The exact posterior of nested parts against Bayes over 2^3 configurations by hand."""
    inner, outer = LEVELS[0], LEVELS[1]
    present = nested(inner, outer)
    sources = []
    for i, prior in enumerate(PRIOR):
        belief = np.array([[1 - prior, prior * (1 - outer.fire[0, i])]])
        sources.append(Source(belief, {0: single(np.array([[0.0, present.fire[0, i]]]))}))
    unit = Unit(single(present.leak), moebius(np.ones(1)))
    states = posterior(Problem(sources, [unit])).states
    joint = {
        true: (not_beyond(outer, true) - not_beyond(inner, true))
        * np.prod([p if t else 1 - p for p, t in zip(PRIOR, true, strict=True)])
        for true in itertools.product((0, 1), repeat=3)
    }
    for i in range(3):
        expected = sum(p for true, p in joint.items() if true[i]) / sum(joint.values())
        assert states[i][0, 1] == pytest.approx(expected, abs=1e-12)


def ladder(finding: str) -> Ladder:
    return network().ladders[finding]


def test_the_cells_of_a_ladder_share_out_the_finding_completely() -> None:
    """P(CRP 10-50) + P(50-100) + P(over 100) = P(CRP over 10), with any one source."""
    model = network().findings["crp_raised"]
    rungs = ladder("crp_raised")
    cells = [Place(None, ">50"), Place(">50", ">100"), Place(">100", None)]
    for i in range(len(model.leaves)):
        true = tuple(int(j == i) for j in range(len(model.leaves)))
        split = [by_parts(parts(rungs, True, c, model.noisy_or), true) for c in cells]
        whole = by_parts(parts(None, True, NOWHERE, model.noisy_or), true)
        assert sum(split) == pytest.approx(whole, abs=1e-9)


def test_the_cells_of_an_absent_finding_share_it_out_too() -> None:
    """P(rotation 15-24) + P(over 24) = P(rotation over 15)."""
    model = network().findings["hip_ir_reduced"]
    true = tuple(int(link.condition == "hip_osteoarthritis") for link in model.links)
    cells = [Place("<=24", None), Place(None, "<=24")]
    split = [
        by_parts(parts(ladder("hip_ir_reduced"), False, c, model.noisy_or), true) for c in cells
    ]
    whole = by_parts(parts(None, False, NOWHERE, model.noisy_or), true)
    assert sum(split) == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize(
    ("finding", "value", "bound", "place"),
    [
        ("slr", 65, "", Place(None, "<=45")),
        ("slr", 40, "", Place("<=45", "<=30")),
        ("slr", 30, "", Place("<=30", None)),
        ("slr", 40, "<", Place("<=45", None)),
        ("slr", 40, ">", Place(None, "<=30")),
        ("crp_raised", 100, "", Place(">50", ">100")),
        ("crp_raised", 100, ">", Place(">100", None)),
        ("block_sij_75", 90, "", Place(">=90", None)),
        ("myo_great_toe_ext_l5", 3, "", Place("<3.5", "<2.5")),
        ("myo_great_toe_ext_l5", 4, "", Place(None, "<3.5")),
    ],
)
def test_a_value_lies_between_two_rungs_and_a_bound_on_one_side(
    finding: str, value: float, bound: Any, place: Place
) -> None:
    assert place_of(ladder(finding), True, value, bound) == place


def test_left_and_right_of_different_grade_count_as_what_holds_of_both() -> None:
    rungs = ladder("slr")
    assert around(rungs, Place(None, "<=45"), Place("<=30", None)) == NOWHERE
    assert around(rungs, Place("<=45", "<=30"), Place("<=30", None)) == Place("<=45", None)


def test_an_erythrocyte_rate_of_35_is_one_statement() -> None:
    """Over 20 and not over 50 are two readings of one number."""
    told = Findings([Observation("esr_over_20", True, value=35.0),
                     Observation("esr_over_50", False, value=35.0)])  # fmt: skip
    (only,) = weigh(told, network())
    assert (only.finding, only.place) == ("esr_over_20", Place(None, "esr_over_50"))
    without_numbers = Findings(
        [Observation("esr_over_20", True), Observation("esr_over_50", False)]
    )
    assert weigh(without_numbers, network()) == (only,)


def test_a_graded_statement_keeps_the_studies_of_its_rungs() -> None:
    """Each source has its own: the roots two series of patients, the others healthy legs."""
    column = {x.condition: i for i, x in enumerate(network().findings["slr"].links)}
    place = Place("<=45", "<=30")
    root, back = (
        {study for study, _ in studies_of(ladder("slr"), place, column[source])}
        for source in ("radiculopathy_l5", "discogenic_pain")
    )
    assert root == {"fajolu_2018_slr_angle", "mosul_70_sciatica_slr"}
    assert back == {"slr_healthy_2012"}
    assert studies_of(ladder("slr"), NOWHERE, 0) == () == studies_of(None, NOWHERE, 0)


def test_drawn_shares_stay_in_order_and_around_the_table() -> None:
    drawn = drawn_shares(ladder("slr"), 2000, np.random.default_rng(1))
    root = [link.condition for link in network().findings["slr"].links].index("radiculopathy_l5")
    point = ladder("slr").rung("<=30").share[root].p
    assert drawn["<=30"].fire[:, root].mean() == pytest.approx(point, abs=0.02)
    model = network().findings["slr"]
    cell = parts(ladder("slr"), True, Place("<=45", "<=30"), model.noisy_or, drawn).present
    assert cell is not None and cell.fire.shape == (2000, len(model.leaves))
    assert np.all(np.isfinite(cell.fire)) and np.all(cell.leak > 0)


# The tables


def test_every_rung_is_reached_by_some_and_not_by_all() -> None:
    for row in evidence().grades:
        assert row.share is not None and 0 < row.share < 1, row.row_id


def test_shares_fall_from_rung_to_rung() -> None:
    for finding, rungs in network().ladders.items():
        for near, far in itertools.pairwise(rungs.stricter):
            pairs = zip((*near.share, near.elsewhere), (*far.share, far.elsewhere), strict=True)
            assert all(a.p > b.p for a, b in pairs), (finding, near.label, far.label)


def log_odds(finding: str, source: str, value: float | None, present: bool = True) -> float:
    """Log odds of a source with this one observation, all else at the prior of the clinic."""
    net = network()
    told = weigh(Findings([Observation(finding, present, value=value)]), net)
    priors = np.array([[evidence().priors[leaf].clinic for leaf in net.leaves]])
    p = differential(net, priors, told).probability[0, net.leaves.index(source)]
    return float(np.log(p / (1 - p)))


POINTS_TO = {
    "slr": ("radiculopathy_l4", "radiculopathy_l5", "radiculopathy_s1"),
    "crp_raised": ("spinal_infection", "septic_hip_arthritis", "psoas_abscess"),
    "esr_over_50": ("spinal_infection", "spinal_malignancy"),
    "hip_ir_reduced": ("hip_osteoarthritis", "septic_hip_arthritis", "inflammatory_hip_arthritis"),
    "hip_flexion_reduced": ("hip_osteoarthritis", "septic_hip_arthritis"),
    "hip_abduction_reduced": ("hip_osteoarthritis",),
    "xray_kl2": ("hip_osteoarthritis",),
    "xray_hip_jsn": ("hip_osteoarthritis",),
    "myo_great_toe_ext_l5": ("radiculopathy_l5", "peroneal_neuropathy"),
    "myo_plantarflexion_s1": ("radiculopathy_s1",),
    "myo_knee_extension_l3l4": ("iliopsoas_haematoma",),
    "block_sij_75": ("sacroiliac_joint_pain",),
    "block_mbb_80": ("facet_joint_pain",),
    "block_facet_ia": ("facet_joint_pain",),
    "block_hip_ia": ("hip_osteoarthritis", "femoroacetabular_impingement"),
    "block_snrb_l5": ("radiculopathy_l5",),
    "block_trochanteric": ("greater_trochanteric_pain_syndrome",),
}  # fmt: skip
PAIRS = [(finding, source) for finding, sources in POINTS_TO.items() for source in sources]


@pytest.mark.parametrize(("finding", "source"), PAIRS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_more_extreme_value_never_lowers_the_odds_of_what_it_points_to(
    finding: str, source: str, data: st.DataObject
) -> None:
    definition = evidence().findings[finding]
    limit = limit_of(definition.present_if)
    assert limit and definition.plausible_high is not None and definition.plausible_low is not None
    values = st.floats(definition.plausible_low, min(definition.plausible_high, 600))
    less, more = sorted((data.draw(values), data.draw(values)), reverse=not limit.rising)
    odds = [log_odds(finding, source, v, limit.met(v)) for v in (less, more)]
    assert odds[1] >= odds[0] - 1e-9, (less, more)


def test_an_equivocal_result_leaves_the_odds_alone_as_half_a_certainty_would() -> None:
    """P(f) * 1/2 + (1 - P(f)) * 1/2 is 1/2 whatever is true."""
    net = network()
    told = Findings([Observation("crp_raised", True, certainty="equivocal")])
    assert weigh(told, net) == ()
    definite = weigh(Findings([Observation("crp_raised", True)]), net)
    half = tuple(replace(w, sure=0.5) for w in definite)
    priors = np.array([[evidence().priors[leaf].clinic for leaf in net.leaves]])
    nothing = differential(net, priors, ()).probability
    assert differential(net, priors, half).probability == pytest.approx(nothing, abs=1e-12)


# Patients


def odds_of(source: str, *findings: dict[str, Any], **person: Any) -> float:
    """Odds of a source in a case written as a clinician writes it."""
    case = {"id": "x", "findings": [{"present": True, **f} for f in findings], **person}
    found = {s.condition: s.probability for s in assess(patient_of(case)).sources}[source]
    return found / (1 - found)


LEG = {"name": "pain radiating below the knee"}


def test_a_leg_that_stops_at_30_degrees_says_more_than_one_that_stops_at_65() -> None:
    at = {
        angle: odds_of("radiculopathy_s1", LEG, {"name": "slr", "present": True, "value": angle})
        for angle in ("30 degrees", "40 degrees", "65 degrees")
    }
    unmeasured = odds_of("radiculopathy_s1", LEG, {"name": "slr", "present": True})
    assert at["30 degrees"] > at["40 degrees"] > unmeasured > at["65 degrees"]
    assert at["65 degrees"] > odds_of("radiculopathy_s1", LEG, {"name": "slr", "present": False})


def test_strength_2_of_5_says_more_than_4_of_5_and_5_of_5_is_not_weak() -> None:
    odds = {
        grade: odds_of("radiculopathy_l5", LEG, {"name": "great toe extension", "value": grade})
        for grade in ("5/5", "4/5", "3/5", "2/5")
    }
    assert odds["5/5"] < odds["4/5"] < odds["3/5"] < odds["2/5"]
    untested = odds_of("radiculopathy_l5", LEG)
    assert odds["5/5"] < untested < odds["4/5"]


def test_a_crp_of_8_80_and_250() -> None:
    back = {"name": "low back pain"}
    odds = {
        crp: odds_of("spinal_infection", back, {"name": "CRP", "value": f"{crp} mg/L"})
        for crp in (8, 30, 80, 250)
    }
    assert odds[8] < 0.2 * odds_of("spinal_infection", back), "a normal CRP nearly excludes it"
    assert odds[30] < odds[80] < odds[250]
    assert odds[80] > 5 * odds[30]


def test_internal_rotation_of_5_20_and_40_degrees() -> None:
    groin = {"name": "groin pain"}
    odds = {
        angle: odds_of(
            "hip_osteoarthritis", groin, {"name": f"hip internal rotation {angle} degrees"}, age=62
        )
        for angle in (5, 12, 20, 25, 40)
    }
    assert odds[5] > odds[12] > odds[20] > odds[25] == odds[40]


def test_kellgren_lawrence_1_2_3_and_4() -> None:
    groin = {"name": "groin pain"}
    odds = {
        grade: odds_of("hip_osteoarthritis", groin, {"name": f"KL grade {grade}"}, age=62)
        for grade in (0, 1, 2, 3, 4)
    }
    assert odds[0] < odds[1] < odds[2] < odds[3] < odds[4]


def test_a_sacroiliac_block_with_30_60_and_90_percent_relief() -> None:
    buttock = {"name": "buttock pain"}
    odds = {
        relief: odds_of(
            "sacroiliac_joint_pain", buttock, {"name": "block_sij_75", "value": f"{relief} %"}
        )
        for relief in (30, 60, 80, 90)
    }
    undone = odds_of("sacroiliac_joint_pain", buttock)
    assert odds[30] < odds[60] < undone < odds[80] < odds[90]


def test_a_hip_block_with_30_percent_relief_is_negative_however_it_is_recorded() -> None:
    groin = {"name": "groin pain"}
    as_words = {"name": "30 % relief after intra-articular hip injection", "present": True}
    as_id = {"name": "block_hip_ia", "present": True, "value": "30 percent"}
    absent = {"name": "block_hip_ia", "present": False}
    odds = [odds_of("hip_osteoarthritis", groin, f) for f in (as_words, as_id, absent)]
    assert odds[0] == pytest.approx(odds[2]) and odds[1] == pytest.approx(odds[2])


def test_relief_as_long_as_each_anaesthetic_lasts_says_more_than_relief_alone() -> None:
    """Lord 1995: concordant in 0.54 of those with facet pain and 0.12 of placebo responders."""
    back = {"name": "low back pain"}
    positive = {"name": "block_mbb_80", "value": "85 %"}
    alone = odds_of("facet_joint_pain", back, positive)
    concordant = odds_of(
        "facet_joint_pain", back, positive, {"name": "concordant comparative medial branch blocks"}
    )
    discordant = odds_of(
        "facet_joint_pain", back, positive, {"name": "block_mbb_concordant", "present": False}
    )
    undone = odds_of("facet_joint_pain", back)
    assert undone < discordant < alone < concordant
    assert concordant > 2 * alone


@pytest.mark.parametrize("finding", sorted(network().ladders))
def test_no_value_of_any_grade_breaks_the_posterior(finding: str) -> None:
    """Every cell of every ladder, exact or bounded, on one side or both: a probability."""
    definition = evidence().findings[finding]
    limit = limit_of(definition.present_if)
    assert limit is not None
    rungs = [rung.limit.number for rung in (*ladder(finding).milder, *ladder(finding).stricter)]
    net = network(71)
    priors = np.array([[evidence().priors[leaf].clinic for leaf in net.leaves]])
    for number in (*rungs, limit.number):
        for value in (number * 0.99, number, number * 1.01):
            for bound, side in itertools.product(("", "<", ">"), (None, "left", "bilateral")):
                told = Observation(finding, limit.met(value), side, value, bound=bound)  # type: ignore[arg-type]
                p = differential(net, priors, weigh(Findings([told]), net)).probability
                assert np.all(np.isfinite(p)) and np.all((p >= 0) & (p <= 1)), (value, bound, side)
