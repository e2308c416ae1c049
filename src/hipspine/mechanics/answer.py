"""`solve`: one posture in, its loads out, with bands, the neutral posture and assumptions."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hipspine.mechanics.bands import band_of
from hipspine.mechanics.body import Floats, version_of_tables
from hipspine.mechanics.constants import GRAVITY
from hipspine.mechanics.equilibrium import ROWS
from hipspine.mechanics.fields import fields_of
from hipspine.mechanics.loads import (
    Band,
    BeyondMuscles,
    DiscLoad,
    DiscRatio,
    Figures,
    HipLoad,
    HipRatio,
    Loads,
    MuscleForce,
    Ratios,
    Side,
)
from hipspine.mechanics.person import Build, body_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.solving import (
    DISC_COLUMNS,
    HIP_COLUMNS,
    Solved,
    body_for,
    build_of,
    figures_of,
    solve_fields,
)
from hipspine.mechanics.tissue import Tissue
from hipspine.mechanics.tissues import held_of, tissues
from hipspine.mechanics.words import assumptions_of, driving_field, warnings_of

MODEL = "static_1"
#: Nm: a row whose reserve is above this is not held by the muscles.
HELD_NM = 1.0
#: The parts of a person's file that shape the body, and are kept in the neutral posture.
PERSON = (
    *("mass_kg", "height_m", "sex"),
    *("hip_joint_width_mm", "femur_length_mm", "trochanter_offset_mm"),
)


def solve(posture: Posture, *, bands: bool = True) -> Loads:
    """The loads of one posture, beside those of the same person standing on both legs."""
    solved = solve_fields(body_for(posture), fields_of([posture]))
    row = figures_of(solved)[0]
    figures, neutral = figures_from(row, posture.mass_kg), _neutral(build_of(posture))
    return Loads(
        id=posture.id,
        figures=figures,
        reserves_nm=_reserves(solved),
        beyond_muscles=_beyond(posture, solved),
        neutral=neutral,
        ratio_to_neutral=_ratios(figures, neutral),
        assumptions=assumptions_of(posture, solved),
        warnings=warnings_of(posture, solved),
        versions=versions(),
        later=_Later(posture, solved, row, bands),
    )


@dataclass(frozen=True)
class _Later:
    """The rest of an answer, from the posture and its solution."""

    posture: Posture
    solved: Solved
    row: Floats
    with_bands: bool

    def muscles(self) -> tuple[MuscleForce, ...]:
        return _muscles(self.solved)

    def tissues(self, loads: Loads) -> tuple[Tissue, ...]:
        return tissues(held_of(self.solved, loads.figures, loads.muscles))

    def bands(self) -> Band | None:
        return _band(self.posture, self.row) if self.with_bands else None


@lru_cache(maxsize=256)
def _neutral(build: Build) -> Figures:
    """The figures of this person standing on both legs with nothing else."""
    fields = fields_of([_standing(build)])
    return figures_from(figures_of(solve_fields(body_of(build), fields))[0], build.mass_kg)


def _standing(build: Build) -> Posture:
    person = {"mass_kg": build.mass_kg, "height_m": build.height_m, "sex": build.sex}
    return Posture(**person, stance="two_leg")


def neutral_of(posture: Posture) -> Posture:
    """The same person, standing on both legs with nothing else."""
    kept = {name: getattr(posture, name) for name in PERSON}
    return Posture.model_construct(**kept, stance="two_leg")


def versions() -> dict[str, str]:
    """What an answer was made with; the report adds that of hipspine."""
    return {"model": MODEL, "body": version_of_tables()}


def figures_from(row: Floats, mass_kg: float) -> Figures:
    """The figures of one row of `figures_of`."""
    starts = (0, HIP_COLUMNS, 2 * HIP_COLUMNS, 2 * HIP_COLUMNS + DISC_COLUMNS)
    left, right = (_hip(row[s : s + HIP_COLUMNS], mass_kg) for s in starts[:2])
    l4_l5, l5_s1 = (_disc(row[s : s + DISC_COLUMNS]) for s in starts[2:])
    return Figures(left, right, l4_l5, l5_s1)


def _hip(row: Floats, mass_kg: float) -> HipLoad:
    values = [float(x) for x in row]
    return HipLoad(
        hip_contact_force_n=values[0],
        hip_contact_force_percent_bw=values[0] / (mass_kg * GRAVITY) * 100,
        hip_contact_force_in_pelvis_n=(values[1], values[2], values[3]),
        hip_contact_force_in_femur_n=(values[4], values[5], values[6]),
        peak_contact_pressure_mpa=values[7] / 1e6,
        abductor_force_n=values[8],
    )


def _disc(row: Floats) -> DiscLoad:
    compression, shear, pressure = (float(x) for x in row)
    return DiscLoad(compression, shear, pressure / 1e6)


def _band(posture: Posture, row: Floats) -> Band:
    low, high = band_of(posture, row)
    return Band(figures_from(low, posture.mass_kg), figures_from(high, posture.mass_kg))


def _muscles(solved: Solved) -> tuple[MuscleForce, ...]:
    body = solved.statics.body
    found = []
    for name, side, a, full in zip(
        body.muscles, body.side, solved.activation[0], body.strength, strict=True
    ):
        which: Side = "left" if side == "left" else "right"
        found.append(MuscleForce(name[:-2], which, float(a), float(a * full)))
    return tuple(found)


def _reserves(solved: Solved) -> dict[str, float]:
    names = [f"{joint}_{axis}" for joint, axis in ROWS]
    return dict(zip(names, map(float, solved.reserves[0]), strict=True))


def _beyond(posture: Posture, solved: Solved) -> tuple[BeyondMuscles, ...]:
    found = []
    for (joint, axis), reserve in zip(ROWS, solved.reserves[0], strict=True):
        if abs(reserve) > HELD_NM:
            field = driving_field(posture, joint, axis)
            found.append(BeyondMuscles(joint, axis, float(reserve), field))
    return tuple(sorted(found, key=lambda row: -abs(row.reserve_nm)))


def _ratios(figures: Figures, neutral: Figures) -> Ratios:
    def hip(now: HipLoad, then: HipLoad) -> HipRatio:
        return HipRatio(
            _ratio(now.hip_contact_force_n, then.hip_contact_force_n),
            _ratio(now.peak_contact_pressure_mpa, then.peak_contact_pressure_mpa),
            _ratio(now.abductor_force_n, then.abductor_force_n),
        )

    def disc(now: DiscLoad, then: DiscLoad) -> DiscRatio:
        return DiscRatio(
            _ratio(now.compression_n, then.compression_n),
            _ratio(now.intradiscal_pressure_mpa, then.intradiscal_pressure_mpa),
        )

    return Ratios(
        hip(figures.left, neutral.left),
        hip(figures.right, neutral.right),
        disc(figures.l4_l5, neutral.l4_l5),
        disc(figures.l5_s1, neutral.l5_s1),
    )


def _ratio(now: float, then: float) -> float | None:
    return now / then if abs(then) > np.finfo(float).eps else None
