"""How the body arranges itself: feet together, trunk as told, weight over the feet."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.mechanics.body import CUTS, PARENT, SEGMENT, SEGMENTS
from hipspine.mechanics.fields import fields_of
from hipspine.mechanics.kinematics import frames
from hipspine.mechanics.leg_pose import FEET
from hipspine.mechanics.pose import pose_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.solving import body_for, solve_fields
from tests.mechanics.random_postures import ordinary

PERSON: dict[str, Any] = {"mass_kg": 75, "height_m": 1.75, "sex": "M", "stance": "two_leg"}


def posed(**more: Any):
    posture = Posture(**{**PERSON, **more})
    body = body_for(posture)
    return body, pose_of(body, fields_of([posture]))


def line_of_trunk(body: Any, pose: Any) -> np.ndarray:
    """L5/S1 to C7 in the world."""
    c7 = pose.axes[0, SEGMENT["thorax"]] @ body.c7 + pose.origin[0, SEGMENT["thorax"]]
    return c7 - pose.origin[0, SEGMENT["l5"]]


@given(
    flexion=st.floats(-20, 90),
    pelvis=st.none() | st.floats(-20, 40),
    lordosis=st.none() | st.floats(-40, 15),
    stance=st.sampled_from(["two_leg", "left_leg", "sitting"]),
)
@settings(max_examples=80, deadline=None)
def test_the_trunk_inclines_as_told(flexion, pelvis, lordosis, stance) -> None:
    told = {"pelvic_tilt_change_deg": pelvis, "lumbar_lordosis_change_deg": lordosis}
    neutral = line_of_trunk(*posed())
    bent = line_of_trunk(
        *posed(
            stance=stance,
            trunk_flexion_deg=flexion,
            trunk_lateral_lean_deg=0,
            pelvic_obliquity_deg=0,
            **told,
        )
    )
    angles = [np.degrees(np.arctan2(v[0], v[1])) for v in (neutral, bent)]
    assert angles[1] - angles[0] == pytest.approx(flexion, abs=1e-6)


@given(lean=st.floats(-25, 25), obliquity=st.floats(-10, 10))
@settings(max_examples=40, deadline=None)
def test_the_trunk_leans_as_told(lean: float, obliquity: float) -> None:
    line = line_of_trunk(*posed(trunk_lateral_lean_deg=lean, pelvic_obliquity_deg=obliquity))
    assert np.degrees(np.arctan2(line[2], line[1])) == pytest.approx(lean, abs=1e-6)


def test_what_pelvis_and_lordosis_are_told_stays() -> None:
    _, pose = posed(pelvic_tilt_change_deg=8, lumbar_lordosis_change_deg=-12)
    assert np.degrees(pose.pelvis_forward[0]) == pytest.approx(8)
    assert np.degrees(pose.flexion[0]) == pytest.approx(12)


def test_signs() -> None:
    _, pose = posed(pelvic_obliquity_deg=5)
    right, left = SEGMENT["femur_r"], SEGMENT["femur_l"]
    assert pose.origin[0, right, 1] > pose.origin[0, left, 1]  # right side up
    _, longer = posed(leg_length_difference_mm=20)
    assert longer.origin[0, right, 1] > longer.origin[0, left, 1]
    _, turned = posed(trunk_rotation_deg=20)
    assert turned.axes[0, SEGMENT["thorax"], 2, 0] > 0.3  # the chest faces right


def test_one_bent_knee_leaves_the_feet_side_by_side() -> None:
    _, pose = posed(knee_flexion_left_deg=25)
    left, right = pose.origin[0, FEET]
    assert left[0] == pytest.approx(right[0], abs=0.01)
    assert left[1] > right[1]


@given(ordinary())
@settings(max_examples=60, deadline=None)
def test_quick_frames_are_the_plain_chain(fields: dict[str, Any]) -> None:
    posture = Posture(**fields)
    body = body_for(posture)
    pose = pose_of(body, fields_of([posture]))
    relative, slide = np.empty_like(pose.axes), np.zeros_like(pose.origin)
    relative[:, 0] = pose.axes[:, 0]
    for name in SEGMENTS[1:]:
        here, parent = SEGMENT[name], SEGMENT[PARENT[name]]
        relative[:, here] = pose.axes[:, parent].swapaxes(1, 2) @ pose.axes[:, here]
        step = pose.origin[:, here] - pose.origin[:, parent]
        slide[:, here] = (pose.axes[:, parent].swapaxes(1, 2) @ step[..., None])[..., 0]
    axes, origin = frames(body, relative, slide - body.joint)
    assert axes == pytest.approx(pose.axes, abs=1e-12)
    assert origin == pytest.approx(pose.origin, abs=1e-12)
    for segment in CUTS.values():
        assert np.linalg.det(pose.axes[0, SEGMENT[segment]]) == pytest.approx(1.0)


@given(share=st.floats(0.1, 0.9), flexion=st.floats(0, 40))
@settings(max_examples=30, deadline=None)
def test_feet_press_in_their_usual_place(share: float, flexion: float) -> None:
    posture = Posture(**PERSON, weight_share_left=share, trunk_flexion_deg=flexion)
    outside = solve_fields(body_for(posture), fields_of([posture])).statics.outside
    assert outside.foot_shift[0] == pytest.approx(0.0, abs=1e-9)
    assert not outside.unsupported[0]
    left, right = outside.force[0, -2:, 1]
    assert left / (left + right) == pytest.approx(share)
