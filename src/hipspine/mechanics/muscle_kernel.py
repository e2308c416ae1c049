"""`pull_of` and the moment arms for many postures, compiled (numba): same geometry, same answer.

Importing this file imports numba (0.2 s, and some seconds once to compile; the result is cached).
Scalars throughout: one posture takes some tens of microseconds, without one array made inside.
"""

import numba
import numpy as np

from hipspine.mechanics.body import SEGMENT, Body, Floats
from hipspine.mechanics.muscle_pull import Pull
from hipspine.mechanics.rows import row_runs

_compiled = numba.njit(cache=True, fastmath={"contract", "nsz"}, error_model="numpy")
_THORAX = SEGMENT["thorax"]
ROW_RUNS = np.array([run[1:] for run in row_runs()])
TINY = 1e-12


@_compiled
def _place(axes, origin, local, out):  # type: ignore[no-untyped-def]
    for i in range(3):
        out[i] = origin[i] + axes[i, 0] * local[0] + axes[i, 1] * local[1] + axes[i, 2] * local[2]


@_compiled
def _tangent(px, py, r, sign):  # type: ignore[no-untyped-def]
    """The point where a line from (px, py) touches a circle of radius r, on one of two sides."""
    pp = px * px + py * py
    root = np.sqrt(max(pp - r * r, 0.0))
    size = max(pp, 1e-18)
    return (px * r * r + sign * r * py * root) / size, (py * r * r - sign * r * px * root) / size


@_compiled
def _pieces_cross(ax, ay, bx, by, cx, cy, dx, dy):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    det = (dy - cy) * (bx - ax) - (dx - cx) * (by - ay)
    if abs(det) < 1e-18:
        return False
    u = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) / det
    v = ((bx - ax) * (ay - cy) - (by - ay) * (ax - cx)) / det
    return 0.0 <= u <= 1.0 and 0.0 <= v <= 1.0


@_compiled
def _circle(px, py, qx, qy, sx, sy, r):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """Whether the path touches, both tangent points and the arc: as wrapping.py's _circle."""
    nothing = (False, 0.0, 0.0, 0.0, 0.0, 0.0)
    if px * px + py * py < r * r or qx * qx + qy * qy < r * r:
        return nothing
    dx, dy = qx - px, qy - py
    along = min(max(-(dx * px + dy * py) / max(dx * dx + dy * dy, 1e-18), 0.0), 1.0)
    nx, ny = px + along * dx, py + along * dy
    if nx * nx + ny * ny > r * r and nx * sx + ny * sy >= 0.0:
        return nothing
    best, found = -np.inf, nothing
    for sign in (1.0, -1.0):
        ax, ay = _tangent(px, py, r, sign)
        bx, by = _tangent(qx, qy, r, -sign)
        mx, my = ax + bx, ay + by
        good = (mx * sx + my * sy) / max(np.sqrt(mx * mx + my * my), TINY)
        crossing = _pieces_cross(px, py, ax, ay, qx, qy, bx, by)
        if crossing:
            good = -1e4
        if good >= best:
            cosine = min(max((ax * bx + ay * by) / (r * r), -1.0), 1.0)
            angle = np.arccos(cosine)
            if (ay * bx - ax * by) * sign < 0.0:
                angle = 2.0 * np.pi - angle
            best, found = good, (not crossing, ax, ay, bx, by, angle)
    return found


@_compiled
def _flatten(sphere, ends, plane):  # type: ignore[no-untyped-def]
    """Enter the plane of the circle: across a cylinder, through both ends for a sphere."""
    p, q = ends[0], ends[1]
    for i in range(3):
        plane[0, i] = plane[1, i] = 0.0
    if not sphere:
        plane[0, 0] = plane[1, 1] = 1.0
        return
    size = max(np.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]), TINY)
    for i in range(3):
        plane[0, i] = p[i] / size
    n0 = p[1] * q[2] - p[2] * q[1]
    n1 = p[2] * q[0] - p[0] * q[2]
    n2 = p[0] * q[1] - p[1] * q[0]
    size = max(np.sqrt(n0 * n0 + n1 * n1 + n2 * n2), TINY)
    n0, n1, n2 = n0 / size, n1 / size, n2 / size
    plane[1, 0] = n1 * plane[0, 2] - n2 * plane[0, 1]
    plane[1, 1] = n2 * plane[0, 0] - n0 * plane[0, 2]
    plane[1, 2] = n0 * plane[0, 1] - n1 * plane[0, 0]


