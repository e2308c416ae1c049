"""The posture typical of a source of pain, where nothing was measured in the patient.

A distribution, never a measurement: each field of the posture that a study speaks of gets a
mean and a spread (`data/posture_in_pain.csv`), and what no study says stays neutral. Whoever
shows it must say that it is typical and not measured: `TypicalPosture.notes` does.
"""

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.mechanics.body import read_rows
from hipspine.mechanics.posture import Posture

Who = Literal["low_back", "axial_back", "nerve_root", "hip_joint"]
Side = Literal["left", "right"]

#: E|x| of a normal distribution about 0, as a share of its standard deviation.
ABSOLUTE_MEAN = math.sqrt(2 / math.pi)
#: FITTED: guarding of both sides at which two-leg standing has 26 % more L4/5 compression than
#: without (Marras 2001); tests/published/test_marras_2001.py holds it to that.
GUARDING_LOW_BACK = 0.15
#: Judgement: spread of a quantity whose study states a mean and no spread, as a share of it.
UNSTATED_SPREAD = 0.5


@dataclass(frozen=True, slots=True)
class PostureFigure:
    """A row of `data/posture_in_pain.csv`; value and healthy in `unit`; use: counted below."""

    id: str
    who: str
    value: float
    healthy: float | None
    spread: float | None
    unit: str
    use: bool
    citation: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A field of the posture as a normal distribution cut at low and high, in the field's unit."""

    field: str
    mean: float
    sd: float
    low: float
    high: float
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypicalPosture:
    """Two-leg standing as people with this source of pain stand; typical, not measured."""

    condition: str
    side: Side | None
    mass_kg: float
    height_m: float
    sex: str
    spreads: tuple[Spread, ...]
    notes: tuple[str, ...]
    citations: tuple[str, ...]
    measured: Literal[False] = False

    def centre(self) -> Posture:
        """The posture of the means."""
        return self._posture({s.field: s.mean for s in self.spreads})

    def draw(self, count: int, seed: int = 0) -> list[Posture]:
        """`count` postures; the same seed draws the same ones."""
        uniform = np.random.default_rng(seed).permuted(
            np.tile((np.arange(count) + 0.5) / count, (len(self.spreads), 1)), axis=1
        )
        columns = {
            spread.field: _cut_normal(spread, ranks)
            for spread, ranks in zip(self.spreads, uniform, strict=True)
        }
        return [
            self._posture({field: float(values[i]) for field, values in columns.items()})
            for i in range(count)
        ]

    def _posture(self, values: dict[str, float]) -> Posture:
        guarding = values.pop("guarding", None)
        fields: dict[str, object] = dict(values)
        if guarding is not None:
            fields["guarding"] = {"left": guarding, "right": guarding}
        person = {"mass_kg": self.mass_kg, "height_m": self.height_m, "sex": self.sex}
        return Posture(**person, stance="two_leg", **fields)


def typical_posture(
    condition: str, side: Side | None, mass_kg: float, height_m: float, sex: str = "X"
) -> TypicalPosture:
    """How people with this source of pain stand on two legs.

    condition: an id of the evidence; side: that of the pain, None where unknown, on both sides
    or in the midline. Raises InvalidInput for an unknown condition or side.
    """
    if condition not in evidence().conditions:
        raise InvalidInput(f"{condition!r} is not a source of pain of the evidence tables")
    if side not in ("left", "right", None):
        raise InvalidInput(f"side {side!r}: accepted: left, right or null")
    who = groups_of(condition)
    spreads = _spreads(who, side)
    used = {name for spread in spreads for name in spread.figures}
    figures = figures_in_pain()
    return TypicalPosture(
        condition=condition,
        side=side,
        mass_kg=mass_kg,
        height_m=height_m,
        sex=sex,
        spreads=spreads,
        notes=_notes(condition, who, side, used),
        citations=tuple(dict.fromkeys(figures[name].citation for name in sorted(used))),
    )


def groups_of(condition: str) -> frozenset[Who]:
    """Which rows of the table speak of a condition."""
    row = evidence().conditions[condition]
    family = {condition, *row.parents}
    who: set[Who] = set()
    if row.category in ("spine", "si_joint"):
        who.add("low_back")
    if "axial_low_back_pain" in family:
        who.add("axial_back")
    if "lumbar_radiculopathy" in family:
        who.add("nerve_root")
    if row.category == "hip_intraarticular":
        who.add("hip_joint")
    return frozenset(who)


