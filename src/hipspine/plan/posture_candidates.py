"""Which changes of a posture are worth simulating for this person; each is one habit changed.

A change may bring its own `before`: a cane matters at each step, so it is compared on one leg.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from hipspine.mechanics.posture import Posture

Side = Literal["left", "right"]

#: Push on a cane, % of body weight: what people lean on it without strain (Brand 1980 bounds it
#: by 20).
CANE_PERCENT_BW = 15.0
#: Differences of the share of weight, angles and lengths too small to speak of (judgement).
LEAST_SHARE, LEAST_DEGREES, LEAST_MM, LEAST_KG = 0.02, 3.0, 5.0, 1.0
#: What fits inside a shoe; more goes under the sole (judgement, common practice).
INSIDE_SHOE_MM = 10.0
#: A backrest this far from upright; a load this near to the body (judgement).
RECLINED_DEG, NEAR_M = 20.0, 0.2
ONE_LEG = ("left_leg", "right_leg")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change: `after` against `before` (None: the posture told); `say` is why or how."""

    change: str
    name: str
    after: Posture
    say: str = ""
    before: Posture | None = None


def opposite(side: Side) -> Side:
    """The other side."""
    return "right" if side == "left" else "left"


def candidates(base: Posture, painful_hip: Side | None) -> Iterator[Candidate]:
    """Every change that differs from `base`, in a fixed order."""
    stands = base.stance in ("two_leg", *ONE_LEG)
    if stands:
        yield from _weight(base)
        yield from _leg_length(base)
    if stands or base.stance == "sitting":
        yield from _trunk(base)
        yield from _loads(base, painful_hip)
    if base.stance == "sitting":
        yield from _seat(base)
    if stands:
        yield from _cane(base, painful_hip)


def _with(posture: Posture, **changes: Any) -> Posture:
    return posture.model_copy(update=changes)


def _weight(base: Posture) -> Iterator[Candidate]:
    if base.stance in ONE_LEG:
        both = _with(base, stance="two_leg", weight_share_left=0.5)
        yield Candidate("both_feet", "Stand on both feet", both)
    share = base.weight_share_left
    if base.stance == "two_leg" and share is not None and abs(share - 0.5) >= LEAST_SHARE:
        even = _with(base, weight_share_left=0.5)
        yield Candidate("even_weight", "Put the same weight on both feet", even)


def _leg_length(base: Posture) -> Iterator[Candidate]:
    difference = base.leg_length_difference_mm or 0.0
    if abs(difference) < LEAST_MM:
        return
    name = f"Lift under the {'left' if difference > 0 else 'right'} shoe"
    level = _with(base, leg_length_difference_mm=0.0, pelvic_obliquity_deg=None)
    say = "the whole measured difference is lifted here; begin with half of it"
    if abs(difference) > INSIDE_SHOE_MM:
        say += "; more than 10 mm goes under the sole, not into the shoe"
    yield Candidate("shoe_lift", name, level, say)


def _trunk(base: Posture) -> Iterator[Candidate]:
    lean = base.trunk_flexion_deg or 0.0
    if lean >= 2 * LEAST_DEGREES:
        half = _with(base, trunk_flexion_deg=lean / 2)
        yield Candidate("half_forward_lean", "Lean forward half as far", half)
    if abs(lean) >= LEAST_DEGREES:
        yield Candidate("upright_trunk", "Hold the trunk upright", _with(base, trunk_flexion_deg=0))
    if lean >= 2 * LEAST_DEGREES and base.hands in (None, "free") and _empty(base):
        rest = _with(base, hands="on_thighs")
        yield Candidate("hands_on_thighs", "Rest the hands on the thighs when leaning", rest)
    if abs(base.trunk_lateral_lean_deg or 0.0) >= LEAST_DEGREES:
        straight = _with(base, trunk_lateral_lean_deg=0.0)
        yield Candidate("no_side_lean", "Do not lean to the side", straight)
    if abs(base.trunk_rotation_deg or 0.0) >= LEAST_DEGREES:
        ahead = _with(base, trunk_rotation_deg=0.0)
        yield Candidate("no_twist", "Face what you do: turn the feet, not the trunk", ahead)
    tilt, curve = base.pelvic_tilt_change_deg or 0.0, base.lumbar_lordosis_change_deg or 0.0
    if max(abs(tilt), abs(curve)) >= LEAST_DEGREES and base.stance != "sitting":
        neutral = _with(base, pelvic_tilt_change_deg=0.0, lumbar_lordosis_change_deg=0.0)
        yield Candidate("neutral_pelvis", "Bring the pelvis to its neutral tilt", neutral)
    if base.guarding is not None and max(base.guarding.left, base.guarding.right) > 0:
        loose = _with(base, guarding=None)
        yield Candidate("less_guarding", "Let go of the muscles held tense", loose)


def _empty(base: Posture) -> bool:
    carried = (base.hand_load_left_kg, base.hand_load_right_kg, base.front_load_kg)
    return not any(carried)


def _loads(base: Posture, painful_hip: Side | None) -> Iterator[Candidate]:
    left, right = base.hand_load_left_kg or 0.0, base.hand_load_right_kg or 0.0
    total = left + right
    if abs(left - right) >= LEAST_KG:
        even = _with(base, hand_load_left_kg=total / 2, hand_load_right_kg=total / 2)
        yield Candidate("load_in_both_hands", "Share the load between both hands", even)
        mine = {"left": left, "right": right}
        if painful_hip is not None and mine[painful_hip] < total:
            here = {f"hand_load_{painful_hip}_kg": total}
            there = {f"hand_load_{opposite(painful_hip)}_kg": 0.0}
            name = f"Carry it in the {painful_hip} hand, on the side of the sore hip"
            yield Candidate("load_on_sore_side", name, _with(base, **here, **there))
    if (base.front_load_kg or 0.0) >= LEAST_KG:
        if (base.front_load_distance_m or 1.0) > NEAR_M:
            near = _with(base, front_load_distance_m=NEAR_M)
            yield Candidate("load_close", "Hold the load close to the body", near)
        half = _with(base, front_load_kg=(base.front_load_kg or 0.0) / 2)
        yield Candidate("half_load", "Carry half as much at a time", half)


def _seat(base: Posture) -> Iterator[Candidate]:
    if (base.backrest_inclination_deg or 0.0) < RECLINED_DEG - LEAST_DEGREES:
        back = _with(base, backrest_inclination_deg=RECLINED_DEG, trunk_flexion_deg=None)
        name = "Lean back on a backrest 20 degrees from upright"
        yield Candidate("backrest", name, back)
    if base.hands in (None, "free") and _empty(base):
        rest = _with(base, hands="on_armrests")
        yield Candidate("armrests", "Rest the forearms on armrests", rest)


def _cane(base: Posture, painful_hip: Side | None) -> Iterator[Candidate]:
    """At each step: the sore leg alone on the ground, without the cane (or as held) and with it."""
    if painful_hip is None:
        return
    hand = opposite(painful_hip)
    if base.cane_hand == hand:
        return
    step = _with(base, stance=f"{painful_hip}_leg", weight_share_left=None)
    with_cane = _with(step, cane_hand=hand, cane_force_percent_bw=CANE_PERCENT_BW)
    move = "Move the cane to" if base.cane_hand else "Cane in"
    yield Candidate(
        f"cane_in_{hand}_hand",
        f"{move} the {hand} hand, opposite the sore hip",
        with_cane,
        "at each step, pushing with 15 % of body weight; who pushes less, gains less",
        step,
    )
