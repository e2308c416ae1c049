"""What the muscles must do so that nothing moves, and what the joints then carry."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import CUT, CUTS, PARENT, SEGMENT, Body, Floats, beyond_cut
from hipspine.mechanics.kinematics import ANKLE_AXIS, KNEE_AXIS
from hipspine.mechanics.muscle_pull import Pull, pull_of
from hipspine.mechanics.passive import LUMBAR, Passive, passive_of
from hipspine.mechanics.pose import LYING, Fields, Pose, pose_of
from hipspine.mechanics.support import Outside, outside

#: The rows of the equilibrium: joint and what the axis does there.
ROWS = (
    *((name, axis) for name in LUMBAR for axis in ("bending", "rotation", "extension")),
    *((f"hip_{s}", axis) for s in "lr" for axis in ("abduction", "rotation", "flexion")),
    *((f"knee_{s}", "flexion") for s in "lr"),
    *((f"ankle_{s}", "dorsiflexion") for s in "lr"),
)
ROW_CUT = np.array([CUT[joint] for joint, _ in ROWS])


@dataclass(frozen=True)
class Statics:
    """B postures ready for the muscles.

    `arms` (B, R, A) Nm per unit activation, muscles first and the knee capsules last; `required`
    (B, R) Nm; `lower` (B, A). `outside_force` (B, C, 3) is what weight and supports do to the part
    beyond each cut, N; `joints` (B, C, 3).
    """

    body: Body
    fields: Fields
    pose: Pose
    outside: Outside
    passive: Passive
    pull: Pull
    joints: Floats
    outside_force: Floats
    arms: Floats
    required: Floats
    lower: Floats
    upper: Floats


def statics_of(body: Body, fields: Fields) -> Statics:
    """Arrange the body, balance it, and write the equilibrium of every joint row."""
    pose = pose_of(body, fields)
    around = outside(body, fields, pose)
    joints = pose.origin[:, [SEGMENT[first] for first in CUTS.values()]]
    force, moment = _beyond(around, joints)
    passive = passive_of(body, pose, -moment[:, CUT["l5_s1"], 2])
    given = moment.copy()
    given[:, :5] += passive.moment + passive.abdominal_moment
    for i, s in enumerate("lr"):  # flexion turns the thigh about the pelvis's +Z
        given[:, CUT[f"hip_{s}"]] += passive.hip_moment[:, i : i + 1] * pose.axes[:, 0, :, 2]
    pull = pull_of(body, pose.axes, pose.origin, joints)
    axes = row_axes(pose)
    required = -(given[:, ROW_CUT] * axes).sum(axis=-1)
    per_newton = np.matmul(axes[:, :, None, :], pull.moment[:, ROW_CUT])[:, :, 0]
    arms = np.concatenate([per_newton * body.strength, _helpers(required)], axis=-1)
    lower, upper = bounds(body, fields, required)
    return Statics(
        body, fields, pose, around, passive, pull, joints, force, arms, required, lower, upper
    )


def _beyond(around: Outside, joints: Floats) -> tuple[Floats, Floats]:
    """Force and moment about each cut's joint of all outside forces beyond it, (B, C, 3)."""
    members = beyond_cut()[:, around.segment].astype(float)
    force = np.matmul(members, around.force)
    about_origin = np.matmul(members, np.cross(around.at, around.force))
    return force, about_origin - np.cross(joints, force)


def row_axes(pose: Pose) -> Floats:
    """(B, R, 3): the axis of each row in the world."""
    axes = np.empty((pose.axes.shape[0], len(ROWS), 3))
    for i, (joint, kind) in enumerate(ROWS):
        first = CUTS[joint]
        parent = pose.axes[:, SEGMENT[PARENT[first]]]
        side = -1.0 if joint.endswith("_l") else 1.0
        if joint.startswith("knee"):
            axes[:, i] = parent @ (KNEE_AXIS * [side, side, 1.0])
        elif joint.startswith("ankle"):
            axes[:, i] = parent @ (ANKLE_AXIS * [side, side, 1.0])
        else:
            column = {"bending": 0, "abduction": 0, "rotation": 1}.get(kind, 2)
            sign = side if joint.startswith("hip") and column < 2 else 1.0
            sign = -sign if kind == "abduction" else sign
            axes[:, i] = sign * parent[:, :, column]
    return axes