@cache
def figures_in_pain() -> dict[str, PostureFigure]:
    """`data/posture_in_pain.csv` by id."""

    def number(cell: str) -> float | None:
        return float(cell) if cell else None

    return {
        row["id"]: PostureFigure(
            id=row["id"],
            who=row["who"],
            value=number(row["value"]) or 0.0,
            healthy=number(row["healthy"]),
            spread=number(row["spread"]),
            unit=row["unit"],
            use=row["use"] == "yes",
            citation=row["citation"],
            verified=row["verified"] == "yes",
            note=row["note"],
        )
        for row in read_rows("posture_in_pain.csv")
    }


def _spreads(who: frozenset[Who], side: Side | None) -> tuple[Spread, ...]:
    table = figures_in_pain()
    spreads = [_weight_share(who, side)]
    if "low_back" in who:
        tilt = table["pelvic_tilt_low_back"]
        lost = table["hip_extension_lost"]
        tipped = -lost.value if "axial_back" in who else 0.0
        spread = math.hypot(tilt.value * (tilt.spread or 0.0), UNSTATED_SPREAD * tipped)
        used = (tilt.id, lost.id) if tipped else (tilt.id,)
        spreads.append(Spread("pelvic_tilt_change_deg", tipped, spread, -15.0, 15.0, used))
        if tipped:
            deeper = Spread(
                "lumbar_lordosis_change_deg",
                tipped,
                UNSTATED_SPREAD * tipped,
                -15.0,
                15.0,
                (lost.id,),
            )
            spreads.append(deeper)
        more = table["compression_low_back"]
        guard = GUARDING_LOW_BACK
        spreads.append(
            Spread("guarding", guard, UNSTATED_SPREAD * guard, 0.0, 3 * guard, (more.id,))
        )
    if "nerve_root" in who:
        flat = table["lordosis_disc_herniation"]
        change = flat.value - (flat.healthy or 0.0)
        spreads.append(
            Spread("lumbar_lordosis_change_deg", change, flat.spread or 0.0, -15.0, 5.0, (flat.id,))
        )
    return tuple(spreads)


def _weight_share(who: frozenset[Who], side: Side | None) -> Spread:
    """A hip is unloaded on its side; a back leans either way, more than a healthy one."""
    table = figures_in_pain()
    healthy, back, hip = (
        table[f"weight_{name}"]
        for name in ("asymmetry_healthy", "asymmetry_low_back", "unloading_hip")
    )
    absolute = back if "low_back" in who else healthy
    sd = absolute.value / ABSOLUTE_MEAN / 200  # % of body weight between legs -> share of one
    mean, used = 0.5, [absolute.id]
    if "hip_joint" in who and side is not None:
        mean += (-1 if side == "left" else 1) * hip.value / 200
        used.append(hip.id)
    return Spread("weight_share_left", mean, sd, 0.2, 0.8, tuple(used))


def _notes(
    condition: str, who: frozenset[Who], side: Side | None, used: set[str]
) -> tuple[str, ...]:
    name = evidence().conditions[condition].name
    notes = [f"typical of {name}, not measured in this patient: two-leg standing"]
    table = figures_in_pain()
    if not who:
        notes.append("no study of standing in this condition is known: healthy people's spread")
    if "low_back" in who:
        notes.append("which leg bears more is not known in low back pain: either side alike")
    if "hip_joint" in who and condition != "hip_osteoarthritis":
        notes.append("hip osteoarthritis stands in for this hip condition")
    if "hip_joint" in who and side is None:
        notes.append("the sore side is not known: no leg is unloaded")
    unread = [figure for figure in sorted(used) if not table[figure].verified]
    if unread:
        notes.append(f"remembered, not re-read: {', '.join(unread)}")
    return tuple(notes)


def _cut_normal(spread: Spread, ranks: np.ndarray) -> np.ndarray:
    """Quantiles of the normal distribution between low and high at these ranks."""

    if spread.sd <= 0:
        return np.full(ranks.size, spread.mean)
    normal = NormalDist(spread.mean, spread.sd)
    below, above = normal.cdf(spread.low), normal.cdf(spread.high)
    return np.array([normal.inv_cdf(below + r * (above - below)) for r in ranks])
