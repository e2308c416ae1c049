"""A posture is checked at the door: one clear line with what would be accepted."""

from typing import Any

import pytest

from hipspine.errors import InvalidInput
from hipspine.mechanics import Posture, read_posture

GOOD: dict[str, Any] = {"mass_kg": 75, "height_m": 1.75, "sex": "M", "stance": "two_leg"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"height_m": 178}, ["height_m", "178", "did you mean 1.78 m?", "1.2 to 2.2"]),
        ({"height_m": 1780}, ["did you mean 1.78 m?"]),
        ({"weight_share_left": 1.4}, ["weight_share_left", "1.4", "0 to 1"]),
        ({"hip_joint_width_mm": 0.17}, ["did you mean 170 mm?"]),
        ({"trunk_flexin_deg": 5}, ["trunk_flexin_deg", "did you mean 'trunk_flexion_deg'?"]),
        ({"mass": 5}, ["unknown key 'mass'", "mass_kg"]),
        ({"stance": "standing"}, ["stance", "two_leg", "sitting"]),
        ({"mass_kg": "heavy"}, ["mass_kg", "30 to 250"]),
        ({"mass_kg": True}, ["mass_kg", "30 to 250"]),
        ({"trunk_flexion_deg": float("nan")}, ["trunk_flexion_deg", "-30 to 100"]),
        ({"cane_hand": "both"}, ["cane_hand", "left, right or null"]),
        ({"guarding": {"left": 3}}, ["guarding.left", "0 to 1"]),
        ({"stance": None}, ["stance"]),
    ],
)
def test_what_is_wrong_is_told_in_one_line(change: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        Posture(**{**GOOD, **change})
    assert "\n" not in str(caught.value)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_a_file_names_the_place() -> None:
    with pytest.raises(InvalidInput, match=r"cases.jsonl, line 3: height_m"):
        read_posture({**GOOD, "height_m": 99}, "cases.jsonl, line 3")
    with pytest.raises(InvalidInput, match="a posture is a JSON object"):
        read_posture([1], "x.json")


def test_missing_fields_are_told() -> None:
    with pytest.raises(InvalidInput, match=r"mass_kg is missing; accepted: 30 to 250 \(kg\)"):
        Posture(height_m=1.7, stance="two_leg")


def test_left_out_is_none_and_null_is_left_out() -> None:
    assert Posture(**GOOD).trunk_flexion_deg is None
    assert Posture(**GOOD, trunk_flexion_deg=None) == Posture(**GOOD)
    assert Posture(**{**GOOD, "sex": "m"}).sex == "M"
    assert Posture(**GOOD, id=7).id == "7"
