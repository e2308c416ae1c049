"""A case that tells how the person stands is answered with the loads of that posture."""

from typing import Any

import pytest

pytest.importorskip("mujoco", reason="the mechanics extra is not installed")

from hipspine import assess, patient_of
from hipspine.assessment import typical_loads_of
from hipspine.errors import InvalidInput
from hipspine.mechanics import Posture, solve
from hipspine.report.as_json import to_data

CASE: dict[str, Any] = {
    "id": "invented",
    "age": 61,
    "sex": "F",
    "height_m": 1.65,
    "mass_kg": 70,
    "side": "left",
    "findings": [{"name": "trochanter tenderness"}],
}


def test_the_loads_are_those_of_the_posture_with_the_body_of_the_patient() -> None:
    """A woman of 70 kg on her left leg: the left hip carries far more than the right one."""
    assessment = assess(patient_of({**CASE, "posture": {"stance": "left_leg"}}))
    alone = solve(Posture(mass_kg=70, height_m=1.65, sex="F", stance="left_leg"))
    assert assessment.loads is not None
    assert assessment.loads.figures == alone.figures
    told = to_data(assessment)["loads"]["left"]["hip_contact_force_percent_bw"]
    assert told == pytest.approx(alone.figures.left.hip_contact_force_percent_bw)
    assert told > 3 * alone.figures.right.hip_contact_force_percent_bw


def test_no_posture_no_loads() -> None:
    assert assess(patient_of(CASE)).loads is None
    assert to_data(assess(patient_of(CASE)))["loads"] is None


@pytest.mark.parametrize(
    ("posture", "words"),
    [
        ({"stance": "left_leg", "trunk_leen_deg": 5}, "trunk_leen_deg"),
        ({"stance": "left_leg", "weight_share_left": 1.4}, "weight_share_left"),
        ({"stance": "hopping"}, "stance"),
    ],
)
def test_a_posture_that_cannot_be_is_refused_in_words(posture: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        assess(patient_of({**CASE, "posture": posture}))


def test_a_posture_without_a_body_says_what_is_missing() -> None:
    with pytest.raises(InvalidInput, match="mass_kg"):
        assess(patient_of({"id": "x", "height_m": 1.7, "posture": {"stance": "two_leg"}}))


def test_a_typical_posture_needs_mass_and_height() -> None:
    assert typical_loads_of(assess(patient_of({"id": "x"}))) is None
    loads = typical_loads_of(assess(patient_of(CASE)))
    assert loads is not None
    assert loads.bands.low.left.hip_contact_force_n < loads.figures.left.hip_contact_force_n
