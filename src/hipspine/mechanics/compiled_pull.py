"""`pull_of`, compiled (numba): the same geometry, one posture after the other.

Importing this file imports numba; `muscle_pull.py` does so only where it pays, and works without.
The twin in `wrapping.py` and `muscle_pull.py` says what every step means.
"""

from typing import Any

import numba
import numpy as np

from hipspine.mechanics.body import SEGMENT, Body, Floats

_compiled = numba.njit(cache=True, error_model="numpy")
_inlined = numba.njit(cache=True, error_model="numpy", inline="always")


def compiled_pull(
    body: Body, axes: Floats, origin: Floats, joints: Floats
) -> tuple[Floats, Floats]:
    """Force and moment (B, G, 3) of every pair of a cut and a muscle; see `muscle_pull.Pull`."""
    w, c = body.wraps, body.crossings
    count, points, wraps = axes.shape[0], body.point_segment.size, w.segment.size
    nodes = np.empty((count, points + 2 * wraps + body.sheath.size, 3))
    pull = np.zeros((count, c.group.size, 6))
    side = np.einsum("wij,wi->wj", w.frame, w.side - w.centre)
    axes, origin = np.ascontiguousarray(axes), np.ascontiguousarray(origin)
    _place(
        (axes, origin),
        (body.point_segment, body.point),
        (body.sheath, body.sheath_in_thorax, SEGMENT["thorax"]),
        nodes,
    )
    _wrap(
        (axes, origin),
        (w.segment, w.centre, w.frame, w.radius, w.before, w.after, w.is_sphere),
        side,
        (points, wraps),
        nodes,
    )
    _pull(
        np.ascontiguousarray(joints),
        (body.piece_start, body.piece_end),
        (c.piece, c.weight, c.at, c.group, c.pair_cut),
        nodes,
        pull,
    )
    return pull[..., :3], pull[..., 3:]


@_compiled
def _place(frames: Any, path: Any, sheath: Any, nodes: Any) -> None:
    """Path points, the sheath half way to the ribs, and the ribs' own points at the end."""
    axes, origin = frames
    segment, local = path
    held, in_thorax, thorax = sheath
    last = nodes.shape[1] - held.size
    for b in range(axes.shape[0]):
        for p in range(segment.size):
            s = segment[p]
            for i in range(3):
                nodes[b, p, i] = (
                    origin[b, s, i]
                    + axes[b, s, i, 0] * local[p, 0]
                    + axes[b, s, i, 1] * local[p, 1]
                    + axes[b, s, i, 2] * local[p, 2]
                )
        for k in range(held.size):
            for i in range(3):
                rib = (
                    origin[b, thorax, i]
                    + axes[b, thorax, i, 0] * in_thorax[k, 0]
                    + axes[b, thorax, i, 1] * in_thorax[k, 1]
                    + axes[b, thorax, i, 2] * in_thorax[k, 2]
                )
                nodes[b, last + k, i] = rib
                nodes[b, held[k], i] = 0.5 * (nodes[b, held[k], i] + rib)


@_compiled
def _wrap(frames: Any, surfaces: Any, side: Any, sizes: Any, nodes: Any) -> None:
    """Both tangent points of every surface."""
    axes, origin = frames
    segment, centre, frame, radius, before, after, is_sphere = surfaces
    points, wraps = sizes
    turn, middle = np.empty((3, 3)), np.empty(3)
    p, q = np.empty(3), np.empty(3)
    first, second = np.empty(3), np.empty(3)
    plane = np.empty((2, 3))
    for b in range(axes.shape[0]):
        for w in range(wraps):
            s = segment[w]
            for i in range(3):
                middle[i] = origin[b, s, i]
                for j in range(3):
                    middle[i] += axes[b, s, i, j] * centre[w, j]
                    turn[i, j] = 0.0
                    for k in range(3):
                        turn[i, j] += axes[b, s, i, k] * frame[w, k, j]
            for j in range(3):
                p[j] = 0.0
                q[j] = 0.0
                for i in range(3):
                    p[j] += turn[i, j] * (nodes[b, before[w], i] - middle[i])
                    q[j] += turn[i, j] * (nodes[b, after[w], i] - middle[i])
            touches = _touch((p, q, side[w]), plane, radius[w], is_sphere[w], (first, second))
            for i in range(3):
                start, end = nodes[b, before[w], i], nodes[b, after[w], i]
                if touches:
                    x = turn[i, 0] * first[0] + turn[i, 1] * first[1] + turn[i, 2] * first[2]
                    y = turn[i, 0] * second[0] + turn[i, 1] * second[1] + turn[i, 2] * second[2]
                    nodes[b, points + w, i] = middle[i] + x
                    nodes[b, points + wraps + w, i] = middle[i] + y
                else:
                    nodes[b, points + w, i] = start + (end - start) / 3
                    nodes[b, points + wraps + w, i] = start + (end - start) * 2 / 3


@_compiled
def _touch(ends: Any, plane: Any, radius: Any, is_sphere: Any, out: Any) -> bool:
    """Whether the path touches; the tangent points in the surface's frame into `out`."""
    p, q, side = ends
    _set_plane(p, q, plane, is_sphere)
    px, py = _in_plane(plane, p)
    qx, qy = _in_plane(plane, q)
    gx, gy = _in_plane(plane, side)
    size = max(np.sqrt(gx * gx + gy * gy), 1e-12)
    gx, gy = gx / size * radius, gy / size * radius
    touches, sx, sy, tx, ty, arc = _circle((px, py), (qx, qy), (gx, gy), radius)
    if not touches:
        return False
    before = np.hypot(sx - px, sy - py)
    behind = np.hypot(tx - qx, ty - qy)
    curve = arc * radius
    whole = max(before + curve + behind, 1e-12)
    rise = q[2] - p[2]
    for i in range(3):
        out[0][i] = sx * plane[0, i] + sy * plane[1, i]
        out[1][i] = tx * plane[0, i] + ty * plane[1, i]
    if not is_sphere:
        out[0][2] = p[2] + rise * before / whole
        out[1][2] = p[2] + rise * (before + curve) / whole
    return True


