"""Everything outside that pushes on the body: weight, floor, seat, backrest, cane, hands.

Forces as wrenches on segments in the world (X forward, Y up, Z right), N and m. The supports are
found from the balance of the whole body, so that nothing is left over. What a bed carries where it
is, and the legs on seat and floor, is left out with its weight.
"""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import SEGMENT, SEGMENTS, Body, Floats
from hipspine.mechanics.fields import HANDS, Fields, Flags
from hipspine.mechanics.kinematics import cross
from hipspine.mechanics.leg_pose import FEET, SHINS, THIGHS
from hipspine.mechanics.passive import bending_moment
from hipspine.mechanics.pose import Pose
from hipspine.mechanics.weights import THORAX, weights

_COUNT = len(SEGMENTS)
#: Segments of the forces in order: weights of segments, five hanging weights, hands on the rib
#: cage (2) and on the thighs (2), backrest, cane, seat, feet (2).
SEGMENT_OF_FORCE = np.array(
    [*range(_COUNT), *[THORAX] * 5, THORAX, THORAX, *THIGHS, THORAX, THORAX, 0, *FEET]
)
WEIGHTS = _COUNT + 5
ON_RIBS, ON_THIGHS = slice(WEIGHTS, WEIGHTS + 2), slice(WEIGHTS + 2, WEIGHTS + 4)
BACKREST, CANE, SEAT = WEIGHTS + 4, WEIGHTS + 5, WEIGHTS + 6
FLOOR = slice(WEIGHTS + 7, WEIGHTS + 9)
_LEGS = np.array([name.endswith(("_l", "_r")) for name in SEGMENTS] + [False] * 5)
#: What lies above L5/S1.
_ABOVE = (SEGMENT_OF_FORCE >= 1) & (SEGMENT_OF_FORCE <= THORAX)


@dataclass(frozen=True)
class Outside:
    """`at` and `force` (B, F, 3) of forces on the segments (F,).

    `foot_shift` (B,): how far ahead of its usual place the foot pressure has to lie, m;
    `unsupported` (B,): the floor would have to push from beyond the feet.
    """

    segment: np.ndarray
    at: Floats
    force: Floats
    foot_shift: Floats
    unsupported: Flags

    def residual(self) -> Floats:
        """(B, 6): net force (N) and moment about the world's origin (Nm); zero in balance."""
        return np.concatenate(_net(self.at, self.force), axis=-1)


def _net(at: Floats, force: Floats) -> tuple[Floats, Floats]:
    return force.sum(axis=1), cross(at, force).sum(axis=1)


def outside(body: Body, fields: Fields, pose: Pose) -> Outside:
    """All outside forces in balance."""
    count = fields.stance.size
    at, force = np.zeros((count, SEGMENT_OF_FORCE.size, 3)), None
    at[:, :WEIGHTS], newtons = weights(body, pose.hung, pose.axes, pose.origin)
    carried = fields.lies[:, None] | (fields.sits[:, None] & _LEGS)
    force = np.zeros_like(at)
    force[:, :WEIGHTS, 1] = np.where(carried, 0.0, -newtons)
    _hands(body, fields, pose, at, force)
    _backrest(body, fields, pose, at, force)
    _cane(body, fields, at, force)
    shift, unsupported = _floor_or_seat(body, fields, pose, at, force)
    return Outside(SEGMENT_OF_FORCE, at, force, shift, unsupported)


def _hands(body: Body, fields: Fields, pose: Pose, at: Floats, force: Floats) -> None:
    """Hands on thighs or armrests take the arms' weight and a part of the trunk's.

    On thighs the same force presses on the middle of both thighs; a seat takes it from there.
    """
    leans = (fields.hands > 0) & ~fields.lies
    if not leans.any():
        return
    push = np.where(leans, c.GRAVITY * (body.arm_mass + body.mass_kg * c.HANDS_SHARE / 2), 0.0)
    on_thighs = (fields.hands == HANDS.index("on_thighs")) & ~fields.sits
    at[:, ON_RIBS] = pose.hung.at[:, 2:4]
    force[:, ON_RIBS, 1] = push[:, None]
    along = 0.7 * body.joint[SHINS]
    at[:, ON_THIGHS] = pose.origin[:, THIGHS] + np.einsum(
        "bnij,nj->bni", pose.axes[:, THIGHS], along
    )
    force[:, ON_THIGHS, 1] = -np.where(on_thighs, push, 0.0)[:, None]


