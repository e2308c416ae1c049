"""The generic body of the tables, mirrored and mended: every coordinate in the pelvis frame.

Mends, each with a test that shows the defect: the lumbar joints share the flexion (posture.py),
the pelvis counts once (build_body.py), the psoas runs on to the femur, the torso is strong enough
for what people hold, gluteus medius and minimus lie where Dostal and Andrews measured them (theirs
abduct over 3 to 5 cm only, and hip forces come out half as large again as implants measure),
passive fibre force is not used at all.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from hipspine.mechanics.body import MIRROR, PARENT, SEGMENTS, Floats, read_rows, vector
from hipspine.mechanics.constants import (
    DOSTAL_FEMUR,
    ERECTOR_BACK,
    HIP_WIDTH_PER_HEIGHT,
    PSOAS_STRENGTH,
    REFERENCE_HEIGHT,
    TORSO_STRENGTH,
)

#: Fascicles of the psoas in the torso tables; `psoas` of the leg tables gives their way onward.
_PSOAS = "Ps_"
#: Iliocostalis and longissimus: straight lines between bones there, 1.5 cm too near the spine.
_ERECTOR = ("IL_", "LTp")
_ONE_SIDE_ONLY = ("patella", "femur", "tibia", "foot")


@dataclass(frozen=True)
class PathElement:
    """A point of a path, or a surface (`radius` > 0) with the side it is passed on."""

    segment: str
    at: Floats
    radius: float = 0.0
    axis: Floats | None = None
    side: Floats | None = None


@dataclass(frozen=True)
class Muscle:
    """One fascicle: name with side, strength (N), path from origin to insertion."""

    name: str
    side: str
    strength: float
    is_torso: bool
    path: tuple[PathElement, ...]


@dataclass(frozen=True)
class Anatomy:
    """The generic body: joint centres in the parent's frame, mass shares, muscles of both sides."""

    joint: dict[str, Floats]
    mass: dict[str, float]
    centre: dict[str, Floats]
    muscles: tuple[Muscle, ...]


@cache
def anatomy(mended: bool = True) -> Anatomy:
    """The tables, mirrored and mended; not mended, for comparison with their source."""
    rows = {row["segment"]: row for row in read_rows("segments.csv")}
    joint, centre, mass = {}, {}, {}
    for name in (*SEGMENTS, "head", "arm_l", "arm_r"):
        base = name.removesuffix("_l").removesuffix("_r")
        flip = MIRROR if name.endswith("_l") else np.ones(3)
        joint[name] = vector(rows[base], "joint_") * flip
        centre[name] = vector(rows[base], "centre_") * flip
        mass[name] = float(rows[base]["mass_kg"])
    right = _right_muscles() if mended else _unmended_muscles()
    muscles = [*right, *(_mirrored(muscle) for muscle in right)]
    return Anatomy(joint, mass, centre, tuple(muscles))


def _tables() -> tuple[dict[str, float], dict[str, list[PathElement]]]:
    """Strength and path of every muscle of the right side."""
    strengths = {row["muscle"]: float(row["strength_n"]) for row in read_rows("muscles.csv")}
    paths: dict[str, list[PathElement]] = {name: [] for name in strengths}
    for row in read_rows("paths.csv"):
        paths[row["muscle"]].append(_element(row))
    return strengths, paths


def _unmended_muscles() -> list[Muscle]:
    strengths, paths = _tables()
    return [Muscle(f"{n}_r", "right", s, False, tuple(paths[n])) for n, s in strengths.items()]


def _right_muscles() -> list[Muscle]:
    strengths, paths = _tables()
    paths |= _abductors()
    onward = paths["psoas"][1:]
    whole = sum(s for name, s in strengths.items() if name.startswith(_PSOAS))
    found = []
    for name, strength in strengths.items():
        path = paths[name]
        torso = not any(e.segment.startswith(_ONE_SIDE_ONLY) for e in path)
        if name == "psoas":
            continue  # its strength is in the fascicles now
        factor = TORSO_STRENGTH if torso else 1.0
        if name.startswith(_ERECTOR):
            path = [_moved_back(element) for element in path]
        if name.startswith(_PSOAS):
            path, factor = [*path, *onward], PSOAS_STRENGTH / whole
        found.append(Muscle(f"{name}_r", "right", strength * factor, torso, tuple(path)))
    return found


def _moved_back(element: PathElement) -> PathElement:
    """The element behind its place by what the tables' erector spinae lacks in lever."""
    shift = np.array([-ERECTOR_BACK, 0.0, 0.0])
    side = None if element.side is None else element.side + shift
    return replace(element, at=element.at + shift, side=side)


def _abductors() -> dict[str, list[PathElement]]:
    """Gluteus medius and minimus of the right side (Dostal and Andrews 1981, J Biomech 14:803).

    Their coordinates start at the hip centre and have our axes; their femur is DOSTAL_FEMUR long.
    """
    segments = {row["segment"]: row for row in read_rows("segments.csv")}
    size = -vector(segments["tibia"], "joint_")[1] / DOSTAL_FEMUR
    hip = vector(segments["femur"], "joint_") * [1.0, 1.0, 0.0]
    hip[2] = HIP_WIDTH_PER_HEIGHT * REFERENCE_HEIGHT / 2
    return {
        row["muscle"]: [
            PathElement("pelvis", hip + vector(row, "origin_") * size),
            PathElement("femur_r", vector(row, "insertion_") * size),
        ]
        for row in read_rows("dostal_1981.csv")
    }


def _element(row: dict[str, str]) -> PathElement:
    segment = row["segment"]
    segment = f"{segment}_r" if segment in _ONE_SIDE_ONLY else segment
    if row["kind"] == "point":
        return PathElement(segment, vector(row))
    axis = vector(row, "axis_", "") if row["kind"] == "cylinder" else None
    return PathElement(segment, vector(row), float(row["radius_m"]), axis, vector(row, "side_"))


def _mirrored(muscle: Muscle) -> Muscle:
    path = tuple(
        PathElement(
            e.segment[:-2] + "_l" if e.segment.endswith("_r") else e.segment,
            e.at * MIRROR,
            e.radius,
            None if e.axis is None else e.axis * MIRROR,
            None if e.side is None else e.side * MIRROR,
        )
        for e in muscle.path
    )
    return Muscle(muscle.name[:-2] + "_l", "left", muscle.strength, muscle.is_torso, path)


def neutral_origins(joint: dict[str, Floats]) -> dict[str, Floats]:
    """Where each segment's joint lies in the pelvis frame in neutral standing."""
    found = {"pelvis": np.zeros(3)}
    for name in SEGMENTS[1:]:
        found[name] = found[PARENT[name]] + joint[name]
    return found