@_compiled
def _set_plane(p: Any, q: Any, plane: Any, is_sphere: Any) -> None:
    if not is_sphere:
        plane[:] = 0.0
        plane[0, 0] = 1.0
        plane[1, 1] = 1.0
        return
    size = max(np.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]), 1e-12)
    nx = p[1] * q[2] - p[2] * q[1]
    ny = p[2] * q[0] - p[0] * q[2]
    nz = p[0] * q[1] - p[1] * q[0]
    tall = max(np.sqrt(nx * nx + ny * ny + nz * nz), 1e-12)
    nx, ny, nz = nx / tall, ny / tall, nz / tall
    for i in range(3):
        plane[0, i] = p[i] / size
    plane[1, 0] = ny * plane[0, 2] - nz * plane[0, 1]
    plane[1, 1] = nz * plane[0, 0] - nx * plane[0, 2]
    plane[1, 2] = nx * plane[0, 1] - ny * plane[0, 0]


@_inlined
def _in_plane(plane: Any, v: Any) -> Any:
    x = plane[0, 0] * v[0] + plane[0, 1] * v[1] + plane[0, 2] * v[2]
    return x, plane[1, 0] * v[0] + plane[1, 1] * v[1] + plane[1, 2] * v[2]


@_compiled
def _circle(p: Any, q: Any, side: Any, r: Any) -> Any:
    """Whether the path touches the circle, its tangent points, and the angle between them."""
    (px, py), (qx, qy), (gx, gy) = p, q, side
    rr = r * r
    pp, qq = px * px + py * py, qx * qx + qy * qy
    dx, dy = qx - px, qy - py
    along = -(dx * px + dy * py) / max(dx * dx + dy * dy, 1e-18)
    along = min(max(along, 0.0), 1.0)
    nx, ny = px + along * dx, py + along * dy
    free = nx * nx + ny * ny > rr and nx * gx + ny * gy >= 0
    if free or pp < rr or qq < rr:
        return False, 0.0, 0.0, 0.0, 0.0, 0.0
    best, crossing = -np.inf, True
    sx, sy, tx, ty, angle = 0.0, 0.0, 0.0, 0.0, 0.0
    for sign in (1.0, -1.0):
        ax, ay = _tangent(px, py, pp, sign * r)
        bx, by = _tangent(qx, qy, qq, -sign * r)
        size = max(np.sqrt((ax + bx) ** 2 + (ay + by) ** 2), 1e-12)
        good = ((ax + bx) * gx + (ay + by) * gy) / size
        crosses = _cross((px, py, ax, ay), (qx, qy, bx, by))
        if crosses:
            good = -1e4
        if good >= best:
            best, crossing = good, crosses
            sx, sy, tx, ty = ax, ay, bx, by
            angle = np.arccos(min(max((ax * bx + ay * by) / rr, -1.0), 1.0))
            if (ay * bx - ax * by) * sign < 0:
                angle = 2 * np.pi - angle
    return not crossing, sx, sy, tx, ty, angle


@_inlined
def _tangent(x: Any, y: Any, square: Any, r: Any) -> Any:
    root = np.sqrt(max(square - r * r, 0.0))
    below = max(square, 1e-18)
    return (x * r * r + r * y * root) / below, (y * r * r - r * x * root) / below


@_compiled
def _cross(one: Any, other: Any) -> bool:
    """Whether two pieces (x, y to x, y) cross."""
    ax, ay, bx, by = one
    cx, cy, dx, dy = other
    det = (dy - cy) * (bx - ax) - (dx - cx) * (by - ay)
    if abs(det) < 1e-18:
        return False
    u = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) / det
    v = ((bx - ax) * (ay - cy) - (by - ay) * (ax - cx)) / det
    return bool(0 <= u <= 1 and 0 <= v <= 1)


@_compiled
def _pull(joints: Any, pieces: Any, crossings: Any, nodes: Any, pull: Any) -> None:
    """Sums the pieces of a muscle that cross a joint."""
    starts, ends = pieces
    piece, weight, at, group, pair_cut = crossings
    unit = np.empty((starts.size, 3))
    for b in range(nodes.shape[0]):
        for e in range(starts.size):
            x = nodes[b, ends[e], 0] - nodes[b, starts[e], 0]
            y = nodes[b, ends[e], 1] - nodes[b, starts[e], 1]
            z = nodes[b, ends[e], 2] - nodes[b, starts[e], 2]
            size = max(np.sqrt(x * x + y * y + z * z), 1e-12)
            unit[e, 0], unit[e, 1], unit[e, 2] = x / size, y / size, z / size
        for g in range(group.size):
            cut = pair_cut[g]
            last = group[g + 1] if g + 1 < group.size else piece.size
            for k in range(group[g], last):
                fx = unit[piece[k], 0] * weight[k]
                fy = unit[piece[k], 1] * weight[k]
                fz = unit[piece[k], 2] * weight[k]
                x = nodes[b, at[k], 0] - joints[b, cut, 0]
                y = nodes[b, at[k], 1] - joints[b, cut, 1]
                z = nodes[b, at[k], 2] - joints[b, cut, 2]
                pull[b, g, 0] += fx
                pull[b, g, 1] += fy
                pull[b, g, 2] += fz
                pull[b, g, 3] += y * fz - z * fy
                pull[b, g, 4] += z * fx - x * fz
                pull[b, g, 5] += x * fy - y * fx
