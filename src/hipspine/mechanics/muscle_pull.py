"""What each muscle does across each joint, per newton of its force."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from hipspine.mechanics.body import CUTS, SEGMENT, Body, Crossings, Floats
from hipspine.mechanics.kinematics import cross
from hipspine.mechanics.wrapping import tangents


@dataclass(frozen=True)
class Pull:
    """Per newton of muscle force, on what lies beyond each cut: world axes, about the cut's joint.

    Only the G pairs of a cut and a muscle that crosses it: `pair_force` (B, G, 3), `pair_moment`
    (B, G, 3) in m, in the order of `crossings`.
    """

    crossings: Crossings
    muscles: int
    pair_force: Floats
    pair_moment: Floats

    @property
    def force(self) -> Floats:
        """(B, C, 3, M), zero where a muscle does not cross."""
        return self._dense(self.pair_force)

    @property
    def moment(self) -> Floats:
        """(B, C, 3, M) in m, zero where a muscle does not cross."""
        return self._dense(self.pair_moment)

    def _dense(self, pairs: Floats) -> Floats:
        c = self.crossings
        out = np.zeros((pairs.shape[0], len(CUTS), 3, self.muscles))
        out[:, c.pair_cut, :, c.pair_muscle] = pairs.transpose(1, 0, 2)
        return out


def nodes_of(body: Body, axes: Floats, origin: Floats) -> Floats:
    """(B, N, 3): path points, first and last tangent points, and the rib cage's sheath points."""
    count, points = axes.shape[0], body.point.shape[0]
    wraps = body.wraps.radius.size
    nodes = np.empty((count, points + 2 * wraps + body.sheath.size, 3))
    turned = axes.swapaxes(2, 3)
    for segment, start, end in _runs(body.point_segment.tobytes()):
        np.matmul(body.point[start:end], turned[:, segment], out=nodes[:, start:end])
    nodes[:, :points] += origin[:, body.point_segment]
    thorax = SEGMENT["thorax"]
    ribs = body.sheath_in_thorax @ axes[:, thorax].swapaxes(1, 2) + origin[:, None, thorax]
    nodes[:, body.sheath] = 0.5 * (nodes[:, body.sheath] + ribs)
    first, last = tangents(body.wraps, axes, origin, nodes[:, :points])
    nodes[:, points : points + wraps], nodes[:, points + wraps : points + 2 * wraps] = first, last
    nodes[:, points + 2 * wraps :] = ribs
    return nodes


@cache
def _runs(segments: bytes) -> tuple[tuple[int, int, int], ...]:
    """Each segment with the run of its points, from the segments of all points."""
    of = np.frombuffer(segments, dtype=np.int64)
    found, start, count = np.unique(of, return_index=True, return_counts=True)
    return tuple((int(s), int(i), int(i + n)) for s, i, n in zip(found, start, count, strict=True))


def pull_of(body: Body, axes: Floats, origin: Floats, joints: Floats) -> Pull:
    """The pull of all muscles across all cuts; `joints` (B, C, 3) are the joint centres."""
    nodes = nodes_of(body, axes, origin)
    c = body.crossings
    along = nodes[:, body.piece_end[c.piece]] - nodes[:, body.piece_start[c.piece]]
    size = np.sqrt((along * along).sum(axis=-1))
    force = along * (c.weight / np.maximum(size, 1e-12))[..., None]
    moment = cross(nodes[:, c.at] - joints[:, c.cut], force)
    both = np.add.reduceat(np.concatenate([force, moment], axis=-1), c.group, axis=1)
    return Pull(c, len(body.muscles), both[..., :3], both[..., 3:])
