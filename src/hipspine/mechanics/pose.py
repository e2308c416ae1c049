"""From postures to where every segment is: trunk first, then legs that balance it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hipspine.mechanics.body import SEGMENT, SEGMENTS, TRUNK, Body, Floats
from hipspine.mechanics.fields import LYING, Fields, fields_of
from hipspine.mechanics.kinematics import turn
from hipspine.mechanics.leg_pose import (
    FEET,
    PATELLAE,
    SHINS,
    THIGHS,
    Legs,
    balanced_thighs,
    knees_of,
    legs_of,
)
from hipspine.mechanics.trunk_pose import pelvis_forward, turns_of_trunk
from hipspine.mechanics.weights import Hanging, hanging, upper_body

__all__ = ["LYING", "Fields", "Pose", "fields_of", "pose_of"]


@dataclass(frozen=True)
class Pose:
    """Where everything is: axes (B, S, 3, 3), origins (B, S, 3); the lumbar angles, rad.

    `flexion`, `bending` (right +), `rotation` (right +) (B,) are sums over the lumbar joints;
    `share` (B, 2) is how the feet divide what they carry, `knees` (B, 2) their flexion;
    `stands` (B,): the feet carry the body; `hung`: what hangs on the rib cage.
    """

    axes: Floats
    origin: Floats
    pelvis_forward: Floats
    flexion: Floats
    bending: Floats
    rotation: Floats
    share: Floats
    knees: Floats
    stands: npt.NDArray[np.bool_]
    hung: Hanging


def pose_of(body: Body, fields: Fields) -> Pose:
    """Arrange trunk, then pelvis, then the legs so that the body balances over the feet."""
    (pelvis, joints), lumbar = turns_of_trunk(body, fields)
    count = pelvis.shape[0]
    axes = np.empty((count, len(SEGMENTS), 3, 3))
    origin = np.empty((count, len(SEGMENTS), 3))
    axes[:, 0], origin[:, 0] = pelvis, 0.0
    for i, name in enumerate(TRUNK):
        here = SEGMENT[name]
        np.matmul(axes[:, here - 1], joints[:, i], out=axes[:, here])
        origin[:, here] = origin[:, here - 1] + axes[:, here - 1] @ body.joint[here]
    origin[:, THIGHS] = (pelvis @ body.joint[THIGHS].T).swapaxes(1, 2)
    knees = knees_of(fields)
    legs = legs_of(body, knees)
    hung = hanging(body, fields, axes, origin)
    mass, centre = upper_body(body, hung, axes, origin)
    forward = pelvis_forward(pelvis)
    above = (mass, centre, origin[:, THIGHS])
    _set_legs(axes, origin, balanced_thighs(body, fields, forward, above, legs), legs)
    return Pose(axes, origin, forward, *lumbar, fields.share, knees, fields.stands, hung)


def _set_legs(axes: Floats, origin: Floats, thighs: tuple[Floats, Floats], legs: Legs) -> None:
    """Enter thighs, shins, kneecaps and flat feet."""
    thigh = turn(0, thighs[1]) @ turn(2, thighs[0])
    hips = origin[:, THIGHS]
    axes[:, THIGHS] = thigh
    axes[:, SHINS] = thigh @ legs.shin
    axes[:, PATELLAE] = thigh @ legs.cap
    axes[:, FEET] = np.eye(3)
    for segments, at in ((SHINS, legs.knee), (PATELLAE, legs.cap_at), (FEET, legs.ankle)):
        origin[:, segments] = hips + np.matmul(thigh, at[..., None])[..., 0]
