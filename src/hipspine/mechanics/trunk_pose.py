"""How pelvis and lumbar spine share an inclination of the trunk."""

from functools import cache

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import SEGMENT, Body, Floats
from hipspine.mechanics.fields import Fields, default_angles
from hipspine.mechanics.kinematics import turn

#: Newton steps: the functions are nearly straight, three reach rounding in ordinary postures.
STEPS = 6
SETTLED = 1e-11  # rad


def turns_of_trunk(
    body: Body, fields: Fields
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats, Floats]]:
    """Turns of pelvis (B, 3, 3) and six joints (B, 6, 3, 3); flexion, bending, rotation (B,).

    The three angles are those of the whole lumbar spine, forward, right and right +.
    """
    usual = default_angles(fields)
    forward, flexion, kyphosis = _sagittal(body, fields, usual["trunk_flexion"])
    obliquity = _obliquity(body, fields, usual["pelvic_obliquity"])
    lean = _or(fields.angle["trunk_lateral_lean"], usual["trunk_lateral_lean"])
    bending = _frontal(body, obliquity, lean)
    rotation = np.nan_to_num(fields.angle["trunk_rotation"])
    lumbar = rotation * c.LUMBAR_SHARE_OF_ROTATION
    shares = _shares()
    flex = np.concatenate([flexion[:, None] * shares[0], kyphosis[:, None]], axis=1)
    twist = np.concatenate([lumbar[:, None] * shares[2], (rotation - lumbar)[:, None]], axis=1)
    joints = turn(2, -flex)
    joints[:, :5] = joints[:, :5] @ turn(0, bending[:, None] * shares[1])
    joints = joints @ turn(1, -twist)
    pelvis = turn(0, -obliquity) @ turn(2, -forward)
    return (pelvis, joints), (flexion, bending, lumbar)


def pelvis_forward(pelvis: Floats) -> Floats:
    """(B,): forward turn of a pelvis (B, 3, 3), rad."""
    return np.arctan2(pelvis[:, 0, 1], pelvis[:, 0, 0])


def _or(given: Floats, usual: Floats) -> Floats:
    return np.where(np.isnan(given), usual, given)


@cache
def _shares() -> tuple[Floats, Floats, Floats]:
    return tuple(map(np.array, (c.FLEXION_SHARES, c.BENDING_SHARES, c.ROTATION_SHARES)))  # type: ignore[return-value]


@cache
def _weights(shares: tuple[float, ...]) -> Floats:
    """What of the whole lumbar angle has turned each piece of the line L5/S1 to C7."""
    return np.append(np.cumsum(shares), 1.0)


def _chain(body: Body, across: int) -> np.ndarray:
    """Pieces of the line L5/S1 to C7 as complex numbers: height + i * (forward or right)."""
    pieces = np.zeros((6, 3))
    pieces[:4] = body.joint[SEGMENT["l4"] : SEGMENT["l1"] + 1]
    pieces[5] = body.joint[SEGMENT["thorax"]] + body.c7
    return np.asarray(pieces[:, 1] + 1j * pieces[:, across])


def rhythm(total: Floats) -> tuple[Floats, Floats]:
    """Share of the lumbar spine in a forward turn of the upper trunk (rad), and its slope there."""
    knots, shares = c.RHYTHM_KNOTS, c.RHYTHM_LUMBAR_SHARE
    interval = np.clip(np.searchsorted(knots, total, side="right") - 1, 0, len(shares) - 1)
    slope = shares[interval]
    return c.RHYTHM_LUMBAR[interval] + (total - knots[interval]) * slope, slope


def _sagittal(body: Body, fields: Fields, usual: Floats) -> tuple[Floats, Floats, Floats]:
    """Forward turn of the pelvis, lumbar flexion and extra kyphosis that give the inclination.

    Of pelvis and lumbar spine what is given stays; what is not, follows: both by the rhythm, one
    by the inclination. Where both are given the upper trunk makes up the difference; it also does
    its part when the lordosis changes in standing, where the hips let the pelvis roll only so far.
    """
    target = _or(fields.angle["trunk_flexion"], usual)
    pelvis, lumbar = fields.angle["pelvic_tilt_change"], -fields.angle["lumbar_lordosis_change"]
    held = fields.stands & np.isnan(pelvis) & np.isnan(fields.angle["trunk_flexion"])
    pelvis = np.where(held, -lumbar * c.PELVIS_WITH_LORDOSIS, pelvis)
    no_pelvis, no_lumbar = np.isnan(pelvis), np.isnan(lumbar)
    # Sitting rolls the pelvis back before the trunk bends on, and the lumbar spine makes up for it.
    roll = np.where(fields.sits & no_pelvis, c.SITTING_PELVIS, 0.0)
    by_rhythm = no_pelvis & no_lumbar
    # One unknown t: forward = f0 + f1 t, flexion = l0 + l1 t, kyphosis = k1 t, or the rhythm.
    f1 = 1.0 * (no_pelvis & ~no_lumbar)
    l1 = 1.0 * (no_lumbar & ~no_pelvis)
    k1 = 1.0 * (~no_pelvis & ~no_lumbar)
    f0 = np.where(no_pelvis, 0.0, pelvis) + roll
    l0 = np.where(no_lumbar, -roll, lumbar)
    chain, weights = _chain(body, 0), _weights(c.FLEXION_SHARES)
    upright = np.angle(chain.sum())
    t = np.where(no_pelvis, target, 0.0)
    for _ in range(STEPS):
        share, slope = rhythm(t)
        forward = f0 + np.where(by_rhythm, t - share, f1 * t)
        flexion = l0 + np.where(by_rhythm, share, l1 * t)
        angles = forward[:, None] + flexion[:, None] * weights
        angles[:, 5] += k1 * t
        pieces = chain * np.exp(1j * angles)
        whole = pieces.sum(axis=1)
        error = np.angle(whole) - upright - target
        if np.abs(error).max() < SETTLED:
            break
        rates = np.where(by_rhythm, 1 - slope, f1)[:, None]
        rates = rates + np.where(by_rhythm, slope, l1)[:, None] * weights
        rates[:, 5] += k1
        gain = ((pieces * rates).sum(axis=1) / whole).real
        t = t - error / np.maximum(gain, 0.2)
    return forward, flexion, np.asarray(k1 * t)


def _obliquity(body: Body, fields: Fields, usual: Floats) -> Floats:
    """Right side up +: a longer right leg lifts it in two-leg stance, a free one on one leg."""
    implied = np.arcsin(np.clip(fields.leg_length_difference / body.hip_joint_width, -0.9, 0.9))
    implied = np.where(fields.stance == 0, implied, 0.0)
    return _or(fields.angle["pelvic_obliquity"], usual + implied)


def _frontal(body: Body, obliquity: Floats, lean: Floats) -> Floats:
    """Lumbar bending to the right that gives the lean of the trunk, whatever the pelvis does."""
    chain, weights = _chain(body, 2), _weights(c.BENDING_SHARES)
    bending = lean + obliquity
    for _ in range(STEPS):
        pieces = chain * np.exp(1j * (bending[:, None] * weights - obliquity[:, None]))
        whole = pieces.sum(axis=1)
        error = np.angle(whole) - lean
        if np.abs(error).max() < SETTLED:
            break
        gain = ((pieces * weights).sum(axis=1) / whole).real
        bending = bending - error / np.maximum(gain, 0.2)
    return bending
