"""What each muscle does across each joint, per newton of its force."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics.body import CUTS, Body, Floats
from hipspine.mechanics.kinematics import place
from hipspine.mechanics.wrapping import tangents


@dataclass(frozen=True)
class Pull:
    """Per newton of muscle force, on what lies beyond each cut: world axes, about the cut's joint.

    `force` (B, C, 3, M); `moment` (B, C, 3, M) in m; `nodes` (B, N, 3) in m, for pictures.
    """

    force: Floats
    moment: Floats
    nodes: Floats


def nodes_of(body: Body, axes: Floats, origin: Floats) -> Floats:
    """(B, N, 3): path points, first and last tangent points, and the rib cage's sheath points."""
    points = place(axes, origin, body.point_segment, body.point)
    thorax = np.full(body.sheath.size, 6)
    ribs = place(axes, origin, thorax, body.sheath_in_thorax)
    points[:, body.sheath] = 0.5 * (points[:, body.sheath] + ribs)
    first, last = tangents(body.wraps, axes, origin, points)
    return np.concatenate([points, first, last, ribs], axis=1)


def pull_of(body: Body, axes: Floats, origin: Floats, joints: Floats) -> Pull:
    """The pull of all muscles across all cuts; `joints` (B, C, 3) are the joint centres."""
    nodes = nodes_of(body, axes, origin)
    along = nodes[:, body.piece_end] - nodes[:, body.piece_start]
    along /= np.maximum(np.linalg.norm(along, axis=-1, keepdims=True), 1e-12)
    c = body.crossings
    force = along[:, c.piece] * c.weight[:, None]
    cut = np.repeat(c.pair_cut, np.diff([*c.group, c.piece.size]))
    moment = np.cross(nodes[:, c.at] - joints[:, cut], force)
    both = np.add.reduceat(np.concatenate([force, moment], axis=-1), c.group, axis=1)
    out = np.zeros((nodes.shape[0], len(CUTS), 6, len(body.muscles)))
    out[:, c.pair_cut, :, c.pair_muscle] = both.transpose(1, 0, 2)
    return Pull(out[:, :, :3], out[:, :, 3:], nodes)
