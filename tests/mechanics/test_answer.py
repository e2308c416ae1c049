"""The answer: its shape, bands, ratios and what is said beside them."""

import dataclasses
import json
import math
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings

from hipspine.mechanics import Posture, solve
from hipspine.report.loads_json import loads_data
from tests.mechanics.random_postures import ordinary

PERSON: dict[str, Any] = {"mass_kg": 75, "height_m": 1.75, "sex": "F"}


@given(ordinary())
@settings(max_examples=25, deadline=None)
def test_bands_hold_the_figures(fields: dict[str, Any]) -> None:
    loads = solve(Posture(**fields))
    low, now, high = (numbers(x) for x in (loads.bands.low, loads.figures, loads.bands.high))
    assert all(a <= b <= c for a, b, c in zip(low, now, high, strict=True))
    assert all(map(math.isfinite, (*low, *high)))


def numbers(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in numbers(item)]
    if dataclasses.is_dataclass(value):
        return [x for f in dataclasses.fields(value) for x in numbers(getattr(value, f.name))]
    return [float(value)]


def test_neutral_standing_is_its_own_neutral() -> None:
    loads = solve(Posture(**PERSON, stance="two_leg"))
    assert loads.figures == loads.neutral
    assert loads.ratio_to_neutral.left.hip_contact_force == pytest.approx(1.0)
    assert loads.ratio_to_neutral.l4_l5.compression == pytest.approx(1.0)


def test_json_has_the_shape_of_the_contract() -> None:
    data = loads_data(solve(Posture(**PERSON, stance="left_leg", id="x")))
    text = json.dumps(data, allow_nan=False)
    assert json.loads(text)["id"] == "x"
    hip = {
        *("hip_contact_force_n", "hip_contact_force_percent_bw", "peak_contact_pressure_mpa"),
        *("hip_contact_force_in_pelvis_n", "hip_contact_force_in_femur_n", "abductor_force_n"),
    }
    disc = {"compression_n", "anterior_shear_n", "intradiscal_pressure_mpa"}
    for shape in (data, data["neutral"], data["ratio_to_neutral"], data["bands"]):
        assert set(shape["left"]) == set(shape["right"]) == hip
        assert set(shape["l4_l5"]) == set(shape["l5_s1"]) == disc
    low, high = data["bands"]["left"]["hip_contact_force_n"]
    assert low < data["left"]["hip_contact_force_n"] < high
    assert len(data["bands"]["left"]["hip_contact_force_in_pelvis_n"]) == 3
    assert {"name", "side", "activation", "force_n"} == set(data["muscles"][0])
    assert {"hipspine", "model", "body"} == set(data["versions"])


def test_what_was_not_given_is_named() -> None:
    told = " ".join(solve(Posture(**PERSON, stance="left_leg")).assumptions)
    for word in ("hip_joint_width_mm", "trunk_lateral_lean_deg", "2 degrees", "3 %", "static"):
        assert word in told
    given = Posture(**PERSON, stance="left_leg", trunk_lateral_lean_deg=3)
    assert "trunk_lateral_lean_deg" not in " ".join(solve(given).assumptions)


def test_what_has_no_effect_is_said() -> None:
    told = solve(
        Posture(
            **PERSON,
            stance="sitting",
            weight_share_left=0.7,
            cane_hand="left",
            front_load_distance_m=0.4,
        )
    ).assumptions
    for field in ("weight_share_left", "cane_hand", "front_load_distance_m"):
        assert f"{field} has no effect here" in told
    used = solve(Posture(**PERSON, stance="two_leg", weight_share_left=0.7)).assumptions
    assert not any("no effect" in text for text in used)


@given(ordinary())
@settings(max_examples=40, deadline=None)
def test_a_field_without_effect_has_none(fields: dict[str, Any]) -> None:
    from hipspine.mechanics.words import without_effect

    posture = Posture(**fields)
    idle = [text.split()[0] for text in without_effect(posture)]
    kept = {name: value for name, value in fields.items() if name not in idle}
    assert solve(Posture(**kept), bands=False).figures == solve(posture, bands=False).figures


def test_guarding_raises_its_side_and_says_both() -> None:
    one = solve(Posture(**PERSON, stance="two_leg", guarding={"left": 0.5}))
    left, right = one.figures.left, one.figures.right
    assert left.hip_contact_force_n > 1.3 * right.hip_contact_force_n
    assert one.ratio_to_neutral.left.hip_contact_force > 1.3


def test_a_head_of_twice_the_radius_has_a_quarter_of_the_pressure() -> None:
    import numpy as np

    from hipspine.mechanics.hip_pressure import peak_pressure

    small, large = (
        peak_pressure(np.array([2000.0]), np.array([0.2]), r)[0] for r in (0.022, 0.044)
    )
    assert small == pytest.approx(4 * large)
    assert 1e6 < small < 10e6


def test_importing_brings_nothing_heavy() -> None:
    code = (
        "import sys, hipspine; from hipspine.mechanics import solve, Posture;"
        "solve(Posture(mass_kg=75, height_m=1.75, stance='two_leg'));"
        "assert not {'mujoco', 'scipy', 'numba', 'matplotlib'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
