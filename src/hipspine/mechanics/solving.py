"""Postures solved: muscles recruited, joint forces found. Arrays in, arrays out."""

import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import CUT, SEGMENT, Body, Floats
from hipspine.mechanics.equilibrium import Statics, contact_forces, statics_of
from hipspine.mechanics.fields import Fields, fields_of
from hipspine.mechanics.hip_pressure import peak_pressure
from hipspine.mechanics.person import Build, body_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.recruitment import Power, recruit

#: From this many postures on the compiled batch solver pays for its start.
COMPILED_FROM = 64
#: After this many calls without them, kernels that were compiled before are loaded.
PLAIN_CALLS = 40
#: Said once on a machine: the person who waits is told why.
COMPILING = "hipspine: compiling the muscle kernels for this machine, once (10 to 20 s) ...\n"
ABDUCTORS = ("glmed", "glmin", "tfl")


@dataclass(frozen=True)
class Solved:
    """B postures of one body: activation (B, M), reserves (B, R) Nm, contact (B, C, 3) N, world."""

    statics: Statics
    activation: Floats
    reserves: Floats
    contact: Floats


def build_of(posture: Posture) -> Build:
    """What shapes the body of this posture's person."""

    def metres(value: float | None) -> float | None:
        return None if value is None else value / 1000

    return Build(
        posture.mass_kg,
        posture.height_m,
        posture.sex,
        metres(posture.hip_joint_width_mm),
        metres(posture.femur_length_mm),
        metres(posture.trochanter_offset_mm),
    )


def solve_fields(body: Body, fields: Fields, power: Power = 2) -> Solved:
    """Balance the body, recruit the muscles, add up what the joints carry."""
    compiled = _KERNELS.serve(fields.stance.size)
    statics = statics_of(body, fields, compiled=compiled)
    activation, reserves = _recruited(statics, power, compiled=compiled)
    contact = contact_forces(statics, activation)
    return Solved(statics, activation[:, : len(body.muscles)], reserves, contact)


@dataclass
class _Kernels:
    """Whether the compiled kernels are loaded, and how often single postures went without."""

    loaded: bool = False
    plain: int = 0

    def serve(self, count: int) -> bool:
        """Whether this call uses them: many postures, or loaded already, or worth loading now."""
        if self.loaded or (count >= COMPILED_FROM and has_numba()):
            if not self.loaded and not are_compiled():
                sys.stderr.write(COMPILING)
            self.loaded = True
            return True
        self.plain += 1
        if self.plain >= PLAIN_CALLS and are_compiled():
            self.loaded = True
        return self.loaded


_KERNELS = _Kernels()


@cache
def are_compiled() -> bool:
    """Whether the kernels were compiled here before: loading them then takes half a second."""
    made = Path(__file__).parent / "__pycache__"
    return has_numba() and all(
        any(made.glob(f"{name}._all-*.nbi")) for name in ("muscle_kernel", "recruitment_batch")
    )


@cache
def has_numba() -> bool:
    """Whether numba is here (the extra `mechanics` brings it)."""
    return find_spec("numba") is not None


def warm() -> bool:
    """Load the compiled kernels now, so that single postures use them too; False without numba.

    A server calls this when it starts: 0.5 s, or some seconds the very first time.
    """
    if has_numba():
        standing = Posture(mass_kg=75, height_m=1.75, stance="two_leg")
        solve_fields(body_for(standing), fields_of([standing] * COMPILED_FROM))
    return has_numba()


def _recruited(statics: Statics, power: Power, *, compiled: bool) -> tuple[Floats, Floats]:
    s = statics
    if compiled:
        from hipspine.mechanics.recruitment_batch import recruit_batch  # noqa: PLC0415  (numba)

        batch = recruit_batch(s.arms, s.required, s.lower, s.upper, power)
        return batch.activation, batch.reserves_nm
    each = [
        recruit(s.arms[i], s.required[i], s.lower[i], s.upper[i], power)
        for i in range(s.required.shape[0])
    ]
    return np.stack([r.activation for r in each]), np.stack([r.reserves_nm for r in each])


# --- figures as arrays ----------------------------------------------------------------------

#: The columns of `figures_of`; a hip's come twice, left and right, a disc's for L4/5 and L5/S1.
HIP_COLUMNS = 9  # force, in pelvis x y z, in femur x y z, peak pressure, abductor force
DISC_COLUMNS = 3  # compression, anterior shear, pressure
COLUMNS = 2 * HIP_COLUMNS + 2 * DISC_COLUMNS


def figures_of(solved: Solved) -> Floats:
    """(B, 24): left hip, right hip, L4/5, L5/S1; SI units."""
    parts = [_hip(solved, "l"), _hip(solved, "r"), _disc(solved, 1), _disc(solved, 0)]
    return np.concatenate(parts, axis=-1)


def _hip(solved: Solved, s: str) -> Floats:
    """(B, 9)."""
    body, pose = solved.statics.body, solved.statics.pose
    force = solved.contact[:, CUT[f"hip_{s}"]]
    in_pelvis = _into(pose.axes[:, 0], force)
    in_femur = _into(pose.axes[:, SEGMENT[f"femur_{s}"]], force)
    size = np.linalg.norm(force, axis=-1)
    # Outward on the head is the mirror of inward on the socket.
    outward = in_pelvis[:, 2] * (1.0 if s == "r" else -1.0)
    tilt = np.arctan2(outward, np.maximum(-in_pelvis[:, 1], 1e-9))
    pressure = peak_pressure(size, tilt, body.head_radius)
    mine = _abductors(body.muscles, s)
    abductors = solved.activation[:, mine] @ body.strength[mine]
    columns = [size[:, None], in_pelvis, in_femur, pressure[:, None], abductors[:, None]]
    return np.concatenate(columns, axis=-1)


@cache
def _abductors(muscles: tuple[str, ...], s: str) -> npt.NDArray[np.int64]:
    """Numbers of the abductors of one side."""
    return np.flatnonzero([n.startswith(ABDUCTORS) and n.endswith(f"_{s}") for n in muscles])


def _disc(solved: Solved, cut: int) -> Floats:
    """(B, 3): along and across the mid-plane of the disc, which lies between the two vertebrae."""
    body, pose = solved.statics.body, solved.statics.pose
    below = pose.axes[:, SEGMENT["pelvis"] if cut == 0 else SEGMENT["l5"]]
    tilt = c.DISC_TILT[cut] + 0.5 * c.FLEXION_SHARES[cut] * pose.flexion
    cos, sin = np.cos(tilt), np.sin(tilt)
    # The disc slopes down forward: its normal leans forward.
    normal = below @ np.stack([sin, cos, 0 * cos], -1)[..., None]
    ahead = below @ np.stack([cos, -sin, 0 * cos], -1)[..., None]
    force = solved.contact[:, cut]
    compression = (force * normal[..., 0]).sum(-1)
    shear = -(force * ahead[..., 0]).sum(-1)
    area = c.DISC_AREA * (body.mass_kg / c.DISC_AREA_MASS) ** (2 / 3)
    pressure = c.DISC_PRESTRESS + np.maximum(compression, 0.0) / (c.PRESSURE_FACTOR * area)
    return np.stack([compression, shear, pressure], axis=-1)


def _into(axes: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("bji,bj->bi", axes, vector))


def body_for(posture: Posture) -> Body:
    """The body of this posture's person."""
    return body_of(build_of(posture))
