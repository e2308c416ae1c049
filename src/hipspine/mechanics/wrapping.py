"""Where a muscle touches a sphere or cylinder that it runs over (mujoco's geometry)."""

import numpy as np

from hipspine.mechanics.body import Floats, Wraps


def tangents(wraps: Wraps, axes: Floats, origin: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    """First and last touching points (B, W, 3) in the world of paths between `nodes` (B, P, 3).

    Where a path runs free, both lie on the straight line, so that they pull on nothing.
    """
    a, b = nodes[:, wraps.before], nodes[:, wraps.after]
    frame = axes[:, wraps.segment] @ wraps.frame
    centre = origin[:, wraps.segment] + _apply(axes[:, wraps.segment], wraps.centre)
    p, q = _into(frame, a - centre), _into(frame, b - centre)
    side = _into(wraps.frame, wraps.side - wraps.centre)
    plane = _plane(wraps, p, q)
    flat = [np.einsum("bwi,bwji->bwj", v, plane) for v in (p, q, np.broadcast_to(side, p.shape))]
    touches, s, t, arc = _circle(flat[0], flat[1], _scaled(flat[2], wraps.radius), wraps.radius)
    s3 = np.einsum("bwj,bwji->bwi", s, plane)
    t3 = np.einsum("bwj,bwji->bwi", t, plane)
    s3, t3 = _along(wraps, (p, q), (s3, t3), _lengths(flat, s, t, arc))
    s3, t3 = centre + _apply(frame, s3), centre + _apply(frame, t3)
    free = ~touches[..., None]
    return np.where(free, a + (b - a) / 3, s3), np.where(free, a + (b - a) * 2 / 3, t3)


def _apply(matrix: Floats, v: Floats) -> Floats:
    return np.asarray(np.matmul(matrix, v[..., None])[..., 0])


def _into(matrix: Floats, v: Floats) -> Floats:
    return np.asarray(np.einsum("...ij,...i->...j", matrix, v))


def _unit(v: Floats) -> Floats:
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12))


def _scaled(v: Floats, radius: Floats) -> Floats:
    return _unit(v) * radius[:, None]


def _plane(wraps: Wraps, p: Floats, q: Floats) -> Floats:
    """(B, W, 2, 3): the plane of the circle: across a cylinder, through both ends for a sphere."""
    first = _unit(p)
    normal = _unit(np.cross(p, q))
    sphere = np.stack([first, np.cross(normal, first)], axis=-2)
    across = np.broadcast_to(np.eye(3)[:2], sphere.shape)
    return np.where(wraps.is_sphere[:, None, None], sphere, across)


def _circle(
    p: Floats, q: Floats, side: Floats, r: Floats
) -> tuple[np.ndarray, Floats, Floats, Floats]:
    """Whether the path touches a circle, its two tangent points, and the angle between them."""
    rr = r * r
    pp, qq = (p * p).sum(-1), (q * q).sum(-1)
    d = q - p
    along = np.clip(-(d * p).sum(-1) / np.maximum((d * d).sum(-1), 1e-18), 0.0, 1.0)
    near = p + along[..., None] * d
    free = ((near * near).sum(-1) > rr) & ((near * side).sum(-1) >= 0)
    inside = (pp < rr) | (qq < rr)
    best = None
    for sign in (1.0, -1.0):
        s, t = _tangent(p, pp, rr, sign * r), _tangent(q, qq, rr, -sign * r)
        good = (_unit(s + t) * side).sum(-1)
        crossing = _cross(p, s, q, t)
        good = np.where(crossing, -1e4, good)
        angle = _angle(s, t, rr, sign)
        if best is None:
            best = (good, s, t, angle, crossing)
        else:
            better = good >= best[0]
            s = np.where(better[..., None], s, best[1])
            t = np.where(better[..., None], t, best[2])
            angle = np.where(better, angle, best[3])
            crossing = np.where(better, crossing, best[4])
    return ~(free | inside | crossing), s, t, angle


def _tangent(p: Floats, pp: Floats, rr: Floats, r: Floats) -> Floats:
    root = np.sqrt(np.maximum(pp - rr, 0.0))
    x = p[..., 0] * rr + r * p[..., 1] * root
    y = p[..., 1] * rr - r * p[..., 0] * root
    return np.asarray(np.stack([x, y], axis=-1) / np.maximum(pp, 1e-18)[..., None])


def _angle(s: Floats, t: Floats, rr: Floats, sign: float) -> Floats:
    angle = np.arccos(np.clip((s * t).sum(-1) / rr, -1.0, 1.0))
    cross = s[..., 1] * t[..., 0] - s[..., 0] * t[..., 1]
    return np.asarray(np.where(cross * sign < 0, 2 * np.pi - angle, angle))


def _cross(a: Floats, b: Floats, c: Floats, d: Floats) -> np.ndarray:
    """Whether the pieces a-b and c-d cross."""
    det = (d[..., 1] - c[..., 1]) * (b[..., 0] - a[..., 0]) - (d[..., 0] - c[..., 0]) * (
        b[..., 1] - a[..., 1]
    )
    safe = np.where(np.abs(det) < 1e-18, 1.0, det)
    u = (
        (d[..., 0] - c[..., 0]) * (a[..., 1] - c[..., 1])
        - (d[..., 1] - c[..., 1]) * (a[..., 0] - c[..., 0])
    ) / safe
    v = (
        (b[..., 0] - a[..., 0]) * (a[..., 1] - c[..., 1])
        - (b[..., 1] - a[..., 1]) * (a[..., 0] - c[..., 0])
    ) / safe
    return (np.abs(det) >= 1e-18) & (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)


def _lengths(flat: list[Floats], s: Floats, t: Floats, arc: Floats) -> tuple[Floats, ...]:
    before = np.linalg.norm(s - flat[0], axis=-1)
    after = np.linalg.norm(t - flat[1], axis=-1)
    return before, arc, after


def _along(
    wraps: Wraps,
    ends: tuple[Floats, Floats],
    touch: tuple[Floats, Floats],
    lengths: tuple[Floats, ...],
) -> tuple[Floats, Floats]:
    """On a cylinder the path climbs evenly along the axis; on a sphere it stays in its plane."""
    before, arc, after = lengths
    curve = arc * wraps.radius
    whole = np.maximum(before + curve + after, 1e-12)
    rise = ends[1][..., 2] - ends[0][..., 2]
    cylinder = ~wraps.is_sphere
    out = []
    for point, part in zip(touch, (before, before + curve), strict=True):
        z = ends[0][..., 2] + rise * part / whole
        moved = point.copy()
        moved[..., 2] = np.where(cylinder, z, point[..., 2])
        out.append(moved)
    return out[0], out[1]
