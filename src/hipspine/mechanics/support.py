"""Everything outside that pushes on the body: weight, floor, seat, backrest, cane, hands.

Forces as wrenches on segments in the world (X forward, Y up, Z right), N and m. The supports are
found from the balance of the whole body, so that nothing is left over.
"""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import SEGMENT, SEGMENTS, Body, Floats
from hipspine.mechanics.kinematics import place
from hipspine.mechanics.passive import bending_moment
from hipspine.mechanics.pose import LYING, Fields, Pose

UPPER = (0, 1, 2, 3, 4, 5, 6)
THORAX = SEGMENT["thorax"]


@dataclass(frozen=True)
class Outside:
    """(B, F, ...) forces: `at` and `force` (B, F, 3), the segment (F,) each acts on.

    `foot_shift` (B,): how far ahead of its usual place the foot pressure has to lie, m;
    `unsupported` (B,): the floor would have to push from beyond the feet.
    """

    segment: np.ndarray
    at: Floats
    force: Floats
    foot_shift: Floats
    unsupported: np.ndarray

    def residual(self) -> Floats:
        """(B, 6): net force (N) and moment about the world's origin (Nm); zero in balance."""
        moment = np.cross(self.at, self.force).sum(axis=1)
        return np.concatenate([self.force.sum(axis=1), moment], axis=-1)


@dataclass
class _Pushes:
    """Collects forces."""

    segment: list[int]
    at: list[Floats]
    force: list[Floats]

    def add(self, segment: int, at: Floats, force: Floats) -> None:
        self.segment.append(segment)
        self.at.append(at)
        self.force.append(force)

    def vertical(self, segment: int, at: Floats, newtons: Floats) -> None:
        """An upward push (B,) at points (B, 3)."""
        force = np.zeros_like(at)
        force[:, 1] = newtons
        self.add(segment, at, force)

    def net(self) -> tuple[Floats, Floats]:
        """Force and moment about the origin, (B, 3) each."""
        at, force = np.stack(self.at, axis=1), np.stack(self.force, axis=1)
        return force.sum(axis=1), np.cross(at, force).sum(axis=1)


def arms(body: Body, fields: Fields, axes: Floats, origin: Floats) -> list[tuple[Floats, Floats]]:
    """Weights (mass (B,), point (B, 3)) that hang on the rib cage: two arms, three loads.

    A hanging arm pulls straight down through the shoulder; hands that carry something in front
    take the arms' centre half of the way there.
    """
    count = fields.stance.size
    found = []
    carries = fields.front_load > 0
    ahead = origin[:, SEGMENT["l5"], 0] + fields.front_distance
    middle = np.zeros((count, 3))
    for i in range(2):
        shoulder = place(axes, origin, np.array([THORAX]), body.shoulder[[i]])[:, 0]
        arm = shoulder.copy()
        arm[:, 0] = np.where(carries, (arm[:, 0] + ahead) / 2, arm[:, 0])
        found.append((np.full(count, body.arm_mass), arm))
        hand = shoulder.copy()
        hand[:, 2] += (-1, 1)[i] * c.HAND_OUTWARD
        found.append((fields.hand_load[:, i], hand))
        middle += shoulder / 2
    front = middle.copy()
    front[:, 0] = ahead
    found.append((fields.front_load, front))
    return found


def upper_body(body: Body, fields: Fields, axes: Floats, origin: Floats) -> tuple[Floats, Floats]:
    """Mass (B,) and centre (B, 3) of pelvis, trunk, head, arms and what they carry."""
    upper = np.array(UPPER)
    centres = place(axes, origin, upper, body.centre[upper])
    moment = (body.segment_mass[upper, None] * centres).sum(axis=1)
    mass = np.full(fields.stance.size, body.segment_mass[upper].sum())
    for extra, at in arms(body, fields, axes, origin):
        moment = moment + extra[:, None] * at
        mass = mass + extra
    return mass, moment / mass[:, None]


def outside(body: Body, fields: Fields, pose: Pose) -> Outside:
    """All outside forces in balance."""
    pushes = _Pushes([], [], [])
    _weights(body, fields, pose, pushes)
    lies, sits = fields.is_stance(*LYING), fields.is_stance("sitting")
    _bed(pushes, lies)
    _lean_on_hands(body, fields, pose, pushes)
    _backrest(body, fields, pose, pushes)
    _chair_under_legs(pushes, sits)
    _cane(body, fields, pose, pushes)
    shift, unsupported = _floor_or_seat(body, pose, pushes, lies, sits)
    at, force = np.stack(pushes.at, axis=1), np.stack(pushes.force, axis=1)
    return Outside(np.array(pushes.segment), at, force, shift, unsupported)


def _weights(body: Body, fields: Fields, pose: Pose, pushes: _Pushes) -> None:
    every = np.arange(len(SEGMENTS))
    centres = place(pose.axes, pose.origin, every, body.centre)
    for i in every:
        newtons = np.full(fields.stance.size, -body.segment_mass[i] * c.GRAVITY)
        pushes.vertical(int(i), centres[:, i], newtons)
    for mass, at in arms(body, fields, pose.axes, pose.origin):
        pushes.vertical(THORAX, at, -mass * c.GRAVITY)


def _bed(pushes: _Pushes, lies: np.ndarray) -> None:
    """Lying down, every part is carried where it is."""
    for segment, at, force in list(zip(pushes.segment, pushes.at, pushes.force, strict=True)):
        pushes.add(segment, at, -force * lies[:, None])


def _chair_under_legs(pushes: _Pushes, sits: np.ndarray) -> None:
    """Sitting, seat and floor carry the legs where they are."""
    legs = {i for i, name in enumerate(SEGMENTS) if name.endswith(("_l", "_r"))}
    for segment, at, force in list(zip(pushes.segment, pushes.at, pushes.force, strict=True)):
        if segment in legs:
            pushes.add(segment, at, -force * sits[:, None])


