"""What holds the lumbar spine without muscle: ligaments, fascia, discs, and abdominal pressure."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import CUTS, SEGMENT, Body, Floats
from hipspine.mechanics.kinematics import cross
from hipspine.mechanics.pose import Pose
from hipspine.mechanics.rows import LUMBAR

ABOVE = [SEGMENT[CUTS[name]] for name in LUMBAR]
BELOW = [SEGMENT["pelvis"], *ABOVE[:-1]]
THIGHS = [SEGMENT["femur_l"], SEGMENT["femur_r"]]


@dataclass(frozen=True)
class Passive:
    """On what lies above each lumbar cut: moment (B, 5, 3), world, Nm; compression (B,), N.

    `hip_moment` (B, 2) flexes the left and right hip, Nm; its ligament pulls the leg up into the
    socket with `hip_pull` (B, 2), N.
    `abdominal_force` (B, 3) lifts the rib cage, N, with `abdominal_moment` (B, 5, 3) about each
    joint; `ligament_moment` (B,) is the flexion moment that passive tissue resists, Nm.
    """

    moment: Floats
    compression: Floats
    ligament_moment: Floats
    hip_moment: Floats
    hip_pull: Floats
    abdominal_pressure: Floats
    abdominal_force: Floats
    abdominal_moment: Floats


def bending_moment(flexion: Floats) -> Floats:
    """Passive moment against lumbar flexion (rad, sum of the five joints), Nm, extension +."""
    degrees = np.degrees(flexion)
    bent = c.PASSIVE_FLEXION[0] * np.expm1(c.PASSIVE_FLEXION[1] * np.maximum(degrees, 0.0))
    arched = c.PASSIVE_EXTENSION[0] * np.expm1(c.PASSIVE_EXTENSION[1] * np.maximum(-degrees, 0.0))
    return np.minimum(bent, c.PASSIVE_LIMIT) - np.minimum(arched, c.PASSIVE_LIMIT)


def passive_of(body: Body, pose: Pose, flexing: Floats) -> Passive:
    """The passive part; `flexing` (B,) is the flexion moment of weights at L5/S1, Nm."""
    size = body.mass_kg / c.PASSIVE_MASS
    extension = bending_moment(pose.flexion) * size
    side = -c.PASSIVE_BENDING * np.degrees(pose.bending) * size
    twist = c.PASSIVE_ROTATION * np.degrees(pose.rotation) * size
    # Flexion turns about -Z, bending to the right about +X, rotation to the right about -Y.
    local = np.stack([side, twist, extension], axis=-1)
    moment = (pose.axes[:, BELOW] @ local[:, None, :, None])[..., 0]
    compression = np.abs(extension) / c.PASSIVE_LEVER
    pressure = c.ABDOMINAL_PRESSURE * np.maximum(flexing - c.ABDOMINAL_FROM, 0.0)
    pressure = np.minimum(pressure, c.ABDOMINAL_LIMIT)
    area = c.DIAPHRAGM_AREA * (body.height_m / 1.75) ** 2
    up = pose.axes[:, SEGMENT["l1"], :, 1]
    force = up * (pressure * area)[:, None]
    ahead = pose.axes[:, SEGMENT["l1"], :, 0] * c.DIAPHRAGM_LEVER
    at = pose.origin[:, SEGMENT["l1"]] + ahead
    lift = cross(at[:, None] - pose.origin[:, ABOVE], force[:, None])
    # A thigh that a seat or a bed carries settles where nothing pulls at it.
    hip = hip_moment(hip_flexion(pose), pose.knees) * size * pose.stands[:, None]
    return Passive(
        moment,
        compression,
        extension,
        hip,
        np.abs(hip) / c.PASSIVE_HIP_LEVER,
        pressure,
        force,
        lift,
    )


def hip_flexion(pose: Pose) -> Floats:
    """(B, 2): flexion of the left and right hip in the sagittal plane of the pelvis, rad."""
    relative = np.matmul(np.swapaxes(pose.axes[:, None, 0], 2, 3), pose.axes[:, THIGHS])
    return np.asarray(np.arctan2(-relative[..., 0, 1], relative[..., 1, 1]))


def hip_moment(flexion: Floats, knee: Floats) -> Floats:
    """Passive moment of a hip, Nm, flexion +, from flexion of hip and knee (rad)."""
    a, b, k, d, e, f, offset = c.PASSIVE_HIP
    hips, knees = np.degrees(flexion), np.degrees(knee)
    moment = np.exp(a - b * knees - k * hips) - np.exp(d - e * knees + f * hips) + offset
    return np.clip(moment, -c.PASSIVE_HIP_LIMIT, c.PASSIVE_HIP_LIMIT)