@_compiled
def _dot(a, b):  # type: ignore[no-untyped-def]
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@_compiled
def _wrap(path, surface, touch, work):  # type: ignore[no-untyped-def]
    """Tangent points of the path a-b on a surface: (centre, frame (3, 3), radius, side, sphere).

    `work` (6, 3) holds both ends, the plane and both points in the frame of the surface.
    """
    a, b = path
    first, last = touch
    centre, frame, r, side, sphere = surface
    ends, plane, points = work[0:2], work[2:4], work[4:6]
    for j in range(3):
        ends[0, j] = ends[1, j] = 0.0
        for i in range(3):
            ends[0, j] += frame[i, j] * (a[i] - centre[i])
            ends[1, j] += frame[i, j] * (b[i] - centre[i])
    _flatten(sphere, ends, plane)
    px, py = _dot(plane[0], ends[0]), _dot(plane[1], ends[0])
    qx, qy = _dot(plane[0], ends[1]), _dot(plane[1], ends[1])
    sx, sy = _dot(plane[0], side), _dot(plane[1], side)
    size = r / max(np.sqrt(sx * sx + sy * sy), TINY)
    touches, ax, ay, bx, by, angle = _circle(px, py, qx, qy, sx * size, sy * size, r)
    if not touches:  # both on the straight line, so that they pull on nothing
        for i in range(3):
            first[i] = a[i] + (b[i] - a[i]) / 3
            last[i] = a[i] + (b[i] - a[i]) * 2 / 3
        return
    for i in range(3):
        points[0, i] = ax * plane[0, i] + ay * plane[1, i]
        points[1, i] = bx * plane[0, i] + by * plane[1, i]
    if not sphere:  # the path climbs evenly along the cylinder
        before = np.sqrt((ax - px) ** 2 + (ay - py) ** 2)
        after = np.sqrt((bx - qx) ** 2 + (by - qy) ** 2)
        rise = (ends[1, 2] - ends[0, 2]) / max(before + angle * r + after, TINY)
        points[0, 2] = ends[0, 2] + rise * before
        points[1, 2] = ends[0, 2] + rise * (before + angle * r)
    _place(frame, centre, points[0], first)
    _place(frame, centre, points[1], last)


@_compiled
def _nodes(pose, points, wraps, nodes, work):  # type: ignore[no-untyped-def]
    axes, origin = pose
    segment, local, sheath, ribs = points
    w_segment, w_centre, w_frame, w_radius, w_side, w_before, w_after, w_sphere = wraps
    count, many = local.shape[0], w_radius.size
    for n in range(count):
        _place(axes[segment[n]], origin[segment[n]], local[n], nodes[n])
    for k in range(sheath.size):
        copy = nodes[count + 2 * many + k]
        _place(axes[_THORAX], origin[_THORAX], ribs[k], copy)
        for i in range(3):
            nodes[sheath[k], i] = 0.5 * (nodes[sheath[k], i] + copy[i])
    frame, centre = work[6:9], work[9]
    for w in range(many):
        body = axes[w_segment[w]]
        _place(body, origin[w_segment[w]], w_centre[w], centre)
        for i in range(3):
            for j in range(3):
                frame[i, j] = (
                    body[i, 0] * w_frame[w, 0, j]
                    + body[i, 1] * w_frame[w, 1, j]
                    + body[i, 2] * w_frame[w, 2, j]
                )
        surface = (centre, frame, w_radius[w], w_side[w], w_sphere[w])
        path = (nodes[w_before[w]], nodes[w_after[w]])
        _wrap(path, surface, (nodes[count + w], nodes[count + many + w]), work[0:6])


