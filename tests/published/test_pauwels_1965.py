"""Pauwels 1935 (as in his 1965 book): the lever that compares limping, canes and pelvic width.

Free-body drawing, frontal plane: a beam on the hip. On one arm the weight of all but the stance
leg, on the other the abductors. Lean over the hip and the first arm shortens; at zero the abductors
rest and the hip carries little more than the weight.
"""

import pytest

from hipspine.mechanics.validation import ONE, ROWS, hip


def test_leaning_over_the_hip_unloads_it_evenly() -> None:
    row = next(r for r in ROWS if r.name.startswith("more lean"))
    assert row.low <= row.figure() <= row.high
    loads = [hip(**ONE, trunk_lateral_lean_deg=-float(d)) for d in (0, 4, 8, 12)]
    assert loads == sorted(loads, reverse=True)


def test_a_load_in_the_opposite_hand_weighs_more() -> None:
    row = next(r for r in ROWS if r.name.startswith("25 %BW"))
    assert row.low <= row.figure() <= row.high


def test_the_beam_by_hand() -> None:
    # M = weight beyond the hip times its distance; the model's own abduction row says the same.
    from hipspine.mechanics.body import CUT
    from hipspine.mechanics.pose import fields_of
    from hipspine.mechanics.posture import Posture
    from hipspine.mechanics.solving import body_for, solve_fields

    posture = Posture(
        mass_kg=80, height_m=1.76, sex="M", stance="left_leg", trunk_lateral_lean_deg=0,
        pelvic_obliquity_deg=0,
    )  # fmt: skip
    statics = solve_fields(body_for(posture), fields_of([posture])).statics
    required = statics.required[0][15]
    # Half the pelvis (8.6 cm) and 2 cm more for the free leg, 0.80 BW.
    assert required == pytest.approx(0.80 * 80 * 9.81 * (0.086 + 0.021), rel=0.05)
    assert statics.joints[0, CUT["hip_l"], 2] == pytest.approx(-0.086, abs=0.001)
