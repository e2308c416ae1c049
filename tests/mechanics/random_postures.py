"""Postures at random: ordinary ones for properties, hostile ones at the limits of every field."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from hipspine.mechanics.posture import Posture, bounds

STANCES = (
    *("two_leg", "left_leg", "right_leg", "sitting"),
    *("lying_supine", "lying_prone", "lying_side"),
)
#: Fields that swap in a mirror, and fields that change their sign.
SWAPPED = (
    ("hip_flexion_left_deg", "hip_flexion_right_deg"),
    ("knee_flexion_left_deg", "knee_flexion_right_deg"),
    ("hand_load_left_kg", "hand_load_right_kg"),
)
NEGATED = (
    *("trunk_lateral_lean_deg", "trunk_rotation_deg"),
    *("pelvic_obliquity_deg", "leg_length_difference_mm"),
)


def mirrored(fields: dict[str, Any]) -> dict[str, Any]:
    """The same posture in a mirror."""
    other = dict(fields)
    turn = {"left_leg": "right_leg", "right_leg": "left_leg"}
    other["stance"] = turn.get(fields["stance"], fields["stance"])
    for left, right in SWAPPED:
        other[left], other[right] = fields.get(right), fields.get(left)
    for name in NEGATED:
        if fields.get(name) is not None:
            other[name] = -fields[name]
    if fields.get("weight_share_left") is not None:
        other["weight_share_left"] = 1 - fields["weight_share_left"]
    if fields.get("cane_hand"):
        other["cane_hand"] = "right" if fields["cane_hand"] == "left" else "left"
    if fields.get("guarding"):
        other["guarding"] = {
            "left": fields["guarding"]["right"],
            "right": fields["guarding"]["left"],
        }
    return other


@st.composite
def ordinary(draw: st.DrawFn) -> dict[str, Any]:
    """A posture that people take: moderate angles, any stance."""

    def maybe(low: float, high: float) -> float | None:
        return draw(st.none() | st.floats(low, high))

    return {
        "mass_kg": draw(st.floats(45, 120)),
        "height_m": draw(st.floats(1.5, 2.0)),
        "sex": draw(st.sampled_from("FMX")),
        "stance": draw(st.sampled_from(STANCES)),
        "weight_share_left": maybe(0.2, 0.8),
        "trunk_flexion_deg": maybe(-5, 45),
        "trunk_lateral_lean_deg": maybe(-10, 10),
        "trunk_rotation_deg": maybe(-15, 15),
        "pelvic_tilt_change_deg": maybe(-10, 10),
        "pelvic_obliquity_deg": maybe(-6, 6),
        "knee_flexion_left_deg": maybe(0, 30),
        "knee_flexion_right_deg": maybe(0, 30),
        "hand_load_left_kg": maybe(0, 8),
        "hand_load_right_kg": maybe(0, 8),
        "cane_hand": draw(st.sampled_from([None, "left", "right"])),
        "guarding": {"left": draw(st.floats(0, 0.3)), "right": draw(st.floats(0, 0.3))},
    }


def hostile(count: int, seed: int) -> list[Posture]:
    """Every field given or not, at a limit or anywhere between; twelve bodies."""
    random = np.random.default_rng(seed)
    bodies = [_anywhere(random, ("mass_kg", "height_m"), 1.0) for _ in range(12)]
    postures = []
    for _ in range(count):
        names = [name for name in bounds() if name not in ("mass_kg", "height_m")]
        measured = ("hip_joint_width_mm", "femur_length_mm", "trochanter_offset_mm")
        fields = _anywhere(random, [n for n in names if n not in measured], 0.6)
        fields |= bodies[random.integers(12)]
        fields["sex"] = random.choice(["F", "M", "X"])
        fields["stance"] = random.choice(STANCES)
        fields["hands"] = random.choice([None, "free", "on_thighs", "on_armrests"])
        fields["cane_hand"] = random.choice([None, "left", "right"])
        if random.random() < 0.3:
            fields["guarding"] = {"left": random.random(), "right": round(random.random())}
        postures.append(Posture(**fields))
    return postures


def _anywhere(random: np.random.Generator, names: Any, share: float) -> dict[str, Any]:
    fields = {}
    for name in names:
        low, high = bounds()[name]
        if random.random() < share:
            at = random.choice([0.0, 1.0, random.random()])
            fields[name] = float(low + at * (high - low))
    return fields
