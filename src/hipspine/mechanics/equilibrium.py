"""What the muscles must do so that nothing moves, and what the joints then carry."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics.body import CUT, CUTS, SEGMENT, Body, Floats, beyond_cut
from hipspine.mechanics.fields import Fields
from hipspine.mechanics.kinematics import cross
from hipspine.mechanics.muscle_bounds import bounds, helpers
from hipspine.mechanics.muscle_pull import Pull, pull_of
from hipspine.mechanics.passive import Passive, passive_of
from hipspine.mechanics.pose import Pose, pose_of
from hipspine.mechanics.rows import LUMBAR, ROW_CUT, ROWS, moment_arms, row_axes
from hipspine.mechanics.support import Outside, outside

__all__ = ["ROWS", "ROW_CUT", "Statics", "contact_forces", "row_axes", "statics_of"]

FIRST = [SEGMENT[first] for first in CUTS.values()]
HIPS = [CUT["hip_l"], CUT["hip_r"]]
_BEYOND_LUMBAR = [SEGMENT[CUTS[name]] for name in LUMBAR]


@dataclass(frozen=True)
class Statics:
    """B postures ready for the muscles.

    `arms` (B, R, A) Nm per unit activation, muscles first and their helpers last; `required`
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
    compiled: bool


def statics_of(body: Body, fields: Fields, *, compiled: bool = False) -> Statics:
    """Arrange the body, balance it, and write the equilibrium of every joint row.

    `compiled`: by the kernel of muscle_kernel.py (numba), which says the same in less time.
    """
    pose = pose_of(body, fields)
    around = outside(body, fields, pose)
    joints = pose.origin[:, FIRST]
    force, given = _beyond(around, joints)
    passive = passive_of(body, pose, -given[:, CUT["l5_s1"], 2])
    given[:, : len(LUMBAR)] += passive.moment + passive.abdominal_moment
    # Flexion turns the thigh about the pelvis's +Z.
    given[:, HIPS] += passive.hip_moment[..., None] * pose.axes[:, None, 0, :, 2]
    axes = row_axes(pose)
    required = -(given[:, ROW_CUT] * axes).sum(axis=-1)
    pull, arms = _muscles(body, (pose.axes, pose.origin), joints, axes, compiled=compiled)
    lower, upper = bounds(body, fields, pose, required)
    return Statics(
        body=body,
        fields=fields,
        pose=pose,
        outside=around,
        passive=passive,
        pull=pull,
        joints=joints,
        outside_force=force,
        arms=arms,
        required=required,
        lower=lower,
        upper=upper,
        compiled=compiled,
    )


def _muscles(
    body: Body, frames: tuple[Floats, Floats], joints: Floats, axes: Floats, *, compiled: bool
) -> tuple[Pull, Floats]:
    """The pull of all muscles, and their moments at full activation with those of the helpers."""
    muscles = len(body.muscles)
    arms = np.zeros((axes.shape[0], len(ROWS), muscles + helpers().shape[1]))
    if compiled:
        from hipspine.mechanics.muscle_kernel import compiled_pull  # noqa: PLC0415  (numba)

        pull = compiled_pull(body, frames, joints, axes, arms)
    else:
        pull = pull_of(body, *frames, joints)
        moment_arms(pull.crossings, pull.pair_moment, axes, arms)
        arms[:, :, :muscles] *= body.strength
    arms[:, :, muscles:] = helpers()
    return pull, arms


def _beyond(around: Outside, joints: Floats) -> tuple[Floats, Floats]:
    """Force and moment about each cut's joint of all outside forces beyond it, (B, C, 3)."""
    members = beyond_cut()[:, around.segment].astype(float)
    force = np.matmul(members, around.force)
    about_origin = np.matmul(members, cross(around.at, around.force))
    return force, about_origin - cross(joints, force)


def _pulled(statics: Statics, newtons: Floats) -> Floats:
    """(B, C, 3) N: what muscles of these forces (B, M) do to the part beyond each cut."""
    pull = statics.pull
    if statics.compiled:
        from hipspine.mechanics.muscle_kernel import compiled_force  # noqa: PLC0415  (numba)

        return compiled_force(pull, newtons)
    each = pull.pair_force * newtons[:, pull.crossings.pair_muscle, None]
    return np.asarray(np.add.reduceat(each, pull.crossings.cut_begins, axis=1))


def contact_forces(statics: Statics, activation: Floats) -> Floats:
    """(B, C, 3) N, world: force of what lies before each cut on what lies beyond it.

    What is left once weight, supports and muscles are added up; for the hip that is the socket
    on the femoral head.
    """
    pull, pose, passive = statics.pull, statics.pose, statics.passive
    newtons = activation[:, : pull.muscles] * statics.body.strength
    force = -(statics.outside_force + _pulled(statics, newtons))
    force[:, : len(LUMBAR)] -= passive.abdominal_force[:, None]
    force[:, HIPS] -= pose.axes[:, None, 0, :, 1] * passive.hip_pull[..., None]
    # Stretched ligaments press the vertebrae together along the spine.
    up = pose.axes[:, _BEYOND_LUMBAR][..., 1]
    force[:, : len(LUMBAR)] += up * passive.compression[:, None, None]
    return np.asarray(force)
