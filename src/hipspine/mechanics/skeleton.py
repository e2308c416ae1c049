"""Where the bones and muscles of a posture lie, for drawing: world axes, metres.

World axes are those of `pose.py`: X forward, Y up along the standing body, Z to the person's
right; a lying body is given as if it stood, and the picture lays it down.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hipspine.mechanics.body import SEGMENT, Body, Floats
from hipspine.mechanics.muscle_pull import nodes_of
from hipspine.mechanics.pose import fields_of, pose_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.solving import body_for

#: Shares of stature: lengths of upper arm and forearm with half the hand (Drillis and Contini
#: 1966, remembered; for the picture only).
UPPER_ARM, FOREARM = 0.186, 0.20


@dataclass(frozen=True)
class MuscleLine:
    """One muscle: straight pieces (K, 2, 3)."""

    name: str
    side: str
    pieces: Floats


@dataclass(frozen=True)
class Skeleton:
    """axes (S, 3, 3), columns are the segment's own axes; origin (S, 3); scale: stature / 1.70."""

    posture: Posture
    axes: Floats
    origin: Floats
    scale: float
    hip_half_width: float
    c7_in_thorax: Floats
    shoulders: Floats
    hands: Floats
    muscles: tuple[MuscleLine, ...]

    def joint(self, segment: str) -> Floats:
        """The segment's origin (3,), its joint with the one before it."""
        return np.asarray(self.origin[SEGMENT[segment]])

    def place(self, segment: str, local: npt.ArrayLike) -> Floats:
        """World points (N, 3) of local ones (N, 3), metres."""
        i = SEGMENT[segment]
        return np.asarray(self.origin[i] + np.asarray(local) @ self.axes[i].T)

    def turned(self, segment: str, direction: npt.ArrayLike) -> Floats:
        """A direction (3,) of a segment in the world."""
        return np.asarray(self.axes[SEGMENT[segment]] @ np.asarray(direction))


def skeleton(posture: Posture) -> Skeleton:
    """The skeleton of this person in this posture."""
    body = body_for(posture)
    fields = fields_of([posture])
    pose = pose_of(body, fields)
    axes, origin = pose.axes[0], pose.origin[0]
    thorax = SEGMENT["thorax"]
    shoulders = origin[thorax] + body.shoulder @ axes[thorax].T
    return Skeleton(
        posture=posture,
        axes=axes,
        origin=origin,
        scale=posture.height_m / 1.70,
        hip_half_width=body.hip_joint_width / 2,
        c7_in_thorax=body.c7,
        shoulders=shoulders,
        hands=_hands(posture, shoulders, origin),
        muscles=_lines(body, nodes_of(body, pose.axes, pose.origin)[0]),
    )


def _lines(body: Body, nodes: Floats) -> tuple[MuscleLine, ...]:
    pieces = np.stack([nodes[body.piece_start], nodes[body.piece_end]], axis=1)
    return tuple(
        MuscleLine(name[:-2], side, pieces[body.piece_muscle == i])
        for i, (name, side) in enumerate(zip(body.muscles, body.side, strict=True))
    )


def _hands(posture: Posture, shoulders: Floats, origin: Floats) -> Floats:
    """(2, 3): hanging from the shoulders, or where the posture puts them."""
    reach = (UPPER_ARM + FOREARM) * posture.height_m
    hands = shoulders - [0.0, reach, 0.0]
    knees = np.array([origin[SEGMENT["tibia_l"]], origin[SEGMENT["tibia_r"]]])
    hips = np.array([origin[SEGMENT["femur_l"]], origin[SEGMENT["femur_r"]]])
    if posture.hands == "on_thighs":
        hands = hips + 0.7 * (knees - hips) + [0.0, 0.07, 0.0]
    elif posture.hands == "on_armrests":
        hands = shoulders + np.array([0.25, -0.75 * reach, 0.0])
        hands[:, 2] *= 1.35
    elif posture.front_load_kg:
        ahead = origin[SEGMENT["l5"], 0] + (posture.front_load_distance_m or 0.35)
        middle = shoulders.mean(axis=0)
        drop = np.sqrt(max(reach**2 - (ahead - middle[0]) ** 2, (0.3 * reach) ** 2))
        hands = np.array([[ahead, middle[1] - drop, z] for z in (-0.13, 0.13)])
    return np.asarray(hands)
