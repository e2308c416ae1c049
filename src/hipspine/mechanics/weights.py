"""What weighs: segments, arms and what the hands carry."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import SEGMENT, SEGMENTS, Body, Floats
from hipspine.mechanics.fields import Fields

#: Pelvis, lumbar vertebrae and thorax (with the head).
UPPER = slice(0, 7)
THORAX = SEGMENT["thorax"]


@dataclass(frozen=True)
class Hanging:
    """Five weights that hang on the rib cage: two arms, a load in each hand, a load in front.

    `mass` (B, 5) kg at points `at` (B, 5, 3).
    """

    mass: Floats
    at: Floats


def hanging(body: Body, fields: Fields, axes: Floats, origin: Floats) -> Hanging:
    """A hanging arm pulls straight down through the shoulder.

    Hands that carry something in front take the arms' centre half of the way there.
    """
    count = fields.stance.size
    shoulders = (axes[:, THORAX] @ body.shoulder.T).swapaxes(1, 2) + origin[:, None, THORAX]
    at = np.empty((count, 5, 3))
    at[:, 0:2] = at[:, 2:4] = shoulders
    at[:, 2, 2] -= c.HAND_OUTWARD
    at[:, 3, 2] += c.HAND_OUTWARD
    ahead = origin[:, SEGMENT["l5"], 0] + fields.front_distance
    at[:, 4] = 0.5 * (shoulders[:, 0] + shoulders[:, 1])
    at[:, 4, 0] = ahead
    carries = (fields.front_load > 0)[:, None]
    at[:, 0:2, 0] = np.where(carries, (shoulders[..., 0] + ahead[:, None]) / 2, shoulders[..., 0])
    mass = np.empty((count, 5))
    mass[:, 0:2] = body.arm_mass
    mass[:, 2:4] = fields.hand_load
    mass[:, 4] = fields.front_load
    return Hanging(mass, at)


def centres(body: Body, axes: Floats, origin: Floats, segments: slice) -> Floats:
    """(B, n, 3): centres of mass of a run of segments in the world."""
    turned = np.matmul(axes[:, segments], body.centre[segments][..., None])[..., 0]
    return np.asarray(turned + origin[:, segments])


def upper_body(body: Body, hung: Hanging, axes: Floats, origin: Floats) -> tuple[Floats, Floats]:
    """Mass (B,) and centre (B, 3) of pelvis, trunk, head, arms and what they carry."""
    mass = body.segment_mass[UPPER]
    moment = mass @ centres(body, axes, origin, UPPER)
    moment = moment + (hung.mass[..., None] * hung.at).sum(axis=1)
    whole = mass.sum() + hung.mass.sum(axis=1)
    return whole, moment / whole[:, None]


def weights(body: Body, hung: Hanging, axes: Floats, origin: Floats) -> tuple[Floats, Floats]:
    """Points (B, S + 5, 3) and newtons (B, S + 5) of all weights, segments first."""
    every = centres(body, axes, origin, slice(0, len(SEGMENTS)))
    own = np.broadcast_to(body.segment_mass, every.shape[:2])
    at = np.concatenate([every, hung.at], axis=1)
    return at, np.concatenate([own, hung.mass], axis=1) * c.GRAVITY