def _backrest(body: Body, fields: Fields, pose: Pose, at: Floats, force: Floats) -> None:
    """A push square to the backrest at the shoulder blades that stops the trunk falling back.

    Friction along the backrest carries a share of the push.
    """
    leans = ~np.isnan(fields.angle["backrest_inclination"]) & fields.sits
    if not leans.any():
        return
    back = np.nan_to_num(fields.angle["backrest_inclination"])
    cos, sin, none = np.cos(back), np.sin(back), np.zeros_like(back)
    push = np.stack([cos, sin, none], -1) + c.BACKREST_FRICTION * np.stack([-sin, cos, none], -1)
    here = pose.axes[:, THORAX] @ (body.c7 * c.BACKREST_HEIGHT) + pose.origin[:, THORAX]
    joint = pose.origin[:, SEGMENT["l5"]]
    moment = cross(at - joint[:, None], force)[:, _ABOVE, 2].sum(axis=1)
    moment = moment + bending_moment(pose.flexion) * body.mass_kg / c.PASSIVE_MASS
    lever = cross(here - joint, push)[:, 2]
    size = np.where(leans & (lever < 0), moment / -np.minimum(lever, -1e-6), 0.0)
    at[:, BACKREST] = here
    force[:, BACKREST] = push * np.clip(size, 0.0, body.mass_kg * c.GRAVITY)[:, None]


def _cane(body: Body, fields: Fields, at: Floats, force: Floats) -> None:
    """A straight upward push on the hand that holds the cane, beside the body's centre."""
    if not fields.cane_share.any():
        return
    net, moment = _net(at, force)
    at[:, CANE, 0] = moment[:, 2] / np.where(net[:, 1] == 0, 1.0, net[:, 1])
    at[:, CANE, 2] = fields.cane_side * c.CANE_REACH * body.height_m
    push = np.where(fields.stands, fields.cane_share, 0.0)
    force[:, CANE, 1] = push * body.mass_kg * c.GRAVITY


def _floor_or_seat(
    body: Body, fields: Fields, pose: Pose, at: Floats, force: Floats
) -> tuple[Floats, Flags]:
    """What is left to carry: under the pelvis in sitting, under both feet in standing.

    The feet press so that the whole is in balance; returns how far ahead of their usual place,
    and whether that is beyond the feet.
    """
    net, moment = _net(at, force)
    left = -net
    size = np.where(np.abs(left[:, 1]) < 1e-6, 1.0, left[:, 1])
    # A vertical push F at (x, ., z) has the moment (-z F, 0, x F) about the origin.
    at[:, SEAT, 1] = pose.origin[:, THIGHS[1], 1]
    at[:, SEAT, 0] = (-moment[:, 2] + left[:, 0] * at[:, SEAT, 1]) / size
    at[:, SEAT, 2] = moment[:, 0] / size
    force[:, SEAT] = left * fields.sits[:, None]
    usual = pose.origin[:, FEET] + np.array([c.FOOT_CENTRE * body.height_m, 0.0, 0.0])
    newtons = fields.share * (left[:, 1] * fields.stands)[:, None]
    total = newtons.sum(axis=1)
    total = np.where(total == 0, 1.0, total)
    ahead = (-moment[:, 2] - (newtons * usual[..., 0]).sum(axis=1)) / total
    aside = (moment[:, 0] - (newtons * usual[..., 2]).sum(axis=1)) / total
    usual[..., 0] += ahead[:, None]
    usual[..., 2] += aside[:, None]
    at[:, FLOOR], force[:, FLOOR, 1] = usual, newtons
    low, high = ((reach - c.FOOT_CENTRE) * body.height_m for reach in c.FOOT_REACH)
    beyond = (ahead < low) | (ahead > high) | (np.abs(aside) > 0.05)
    return np.where(fields.stands, ahead, 0.0), fields.stands & beyond
