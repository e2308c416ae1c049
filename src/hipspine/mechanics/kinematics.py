"""From joint angles to where every segment, path point and tangent point is.

All arrays carry a leading batch axis B. World axes are the segment axes of neutral standing.
"""

from functools import cache

import numpy as np

from hipspine.mechanics.body import PARENT, SEGMENT, SEGMENTS, Body, Floats, Ints

_EYE = np.eye(3)


def _unit(*axis: float) -> Floats:
    return np.asarray(np.array(axis) / np.linalg.norm(axis))


#: The knee of Rajagopal 2016: slides and turns of the shin as polynomials of the flexion angle
#: (rad), from the myo_sim model, and the path of the kneecap in the frame of the thigh.
_AXIS_2 = _unit(0.9922455484, 0.1239819436, -0.0087891560)
_AXIS_3 = _unit(-0.1242929586, 0.9897616706, -0.0701647766)
KNEE_AXIS = _unit(0.0, -0.0707130785, -0.9974966967)
ANKLE_AXIS = _unit(-0.1050140357, -0.1740220591, 0.9791263326)
_KNEE = np.array(
    [
        (-1.47325e-08, 0.0791, -0.0328478, -0.0252183, 0.0108321),  # turn about axis 2
        (1.08939e-08, 0.369499, -0.169478, 0.0251643, 3.50498e-07),  # turn about axis 3
        (7.69254e-11, 0.00587971, -0.00125622, -2.61846e-06, 6.24355e-07),  # slide along axis 2
        (9.53733e-08, 0.00312879, -0.00230804, 0.000561561, 5.68366e-07),  # slide along axis 3
    ]
)
#: The kneecap's x, y and turn, from its place at full extension.
_PATELLA = np.array(
    [
        (0.0, -0.0150188, -0.0340522, 0.0133393, -0.000879151),
        (0.0, -0.0487847, 0.00927644, 0.0131673, -0.00349673),
        (0.0, 0.0247615, -1.31647, 0.716337, -0.138302),
    ]
)


def turn(axis: int, angle: Floats) -> Floats:
    """(B, 3, 3): right-handed turns about a coordinate axis (0, 1, 2) by angles (B,), rad."""
    cos, sin = np.cos(angle), np.sin(angle)
    out = np.zeros((*angle.shape, 3, 3))
    j, k = (axis + 1) % 3, (axis + 2) % 3
    out[..., axis, axis] = 1.0
    out[..., j, j] = out[..., k, k] = cos
    out[..., j, k] = -sin
    out[..., k, j] = sin
    return out


def turn_about(axis: Floats, angle: Floats) -> Floats:
    """(B, 3, 3): turns about any unit axis (3,) by angles (B,), rad (Rodrigues)."""
    cross_once, cross_twice = _crosses(axis.tobytes())
    sin, cos = np.sin(angle)[..., None, None], np.cos(angle)[..., None, None]
    return np.asarray(_EYE + sin * cross_once + (1 - cos) * cross_twice)


@cache
def _crosses(axis: bytes) -> tuple[Floats, Floats]:
    """The matrix of the cross product with an axis, and its square."""
    x, y, z = np.frombuffer(axis)
    once = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return once, once @ once


def polynomials(coefficients: Floats, x: Floats) -> Floats:
    """(n, ...): c0 + c1 x + ... for the rows of the coefficients (n, k)."""
    columns = coefficients.T.reshape(coefficients.shape[1], -1, *[1] * x.ndim)
    total = columns[-1] * x
    for column in columns[-2:0:-1]:
        total = (total + column) * x
    return np.asarray(total + columns[0])


def knee_pose(flexion: Floats, mirror: float) -> tuple[Floats, Floats]:
    """Turn (B, 3, 3) and slide (B, 3) of the shin in the frame of the thigh; mirror -1: left.

    Mirrored in the sagittal plane: an axis (x, y, z) of turning becomes (-x, -y, z).
    """
    flip = np.array([mirror, mirror, 1.0])
    turn_2, turn_3, slide_2, slide_1 = polynomials(_KNEE, flexion)
    rotation = turn_about(KNEE_AXIS * flip, flexion)
    rotation = rotation @ turn_about(_AXIS_2 * flip, turn_2) @ turn_about(_AXIS_3 * flip, turn_3)
    slide = slide_2[..., None] * _AXIS_2 + slide_1[..., None] * _AXIS_3
    return rotation, slide * np.array([1.0, 1.0, mirror])


def patella_pose(flexion: Floats) -> tuple[Floats, Floats]:
    """Turn and slide of the kneecap in the frame of the thigh, from its place at full extension."""
    shift = np.zeros((*flexion.shape, 3))
    shift[..., 0], shift[..., 1], angle = polynomials(_PATELLA, flexion)
    return turn(2, angle), shift


def frames(body: Body, relative: Floats, slide: Floats) -> tuple[Floats, Floats]:
    """Axes (B, S, 3, 3) and origins (B, S, 3) of all segments in the world.

    `relative` (B, S, 3, 3) turns each segment against its parent, `slide` (B, S, 3) shifts its
    joint in the parent's frame; the pelvis's are its own in the world.
    """
    axes = np.empty_like(relative)
    origin = np.empty_like(slide)
    axes[:, 0], origin[:, 0] = relative[:, 0], slide[:, 0]
    for name in SEGMENTS[1:]:
        i, parent = SEGMENT[name], SEGMENT[PARENT[name]]
        axes[:, i] = axes[:, parent] @ relative[:, i]
        at = body.joint[i] + slide[:, i]
        origin[:, i] = origin[:, parent] + np.einsum("bij,bj->bi", axes[:, parent], at)
    return axes, origin


def place(axes: Floats, origin: Floats, segment: Ints, local: Floats) -> Floats:
    """(B, N, 3): world positions of local points (N, 3) of segments (N,)."""
    turned = np.matmul(axes[:, segment], local[..., None])[..., 0]
    return np.asarray(turned + origin[:, segment])


def cross(a: Floats, b: Floats) -> Floats:
    """Cross product over the last axis (numpy's own is slow on small arrays)."""
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-1)
