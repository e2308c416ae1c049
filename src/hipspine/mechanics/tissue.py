"""One tissue under a posture that is held, and what a posture asks of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["muscle", "ligament", "tendon", "disc"]
Side = Literal["left", "right", "midline"]


class MuscleState(Protocol):
    """One muscle of the answer of `solve`: activation 0..1, force in N."""

    @property
    def name(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def activation(self) -> float: ...
    @property
    def force_n(self) -> float: ...


class Source(Protocol):
    """A published figure."""

    @property
    def citation(self) -> str: ...
    @property
    def verified(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Held:
    """A posture as its tissues feel it.

    lumbar_flexion_rad: from neutral standing, forward +; hip_adduction_rad: (left, right),
    thigh towards the midline +; compression and forward shear at L5/S1.
    """

    muscles: Sequence[MuscleState]
    lumbar_flexion_rad: float
    hip_adduction_rad: tuple[float, float]
    l5_s1_compression_n: float
    l5_s1_anterior_shear_n: float


@dataclass(frozen=True, slots=True)
class Tissue:
    """One tissue under one posture held for `held_minutes`.

    load and limit in `unit`; share = load / limit; endurance_minutes: (shortest, longest) of the
    published curves; creep_deg: (least, most) further flexion by the end; None where no study
    says. verified: every figure used was seen in its source.
    """

    tissue: str
    kind: Kind
    side: Side
    load: float
    unit: str
    limit: float | None
    share: float | None
    held_minutes: float
    endurance_minutes: tuple[float, float] | None
    creep_deg: tuple[float, float] | None
    known: str
    citations: tuple[str, ...]
    verified: bool


def tissue(
    who: tuple[str, Kind, Side],
    loaded: tuple[float, str, float | None],
    minutes: float,
    known: str,
    used: Sequence[Source],
    **more: tuple[float, float] | None,
) -> Tissue:
    """who: (name, kind, side); loaded: (load, unit, limit); more: endurance or creep."""
    load, unit, limit = loaded
    citations = dict.fromkeys(source.citation for source in used)
    return Tissue(
        tissue=who[0],
        kind=who[1],
        side=who[2],
        load=load,
        unit=unit,
        limit=limit,
        share=None if limit is None else load / limit,
        held_minutes=minutes,
        endurance_minutes=more.get("endurance"),
        creep_deg=more.get("creep"),
        known=known,
        citations=tuple(citations),
        verified=all(source.verified for source in used),
    )
