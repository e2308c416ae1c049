"""A day as people write it: hours in postures, and walking as a stated multiple of standing.

{"mass_kg": 70, "height_m": 1.7, "day": [{"hours": 6, "stance": "sitting"}, ...]}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hipspine.mechanics.posture import InvalidPosture, Posture, read_posture

HOURS_A_DAY = 24.0
#: A multiple of standing that a person may state for walking.
WALKING_RANGE = (0.5, 10.0)
_OF_A_PART = frozenset({"hours", "walking", "walking_multiple"})


@dataclass(frozen=True, slots=True)
class DayPart:
    """Hours in one posture; `posture` None: walking, at `walking_multiple` of neutral standing."""

    hours: float
    posture: Posture | None
    walking_multiple: float | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The parts of one person's day; `person` is their neutral standing."""

    id: str | None
    person: Posture
    parts: tuple[DayPart, ...]


def is_day(raw: object) -> bool:
    """Whether an object of a file is a day and not a single posture."""
    return isinstance(raw, dict) and "day" in raw


def read_day(raw: Mapping[str, Any], where: str) -> DayPlan:
    """The day in an object of a file.

    `day` is a list of parts; each has `hours` and the fields of a posture, or `walking: true`
    (with `walking_multiple` if known). Other keys of the object hold in every part. Raises
    InvalidPosture naming the part.
    """
    shared = {key: value for key, value in raw.items() if key != "day"}
    parts = raw["day"]
    if not isinstance(parts, list) or not parts:
        raise InvalidPosture(f'{where}: "day" is a list like [{{"hours": 8, "stance": "sitting"}}]')
    read = tuple(_part(part, shared, f"{where}, day part {n}") for n, part in enumerate(parts, 1))
    hours = sum(part.hours for part in read)
    if hours > HOURS_A_DAY + 1e-9:
        raise InvalidPosture(f"{where}: the parts of the day add up to {hours:g} hours; at most 24")
    if all(part.posture is None for part in read):
        raise InvalidPosture(f"{where}: a day needs at least one part with a posture")
    body = {key: shared[key] for key in _OF_THE_PERSON if key in shared}
    person = read_posture({**body, "stance": "two_leg"}, where)
    identity = shared.get("id")
    return DayPlan(None if identity is None else str(identity), person, read)


#: What stays the same in a person whatever they do.
_OF_THE_PERSON = (
    "mass_kg",
    "height_m",
    "sex",
    "hip_joint_width_mm",
    "femur_length_mm",
    "trochanter_offset_mm",
)


def _part(raw: object, shared: Mapping[str, Any], where: str) -> DayPart:
    if not isinstance(raw, dict):
        raise InvalidPosture(f'{where}: a part is an object like {{"hours": 2, "stance": ...}}')
    hours = _number(raw.get("hours"), "hours", (0.0, HOURS_A_DAY), where)
    if hours == 0:
        raise InvalidPosture(
            f"{where}: hours: 0 is not accepted; accepted: more than 0, at most 24"
        )
    walking = raw.get("walking", False)
    if not isinstance(walking, bool):
        raise InvalidPosture(
            f"{where}: walking: {walking!r} is not accepted; accepted: true, false"
        )
    if not walking:
        if "walking_multiple" in raw:
            raise InvalidPosture(f'{where}: walking_multiple goes with "walking": true')
        own = {key: value for key, value in raw.items() if key not in _OF_A_PART}
        _check_keys(own, where)
        return DayPart(hours, read_posture({**shared, **own}, where))
    unknown = sorted(str(key) for key in raw if key not in _OF_A_PART)
    if unknown:
        raise InvalidPosture(
            f"{where}: {unknown[0]!r} does not go with walking; "
            "accepted: hours, walking, walking_multiple"
        )
    multiple = raw.get("walking_multiple")
    if multiple is not None:
        multiple = _number(multiple, "walking_multiple", WALKING_RANGE, where)
    return DayPart(hours, None, multiple)


def _check_keys(own: Mapping[str, Any], where: str) -> None:
    """A misspelt `hours` is not a field of a posture: say what a part may have."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for a misspelt key)

    known = [*Posture.model_fields, *sorted(_OF_A_PART)]
    for key in own:
        if key not in known:
            close = process.extractOne(key, known, scorer=fuzz.WRatio, score_cutoff=60)
            hint = (
                f"did you mean {close[0]!r}?" if close else "accepted: hours and a posture's keys"
            )
            raise InvalidPosture(f"{where}: unknown key {key[:60]!r}; {hint}")


def _number(value: object, name: str, accepted: tuple[float, float], where: str) -> float:
    low, high = accepted
    usable = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not usable or not low <= value <= high:  # type: ignore[operator]
        told = "is missing" if value is None else f"{repr(value)[:40]} is not accepted"
        raise InvalidPosture(f"{where}: {name}: {told}; accepted: {low:g} to {high:g}")
    return float(value)  # type: ignore[arg-type]
