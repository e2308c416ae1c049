"""Bigger, heavier, wider: what has to follow from the drawing of the lever."""

import pytest

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.loads import HipLoad


def stance_hip(**more: float) -> HipLoad:
    person = {"mass_kg": 80, "height_m": 1.76, "sex": "M", "stance": "left_leg"}
    return solve(Posture(**{**person, **more}), bands=False).figures.left


def test_a_wider_pelvis_loads_the_hip_more() -> None:
    # Drawing: the weight hangs half a pelvis from the hip; the abductors pull at the trochanter.
    forces = [stance_hip(hip_joint_width_mm=w).hip_contact_force_n for w in (150, 165, 180, 195)]
    assert forces == sorted(forces)


def test_a_longer_trochanter_lever_unloads_the_hip() -> None:
    forces = [stance_hip(trochanter_offset_mm=o).hip_contact_force_n for o in (42, 50, 58, 66)]
    assert forces == sorted(forces, reverse=True)


def test_force_follows_body_mass() -> None:
    light, heavy = stance_hip(mass_kg=60), stance_hip(mass_kg=100)
    assert heavy.hip_contact_force_n > 1.5 * light.hip_contact_force_n
    assert heavy.hip_contact_force_percent_bw == pytest.approx(
        light.hip_contact_force_percent_bw, rel=0.05
    )


def test_women_and_men_and_in_between() -> None:
    woman, man, between = (
        stance_hip(sex=sex).hip_contact_force_n  # type: ignore[arg-type]
        for sex in "FMX"
    )
    assert min(woman, man) <= between <= max(woman, man)


def test_measured_lengths_replace_assumptions() -> None:
    told = solve(
        Posture(
            mass_kg=80,
            height_m=1.76,
            stance="two_leg",
            hip_joint_width_mm=170,
            femur_length_mm=420,
            trochanter_offset_mm=50,
        )
    ).assumptions
    assert not any(text.startswith(("hip_joint", "femur_l", "trochanter_o")) for text in told)