def _helpers(required: Floats) -> Floats:
    """(B, R, H): what helps the muscles: knee capsules (2), then discs that share among levels.

    A capsule only stops a straight knee bending backward. A posture gives the whole lumbar curve,
    not each joint to the degree: discs turn a little until the levels suit each other. Their
    moments add up to nothing over the five levels, so that the whole curve stays as given.
    """
    capsules = np.zeros((len(ROWS), 2))
    for k, s in enumerate("lr"):
        capsules[ROWS.index((f"knee_{s}", "flexion")), k] = c.KNEE_CAPSULE
    columns = np.concatenate([capsules, disc_columns()], axis=1)
    return np.broadcast_to(columns, (required.shape[0], *columns.shape))


@cache
def disc_columns() -> Floats:
    """(R, 24): four ways of sharing among five levels, to and fro, about three axes."""
    levels = len(LUMBAR)
    columns = []
    for axis, size in enumerate(c.DISC_SHARING):
        for k in range(1, levels):
            wave = np.cos(np.pi * k * (np.arange(levels) + 0.5) / levels)  # no mean over the levels
            column = np.zeros(len(ROWS))
            column[axis : 3 * levels : 3] = wave * size
            columns += [column, -column]
    return np.stack(columns, axis=1)


def bounds(body: Body, fields: Fields, required: Floats) -> tuple[Floats, Floats]:
    """Least and greatest activation (B, A); guarding raises the least on its side."""
    count, muscles = fields.stance.size, len(body.muscles)
    rest = np.where(fields.is_stance(*LYING), c.REST_LYING, c.REST_ACTIVATION)
    left = np.array([side == "left" for side in body.side])
    guards = np.array([_is_guarding(name) for name in body.muscles])
    level = np.where(left, fields.guarding[:, :1], fields.guarding[:, 1:]) * guards
    lower = np.zeros((count, muscles + 2 + disc_columns().shape[1]))
    lower[:, :muscles] = np.maximum(rest[:, None], level * c.GUARDING_ACTIVATION)
    upper = np.ones_like(lower)
    # A bent knee leaves its capsule slack.
    bent = np.stack([fields.angle["knee_flexion_left"], fields.angle["knee_flexion_right"]], -1)
    standing = fields.is_stance("two_leg", "left_leg", "right_leg")[:, None]
    straight = (np.nan_to_num(bent) < np.radians(8.0)) & standing
    knees = [ROWS.index((f"knee_{s}", "flexion")) for s in "lr"]
    # It takes what the floor does to the knee, and is no counterpart for muscles.
    taken = np.clip(required[:, knees] / c.KNEE_CAPSULE, 0.0, 1.0)
    upper[:, muscles : muscles + 2] = np.where(straight, taken, 0.0)
    return lower, upper


#: Erector spinae, gluteals, hip flexors: what people hold tight on a sore side.
_GUARDING = ("IL_", "LTp", "MF_", "QL_", "gl", "Ps_", "iliacus")


def _is_guarding(name: str) -> bool:
    return name.startswith(_GUARDING)


def contact_forces(statics: Statics, activation: Floats) -> Floats:
    """(B, C, 3) N, world: force of what lies before each cut on what lies beyond it.

    What is left once weight, supports and muscles are added up; for the hip that is the socket
    on the femoral head.
    """
    muscles = activation[:, : len(statics.body.muscles)] * statics.body.strength
    pulled = np.matmul(statics.pull.force, muscles[:, None, :, None])[..., 0]
    force = -(statics.outside_force + pulled)
    force[:, :5] -= statics.passive.abdominal_force[:, None]
    for i, s in enumerate("lr"):
        up = statics.pose.axes[:, 0, :, 1]
        force[:, CUT[f"hip_{s}"]] -= up * statics.passive.hip_pull[:, i : i + 1]
    # Stretched ligaments press the vertebrae together along the spine.
    for cut, name in enumerate(LUMBAR):
        up = statics.pose.axes[:, SEGMENT[CUTS[name]], :, 1]
        force[:, cut] += up * statics.passive.compression[:, None]
    return np.asarray(force)
