"""How little and how much each muscle may do, and what helps the muscles without being one."""

from functools import cache

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import Body, Floats
from hipspine.mechanics.fields import Fields, Flags
from hipspine.mechanics.pose import Pose
from hipspine.mechanics.rows import KNEE_ROWS, LUMBAR, ROWS

#: Erector spinae, gluteals, hip flexors: what people hold tight on a sore side.
_GUARDING = ("IL_", "LTp", "MF_", "QL_", "gl", "Ps_", "iliacus")
#: Beyond this flexion the posterior capsule of the knee is slack (rad).
_STRAIGHT = np.radians(8.0)


@cache
def helpers() -> Floats:
    """(R, H): what helps the muscles: knee capsules (2), then discs that share among levels (24).

    A capsule only stops a straight knee bending backward. A posture gives the whole lumbar curve,
    not each joint to the degree: discs turn a little until the levels suit each other. Their
    moments add up to nothing over the five levels, so that the whole curve stays as given: four
    ways of sharing, to and fro, about three axes.
    """
    columns = []
    for row in KNEE_ROWS:
        capsule = np.zeros(len(ROWS))
        capsule[row] = c.KNEE_CAPSULE
        columns.append(capsule)
    levels = len(LUMBAR)
    for axis, size in enumerate(c.DISC_SHARING):
        for k in range(1, levels):
            wave = np.cos(np.pi * k * (np.arange(levels) + 0.5) / levels)  # its mean is nought
            column = np.zeros(len(ROWS))
            column[axis : 3 * levels : 3] = wave * size
            columns += [column, -column]
    return np.stack(columns, axis=1)


@cache
def _kinds(names: tuple[str, ...]) -> tuple[Flags, Flags]:
    """(M,): whether a muscle is of the left side, and whether it guards."""
    left = np.array([name.endswith("_l") for name in names])
    return left, np.array([name.startswith(_GUARDING) for name in names])


def bounds(body: Body, fields: Fields, pose: Pose, required: Floats) -> tuple[Floats, Floats]:
    """Least and greatest activation (B, M + H); guarding raises the least on its side."""
    muscles = len(body.muscles)
    left, guards = _kinds(body.muscles)
    rest = np.where(fields.lies, c.REST_LYING, c.REST_ACTIVATION)[:, None]
    lower = np.zeros((fields.stance.size, muscles + helpers().shape[1]))
    lower[:, :muscles] = rest
    if fields.guarding.any():
        level = np.where(left, fields.guarding[:, :1], fields.guarding[:, 1:]) * guards
        lower[:, :muscles] = np.maximum(rest, level * c.GUARDING_ACTIVATION)
    upper = np.ones_like(lower)
    straight = (pose.knees < _STRAIGHT) & fields.stands[:, None]
    # A capsule takes what the floor does to the knee, and is no counterpart for muscles.
    taken = np.clip(required[:, KNEE_ROWS] / c.KNEE_CAPSULE, 0.0, 1.0)
    upper[:, muscles : muscles + 2] = np.where(straight, taken, 0.0)
    return lower, upper
