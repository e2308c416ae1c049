"""How the legs stand so that the body balances over its feet: one closed form in each plane."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import MIRROR, SEGMENT, Body, Floats
from hipspine.mechanics.fields import Fields
from hipspine.mechanics.kinematics import knee_pose, patella_pose

#: Left and right.
THIGHS = [SEGMENT["femur_l"], SEGMENT["femur_r"]]
SHINS = [SEGMENT["tibia_l"], SEGMENT["tibia_r"]]
FEET = [SEGMENT["foot_l"], SEGMENT["foot_r"]]
PATELLAE = [SEGMENT["patella_l"], SEGMENT["patella_r"]]
_FLIP = np.array([np.outer(MIRROR, MIRROR), np.ones((3, 3))])
_SLIDE = np.array([MIRROR, np.ones(3)])


@dataclass(frozen=True)
class Legs:
    """Both legs in the frame of the thigh, left and right.

    `shin` (B, 2, 3, 3) and `knee` (B, 2, 3): turn and joint of the shin; `cap`, `cap_at`: of the
    kneecap; `ankle` (B, 2, 3); `moment` (B, 2, 3): mass times centre of thigh and shin.
    """

    shin: Floats
    knee: Floats
    cap: Floats
    cap_at: Floats
    ankle: Floats
    moment: Floats
    mass: float
    foot_mass: float
    foot_centre: Floats


def knees_of(fields: Fields) -> Floats:
    """(B, 2): knee flexion, left and right."""
    given = np.stack([fields.angle["knee_flexion_left"], fields.angle["knee_flexion_right"]], -1)
    side = fields.stance_side[:, None] * np.array([1.0, -1.0])  # 1: this leg is free
    usual = np.where(fields.sits[:, None], np.pi / 2, np.where(side == 1, c.SWING_KNEE, 0.0))
    return np.where(np.isnan(given), usual, given)


def legs_of(body: Body, knees: Floats) -> Legs:
    """The legs, bent at the knees (B, 2) and hanging from a thigh that points straight down."""
    shin, slide = knee_pose(knees, 1.0)
    shin, slide = shin * _FLIP, slide * _SLIDE
    cap, shift = patella_pose(knees)
    knee = body.joint[SHINS] + slide
    ankle = knee + _apply(shin, body.joint[FEET])
    mass = body.segment_mass
    moment = mass[THIGHS[0]] * body.centre[THIGHS]
    moment = moment + mass[SHINS[0]] * (knee + _apply(shin, body.centre[SHINS]))
    return Legs(
        shin,
        knee,
        cap,
        body.joint[PATELLAE] + shift,
        ankle,
        moment,
        float(mass[THIGHS[0]] + mass[SHINS[0]]),
        float(mass[FEET[0]]),
        body.centre[FEET],
    )


def _apply(matrix: Floats, v: Floats) -> Floats:
    return np.asarray(np.matmul(matrix, v[..., None])[..., 0])


def balanced_thighs(
    body: Body, fields: Fields, forward: Floats, above: tuple[Floats, Floats, Floats], legs: Legs
) -> tuple[Floats, Floats]:
    """Forward and sideways turn of both thighs in the world (B, 2), rad.

    `forward` (B,) is the pelvis's turn; `above`: mass (B,) and centre (B, 3) of all above the
    legs, and the hips (B, 2, 3). Where the hip is not given the legs turn about the hips until the
    centre of mass stands over the feet.
    """
    given = np.stack([fields.angle["hip_flexion_left"], fields.angle["hip_flexion_right"]], -1)
    free = fields.share == 0
    usual = np.where(fields.sits[:, None], np.pi / 2, np.where(free, c.SWING_THIGH, np.nan))
    flexed = np.where(np.isnan(given), usual, given - forward[:, None])
    flexed = np.where(fields.lies[:, None], np.nan_to_num(given), flexed)
    flexed = _forward(body, fields, flexed, above, legs)
    return flexed, _sideways(body, fields, flexed, above, legs)


def _forward(
    body: Body, fields: Fields, flexed: Floats, above: tuple[Floats, Floats, Floats], legs: Legs
) -> Floats:
    """(B, 2): thighs forward; legs that are NaN turn together until the body balances."""
    mass, centre, hips = above
    whole = mass + 2 * (legs.mass + legs.foot_mass)
    v = legs.moment + (legs.foot_mass - whole[:, None] * fields.share)[..., None] * legs.ankle
    free = np.isnan(flexed)
    # Free legs share the inclination of the line from hip to ankle, so that the feet stand side
    # by side when one knee bends.
    bent = np.arctan2(legs.ankle[..., 0], -legs.ankle[..., 1])
    angle = np.where(free, -bent, flexed)
    cos, sin = np.cos(angle), np.sin(angle)
    ahead_of_hip = v[..., 0] * cos - v[..., 1] * sin
    below_hip = v[..., 0] * sin + v[..., 1] * cos
    fixed = np.where(free, 0.0, ahead_of_hip)
    ahead = centre[:, 0] - 0.5 * (hips[:, 0, 0] + hips[:, 1, 0])
    wanted = whole * (c.FOOT_CENTRE * body.height_m) - mass * ahead - fixed.sum(axis=1)
    wanted = wanted - legs.foot_mass * (legs.foot_centre[0, 0] + legs.foot_centre[1, 0])
    forward, down = (ahead_of_hip * free).sum(axis=1), (below_hip * free).sum(axis=1)
    return np.where(free, _nearest(forward, -down, wanted)[:, None] - bent, flexed)


def _nearest(a: Floats, b: Floats, wanted: Floats) -> Floats:
    """The root of a cos x + b sin x = wanted next to 0; next best where there is none."""
    size = np.maximum(np.hypot(a, b), 1e-9)
    swing = np.arccos(np.clip(wanted / size, -1.0, 1.0))
    middle = np.arctan2(b, a)
    one, other = ((root + np.pi) % (2 * np.pi) - np.pi for root in (middle + swing, middle - swing))
    return np.clip(np.where(np.abs(one) < np.abs(other), one, other), -1.2, 1.2)


def _sideways(
    body: Body, fields: Fields, flexed: Floats, above: tuple[Floats, Floats, Floats], legs: Legs
) -> Floats:
    """(B, 2): sideways turn of the thighs, feet to the left +; a free leg hangs straight."""
    mass, centre, hips = above
    share, one_leg = fields.share, legs.mass + legs.foot_mass
    on_feet = mass + 2 * one_leg - fields.cane_share * body.mass_kg
    carries = on_feet[:, None] * share
    stands = share > 0
    v = legs.moment + (legs.foot_mass - carries)[..., None] * legs.ankle
    height = v[..., 0] * np.sin(flexed) + v[..., 1] * np.cos(flexed)
    fixed = mass * centre[:, 2] + ((one_leg - carries) * hips[..., 2]).sum(axis=1)
    fixed = fixed + np.where(stands, 0.0, v[..., 2]).sum(axis=1)
    cane = fields.cane_share * fields.cane_side * (body.mass_kg * c.CANE_REACH * body.height_m)
    angle = _nearest((v[..., 2] * stands).sum(axis=1), (height * stands).sum(axis=1), cane - fixed)
    return np.where(stands & fields.stands[:, None], angle[:, None], 0.0)
