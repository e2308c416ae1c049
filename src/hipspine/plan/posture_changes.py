"""What changes of posture would do to this person's hips and discs, simulated one by one.

From the posture that the case tells, or from the one typical of the first source (said so).
Ratios after to before: hip contact force of either hip, compression of L4/5. The model's own
error is in none of them (`mechanics` validates it); a ratio cancels much of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hipspine.findings.patient import Patient
from hipspine.plan.model import PostureChange
from hipspine.plan.posture_candidates import LEAST_MM, Candidate, Side, candidates
from hipspine.wording import Wording

if TYPE_CHECKING:
    from hipspine.mechanics.batch import LoadsTable
    from hipspine.mechanics.posture import Posture

#: A change that moves every figure by less than this is not listed (judgement).
LEAST_CHANGE = 0.03
#: From here on a hip is said to carry more (judgement).
WORSE = 1.05
#: Below this share of body weight a hip carries nearly nothing: its ratio means nothing.
LEAST_BW = 0.1
GRAVITY = 9.80665
COLUMNS = ("left_hip_contact_force_n", "right_hip_contact_force_n", "l4_l5_compression_n")


@dataclass(frozen=True, slots=True)
class Base:
    """The posture that changes are compared with, and what is to be said of it."""

    posture: Posture
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """The changes, best for the sore hip (or the discs) first, and what is to be said of them."""

    changes: tuple[PostureChange, ...]
    notices: tuple[str, ...]


def posture_changes(
    patient: Patient, source: str, side: Side | None, painful_hip: Side | None
) -> Simulated:
    """Simulate what may help from how this person stands or sits.

    source: the first source of pain, for a typical posture where none is told; side: of that
    source; painful_hip: the sore hip, None where neither or both hurt. Empty where mass or
    height is unknown, or lying. Raises InvalidPosture for a told posture that cannot be.
    """
    base = base_posture(patient, source, side)
    if base is None:
        return Simulated((), ("posture changes need mass and height",))
    tried = list(candidates(base.posture, painful_hip))
    if not tried:
        return Simulated((), ())
    from hipspine.mechanics import solve_arrays  # noqa: PLC0415  (an extra, heavy)

    befores = [c.before or base.posture for c in tried]
    solved = solve_arrays([*befores, *(c.after for c in tried)])
    weight = base.posture.mass_kg * GRAVITY
    rows = [
        _change(tried[i], solved, (i, i + len(tried)), weight)
        for i in range(len(tried))
        if solved.held[i] and solved.held[i + len(tried)]
    ]
    felt = sorted((r for r in rows if _is_felt(r)), key=lambda r: _order(r, painful_hip))
    return Simulated(tuple(felt), base.notes if felt else ())


def base_posture(patient: Patient, source: str, side: Side | None) -> Base | None:
    """The posture told, else the typical one of the first source; with the measured leg length."""
    body: dict[str, Any] = {
        name: value
        for name, value in (
            ("mass_kg", patient.mass_kg),
            ("height_m", patient.height_m),
            ("sex", patient.sex),
        )
        if value is not None
    }
    from hipspine.mechanics.posture import read_posture  # noqa: PLC0415  (an extra)

    if patient.posture is not None:
        told = read_posture({**body, **patient.posture}, "posture")
        return _measured_leg(patient, Base(told, ()))
    if "mass_kg" not in body or "height_m" not in body:
        return None
    from hipspine.mechanics.typical import typical_posture  # noqa: PLC0415  (an extra, heavy)

    typical = typical_posture(source, side, **body)
    return _measured_leg(patient, Base(typical.centre(), typical.notes))


def _measured_leg(patient: Patient, base: Base) -> Base:
    """The measured leg-length difference where the posture tells none; right longer is positive."""
    if base.posture.leg_length_difference_mm is not None:
        return base
    found = next(
        (o for o in patient.findings if o.finding == "leg_length_difference" and o.present), None
    )
    if found is None or found.value is None or found.value < LEAST_MM:
        return base
    if found.side not in ("left", "right"):
        said = (
            "a leg-length difference is told, but not which leg is short: no lift is simulated;"
            " the posture's leg_length_difference_mm says it (right longer is positive)"
        )
        return Base(base.posture, (*base.notes, said))
    limit = 60.0
    signed = min(found.value, limit) * (1 if found.side == "left" else -1)
    posture = base.posture.model_copy(update={"leg_length_difference_mm": signed})
    said = Wording(
        "leg-length difference {value:.0f} mm, the {side} leg read as the short one",
        value=abs(signed),
        side=found.side,
    )
    return Base(posture, (*base.notes, said))


def _change(
    candidate: Candidate, solved: LoadsTable, rows: tuple[int, int], weight: float
) -> PostureChange:
    before, after = ([float(solved.column(name)[row]) for name in COLUMNS] for row in rows)
    ratios = [
        a / b if max(a, b) >= LEAST_BW * weight and b > 0 else 1.0
        for a, b in zip(after, before, strict=True)
    ]
    worse = [
        Wording(
            "the {side} hip carries more: {before:.0f} to {after:.0f} % of body weight",
            side=side,
            before=100 * b / weight,
            after=100 * a / weight,
        )
        for side, ratio, b, a in zip(("left", "right"), ratios, before, after, strict=False)
        if ratio >= WORSE
    ]
    if ratios[2] >= WORSE:
        more = 100 * (ratios[2] - 1)
        worse.append(Wording("the disc L4/5 carries {more:.0f} % more", more=more))
    return PostureChange(
        change=candidate.change,
        name=candidate.name,
        left_hip=ratios[0],
        right_hip=ratios[1],
        l4_l5=ratios[2],
        note=_joined([candidate.say, *worse]),
    )


def _joined(parts: list[str]) -> str:
    said = [part for part in parts if part]
    if len(said) < 2:
        return said[0] if said else ""
    return Wording("{first}; {rest}", first=said[0], rest=_joined(said[1:]))


def _is_felt(change: PostureChange) -> bool:
    ratios = (change.left_hip, change.right_hip, change.l4_l5)
    return max(abs(ratio - 1) for ratio in ratios) >= LEAST_CHANGE


def _order(change: PostureChange, painful_hip: Side | None) -> tuple[float, str]:
    """Least load on the sore hip first; without one, least on the disc and both hips."""
    if painful_hip is not None:
        return (change.left_hip if painful_hip == "left" else change.right_hip, change.change)
    return (change.l4_l5 + (change.left_hip + change.right_hip) / 2, change.change)