def _lean_on_hands(body: Body, fields: Fields, pose: Pose, pushes: _Pushes) -> None:
    """Hands on thighs or armrests take the arms' weight and a part of the trunk's.

    On thighs the same force presses on the middle of both thighs.
    """
    on_thighs, on_rests = fields.hands == "on_thighs", fields.hands == "on_armrests"
    weight = body.mass_kg * c.GRAVITY
    arm = body.arm_mass * c.GRAVITY
    leans = (on_thighs | on_rests) & ~fields.is_stance(*LYING)
    push = np.where(leans, arm + weight * c.HANDS_SHARE / 2, 0.0)
    for i, s in enumerate("lr"):
        shoulder = place(pose.axes, pose.origin, np.array([THORAX]), body.shoulder[[i]])[:, 0]
        thigh = SEGMENT[f"femur_{s}"]
        along = body.joint[[SEGMENT[f"tibia_{s}"]]] * 0.7
        middle = place(pose.axes, pose.origin, np.array([thigh]), along)
        pushes.vertical(THORAX, shoulder, push)
        pushes.vertical(thigh, middle[:, 0], np.where(on_thighs, -push, 0.0))


def _backrest(body: Body, fields: Fields, pose: Pose, pushes: _Pushes) -> None:
    """A push square to the backrest at the shoulder blades that stops the trunk falling back.

    Friction along the backrest carries a share of the push.
    """
    inclination = np.nan_to_num(fields.angle["backrest_inclination"])
    leans = ~np.isnan(fields.angle["backrest_inclination"]) & fields.is_stance("sitting")
    normal = np.stack([np.cos(inclination), np.sin(inclination), 0 * inclination], -1)
    along = np.stack([-np.sin(inclination), np.cos(inclination), 0 * inclination], -1)
    push = normal + c.BACKREST_FRICTION * along
    at = place(pose.axes, pose.origin, np.array([THORAX]), body.c7[None] * c.BACKREST_HEIGHT)[:, 0]
    joint = pose.origin[:, SEGMENT["l5"]]
    above = np.array([segment in UPPER[1:] for segment in pushes.segment])
    points, forces = np.stack(pushes.at, axis=1), np.stack(pushes.force, axis=1)
    stretched = bending_moment(pose.flexion) * body.mass_kg / c.PASSIVE_MASS
    gravity = stretched + np.cross(points - joint[:, None], forces)[:, above, 2].sum(axis=1)
    arm = np.cross(at - joint, push)[:, 2]
    size = np.where(leans & (arm < 0), np.maximum(gravity / -np.minimum(arm, -1e-6), 0.0), 0.0)
    most = body.mass_kg * c.GRAVITY
    pushes.add(THORAX, at, push * np.minimum(size, most)[:, None])


def _cane(body: Body, fields: Fields, pose: Pose, pushes: _Pushes) -> None:
    """A straight upward push on the hand that holds the cane, beside the body's centre."""
    standing = fields.is_stance("two_leg", "left_leg", "right_leg")
    newtons = np.where(standing, fields.cane_share, 0.0) * body.mass_kg * c.GRAVITY
    force, moment = pushes.net()
    at = np.zeros((newtons.size, 3))
    at[:, 0] = moment[:, 2] / np.where(force[:, 1] == 0, 1.0, force[:, 1])
    at[:, 2] = fields.cane_side * c.CANE_REACH * body.height_m
    pushes.vertical(THORAX, at, newtons)


def _floor_or_seat(
    body: Body, pose: Pose, pushes: _Pushes, lies: np.ndarray, sits: np.ndarray
) -> tuple[Floats, np.ndarray]:
    """What is left to carry: under the pelvis in sitting, under both feet in standing.

    The feet press so that the whole is in balance; returns how far ahead of their usual place,
    and whether that is beyond the feet.
    """
    force, moment = pushes.net()
    left = -force
    size = np.where(np.abs(left[:, 1]) < 1e-6, 1.0, left[:, 1])
    # A vertical push F at (x, ., z) has the moment (-z F, 0, x F) about the origin.
    seat = np.zeros_like(force)
    seat[:, 1] = pose.origin[:, SEGMENT["femur_r"], 1]
    seat[:, 0] = (-moment[:, 2] + left[:, 0] * seat[:, 1]) / size
    seat[:, 2] = moment[:, 0] / size
    pushes.add(SEGMENT["pelvis"], seat, left * sits[:, None])
    ankles = np.stack([pose.origin[:, SEGMENT["foot_l"]], pose.origin[:, SEGMENT["foot_r"]]], 1)
    usual = ankles + np.array([c.FOOT_CENTRE * body.height_m, 0.0, 0.0])
    newtons = pose.share * left[:, 1][:, None] * ~(lies | sits)[:, None]
    total = np.where(newtons.sum(axis=1) == 0, 1.0, newtons.sum(axis=1))
    ahead = (-moment[:, 2] - (newtons * usual[..., 0]).sum(axis=1)) / total
    aside = (moment[:, 0] - (newtons * usual[..., 2]).sum(axis=1)) / total
    stands = ~(lies | sits)
    for i, s in enumerate("lr"):
        at = usual[:, i].copy()
        at[:, 0] += ahead
        at[:, 2] += aside
        pushes.vertical(SEGMENT[f"foot_{s}"], at, newtons[:, i])
    reach = np.array(c.FOOT_REACH) * body.height_m - c.FOOT_CENTRE * body.height_m
    beyond = (ahead < reach[0]) | (ahead > reach[1]) | (np.abs(aside) > 0.05)
    return np.where(stands, ahead, 0.0), stands & beyond
