"""What a posture does to hips and lumbar spine: the answer of `solve`.

SI units; %BW and MPa only where the name says so. Hip forces are those of the socket on the
femoral head, axes of the ISB: X anterior, Y superior, Z to the right, on both sides.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from hipspine.mechanics.tissue import Tissue

Side = Literal["left", "right"]
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class HipLoad:
    """One hip."""

    hip_contact_force_n: float
    hip_contact_force_percent_bw: float
    hip_contact_force_in_pelvis_n: Vector
    hip_contact_force_in_femur_n: Vector
    peak_contact_pressure_mpa: float
    abductor_force_n: float


@dataclass(frozen=True, slots=True)
class DiscLoad:
    """One disc; shear is positive where the upper vertebra is pushed forward."""

    compression_n: float
    anterior_shear_n: float
    intradiscal_pressure_mpa: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one posture."""

    left: HipLoad
    right: HipLoad
    l4_l5: DiscLoad
    l5_s1: DiscLoad


@dataclass(frozen=True, slots=True)
class MuscleForce:
    """One muscle fascicle; activation 0 to 1 of its full force."""

    name: str
    side: Side
    activation: float
    force_n: float


@dataclass(frozen=True, slots=True)
class BeyondMuscles:
    """A joint that these muscles cannot hold, and the field of the posture that drives it."""

    joint: str
    axis: str
    reserve_nm: float
    field: str


@dataclass(frozen=True, slots=True)
class Band:
    """Figures at the low and at the high end."""

    low: Figures
    high: Figures


@dataclass(frozen=True, slots=True)
class HipRatio:
    """One hip against the neutral posture; None where neutral is nearly nothing."""

    hip_contact_force: float | None
    peak_contact_pressure: float | None
    abductor_force: float | None


@dataclass(frozen=True, slots=True)
class DiscRatio:
    """One disc against the neutral posture."""

    compression: float | None
    intradiscal_pressure: float | None


@dataclass(frozen=True, slots=True)
class Ratios:
    """The figures of a posture divided by those of neutral standing."""

    left: HipRatio
    right: HipRatio
    l4_l5: DiscRatio
    l5_s1: DiscRatio


@dataclass(frozen=True)
class Loads:
    """Everything said about one posture.

    `reserves_nm`: joint row -> moment that the muscles leave over, Nm (near 0: they hold it).
    `neutral`: the same person standing on both legs; `ratio_to_neutral` divides by it.
    Muscles, tissues and bands are worked out when first asked for: bands take a score of postures
    more.
    """

    id: str | None
    figures: Figures
    reserves_nm: dict[str, float]
    beyond_muscles: tuple[BeyondMuscles, ...]
    neutral: Figures
    ratio_to_neutral: Ratios
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    later: "Later" = field(repr=False, compare=False)

    @cached_property
    def muscles(self) -> tuple[MuscleForce, ...]:
        """Every fascicle, right side first."""
        return self.later.muscles()

    @cached_property
    def tissues(self) -> tuple[Tissue, ...]:
        """What an hour of this posture asks of muscles, ligaments, tendons and discs."""
        return self.later.tissues(self)

    @cached_property
    def bands(self) -> Band | None:
        """The figures at their low and high ends; None if the question was put without bands."""
        return self.later.bands()


class Later(Protocol):
    """What works out the rest of an answer."""

    def muscles(self) -> tuple[MuscleForce, ...]: ...
    def tissues(self, loads: Loads) -> tuple[Tissue, ...]: ...
    def bands(self) -> Band | None: ...
