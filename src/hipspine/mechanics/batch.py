"""Many postures at once, as arrays: for cohorts, simulations and tables.

table = solve_arrays(postures)
table.column("left_hip_contact_force_n")
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.mechanics.body import Floats
from hipspine.mechanics.equilibrium import ROWS
from hipspine.mechanics.person import Build, body_of
from hipspine.mechanics.pose import fields_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.recruitment import Power
from hipspine.mechanics.solving import build_of, figures_of, solve_fields

_HIP = (
    "hip_contact_force_n",
    *(f"hip_contact_force_in_{f}_{x}_n" for f in ("pelvis", "femur") for x in "xyz"),
    *("peak_contact_pressure_pa", "abductor_force_n"),
)
_DISC = ("compression_n", "anterior_shear_n", "intradiscal_pressure_pa")
NAMES = (
    *(f"{side}_{name}" for side in ("left", "right") for name in _HIP),
    *(f"{disc}_{name}" for disc in ("l4_l5", "l5_s1") for name in _DISC),
)
#: Postures solved together: enough to fill the arithmetic, few enough to stay in memory.
CHUNK = 256


@dataclass(frozen=True)
class LoadsTable:
    """N postures: `figures` (N, 24) in SI units by NAMES; `reserves_nm` (N, R) by ROWS."""

    figures: Floats
    reserves_nm: Floats

    def column(self, name: str) -> Floats:
        """(N,): one figure of every posture."""
        return np.asarray(self.figures[:, NAMES.index(name)])

    @property
    def held(self) -> np.ndarray:
        """(N,): whether the muscles hold the posture to 1 Nm."""
        return np.asarray((np.abs(self.reserves_nm) <= 1.0).all(axis=1))


def solve_arrays(
    postures: Sequence[Posture],
    *,
    power: Power = 2,
    advance: Callable[[int], object] = lambda done: None,
) -> LoadsTable:
    """The figures of many postures, in their order; `advance` hears how many more are done."""
    figures = np.empty((len(postures), len(NAMES)))
    reserves = np.empty((len(postures), len(ROWS)))
    for build, members in _by_person(postures).items():
        body = body_of(build)
        for start in range(0, len(members), CHUNK):
            chosen = members[start : start + CHUNK]
            solved = solve_fields(body, fields_of([postures[i] for i in chosen]), power)
            figures[chosen] = figures_of(solved)
            reserves[chosen] = solved.reserves
            advance(len(chosen))
    return LoadsTable(figures, reserves)


def _by_person(postures: Sequence[Posture]) -> dict[Build, list[int]]:
    found: dict[Build, list[int]] = {}
    for index, posture in enumerate(postures):
        found.setdefault(build_of(posture), []).append(index)
    return found
