"""What is shown of the loads: each hip and each disc in the posture told, and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipspine.assessment import Assessment
from hipspine.report.languages import NO_BREAK, Translator
from hipspine.report.names import HIPS
from hipspine.report.voice import Voice
from hipspine.wording import Wording

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads
    from hipspine.plan.model import PostureChange

#: Hips that differ by less than this share carry "about the same".
ALIKE = 0.05
_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class HipRow:
    """The force of the socket on the head of the femur, as shown."""

    name: str
    newtons: str
    percent_bw: str
    band: str
    times: str
    pressure: str
    abductors: str


@dataclass(frozen=True, slots=True)
class DiscRow:
    """The compression of one disc, as shown."""

    name: str
    compression: str
    band: str
    times: str
    shear: str
    pressure: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of posture; factors on the load of the posture told."""

    name: str
    left_hip: str
    right_hip: str
    l4_l5: str
    note: str


@dataclass(frozen=True, slots=True)
class LoadsView:
    """Loads of one posture; `picture` is an SVG in the language."""

    sentence: str
    hips: tuple[HipRow, ...]
    discs: tuple[DiscRow, ...]
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    picture: str


def loads_view(a: Assessment, voice: Voice, *, picture: bool) -> LoadsView | None:
    """None where the case tells no posture; the picture is drawn only when asked for."""
    if a.loads is None:
        return None
    say = voice.say
    return LoadsView(
        hips_sentence(a.loads, say),
        tuple(_hip(a.loads, side, say) for side in _SIDES),
        tuple(_disc(a.loads, part, say) for part in ("l4_l5", "l5_s1")),
        tuple(say(warning) for warning in a.loads.warnings),
        tuple(say(assumption) for assumption in a.loads.assumptions),
        _picture(a, say) if picture else "",
    )


def hips_sentence(loads: Loads, say: Translator) -> str:
    """Which hip carries more in the posture told, and how much of body weight."""
    left = loads.figures.left.hip_contact_force_percent_bw
    right = loads.figures.right.hip_contact_force_percent_bw
    if abs(left - right) <= ALIKE * max(left, right):
        return say(
            Wording(
                "In the posture told both hips carry about the same: left {left}, right {right} "
                "percent of body weight.",
                left=say.number(left),
                right=say.number(right),
            )
        )
    more, less = ("left", "right") if left > right else ("right", "left")
    return say(
        Wording(
            "In the posture told the {more} carries {most} percent of body weight, "
            "the {less} {least}.",
            more=HIPS[more],
            less=HIPS[less],
            most=say.number(max(left, right)),
            least=say.number(min(left, right)),
        )
    )


def _hip(loads: Loads, side: str, say: Translator) -> HipRow:
    hip = getattr(loads.figures, side)
    return HipRow(
        say(HIPS[side]),
        say.number(hip.hip_contact_force_n),
        say.number(hip.hip_contact_force_percent_bw),
        _band(loads, side, "hip_contact_force_n", say),
        times(getattr(loads.ratio_to_neutral, side).hip_contact_force, say),
        say.number(hip.peak_contact_pressure_mpa, 1),
        say.number(hip.abductor_force_n),
    )


def _disc(loads: Loads, part: str, say: Translator) -> DiscRow:
    disc = getattr(loads.figures, part)
    return DiscRow(
        {"l4_l5": "L4/5", "l5_s1": "L5/S1"}[part],
        say.number(disc.compression_n),
        _band(loads, part, "compression_n", say),
        times(getattr(loads.ratio_to_neutral, part).compression, say),
        say.number(disc.anterior_shear_n),
        say.number(disc.intradiscal_pressure_mpa, 2),
    )


def _band(loads: Loads, part: str, figure: str, say: Translator) -> str:
    if loads.bands is None:
        return "-"
    ends = (getattr(getattr(end, part), figure) for end in (loads.bands.low, loads.bands.high))
    low, high = ends
    return say(Wording("{low} to {high}", low=say.number(low), high=say.number(high)))


def times(ratio: float | None, say: Translator) -> str:
    """A ratio, such as 1.4 ×; a dash where there is none."""
    return "-" if ratio is None else f"{say.number(ratio, 1)}{NO_BREAK}×"


def changes_view(changes: tuple[PostureChange, ...], voice: Voice) -> tuple[ChangeRow, ...]:
    """To two decimals: a change of a few percent is what a change of posture does."""
    say = voice.say
    return tuple(
        ChangeRow(
            say(change.name),
            f"{say.number(change.left_hip, 2)}{NO_BREAK}×",
            f"{say.number(change.right_hip, 2)}{NO_BREAK}×",
            f"{say.number(change.l4_l5, 2)}{NO_BREAK}×",
            say(change.note),
        )
        for change in changes
    )


def _picture(a: Assessment, say: Translator) -> str:
    from hipspine.mechanics import read_posture  # noqa: PLC0415  (an extra, heavy)
    from hipspine.report.loads_svg import loads_svg  # noqa: PLC0415

    patient, loads = a.patient, a.loads
    assert patient.posture is not None
    assert loads is not None
    body = {"mass_kg": patient.mass_kg, "height_m": patient.height_m, "sex": patient.sex}
    known = {name: value for name, value in body.items() if value is not None}
    return loads_svg(read_posture({**known, **patient.posture}, "posture"), loads, say)
