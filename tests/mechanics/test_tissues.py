"""Sustained muscle, creep and compression: the published figures come back, no more than they."""

import math
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.mechanics.passive_tissue import creep_deg
from hipspine.mechanics.sustained_muscle import endurance_minutes, group_shares
from hipspine.mechanics.tissue import Held, Tissue
from hipspine.mechanics.tissue_tables import endurance_curves, limits
from hipspine.mechanics.tissues import tissues


@dataclass(frozen=True)
class Muscle:
    name: str
    side: str
    activation: float
    force_n: float


UPRIGHT = Held((), 0.0, (0.0, 0.0), 500.0, 100.0)


def back(activation: float, side: str = "left") -> Muscle:
    return Muscle("IL_L1", side, activation, 400 * activation)


def found(held: Held, name: str, minutes: float = 60.0) -> list[Tissue]:
    return [t for t in tissues(held, minutes) if t.tissue.startswith(name)]


def test_mcgill_and_brown_1992() -> None:
    """5.5 degrees more after 20 min of full flexion, rising with a time constant of 9.4 min."""
    assert creep_deg(20) == pytest.approx(5.5)
    assert creep_deg(0) == 0
    whole = 5.5 / (1 - math.exp(-20 / 9.4))
    assert creep_deg(9.4) == pytest.approx(whole * (1 - 1 / math.e))


def test_rohmert_1960_at_half_the_force() -> None:
    """-90 + 126 / 0.5 - 36 / 0.5^2 + 6 / 0.5^3 = -90 + 252 - 144 + 48 = 66 s."""
    rohmert = next(c for c in endurance_curves() if c.kind == "rohmert")
    assert rohmert.seconds(0.5) == pytest.approx(66)


def test_frey_law_2010_trunk_at_half_the_force() -> None:
    """22.69 * 0.5^-2.27 = 109 s."""
    trunk = next(c for c in endurance_curves() if c.region == "trunk")
    assert trunk.seconds(0.5) == pytest.approx(22.69 * 2**2.27)


def test_the_trunk_endures_more_than_the_leg() -> None:
    """The order of the regions is what the meta-analysis found (ankle, trunk, ..., shoulder)."""
    for share in (0.15, 0.3, 0.5, 0.8):
        assert endurance_minutes(share, "trunk")[1] > endurance_minutes(share, "leg")[1]


@given(st.floats(0.16, 0.98))
def test_more_force_is_held_for_less_long(share) -> None:
    for region in ("trunk", "leg"):
        low, high = endurance_minutes(share, region)
        less, later = endurance_minutes(share + 0.02, region)
        assert 0 < low <= high
        assert less < low and later < high


@given(st.floats(0.0, 0.0999))
def test_no_figure_where_nothing_was_measured(share) -> None:
    assert endurance_minutes(share, "trunk") is None


def test_a_group_is_force_over_full_force() -> None:
    """400 N full at 0.2 and 100 N full at 0.7: (80 + 70) / 500 = 0.3."""
    muscles = (Muscle("IL_L1", "l", 0.2, 80.0), Muscle("LTpT_T4", "l", 0.7, 70.0))
    assert group_shares(muscles) == {("erector spinae", "left"): pytest.approx(0.3)}


def test_a_quiet_muscle_is_not_listed() -> None:
    assert found(replace(UPRIGHT, muscles=(back(0.02),)), "erector") == []


def test_a_working_back_says_how_long_and_how_much_less_with_pain() -> None:
    (one,) = found(replace(UPRIGHT, muscles=(back(0.3),)), "erector")
    assert one.side == "left" and one.kind == "muscle"
    assert one.load == pytest.approx(30) and one.unit == "% of full force"
    assert one.endurance_minutes == endurance_minutes(0.3, "trunk")
    assert "66% as long" in one.known  # 111.1 s of 168.5 s
    assert "less than the time held" in one.known
    assert not one.verified  # coefficients remembered


def test_one_side_working_is_one_side_listed() -> None:
    muscles = (back(0.25, "left"), back(0.06, "right"))
    shares = {t.side: t.load for t in found(replace(UPRIGHT, muscles=muscles), "erector")}
    assert shares == {"left": pytest.approx(25), "right": pytest.approx(6)}


def test_upright_has_no_stretched_ligament() -> None:
    assert found(UPRIGHT, "posterior lumbar") == []


def test_a_slouched_hour() -> None:
    """43 of 52 degrees: no more creep than in full flexion, and perhaps none was measured."""
    (slouched,) = found(replace(UPRIGHT, lumbar_flexion_rad=math.radians(43)), "posterior lumbar")
    assert slouched.creep_deg == (0.0, pytest.approx(creep_deg(60)))
    assert slouched.share == pytest.approx(43 / 62)
    assert "spasms" in slouched.known
    (full,) = found(replace(UPRIGHT, lumbar_flexion_rad=math.radians(52.001)), "posterior lumbar")
    assert full.creep_deg[0] == full.creep_deg[1] == pytest.approx(creep_deg(60))


def test_half_bent_has_no_spasms_that_were_seen_in_full_flexion() -> None:
    (half,) = found(replace(UPRIGHT, lumbar_flexion_rad=math.radians(26)), "posterior lumbar")
    assert "spasms" not in half.known
    assert half.creep_deg[0] == 0


def test_a_slouched_minute_has_no_spasms() -> None:
    held = replace(UPRIGHT, lumbar_flexion_rad=math.radians(45))
    (short,) = found(held, "posterior lumbar", minutes=1.0)
    assert "spasms" not in short.known
    assert short.creep_deg[1] < 0.7


@pytest.mark.parametrize(("angle", "newtons"), [(10, 36), (5, 20), (25, 71), (40, 106), (50, 106)])
def test_birnbaum_2004(angle, newtons) -> None:
    """4, 36 and 106 N at 0, 10 and 40 degrees of adduction; straight lines between."""
    held = replace(UPRIGHT, hip_adduction_rad=(math.radians(angle), -0.2))
    (one,) = found(held, "gluteal tendons under")
    assert one.side == "left"
    assert one.load == pytest.approx(newtons)
    assert one.limit is None and one.share is None


def test_tendons_rest_far_below_creep_rupture_in_quiet_work() -> None:
    """A quarter of full force on a tendon like the wallaby's: 0.25 * 13.5 = 3.4 of 10 MPa."""
    muscles = (Muscle("glmed1_r", "right", 0.25, 200.0),)
    (one,) = [
        t for t in tissues(replace(UPRIGHT, muscles=muscles)) if t.tissue == "gluteal tendons"
    ]
    assert one.load == pytest.approx(3.375) and one.share == pytest.approx(0.3375)


def test_every_answer_names_its_sources() -> None:
    held = Held((back(0.3), Muscle("glmed1", "r", 0.3, 90.0)), 0.8, (0.1, 0.1), 4000.0, 500.0)
    made = tissues(held)
    assert {t.kind for t in made} == {"muscle", "ligament", "tendon", "disc"}
    assert all(t.citations and t.known for t in made)


def test_every_limit_has_a_source() -> None:
    assert all(limit.citation and limit.unit for limit in limits().values())


def test_a_disc_is_listed_from_half_of_the_limit_for_work() -> None:
    """3400 N of compression and 1000 N of shear are limits for work."""
    assert found(UPRIGHT, "L5/S1 disc") == []
    (one,) = found(replace(UPRIGHT, l5_s1_compression_n=2040.0), "L5/S1 disc")
    assert one.share == pytest.approx(0.6) and "not one of injury" in one.known