@_compiled
def _pairs(nodes, joints, pieces, crossings, out):  # type: ignore[no-untyped-def]
    """Force and moment per newton of each pair of a cut and a muscle, (G, 6)."""
    start, end = pieces
    piece, cut, weight, at, group = crossings
    for g in range(group.size):
        last = group[g + 1] if g + 1 < group.size else piece.size
        for k in range(group[g], last):
            a, b, here, joint = nodes[start[piece[k]]], nodes[end[piece[k]]], nodes[at[k]], cut[k]
            x, y, z = b[0] - a[0], b[1] - a[1], b[2] - a[2]
            size = weight[k] / max(np.sqrt(x * x + y * y + z * z), TINY)
            x, y, z = x * size, y * size, z * size
            rx, ry = here[0] - joints[joint, 0], here[1] - joints[joint, 1]
            rz = here[2] - joints[joint, 2]
            out[g, 0] += x
            out[g, 1] += y
            out[g, 2] += z
            out[g, 3] += ry * z - rz * y
            out[g, 4] += rz * x - rx * z
            out[g, 5] += rx * y - ry * x


@_compiled
def _all(poses, points, wraps, pieces, crossings, rows):  # type: ignore[no-untyped-def]
    axes, origin, joints = poses
    pair_cut, pair_muscle, row_axes, row_runs, strength, out = rows
    count, pairs = axes.shape[0], pair_cut.size
    found = np.zeros((count, pairs, 6))
    nodes = np.empty((points[1].shape[0] + 2 * wraps[3].size + points[2].size, 3))
    work = np.empty((10, 3))
    for n in range(count):
        _nodes((axes[n], origin[n]), points, wraps, nodes, work)
        _pairs(nodes, joints[n], pieces, crossings, found[n])
        for g in range(pairs):
            moment, muscle = found[n, g], pair_muscle[g]
            for row in range(row_runs[pair_cut[g], 0], row_runs[pair_cut[g], 1]):
                axis = row_axes[n, row]
                arm = axis[0] * moment[3] + axis[1] * moment[4] + axis[2] * moment[5]
                out[n, row, muscle] = arm * strength[muscle]
    return found


def compiled_pull(
    body: Body, frames: tuple[Floats, Floats], joints: Floats, row_axes: Floats, out: Floats
) -> Pull:
    """The pull of all muscles; enters the moments at full activation (Nm) into `out` (B, R, A).

    `frames`: axes (B, S, 3, 3) and origins (B, S, 3); `joints` (B, C, 3), `row_axes` (B, R, 3).
    """
    c, w = body.crossings, body.wraps
    side = np.einsum("wij,wi->wj", w.frame, w.side - w.centre)
    pairs = _all(
        (frames[0], frames[1], np.ascontiguousarray(joints)),
        (body.point_segment, body.point, body.sheath, body.sheath_in_thorax),
        (w.segment, w.centre, w.frame, w.radius, side, w.before, w.after, w.is_sphere),
        (body.piece_start, body.piece_end),
        (c.piece, c.cut, c.weight, c.at, c.group),
        (c.pair_cut, c.pair_muscle, row_axes, ROW_RUNS, body.strength, out),
    )
    return Pull(c, len(body.muscles), pairs[..., :3], pairs[..., 3:])


@_compiled
def _sum(pair_force, pair_cut, pair_muscle, newtons, out):  # type: ignore[no-untyped-def]
    for n in range(newtons.shape[0]):
        for g in range(pair_cut.size):
            force = newtons[n, pair_muscle[g]]
            for i in range(3):
                out[n, pair_cut[g], i] += force * pair_force[n, g, i]


def compiled_force(pull: Pull, newtons: Floats) -> Floats:
    """(B, C, 3) N: what muscles of these forces (B, M) do to the part beyond each cut."""
    c = pull.crossings
    out = np.zeros((newtons.shape[0], c.cut_begins.size, 3))
    _sum(pull.pair_force, c.pair_cut, c.pair_muscle, newtons, out)
    return out
