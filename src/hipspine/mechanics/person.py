"""One person's body: the generic one scaled by mass, stature, sex and measured hips."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from hipspine.mechanics.anatomy import Anatomy, anatomy, neutral_origins
from hipspine.mechanics.body import SEGMENTS, Body, Floats
from hipspine.mechanics.constants import (
    HEAD_RADIUS,
    HIP_WIDTH_PER_HEIGHT,
    MASS_SHARE,
    REFERENCE_HEIGHT,
    REFERENCE_MASS,
    THIGH_CENTRE,
    TROCHANTER_PER_HEIGHT,
)
from hipspine.mechanics.topology import topology

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
    """Factors on the generic body: stature, breadth of the pelvis, length, offset of the femur."""

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
    """The body of the tables as it is, neither scaled nor mended: what mujoco can check."""
    half = float(anatomy().joint["femur_r"][2])
    build = Build(REFERENCE_MASS, REFERENCE_HEIGHT, "M")
    return _built(build, _Scale(1.0, 1.0, 1.0, 1.0, half), mended=False)


def _built(build: Build, scale: "_Scale", mended: bool = True) -> Body:
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
    return _assembled(build, scale, (joint, mass, centre), mended)


def _of_sex(table: dict[str, float], sex: str) -> float:
    return table[sex] if sex in table else (table["M"] + table["F"]) / 2


def _scale(build: Build, generic: Anatomy) -> _Scale:
    stature = build.height_m / REFERENCE_HEIGHT
    usual = HIP_WIDTH_PER_HEIGHT * build.height_m
    width = build.hip_joint_width or usual
    femur = -generic.joint["tibia_r"][1]
    offset = TROCHANTER_PER_HEIGHT * REFERENCE_HEIGHT
    return _Scale(
        stature,
        stature * width / usual,
        build.femur_length / femur if build.femur_length else stature,
        build.trochanter_offset / offset if build.trochanter_offset else stature,
        width / 2,
    )


def _joint(name: str, at: Floats, scale: _Scale) -> Floats:
    moved = at * scale.stature
    if name.startswith("femur"):
        moved[2] = np.sign(at[2]) * scale.hip_half_width
    elif name.startswith("tibia") or name.startswith("patella"):
        moved[1] = at[1] * scale.femur
    return moved


def _scaled(names: npt.NDArray[np.str_], at: Floats, scale: _Scale) -> Floats:
    """Points (N, 3) in this person: pelvis by its breadth, femur by its length and offset."""
    moved = at * scale.stature
    pelvis = names == "pelvis"
    moved[pelvis, 2] = at[pelvis, 2] * scale.breadth
    femur = np.char.startswith(names, "femur")
    moved[femur, 1] = at[femur, 1] * scale.femur
    # The whole offset at the trochanters, none of it at the knee.
    share = np.clip((at[femur, 1] + 0.40) / 0.34, 0.0, 1.0)[:, None]
    across = scale.stature + (scale.offset - scale.stature) * share
    moved[femur, 0::2] = at[femur, 0::2] * across
    return moved


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
    mended: bool,
) -> Body:
    joint, mass, centre = segments
    paths = topology(mended)
    names = np.array(SEGMENTS)
    point = _scaled(names[paths.point_segment], paths.point, scale)
    wraps = paths.wraps
    on = names[wraps.segment]
    muscles = anatomy(mended).muscles
    strength = np.array([m.strength for m in muscles]) * (build.mass_kg / REFERENCE_MASS) ** (2 / 3)
    return Body(
        mass_kg=build.mass_kg,
        height_m=build.height_m,
        joint=np.array([joint[name] for name in SEGMENTS]),
        segment_mass=np.array([mass[name] for name in SEGMENTS]),
        centre=np.array([centre[name] for name in SEGMENTS]),
        shoulder=np.array([joint["arm_l"], joint["arm_r"]]),
        arm_mass=mass["arm_r"],
        head_radius=_of_sex(HEAD_RADIUS, build.sex) * scale.stature * REFERENCE_HEIGHT / 1.75,
        c7=joint["head"] * [1.0, 0.82, 0.0],
        muscles=tuple(m.name for m in muscles),
        side=tuple(m.side for m in muscles),
        strength=strength,
        point_segment=paths.point_segment,
        point=point,
        sheath=paths.sheath,
        sheath_in_thorax=point[paths.sheath] - neutral_origins(joint)["thorax"],
        wraps=replace(
            wraps,
            centre=_scaled(on, wraps.centre, scale),
            side=_scaled(on, wraps.side, scale),
            radius=wraps.radius * scale.stature,
        ),
        piece_start=paths.piece_start,
        piece_end=paths.piece_end,
        piece_muscle=paths.piece_muscle,
        crossings=paths.crossings,
        hip_joint_width=2 * scale.hip_half_width,
        femur_length=float(-joint["tibia_r"][1]),
        trochanter_offset=TROCHANTER_PER_HEIGHT * REFERENCE_HEIGHT * scale.offset,
    )
