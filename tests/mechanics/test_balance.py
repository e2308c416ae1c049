"""Nothing moves: forces balance, moments balance, left mirrors right.

Free-body picture: the whole body hangs between its weight and what floor, seat, bed, backrest and
cane push. The sum of all forces and of all their moments about any point is nothing. Every part
beyond a joint hangs between its own weights, its supports, its muscles, its ligaments and the
contact force in that joint; the moments about the joint are nothing as well.
"""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.mechanics.body import CUT, CUTS, SEGMENT, beyond_cut
from hipspine.mechanics.equilibrium import ROW_CUT, ROWS, row_axes
from hipspine.mechanics.kinematics import turn_about
from hipspine.mechanics.pose import fields_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.rows import LUMBAR
from hipspine.mechanics.solving import body_for, figures_of, solve_fields
from tests.mechanics.random_postures import mirrored, ordinary

MANY = settings(max_examples=40, deadline=None)


def solved(fields: dict[str, Any]):
    posture = Posture(**fields)
    return solve_fields(body_for(posture), fields_of([posture]))


@given(ordinary())
@MANY
def test_outside_forces_balance(fields: dict[str, Any]) -> None:
    outside = solved(fields).statics.outside
    weight = fields["mass_kg"] * 9.81
    assert np.abs(outside.residual()).max() <= 1e-8 * weight


@given(ordinary())
@MANY
def test_muscles_give_what_the_joints_need(fields: dict[str, Any]) -> None:
    found = solved(fields)
    s = found.statics
    # The naive sum: each muscle's force times its lever about each axis, one by one.
    axes, levers = row_axes(s.pose)[0], s.pull.moment[0]
    given = np.zeros(len(ROWS))
    for m, activation in enumerate(found.activation[0]):
        force = activation * s.body.strength[m]
        for row in range(len(ROWS)):
            given[row] += force * float(axes[row] @ levers[ROW_CUT[row], :, m])
    helpers = s.arms[0][:, len(s.body.muscles) :]
    missing = s.required[0] - given - found.reserves[0]
    # What is left is what capsules and discs do: nothing else can be.
    solution, *_ = np.linalg.lstsq(helpers, missing, rcond=None)
    assert np.abs(helpers @ solution - missing).max() <= 1e-4


@given(ordinary())
@MANY
def test_left_mirrors_right(fields: dict[str, Any]) -> None:
    here, there = (figures_of(solved(f))[0] for f in (fields, mirrored(fields)))
    flip = np.array([1, 1, 1, -1, 1, 1, -1, 1, 1.0])
    scale = max(np.abs(here).max(), 1.0)
    forces = [0, 1, 2, 3, 4, 5, 6, 8]
    for mine, other in ((slice(0, 9), slice(9, 18)), (slice(9, 18), slice(0, 9))):
        left, right = here[mine] * flip, there[other]
        assert left[forces] == pytest.approx(right[forces], abs=1e-6 * max(left[0], 100.0))
        assert left[7] == pytest.approx(right[7], rel=1e-6)
    assert here[18:] == pytest.approx(there[18:], rel=1e-6, abs=1e-6 * scale)


def test_the_hip_carries_what_lies_above_it() -> None:
    # Drawing: standing on the left leg, the free body is all but the left leg. It is pulled down
    # by its weight, 0.801 BW, and by the muscles that cross the hip, and held up by the joint.
    #   contact_y = weight of all but the left leg + downward pull of the muscles
    found = solved({"mass_kg": 80, "height_m": 1.8, "sex": "M", "stance": "left_leg"})
    s = found.statics
    leg = 0.1416 + 0.0433 + 0.0137
    whole = 0.0694 + 0.4346 + 2 * (0.0494 + leg)
    above = 80 * 9.81 * (1 - leg / whole)
    cut = CUT["hip_l"]
    pulled = s.pull.force[0, cut, 1] @ (found.activation[0] * s.body.strength)
    ligament = s.passive.hip_pull[0, 0] * s.pose.axes[0, 0, 1, 1]
    expected = -(above + pulled + ligament)
    assert found.contact[0, cut, 1] == pytest.approx(expected, rel=1e-9)


@given(ordinary())
@MANY
def test_required_moments_are_work_per_angle(fields: dict[str, Any]) -> None:
    # A second opinion: turn what lies beyond a joint by a small angle about the row's axis. What
    # weights and supports gain or lose in work, over the angle, is what the muscles have to hold
    # (less what ligaments and abdominal pressure do).
    s = solved(fields).statics
    axes, angle = row_axes(s.pose)[0], 1e-6
    for row, (joint, _) in enumerate(ROWS):
        first = SEGMENT[CUTS[joint]]
        beyond = beyond_cut()[ROW_CUT[row], s.outside.segment]
        arm = s.outside.at[0][beyond] - s.pose.origin[0, first]
        turned = arm @ turn_about(axes[row], np.array(angle)).T
        work = ((turned - arm) * s.outside.force[0][beyond]).sum() / angle
        passive = np.zeros(3)
        if joint in LUMBAR:
            k = LUMBAR.index(joint)
            passive = s.passive.moment[0, k] + s.passive.abdominal_moment[0, k]
        elif joint.startswith("hip"):
            side = 0 if joint.endswith("_l") else 1
            passive = s.passive.hip_moment[0, side] * s.pose.axes[0, 0, :, 2]
        expected = -(work + passive @ axes[row])
        assert s.required[0, row] == pytest.approx(expected, abs=2e-3)


@given(st.lists(st.floats(0.5, 0.98), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_more_weight_on_a_leg_loads_its_hip_more(shares: list[float]) -> None:
    # From even stance on. At a share of 1 the other leg hangs free, which is another posture: the
    # load of the hip falls from 2812 to 2390 N there. The other hip is not relieved at once: its
    # adductors hold the lean. Next to even stance muscles leave their floor one by one: a dip of
    # 0.3 % of body weight is seen.
    person = {"mass_kg": 75, "height_m": 1.75, "sex": "M", "stance": "two_leg"}
    left = [
        figures_of(solved({**person, "weight_share_left": share}))[0][0] for share in sorted(shares)
    ]
    dip_n = 0.005 * 75 * 9.81
    assert all(b > a - dip_n for a, b in itertools.pairwise(left))
    assert left[-1] > left[0] + 500 or max(shares) - min(shares) < 0.25
