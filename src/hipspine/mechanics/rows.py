"""The rows of the equilibrium: which joint, about which axis, and what each muscle does there."""

from functools import cache

import numpy as np

from hipspine.mechanics.body import CUT, CUTS, PARENT, SEGMENT, Crossings, Floats, Ints
from hipspine.mechanics.kinematics import ANKLE_AXIS, KNEE_AXIS
from hipspine.mechanics.pose import Pose

LUMBAR = ("l5_s1", "l4_l5", "l3_l4", "l2_l3", "l1_l2")
#: Joint, and what a positive moment does there.
ROWS = (
    *((name, axis) for name in LUMBAR for axis in ("bending", "rotation", "extension")),
    *((f"hip_{s}", axis) for s in "lr" for axis in ("abduction", "rotation", "flexion")),
    *((f"knee_{s}", "flexion") for s in "lr"),
    *((f"ankle_{s}", "dorsiflexion") for s in "lr"),
)
ROW = {row: i for i, row in enumerate(ROWS)}
KNEE_ROWS = [ROW["knee_l", "flexion"], ROW["knee_r", "flexion"]]
ROW_CUT = np.array([CUT[joint] for joint, _ in ROWS])


@cache
def _local_axes() -> tuple[Ints, Floats]:
    """The parent segment of each row and its axis there (R, 3)."""
    parents, axes = [], []
    for joint, kind in ROWS:
        side = -1.0 if joint.endswith("_l") else 1.0
        mirrored = np.array([side, side, 1.0])
        if joint.startswith("knee"):
            axis = KNEE_AXIS * mirrored
        elif joint.startswith("ankle"):
            axis = ANKLE_AXIS * mirrored
        else:
            column = {"bending": 0, "abduction": 0, "rotation": 1}.get(kind, 2)
            axis = np.eye(3)[column] * (mirrored if joint.startswith("hip") else 1.0)
            axis = -axis if kind == "abduction" else axis
        parents.append(SEGMENT[PARENT[CUTS[joint]]])
        axes.append(axis)
    return np.array(parents), np.array(axes)


def row_axes(pose: Pose) -> Floats:
    """(B, R, 3): the axis of each row in the world."""
    parents, axes = _local_axes()
    return np.asarray(np.matmul(pose.axes[:, parents], axes[..., None])[..., 0])


@cache
def row_runs() -> tuple[tuple[int, int, int], ...]:
    """Each cut with the run of its rows."""
    runs = [np.flatnonzero(cut == ROW_CUT) for cut in range(len(CUTS))]
    return tuple((cut, int(run[0]), int(run[-1]) + 1) for cut, run in enumerate(runs))


def moment_arms(crossings: Crossings, pair_moment: Floats, axes: Floats, out: Floats) -> None:
    """Enter into `out` (B, R, M) the moment of each muscle about each row's axis, m."""
    ends = [*crossings.cut_begins[1:].tolist(), crossings.pair_cut.size]
    moment = pair_moment.swapaxes(1, 2)
    for cut, first, last in row_runs():
        begin, end = int(crossings.cut_begins[cut]), ends[cut]
        arms = axes[:, first:last] @ moment[:, :, begin:end]
        for row in range(first, last):
            out[:, row, crossings.pair_muscle[begin:end]] = arms[:, row - first]
