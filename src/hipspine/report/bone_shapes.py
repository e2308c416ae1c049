"""Simple shapes of bones, drawn by us, as points in the frames of the segments (metres).

Templates are of a person of 1.70 m; `bones` scales and places them. Right side; left mirrored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hipspine.mechanics.body import Floats
from hipspine.mechanics.skeleton import FOREARM, UPPER_ARM, Skeleton

Kind = Literal["closed", "hull", "line", "rib"]
Side = Literal["left", "right", "middle"]
HALF_WIDTH = 0.077  # of the hips in the templates

#: Hip bone, round its rim: front spine, crest, back spine, notch, sit bone, symphysis, socket.
_HIP_BONE = (
    (0.000, 0.000, 0.122), (-0.025, 0.048, 0.140), (-0.070, 0.083, 0.132), (-0.118, 0.078, 0.085),
    (-0.153, 0.035, 0.048), (-0.140, -0.012, 0.045), (-0.105, -0.040, 0.062),
    (-0.103, -0.085, 0.056), (-0.086, -0.138, 0.060), (-0.058, -0.132, 0.045),
    (-0.020, -0.104, 0.008), (0.000, -0.070, 0.007), (-0.018, -0.052, 0.048),
    (-0.026, -0.048, 0.088), (-0.010, -0.028, 0.106),
)  # fmt: skip
_SACRUM = (
    (-0.080, 0.066, 0.028), (-0.108, 0.056, 0.052), (-0.145, 0.020, 0.045), (-0.158, -0.030, 0.022),
    (-0.150, -0.072, 0.006), (-0.150, -0.072, -0.006), (-0.158, -0.030, -0.022),
    (-0.145, 0.020, -0.045), (-0.108, 0.056, -0.052), (-0.080, 0.066, -0.028),
)  # fmt: skip
#: Rib hoops: height, half width, half depth, middle ahead of the spine.
_RIBS = (
    (0.040, 0.120, 0.075, 0.035), (0.085, 0.136, 0.095, 0.045), (0.130, 0.142, 0.103, 0.048),
    (0.175, 0.138, 0.102, 0.047), (0.220, 0.124, 0.092, 0.042), (0.262, 0.102, 0.076, 0.034),
    (0.300, 0.074, 0.056, 0.026), (0.330, 0.048, 0.038, 0.018),
)  # fmt: skip
#: Cross-sections of the foot from the ankle's frame: along, sole, top, half width.
_FOOT_SECTIONS = (
    (-0.055, -0.068, -0.040, 0.022), (-0.030, -0.074, 0.000, 0.030), (0.015, -0.074, 0.014, 0.030),
    (0.080, -0.074, -0.022, 0.036), (0.130, -0.075, -0.048, 0.042), (0.165, -0.075, -0.058, 0.034),
    (0.182, -0.072, -0.064, 0.020),
)  # fmt: skip
_FOOT = [
    (x, y, z)
    for x, sole, top, half in _FOOT_SECTIONS
    for y, z in ((sole, -half), (sole, half), (top, -0.6 * half), (top, 0.6 * half))
]
_VERTEBRA = tuple(
    (x, y, z) for x in (-0.016, 0.018) for y in (0.004, 0.028) for z in (-0.024, 0.024)
)
_SKULL = np.array([0.030, 0.125, 0.0])  # its middle from C7
_SKULL_LONG, _SKULL_HIGH, _SKULL_WIDE = 0.098, 0.100, 0.078
_CHIN = [
    (x, y, m * z)
    for x, y, z in ((0.098, 0.010, 0.014), (0.085, 0.012, 0.03), (0.030, 0.045, 0.052))
    for m in (-1, 1)
]


@dataclass(frozen=True)
class Bone:
    """Points in the world (N, 3), m: an outline, a cloud whose hull shows, or a line of `width`."""

    kind: Kind
    points: Floats
    side: Side
    width: float = 0.0


def bones(of: Skeleton) -> Iterator[Bone]:
    """Every bone, those behind first."""
    yield from _arms(of)
    yield from _spine(of)
    yield from _ribs(of)
    yield from _head(of)
    yield _placed(of, "hull", ("pelvis", _SACRUM), "middle")
    for side in ("left", "right"):
        yield from _leg(of, side)


def _placed(of: Skeleton, kind: Kind, template: tuple[str, object], side: Side) -> Bone:
    segment, points = template
    local = np.array(points, dtype=float) * of.scale
    if segment == "pelvis":
        local[:, 2] *= of.hip_half_width / (HALF_WIDTH * of.scale)
    if side == "left":
        local[:, 2] *= -1
    return Bone(kind, of.place(segment, local), side)


def _spine(of: Skeleton) -> Iterator[Bone]:
    """Lumbar vertebrae as blocks, the thoracic spine and the neck as curves."""
    for name in ("l5", "l4", "l3", "l2", "l1"):
        yield _placed(of, "hull", (name, _VERTEBRA), "middle")
    up = np.linspace(0.0, 1.0, 9)
    thoracic = np.stack([-0.032 * np.sin(np.pi * up), 0.0 * up, 0.0 * up], axis=1) * of.scale
    thoracic += up[:, None] * of.c7_in_thorax
    yield Bone("line", of.place("thorax", thoracic), "middle", 0.022 * of.scale)
    neck = of.c7_in_thorax + np.array([(0.0, 0.0, 0.0), (0.012, 0.07, 0.0)]) * of.scale
    yield Bone("line", of.place("thorax", neck), "middle", 0.022 * of.scale)


def _ribs(of: Skeleton) -> Iterator[Bone]:
    """Hoops that slope down to the front, and the breastbone."""
    angle = np.linspace(-np.pi, np.pi, 29)
    for height, wide, deep, ahead in _RIBS:
        x = ahead + deep * np.cos(angle)
        y = height + 0.03 - 0.35 * (x - ahead + deep)
        local = np.stack([x - 0.030, y, wide * np.sin(angle)], axis=1)
        yield Bone("rib", of.place("thorax", local * of.scale), "middle", 0.007 * of.scale)
    breast = np.array([(0.098, 0.105, 0.0), (0.080, 0.200, 0.0), (0.042, 0.315, 0.0)])
    yield Bone("line", of.place("thorax", breast * of.scale), "middle", 0.014 * of.scale)


def _leg(of: Skeleton, side: Literal["left", "right"]) -> Iterator[Bone]:
    s = side[0]
    hip, knee, ankle = (of.joint(f"{name}_{s}") for name in ("femur", "tibia", "foot"))
    yield _placed(of, "closed", ("pelvis", _HIP_BONE), side)
    out = (0.052 if side == "right" else -0.052) * of.scale
    neck = of.place(f"femur_{s}", [(0, 0, 0), (-0.004, -0.006, 0.6 * out), (-0.004, -0.04, out)])
    thigh = np.concatenate([neck, [(neck[-1] + 2 * knee) / 3, knee]])
    yield Bone("line", thigh, side, 0.025 * of.scale)
    yield Bone("line", np.stack([hip, hip]), side, 0.048 * of.scale)
    yield Bone("line", np.stack([knee, ankle]), side, 0.022 * of.scale)
    yield Bone("line", np.stack([knee, knee]), side, 0.042 * of.scale)
    yield _placed(of, "hull", (f"foot_{s}", _FOOT), side)


def _arms(of: Skeleton) -> Iterator[Bone]:
    """Shoulder, elbow (bent backwards as far as the hand is near) and hand."""
    upper, fore = (share * of.posture.height_m for share in (UPPER_ARM, FOREARM))
    sides: tuple[Side, Side] = ("left", "right")
    for side, shoulder, hand in zip(sides, of.shoulders, of.hands, strict=True):
        line = hand - shoulder
        reach = max(float(np.linalg.norm(line)), 1e-6)
        along = (upper**2 - fore**2 + reach**2) / (2 * reach)
        aside = np.sqrt(max(upper**2 - along**2, 0.0))
        square = np.array([line[1], -line[0], 0.0]) / reach  # backwards for a hanging arm
        elbow = shoulder + along * line / reach + aside * square
        yield Bone("line", np.stack([shoulder, elbow, hand]), side, 0.016 * of.scale)
        yield Bone("line", np.stack([hand, hand]), side, 0.034 * of.scale)
        notch = of.place("thorax", of.c7_in_thorax + np.array([0.045, -0.065, 0.0]) * of.scale)
        yield Bone("line", np.stack([notch, shoulder]), side, 0.010 * of.scale)


def _head(of: Skeleton) -> Iterator[Bone]:
    """An egg with a chin."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    egg = np.zeros((48, 3))
    egg[:24, 0], egg[24:, 2] = _SKULL_LONG * np.cos(angle), _SKULL_WIDE * np.cos(angle)
    egg[:, 1] = _SKULL_HIGH * np.sin(np.concatenate([angle, angle]))
    head = np.concatenate([egg + _SKULL, _CHIN]) * of.scale
    yield Bone("hull", of.place("thorax", of.c7_in_thorax + head), "middle")
