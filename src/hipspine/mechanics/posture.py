"""A posture as people write it: checked at the door, degrees and millimetres as measured.

What is left out is not known: `None` here; the neutral value used for it is named in the answer.
"""

from functools import cache
from typing import Annotated, Any, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from hipspine.errors import InvalidInput

Stance = Literal[
    "two_leg", "left_leg", "right_leg", "sitting", "lying_supine", "lying_prone", "lying_side"
]


class InvalidPosture(InvalidInput):
    """A posture that cannot be: an unknown key, or a value outside its range."""


def _within(low: float, high: float, unit: str) -> Any:
    """A number in a range; the unit is for the message."""
    return Field(default=None, ge=low, le=high, json_schema_extra={"unit": unit})


Share = Annotated[float, Field(ge=0.0, le=1.0, json_schema_extra={"unit": "a share"})]


class Guarding(BaseModel):
    """One-sided co-contraction of trunk and hip muscles, 0 (none) to 1 (as hard as they hold)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    left: Share = 0.0
    right: Share = 0.0


class Posture(BaseModel):
    """One posture of one person. Signs: forward, right, up and more lordosis are positive."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    mass_kg: float = Field(ge=30, le=250, json_schema_extra={"unit": "kg"})
    height_m: float = Field(ge=1.2, le=2.2, json_schema_extra={"unit": "m"})
    sex: Literal["F", "M", "X"] = "X"
    stance: Stance
    id: str | None = None

    hip_joint_width_mm: float | None = _within(120, 240, "mm")
    femur_length_mm: float | None = _within(300, 560, "mm")
    trochanter_offset_mm: float | None = _within(25, 90, "mm")
    weight_share_left: float | None = _within(0, 1, "a share of the body weight")

    trunk_flexion_deg: float | None = _within(-30, 100, "degrees")
    trunk_lateral_lean_deg: float | None = _within(-30, 30, "degrees")
    trunk_rotation_deg: float | None = _within(-45, 45, "degrees")
    pelvic_tilt_change_deg: float | None = _within(-50, 60, "degrees")
    lumbar_lordosis_change_deg: float | None = _within(-60, 30, "degrees")
    pelvic_obliquity_deg: float | None = _within(-20, 20, "degrees")
    leg_length_difference_mm: float | None = _within(-60, 60, "mm")

    hip_flexion_deg: float | None = _within(-20, 120, "degrees")
    hip_flexion_left_deg: float | None = _within(-20, 120, "degrees")
    hip_flexion_right_deg: float | None = _within(-20, 120, "degrees")
    knee_flexion_deg: float | None = _within(0, 130, "degrees")
    knee_flexion_left_deg: float | None = _within(0, 130, "degrees")
    knee_flexion_right_deg: float | None = _within(0, 130, "degrees")
    hands: Literal["free", "on_thighs", "on_armrests"] | None = None
    backrest_inclination_deg: float | None = _within(0, 60, "degrees from upright")

    hand_load_left_kg: float | None = _within(0, 60, "kg")
    hand_load_right_kg: float | None = _within(0, 60, "kg")
    front_load_kg: float | None = _within(0, 60, "kg")
    front_load_distance_m: float | None = _within(0.1, 0.9, "m")
    cane_hand: Literal["left", "right"] | None = None
    cane_force_percent_bw: float | None = _within(0, 30, "% of body weight")
    guarding: Guarding | None = None

    def __init__(self, **data: Any) -> None:
        """Raises InvalidPosture: one line, what, where, what would be accepted."""
        try:
            super().__init__(**data)
        except pydantic.ValidationError as error:
            raise InvalidPosture(_sentence(error)) from None

    @pydantic.field_validator("sex", mode="before")
    @classmethod
    def _either_case(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value or "X"

    @pydantic.field_validator("id", mode="before")
    @classmethod
    def _numbers_name_too(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @pydantic.field_validator("mass_kg", "height_m", mode="before")
    @classmethod
    def _no_truth_values(cls, value: object) -> object:
        return str(value) if isinstance(value, bool) else value


def read_posture(raw: object, where: str) -> Posture:
    """The posture in an object of a file; raises InvalidPosture with the place in front."""
    if not isinstance(raw, dict):
        raise InvalidPosture(
            f'{where}: a posture is a JSON object like {{"stance": "two_leg", ...}}'
        )
    try:
        return Posture(**{str(key): value for key, value in raw.items()})
    except InvalidPosture as error:
        raise InvalidPosture(f"{where}: {error}") from None


def _sentence(error: pydantic.ValidationError) -> str:
    """The first fault in one line; a wrong unit is recognised by its size."""
    faults = error.errors(include_url=False)
    first = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    name = ".".join(str(part) for part in first["loc"])
    more = f" ({len(faults) - 1} more faults)" if len(faults) > 1 else ""
    if first["type"] == "extra_forbidden":
        return f"unknown key {name[:60]!r}{_suggestion(name)}{more}"
    if first["type"] == "missing":
        return f"{name} is missing; accepted: {_accepted(name)}{more}"
    given = repr(first.get("input"))
    given = given if len(given) <= 40 else given[:37] + "..."
    hint = _unit_hint(name, first.get("input"))
    return f"{name}: {given} is not accepted{hint}; accepted: {_accepted(name)}{more}"


def _suggestion(name: str) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for a misspelt key)

    known = sorted(Posture.model_fields)
    close = process.extractOne(name.lower(), known, scorer=fuzz.WRatio, score_cutoff=60)
    return f"; did you mean {close[0]!r}?" if close else f"; known keys: {', '.join(known)}"


def _unit_hint(name: str, value: object) -> str:
    """178 for a height in metres, 0.95 for a width in millimetres: say what was likely meant."""
    limits = bounds().get(name)
    if limits is None or not isinstance(value, (int, float)) or isinstance(value, bool):
        return ""
    unit = _unit(name)
    for factor in (0.01, 0.001, 100.0, 1000.0) if unit in ("m", "mm") else ():
        if limits[0] <= value * factor <= limits[1] and value * factor != 0:
            return (
                f"; did you mean {value * factor:g} {unit if unit in ('m', 'mm') else ''}".rstrip()
                + "?"
            )
    return ""


def _unit(name: str) -> str:
    extra = Posture.model_fields[name].json_schema_extra if name in Posture.model_fields else None
    return str(extra["unit"]) if isinstance(extra, dict) else "a share"


def _accepted(name: str) -> str:
    if name in bounds():
        low, high = bounds()[name]
        return f"{low:g} to {high:g} ({_unit(name)})"
    choices = {
        "sex": "F, M or X",
        "stance": "two_leg, left_leg, right_leg, sitting, lying_supine, lying_prone or lying_side",
        "hands": "free, on_thighs or on_armrests",
        "cane_hand": "left, right or null",
        "guarding": '{"left": 0 to 1, "right": 0 to 1}',
        "guarding.left": "0 to 1",
        "guarding.right": "0 to 1",
        "id": "a short text",
    }
    return choices.get(name, "see the documentation of the posture file")


@cache
def bounds() -> dict[str, tuple[float, float]]:
    """The accepted range of every number of a posture."""
    found: dict[str, tuple[float, float]] = {}
    for name, field in Posture.model_fields.items():
        low = next((m.ge for m in field.metadata if getattr(m, "ge", None) is not None), None)
        high = next((m.le for m in field.metadata if getattr(m, "le", None) is not None), None)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)):
            found[name] = (float(low), float(high))
    return found
