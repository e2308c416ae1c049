"""Postures as arrays: every field (B,), angles in rad, NaN where nothing was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import Floats
from hipspine.mechanics.posture import Posture

Flags = npt.NDArray[np.bool_]

LYING = ("lying_supine", "lying_prone", "lying_side")
STANCES = ("two_leg", "left_leg", "right_leg", "sitting", *LYING)
DEGREES = (
    *("trunk_flexion", "trunk_lateral_lean", "trunk_rotation"),
    *("pelvic_tilt_change", "lumbar_lordosis_change", "pelvic_obliquity"),
    *("hip_flexion_left", "hip_flexion_right", "knee_flexion_left", "knee_flexion_right"),
    "backrest_inclination",
)
HANDS = ("free", "on_thighs", "on_armrests")


@dataclass(frozen=True)
class Fields:
    """B postures of one body: rad, m, kg, shares; `stance` and `hands` index STANCES and HANDS."""

    stance: npt.NDArray[np.int64]
    angle: dict[str, Floats]
    share_left: Floats
    leg_length_difference: Floats
    hands: npt.NDArray[np.int64]
    hand_load: Floats
    front_load: Floats
    front_distance: Floats
    cane_side: Floats
    cane_share: Floats
    guarding: Floats
    mass: Floats

    @cached_property
    def stands(self) -> Flags:
        """(B,): on one leg or both."""
        return np.asarray(self.stance <= 2)

    @cached_property
    def sits(self) -> Flags:
        """(B,)."""
        return np.asarray(self.stance == 3)

    @cached_property
    def lies(self) -> Flags:
        """(B,)."""
        return np.asarray(self.stance > 3)

    @cached_property
    def stance_side(self) -> Floats:
        """(B,): 1 standing on the right leg, -1 on the left, 0 otherwise."""
        return np.asarray(1.0 * (self.stance == 2) - 1.0 * (self.stance == 1))

    @cached_property
    def share(self) -> Floats:
        """(B, 2): what each foot carries of all that the feet carry, left and right."""
        left = np.where(np.isnan(self.share_left), 0.5, self.share_left)
        left = np.where(self.stance_side == 0, left, 0.5 - 0.5 * self.stance_side)
        return np.stack([left, 1.0 - left], axis=-1)


def fields_of(postures: Sequence[Posture]) -> Fields:
    """The arrays of these postures."""

    def number(name: str, default: float) -> Floats:
        values = [getattr(p, name) for p in postures]
        return np.array([default if v is None else v for v in values], dtype=float)

    angle = {}
    for name in DEGREES:
        both = name.removesuffix("_left").removesuffix("_right")
        given = number(f"{name}_deg", np.nan)
        if both != name:
            given = np.where(np.isnan(given), number(f"{both}_deg", np.nan), given)
        angle[name] = given * (np.pi / 180)
    side = np.array([{"left": -1.0, "right": 1.0}.get(p.cane_hand or "", 0.0) for p in postures])
    guards = [(p.guarding.left, p.guarding.right) if p.guarding else (0.0, 0.0) for p in postures]
    return Fields(
        stance=np.array([STANCES.index(p.stance) for p in postures]),
        angle=angle,
        share_left=number("weight_share_left", np.nan),
        leg_length_difference=number("leg_length_difference_mm", 0.0) / 1000,
        hands=np.array([HANDS.index(p.hands or "free") for p in postures]),
        hand_load=np.stack([number("hand_load_left_kg", 0), number("hand_load_right_kg", 0)], -1),
        front_load=number("front_load_kg", 0.0),
        front_distance=number("front_load_distance_m", c.FRONT_DISTANCE),
        cane_side=side,
        cane_share=np.where(side != 0, number("cane_force_percent_bw", c.CANE_PERCENT) / 100, 0.0),
        guarding=np.array(guards, dtype=float),
        mass=number("mass_kg", np.nan),
    )


def stacked(many: Sequence[Fields]) -> Fields:
    """Several batches as one."""
    first = many[0]
    joined = {
        name: np.concatenate([getattr(f, name) for f in many])
        for name in Fields.__dataclass_fields__
        if name != "angle"
    }
    angle = {name: np.concatenate([f.angle[name] for f in many]) for name in first.angle}
    return Fields(angle=angle, **joined)


def default_angles(fields: Fields) -> dict[str, Floats]:
    """Trunk flexion and lean and pelvic obliquity (B,) where they are not given, rad."""
    side = fields.stance_side
    backrest = fields.angle["backrest_inclination"]
    seated = np.where(np.isnan(backrest), c.SITTING_TRUNK, -backrest)
    flexion = np.where(fields.sits, seated, 0.0)
    return {
        "trunk_flexion": np.where(side != 0, c.ONE_LEG_FLEXION, flexion),
        "trunk_lateral_lean": c.ONE_LEG_LEAN * side + _counter_lean(fields),
        "pelvic_obliquity": -c.ONE_LEG_OBLIQUITY * side,
    }


def _counter_lean(fields: Fields) -> Floats:
    """Lean away from a load in one hand while standing, right +, rad."""
    uneven = fields.hand_load[:, 0] - fields.hand_load[:, 1]
    return np.where(fields.stands, c.COUNTER_LEAN * uneven / fields.mass * c.HAND_LEAN, 0.0)
