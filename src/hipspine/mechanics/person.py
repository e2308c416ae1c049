"""One person's body: the generic one scaled by mass, stature, sex and measured hips."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hipspine.mechanics.anatomy import Anatomy, Muscle, PathElement, anatomy, neutral_origins
from hipspine.mechanics.body import CUTS, SEGMENT, SEGMENTS, Body, Crossings, Floats, Wraps, beyond
from hipspine.mechanics.constants import (
    HIP_WIDTH_PER_HEIGHT,
    MASS_SHARE,
    REFERENCE_HEIGHT,
    THIGH_CENTRE,
)

_TRUNK = ("pelvis", "l5", "l4", "l3", "l2", "l1", "thorax")


@dataclass(frozen=True)
class Build:
    """What shapes a body; lengths in m, None where nothing was measured."""

    mass_kg: float
    height_m: float
    sex: str
    hip_joint_width: float | None = None
    femur_length: float | None = None
    trochanter_offset: float | None = None


@dataclass(frozen=True)
class _Scale:
    """Factors on the generic body: stature, breadth of the pelvis, length and offset of the femur."""

    stature: float
    breadth: float
    femur: float
    offset: float
    hip_half_width: float


@lru_cache(maxsize=64)
def body_of(build: Build) -> Body:
    """The body of this person; built once and kept."""
    return _built(build, _scale(build, anatomy()))


def generic_body() -> Body:
    """The body of the tables as it is, unscaled (75 kg, 1.70 m): what mujoco can check."""
    half = float(anatomy().joint["femur_r"][2])
    return _built(Build(75.0, REFERENCE_HEIGHT, "M"), _Scale(1.0, 1.0, 1.0, 1.0, half))


def _built(build: Build, scale: "_Scale") -> Body:
    generic = anatomy()
    joint = {name: _joint(name, at, scale) for name, at in generic.joint.items()}
    centre = {name: at * scale.stature for name, at in generic.centre.items()}
    mass = _masses(build, generic)
    for s in "lr":
        thigh = -joint[f"tibia_{s}"][1] * _of_sex(THIGH_CENTRE, build.sex)
        centre[f"femur_{s}"][1] = -thigh
    thorax, head = centre["thorax"] * mass["thorax"], mass["head"]
    mass["thorax"] += head
    centre["thorax"] = (thorax + joint["head"] * head) / mass["thorax"]
    muscles = [_scaled_muscle(m, scale) for m in generic.muscles]
    return _assembled(build, scale, (joint, mass, centre), muscles)


def _of_sex(table: dict[str, float], sex: str) -> float:
    return table[sex] if sex in table else (table["M"] + table["F"]) / 2


def _scale(build: Build, generic: Anatomy) -> _Scale:
    stature = build.height_m / REFERENCE_HEIGHT
    usual = HIP_WIDTH_PER_HEIGHT * build.height_m
    width = build.hip_joint_width or usual
    femur = -generic.joint["tibia_r"][1]
    generic_offset = trochanter(generic)
    return _Scale(
        stature,
        stature * width / usual,
        build.femur_length / femur if build.femur_length else stature,
        build.trochanter_offset / generic_offset if build.trochanter_offset else stature,
        width / 2,
    )


def trochanter(generic: Anatomy) -> float:
    """Distance from the hip centre to the greater trochanter across the femur, m.

    The trochanter is taken where the middle part of gluteus medius ends.
    """
    muscle = next(m for m in generic.muscles if m.name == "glmed2_r")
    return float(np.hypot(muscle.path[-1].at[0], muscle.path[-1].at[2]))


def _joint(name: str, at: Floats, scale: _Scale) -> Floats:
    moved = at * scale.stature
    if name.startswith("femur"):
        moved[2] = np.sign(at[2]) * scale.hip_half_width
    elif name.startswith("tibia"):
        moved[1] = at[1] * scale.femur
    elif name.startswith("patella"):
        moved[1] = at[1] * scale.femur
    return moved


def _scaled(element: PathElement, at: Floats, scale: _Scale) -> Floats:
    """A point of a segment in this person: pelvis by its breadth, femur by length and offset."""
    moved = at * scale.stature
    if element.segment in ("pelvis", "sheath"):
        moved[2] = at[2] * scale.breadth
    elif element.segment.startswith("femur"):
        moved[1] = at[1] * scale.femur
        # The whole offset at the trochanters, none of it at the knee.
        share = np.clip((at[1] + 0.40) / 0.34, 0.0, 1.0)
        moved[[0, 2]] = at[[0, 2]] * (scale.stature + (scale.offset - scale.stature) * share)
    return moved


def _scaled_muscle(muscle: Muscle, scale: _Scale) -> Muscle:
    path = tuple(
        PathElement(
            e.segment,
            _scaled(e, e.at, scale),
            e.radius * scale.stature,
            e.axis,
            None if e.side is None else _scaled(e, e.side, scale),
        )
        for e in muscle.path
    )
    return Muscle(muscle.name, muscle.side, muscle.strength, muscle.is_torso, path)


def _masses(build: Build, generic: Anatomy) -> dict[str, float]:
    shares = {k: _of_sex({s: MASS_SHARE[s][k] for s in "MF"}, build.sex) for k in MASS_SHARE["M"]}
    trunk = sum(generic.mass[name] for name in _TRUNK)
    mass = {name: generic.mass[name] / trunk * shares["trunk"] for name in _TRUNK}
    for s in "lr":
        mass |= {f"{part}_{s}": shares[part] for part in ("femur", "tibia", "foot", "arm")}
        mass[f"patella_{s}"] = 0.0
    mass["head"] = shares["head"]
    whole = sum(mass.values())
    return {name: share / whole * build.mass_kg for name, share in mass.items()}


def _assembled(
    build: Build,
    scale: _Scale,
    segments: tuple[dict[str, Floats], dict[str, float], dict[str, Floats]],
    muscles: list[Muscle],
) -> Body:
    joint, mass, centre = segments
    paths = _Paths(neutral_origins(joint))
    for index, muscle in enumerate(muscles):
        paths.add(index, muscle)
    strength = np.array([m.strength for m in muscles]) * (build.mass_kg / 75.0) ** (2 / 3)
    return Body(
        mass_kg=build.mass_kg,
        height_m=build.height_m,
        joint=np.array([joint[name] for name in SEGMENTS]),
        segment_mass=np.array([mass[name] for name in SEGMENTS]),
        centre=np.array([centre[name] for name in SEGMENTS]),
        shoulder=np.array([joint["arm_l"], joint["arm_r"]]),
        arm_mass=mass["arm_r"],
        arm_centre=np.array([centre["arm_l"], centre["arm_r"]]),
        c7=joint["head"] * [1.0, 0.82, 0.0],
        muscles=tuple(m.name for m in muscles),
        side=tuple(m.side for m in muscles),
        strength=strength,
        hip_joint_width=2 * scale.hip_half_width,
        femur_length=float(-joint["tibia_r"][1]),
        trochanter_offset=trochanter(anatomy()) * scale.offset,
        **paths.arrays(),
    )


class _Paths:
    """Collects the paths of all muscles into the arrays of a Body."""

    def __init__(self, origins: dict[str, Floats]) -> None:
        self.origins = origins
        self.points: list[tuple[int, Floats]] = []
        self.sheath: list[int] = []
        self.wraps: list[tuple[PathElement, int]] = []
        self.pieces: list[tuple[object, object, int]] = []

    def add(self, muscle: int, fascicle: Muscle) -> None:
        """Append one muscle: nodes are point numbers, or ("wrap", number, 0 or 1) until the end."""
        chain: list[object] = []
        for element in fascicle.path:
            if element.radius > 0:
                number = len(self.wraps)
                self.wraps.append((element, len(self.points) - 1))
                chain += [("wrap", number, 0), ("wrap", number, 1)]
                continue
            chain.append(len(self.points))
            if element.segment == "sheath":
                self.sheath.append(len(self.points))
            segment = "pelvis" if element.segment == "sheath" else element.segment
            self.points.append((SEGMENT[segment], element.at))
        self.pieces += [(a, b, muscle) for a, b in zip(chain, chain[1:], strict=False)]

    def _node(self, node: object) -> int:
        if isinstance(node, tuple):
            _, number, which = node
            return len(self.points) + which * len(self.wraps) + number
        assert isinstance(node, int)
        return node

    def arrays(self) -> dict[str, object]:
        """The fields of Body that describe paths."""
        point = np.array([at for _, at in self.points])
        start = np.array([self._node(a) for a, _, _ in self.pieces])
        end = np.array([self._node(b) for _, b, _ in self.pieces])
        muscle = np.array([m for _, _, m in self.pieces])
        sheath = np.array(self.sheath)
        return {
            "point_segment": np.array([s for s, _ in self.points]),
            "point": point,
            "sheath": sheath,
            "sheath_in_thorax": point[sheath] - self.origins["thorax"],
            "wraps": self._wraps(),
            "piece_start": start,
            "piece_end": end,
            "piece_muscle": muscle,
            "crossings": self._crossings(start, end, muscle),
        }

    def _wraps(self) -> Wraps:
        elements = [e for e, _ in self.wraps]
        return Wraps(
            segment=np.array([SEGMENT[e.segment] for e in elements]),
            centre=np.array([e.at for e in elements]),
            frame=np.array([_frame(e.axis) for e in elements]),
            radius=np.array([e.radius for e in elements]),
            side=np.array([e.side for e in elements]),
            before=np.array([before for _, before in self.wraps]),
            after=np.array([before + 1 for _, before in self.wraps]),
            is_sphere=np.array([e.axis is None for e in elements]),
        )

    def _crossings(self, start: np.ndarray, end: np.ndarray, muscle: np.ndarray) -> Crossings:
        """Every (joint, piece) whose ends lie on either side; a sheath end counts half.

        The half of a sheath point's pull that the rib cage takes acts at its copy there, after
        all other nodes.
        """
        segment = [s for s, _ in self.points] + [SEGMENT[e.segment] for e, _ in self.wraps] * 2
        copy = {p: len(segment) + i for i, p in enumerate(self.sheath)}
        rows = []
        for cut, first in enumerate(CUTS.values()):
            far = {SEGMENT[name] for name in beyond(first)}
            lumbar = not first.endswith(("_l", "_r"))

            def weight(node: int, far: set[int] = far, lumbar: bool = lumbar) -> float:
                return 0.5 * lumbar if node in copy else float(segment[node] in far)

            for piece, (a, b) in enumerate(zip(start, end, strict=True)):
                wa, wb = weight(int(a)), weight(int(b))
                if wa == wb and int(a) not in copy and int(b) not in copy:
                    continue
                for node, w in ((int(a), wa), (int(b), -wb)):
                    if w:
                        rows.append((cut, int(muscle[piece]), piece, w, copy.get(node, node)))
        rows.sort(key=lambda row: row[:2])
        pairs = [row[:2] for row in rows]
        group = [i for i, pair in enumerate(pairs) if i == 0 or pair != pairs[i - 1]]
        return Crossings(
            piece=np.array([r[2] for r in rows]),
            weight=np.array([r[3] for r in rows]),
            at=np.array([r[4] for r in rows]),
            group=np.array(group),
            pair_cut=np.array([pairs[i][0] for i in group]),
            pair_muscle=np.array([pairs[i][1] for i in group]),
        )


def _frame(axis: Floats | None) -> Floats:
    """Axes as columns, the third along `axis`."""
    if axis is None:
        return np.eye(3)
    third = axis / np.linalg.norm(axis)
    first = np.cross([0.0, 1.0, 0.0] if abs(third[1]) < 0.9 else [1.0, 0.0, 0.0], third)
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(third, first), third], axis=1)
