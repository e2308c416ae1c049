"""Pressure on the cartilage of a hip, and what is said of it: a load, never a risk.

dose = sum of pressure x hours; years to Hadley's limit = 10 MPa-years / (peak - 2 MPa)
"""

from types import SimpleNamespace

import pytest

from hipspine.errors import InvalidInput
from hipspine.findings.patient import Patient
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks
from hipspine.risk.load_dose import PostureHours, pressure_dose, sentences_of_load
from hipspine.wording import Wording


def loads(left: float, right: float, neutral: float = 0.8):
    """Peak pressures in MPa of the two hips, and of either in neutral standing."""

    def figures(a: float, b: float):
        return SimpleNamespace(
            left=SimpleNamespace(peak_contact_pressure_mpa=a),
            right=SimpleNamespace(peak_contact_pressure_mpa=b),
        )

    return SimpleNamespace(figures=figures(left, right), neutral=figures(neutral, neutral))


def test_a_day_of_two_postures_by_hand() -> None:
    """8 h at 1 and 2 h at 3 MPa: 8 + 6 = 14 MPa h; above 2 MPa 2 x 1 = 2; 10 / (3 - 2) years."""
    day = [PostureHours(8, loads(1.0, 0.5)), PostureHours(2, loads(3.0, 0.5))]
    left = pressure_dose(day, "left")
    assert (left.hours, left.peak_mpa) == (10, 3.0)
    assert left.mpa_h == pytest.approx(14.0)
    assert left.over_threshold_mpa_h == pytest.approx(2.0)
    assert left.years == pytest.approx(10.0)
    assert left.ratio == pytest.approx(3.0 / 0.8)
    right = pressure_dose(day, "right")
    assert right.mpa_h == pytest.approx(5.0)
    assert (right.over_threshold_mpa_h, right.years) == (0.0, None)


def test_no_neutral_pressure_gives_no_ratio() -> None:
    assert pressure_dose([PostureHours(1, loads(1.0, 1.0, neutral=0.0))], "left").ratio is None


@pytest.mark.parametrize("hours", [[], [0.0], [-1.0, 3.0], [20.0, 5.0], [float("nan")]])
def test_hours_that_make_no_day_are_refused(hours) -> None:
    parts = [PostureHours(h, loads(1.0, 1.0)) for h in hours]
    with pytest.raises(InvalidInput, match="above 0 and all together at most 24"):
        pressure_dose(parts, "left")


def test_both_hips_are_told_with_their_ratio_to_neutral() -> None:
    said = sentences_of_load([PostureHours(1, loads(0.84, 1.36))], told_hours=False)
    assert said[0].startswith("left hip: peak pressure 0.84 MPa as told, 1.05 times")
    assert said[2].startswith("right hip: peak pressure 1.36 MPa as told, 1.70 times")
    assert "1.36 MPa h for every hour" in said[3]
    assert all(isinstance(line, Wording) for line in said)


def test_hours_told_are_summed_over_the_day() -> None:
    day = [PostureHours(6, loads(1.0, 2.5)), PostureHours(4, loads(1.0, 0.5))]
    said = sentences_of_load(day, told_hours=True)
    assert "10.0 MPa h over the 10 hours" in said[1]
    assert "20.0 years or more to 10 MPa-years" in said[3]  # 10 / (2.5 - 2)
    assert "which nobody does" in said[3]


def test_the_load_never_changes_the_probability() -> None:
    """Ten times the pressure on one hip: other sentences, the same figures."""
    patient = Patient(id="a", age=50.0, sex="F")
    calm, pressed = (hip_osteoarthritis_risks(patient, load) for load in (None, loads(0.8, 8.0)))
    assert [(r.point, r.low, r.high) for r in calm] == [(r.point, r.low, r.high) for r in pressed]
    assert any("right hip: peak pressure 8.00 MPa" in line for line in pressed[0].known)
    assert any("no study shows it" in line for line in pressed[0].not_known)
    assert not any("MPa" in line for line in calm[0].known)


def test_a_solved_posture_speaks_of_both_hips() -> None:
    """Seven tenths of the weight on the right leg press the right hip more."""
    pytest.importorskip("mujoco")
    from hipspine.mechanics import Posture, solve

    posture = Posture(mass_kg=80, height_m=1.75, sex="M", stance="two_leg", weight_share_left=0.3)
    solved = solve(posture, bands=False)
    part = [PostureHours(1.0, solved)]
    left, right = pressure_dose(part, "left"), pressure_dose(part, "right")
    assert right.peak_mpa > left.peak_mpa
    assert right.ratio == pytest.approx(solved.ratio_to_neutral.right.peak_contact_pressure)
    known = hip_osteoarthritis_risks(Patient(id="a", age=50.0), solved)[0].known
    assert sum("peak pressure" in line for line in known) == 2
