"""The posture typical of a source of pain: what the studies say comes back, and no more."""

import math
from statistics import NormalDist, fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.typical import figures_in_pain, groups_of, typical_posture
from hipspine.mechanics.typical_loads import typical_loads

PERSON = (75.0, 1.75, "M")
LEAVES = sorted(condition.id for condition in evidence().leaves)


def share_left(typical) -> list[float]:
    return [posture.weight_share_left for posture in typical.draw(400)]


def test_childs_2003_back_pain_leans_either_way() -> None:
    """Mean absolute difference between the legs 8.8 % of body weight, to either side."""
    shares = share_left(typical_posture("facet_joint_pain", "left", *PERSON))
    differences = [100 * (2 * share - 1) for share in shares]
    assert fmean(map(abs, differences)) == pytest.approx(8.8, rel=0.05)
    assert fmean(differences) == pytest.approx(0.0, abs=0.3)


def test_childs_2003_healthy_asymmetry_where_no_study_speaks() -> None:
    typical = typical_posture("meralgia_paresthetica", "left", *PERSON)
    differences = [100 * (2 * share - 1) for share in share_left(typical)]
    assert fmean(map(abs, differences)) == pytest.approx(3.6, rel=0.05)
    assert any("no study" in note for note in typical.notes)


@pytest.mark.parametrize(("side", "sign"), [("left", -1), ("right", 1)])
def test_a_sore_hip_bears_less(side, sign) -> None:
    """Sound leg 55 %, sore leg 45 % of body weight: a difference of 10 (unilateral hip OA)."""
    shares = share_left(typical_posture("hip_osteoarthritis", side, *PERSON))
    assert fmean(2 * share - 1 for share in shares) == pytest.approx(sign * 0.10, abs=0.003)


def test_a_sore_hip_of_unknown_side_unloads_neither() -> None:
    typical = typical_posture("hip_osteoarthritis", None, *PERSON)
    assert fmean(share_left(typical)) == pytest.approx(0.5, abs=0.002)
    assert any("side is not known" in note for note in typical.notes)


def test_a_disc_herniation_flattens_the_lordosis() -> None:
    """27.5 against 32.7 degrees on the back surface: 5.2 less."""
    typical = typical_posture("radiculopathy_l5", "right", *PERSON)
    assert typical.centre().lumbar_lordosis_change_deg == pytest.approx(-5.2)


def test_back_pain_is_guarded_on_both_sides_alike() -> None:
    for posture in typical_posture("discogenic_pain", "left", *PERSON).draw(50):
        assert posture.guarding.left == posture.guarding.right > 0


def test_figures_that_are_not_used_say_why_and_are_not_used() -> None:
    unused = {figure.id for figure in figures_in_pain().values() if not figure.use}
    assert unused
    for condition in LEAVES:
        typical = typical_posture(condition, "left", *PERSON)
        assert unused.isdisjoint(name for spread in typical.spreads for name in spread.figures)
    assert all(figures_in_pain()[name].note for name in unused)


@pytest.mark.parametrize("condition", LEAVES)
def test_every_source_of_pain_has_a_typical_posture_that_says_it_is_not_measured(condition) -> None:
    typical = typical_posture(condition, "right", *PERSON)
    assert typical.measured is False
    assert "not measured in this patient" in typical.notes[0]
    assert isinstance(typical.centre(), Posture)
    assert typical.citations
    fields = [spread.field for spread in typical.spreads]
    assert len(fields) == len(set(fields))  # no field is told twice


def test_sides_mirror() -> None:
    for condition in ("hip_osteoarthritis", "facet_joint_pain", "radiculopathy_s1"):
        left, right = (typical_posture(condition, s, *PERSON).centre() for s in ("left", "right"))
        assert left.weight_share_left == pytest.approx(1 - right.weight_share_left)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(LEAVES), st.sampled_from(["left", "right", None]), st.integers(0, 99))
def test_draws_are_within_their_bounds_and_repeat(condition, side, seed) -> None:
    typical = typical_posture(condition, side, *PERSON)
    drawn = typical.draw(20, seed)
    assert drawn == typical.draw(20, seed)
    for spread in typical.spreads:
        for posture in drawn:
            value = getattr(posture, spread.field)
            value = value.left if spread.field == "guarding" else value
            assert spread.low - 1e-9 <= value <= spread.high + 1e-9


def test_draws_have_the_spread_that_is_told() -> None:
    spread = typical_posture("hip_osteoarthritis", "left", *PERSON).spreads[0]
    shares = share_left(typical_posture("hip_osteoarthritis", "left", *PERSON))
    assert pstdev(shares) == pytest.approx(spread.sd, rel=0.03)
    above = sum(share > spread.mean + spread.sd for share in shares) / len(shares)
    assert above == pytest.approx(1 - NormalDist().cdf(1.0), abs=0.01)


@pytest.mark.parametrize(
    ("condition", "side", "said"),
    [("sore_back", "left", "not a source of pain"), ("hip_osteoarthritis", "links", "accepted")],
)
def test_what_is_unknown_is_refused(condition, side, said) -> None:
    with pytest.raises(InvalidInput, match=said):
        typical_posture(condition, side, *PERSON)


def test_groups_follow_the_evidence_tables() -> None:
    assert groups_of("radiculopathy_l5") == {"low_back", "nerve_root"}
    assert groups_of("sacroiliac_joint_pain") == {"low_back", "axial_back"}
    assert groups_of("femoral_head_avascular_necrosis") == {"hip_joint"}
    assert groups_of("fibromyalgia_nociplastic_pain") == frozenset()


def test_loads_over_a_typical_posture_have_bands_and_their_notes() -> None:
    typical = typical_posture("hip_osteoarthritis", "left", *PERSON)
    loads = typical_loads(typical, count=80)
    for side in ("left", "right"):
        low, middle, high = (
            getattr(figures, side).hip_contact_force_n
            for figures in (loads.bands.low, loads.figures, loads.bands.high)
        )
        assert 0 < low <= middle <= high
    assert loads.left_more_share < 0.5  # the sore left hip carries less in most
    assert set(typical.notes) <= set(loads.assumptions)
    assert loads.beyond_muscles_share == 0.0


def test_back_pain_presses_the_discs_more_than_neutral_standing() -> None:
    loads = typical_loads(typical_posture("discogenic_pain", None, *PERSON), count=80)
    assert loads.figures.l4_l5.compression_n > loads.neutral.l4_l5.compression_n
    assert math.isclose(loads.left_more_share, 0.5, abs_tol=0.1)
