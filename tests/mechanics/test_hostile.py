"""Hostile postures: an answer or the field that cannot be held, never a NaN.

Two thousand here; `python -m benchmarks.mechanics_speed` asks ten thousand.
"""

import numpy as np

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.batch import solve_arrays
from tests.mechanics.random_postures import hostile


def test_hostile_postures_are_answered() -> None:
    table = solve_arrays(hostile(2_000, seed=1))
    assert np.isfinite(table.figures).all()
    assert np.isfinite(table.reserves_nm).all()
    assert (table.column("left_hip_contact_force_n") >= 0).all()
    assert 0.05 < table.held.mean() < 0.95  # both kinds are among them


def test_what_cannot_be_held_names_joint_and_field() -> None:
    named = 0
    for posture in hostile(150, seed=2):
        loads = solve(posture, bands=False)
        for row in loads.beyond_muscles:
            assert row.field in Posture.model_fields
            assert abs(row.reserve_nm) > 1.0
            named += 1
        assert bool(loads.beyond_muscles) is any("cannot hold" in w for w in loads.warnings)
    assert named > 20


def test_a_leaning_tower_falls_and_says_so() -> None:
    bent = Posture(
        mass_kg=75, height_m=1.75, stance="two_leg", trunk_flexion_deg=90, hip_flexion_deg=30
    )
    assert any("would fall" in text for text in solve(bent).warnings)
