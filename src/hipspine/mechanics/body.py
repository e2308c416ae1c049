"""The body as arrays: segments, muscles and what each muscle does across each joint.

Axes (ISB): X anterior, Y superior, Z to the right; segment frames are parallel in the neutral
standing posture. Metres, kilograms, newtons. Read from `data/*.csv` (made by build_body.py).
"""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TRUNK = ("l5", "l4", "l3", "l2", "l1", "thorax")
LEG = ("femur", "tibia", "foot", "patella")
SEGMENTS = ("pelvis", *TRUNK, *(f"{s}_l" for s in LEG), *(f"{s}_r" for s in LEG))
#: The joints that are cut: name -> first segment beyond the cut.
CUTS = {
    "l5_s1": "l5",
    "l4_l5": "l4",
    "l3_l4": "l3",
    "l2_l3": "l2",
    "l1_l2": "l1",
    "hip_l": "femur_l",
    "hip_r": "femur_r",
    "knee_l": "tibia_l",
    "knee_r": "tibia_r",
    "ankle_l": "foot_l",
    "ankle_r": "foot_r",
}
CUT = {name: i for i, name in enumerate(CUTS)}
SEGMENT = {name: i for i, name in enumerate(SEGMENTS)}
PARENT = {
    **dict(zip(TRUNK, ("pelvis", *TRUNK), strict=False)),
    **{f"femur_{s}": "pelvis" for s in "lr"},
    **{f"{d}_{s}": f"{p}_{s}" for s in "lr" for d, p in (("tibia", "femur"), ("foot", "tibia"))},
    **{f"patella_{s}": f"femur_{s}" for s in "lr"},
}
MIRROR = np.array([1.0, 1.0, -1.0])


@dataclass(frozen=True)
class Wraps:
    """W surfaces that bend a path: sphere or cylinder in the frame of a segment.

    `frame` (W, 3, 3) has the axes of the surface as columns, the cylinder's along the third.
    `side` (W, 3) is a point on the side of the surface that the path keeps to. `before` and
    `after` (W,) are the neighbouring path points; the two tangent points follow the P points.
    """

    segment: Ints
    centre: Floats
    frame: Floats
    radius: Floats
    side: Floats
    before: Ints
    after: Ints
    is_sphere: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Crossings:
    """Which path pieces pull across which joint: K rows, sorted by joint and muscle.

    The pull of a piece from node `start` to node `end` acts on what lies beyond the joint with
    `weight` times the unit vector, at node `at`. `group` (G,) holds where each (joint, muscle)
    begins; `pair_cut`, `pair_muscle` (G,) say which, `cut_begins` (C,) where
    each joint begins among them.
    """

    piece: Ints
    cut: Ints
    weight: Floats
    at: Ints
    group: Ints
    pair_cut: Ints
    pair_muscle: Ints
    cut_begins: Ints


@dataclass(frozen=True)
class Body:
    """One person's body. S segments, M muscles, P path points, E path pieces."""

    mass_kg: float
    height_m: float
    joint: Floats
    segment_mass: Floats
    centre: Floats
    shoulder: Floats
    arm_mass: float
    head_radius: float
    c7: Floats
    muscles: tuple[str, ...]
    side: tuple[str, ...]
    strength: Floats
    point_segment: Ints
    point: Floats
    sheath: Ints
    sheath_in_thorax: Floats
    wraps: Wraps
    piece_start: Ints
    piece_end: Ints
    piece_muscle: Ints
    crossings: Crossings
    hip_joint_width: float
    femur_length: float
    trochanter_offset: float


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this room."""
    path = files("hipspine.mechanics") / "data" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@cache
def version_of_tables() -> str:
    """First 12 hex digits of the SHA-256 over the tables of this room."""
    digest = hashlib.sha256()
    for path in sorted((files("hipspine.mechanics") / "data").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def vector(row: dict[str, str], prefix: str = "", suffix: str = "_m") -> Floats:
    """Three columns of a row as one vector."""
    return np.array([float(row[f"{prefix}{axis}{suffix}"]) for axis in "xyz"])


def beyond(segment: str) -> frozenset[str]:
    """The segment and all that hang on it."""
    found = {segment}
    for name in SEGMENTS:
        if PARENT.get(name) in found:
            found.add(name)
    return frozenset(found)


@cache
def beyond_cut() -> npt.NDArray[np.bool_]:
    """(C, S): whether a segment lies beyond a cut."""
    rows = [[segment in beyond(first) for segment in SEGMENTS] for first in CUTS.values()]
    return np.array(rows)
