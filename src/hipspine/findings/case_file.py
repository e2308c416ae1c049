"""The case file as people write it: checked at the door, with messages for a person."""

import datetime
import re
from typing import Any, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field, field_validator

from hipspine.errors import InvalidInput
from hipspine.wording import Wording

Text = str
MOST_FINDINGS = 2_000
MOST_CHARACTERS = 20_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class FindingEntry(BaseModel):
    """One finding of a case; `present` null is unknown, absent means true."""

    model_config = ConfigDict(extra="ignore")
    name: str = Field(min_length=1, max_length=MOST_CHARACTERS)
    present: bool | None = True
    value: str | float | int | None = None
    stage: Literal["history", "exam", "imaging", "lab", "block"] | None = None
    side: Literal["left", "right", "bilateral"] | None = None
    date: datetime.date | None = None


class SteroidEntry(BaseModel):
    """One steroid course; doses in mg as on the label. Without a route: by mouth, or as the
    brand is given. What a course may be is checked in `steroid_checks`.
    """

    model_config = ConfigDict(extra="forbid")
    drug: str = Field(min_length=1, max_length=200)
    dose_mg: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    dose_mg_low: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    dose_mg_high: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    per_day: float | None = Field(default=None, gt=0, le=24, allow_inf_nan=False)
    route: (
        Literal["oral", "iv", "im", "epidural", "intra_articular", "inhaled", "topical"] | None
    ) = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    joint: str | None = Field(default=None, min_length=1, max_length=200)
    side: Literal["left", "right", "bilateral"] | None = None

    @field_validator("dose_mg", "dose_mg_low", "dose_mg_high", "per_day", mode="before")
    @classmethod
    def _no_yes_or_no(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("a number is needed")
        return value

    @field_validator("start", "end", mode="before")
    @classmethod
    def _whole_date(cls, value: object) -> object:
        """A bare number would be read as seconds since 1970."""
        if value is None or type(value) is datetime.date:
            return value
        if isinstance(value, str) and _DATE.fullmatch(value.strip()):
            return value.strip()
        raise ValueError("a date is needed")


class CaseFile(BaseModel):
    """A case. Every key but `id` may be absent or null, which means unknown."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    id: str = Field(min_length=1, max_length=200)
    date: datetime.date | None = None
    setting: Literal["primary_care", "spine_and_hip_clinic"] | None = None
    age: float | None = Field(default=None, ge=14, le=120)
    sex: Literal["F", "M", "X"] | None = None
    height_m: float | None = Field(default=None, ge=1.0, le=2.5)
    mass_kg: float | None = Field(default=None, ge=25, le=350)
    duration_weeks: float | None = Field(default=None, ge=0, le=5_500)
    side: Literal["left", "right", "bilateral"] | None = None
    bilateral: bool | None = None
    pain_regions: list[str] = Field(default_factory=list, max_length=200)
    pain_map_complete: bool | None = None
    findings: list[FindingEntry] = Field(default_factory=list, max_length=MOST_FINDINGS)
    medications: list[str] = Field(default_factory=list, max_length=300)
    comorbidities: list[str] = Field(default_factory=list, max_length=300)
    posture: dict[str, Any] | None = None
    steroid_courses: list[SteroidEntry] = Field(default_factory=list, max_length=300)

    @field_validator("sex", mode="before")
    @classmethod
    def _either_case(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator(
        "pain_regions", "findings", "medications", "comorbidities", "steroid_courses", mode="before"
    )
    @classmethod
    def _null_is_unknown(cls, value: object) -> object:
        return [] if value is None else value

    @field_validator("findings", mode="before")
    @classmethod
    def _plain_words(cls, value: object) -> object:
        if isinstance(value, list):
            return [{"name": item} if isinstance(item, str) else item for item in value]
        return value


#: Keys of a published case that hipspine itself does not read.
OTHER_KEYS = frozenset({"citation", "diagnosis", "leading_findings", "source", "note", "notes"})

_ACCEPTED = {
    "age": "14 to 120 (years)",
    "sex": "F, M or X",
    "height_m": "1.0 to 2.5 (metres)",
    "mass_kg": "25 to 350 (kilograms)",
    "duration_weeks": "0 to 5500 (weeks)",
    "setting": "primary_care or spine_and_hip_clinic",
    "side": "left, right or bilateral",
    "stage": "history, exam, imaging, lab or block",
    "present": "true, false or null (unknown)",
    "date": "a date like 2024-05-31",
    "id": "a short text",
    "findings": f"a list of at most {MOST_FINDINGS} findings",
    "dose_mg": "a number of mg above 0",
    "dose_mg_low": "a number of mg above 0",
    "dose_mg_high": "a number of mg above 0",
    "per_day": "doses a day above 0 up to 24, such as 0.5 for every other day",
    "drug": "the name or brand of a steroid, at most 200 characters",
    "joint": "a joint in words, such as left hip, at most 200 characters",
    "start": "a date like 2024-05-31, or none where it is unknown",
    "end": "a date like 2024-05-31, or none where it goes on",
    "steroid_courses": "a list of at most 300 courses such as "
    '{"drug": "prednisone", "dose_mg": 10, "start": "2024-05-31"}',
    "posture": 'a posture such as {"stance": "two_leg", "trunk_flexion_deg": 20}',
    "route": "oral, iv, im, epidural, intra_articular, inhaled or topical",
}


def check_case(raw: object, where: str) -> tuple[CaseFile, tuple[str, ...]]:
    """The case and notices about keys that were not read; raises InvalidInput, one line."""
    if not isinstance(raw, dict):
        raise InvalidInput(f'{where}: a case is a JSON object like {{"id": "a1", ...}}')
    notices = _unknown_keys(raw, where)
    try:
        return CaseFile.model_validate(raw), notices
    except pydantic.ValidationError as error:
        raise InvalidInput(_sentence(error, where)) from None


def _unknown_keys(raw: dict[str, Any], where: str) -> tuple[str, ...]:
    known = set(CaseFile.model_fields)
    unknown = sorted(str(key) for key in raw if key not in known | OTHER_KEYS)
    if not unknown:
        return ()
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for a misspelt key)

    for key in unknown:
        close = process.extractOne(key.lower(), sorted(known), scorer=fuzz.ratio, score_cutoff=75)
        if close:
            raise InvalidInput(f"{where}: unknown key {key[:60]!r}; did you mean {close[0]!r}?")
    return tuple(Wording("key {key!r} is not read", key=key[:60]) for key in unknown)


def _sentence(error: pydantic.ValidationError, where: str) -> str:
    """The first fault in one line: what, where, what would be accepted."""
    first = error.errors(include_url=False)[0]
    place = _place(first["loc"])
    name = next((str(p) for p in reversed(first["loc"]) if isinstance(p, str)), "")
    name = name if name in _ACCEPTED else str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing":
        return f"{where}: {place} is missing"
    if first["type"] == "extra_forbidden" and first["loc"][0] == "steroid_courses":
        known = ", ".join(SteroidEntry.model_fields)
        return f"{where}: {place} is an unknown key; accepted: {known}"
    given = repr(first.get("input"))
    given = given if len(given) <= 60 else given[:57] + "..."
    accepted = _ACCEPTED.get(name) or first["msg"].lower()
    more = f" ({len(error.errors()) - 1} more faults)" if len(error.errors()) > 1 else ""
    return f"{where}: {place}: {given} is not accepted; accepted: {accepted}{more}"


def _place(loc: tuple[int | str, ...]) -> str:
    """Where a fault lies: steroid courses are counted from 1, as a person counts."""
    parts = [part for part in loc if part not in ("str", "float", "int")]
    if len(parts) > 1 and parts[0] == "steroid_courses" and isinstance(parts[1], int):
        return ": ".join([f"steroid course {parts[1] + 1}", *map(str, parts[2:])])
    return ".".join(map(str, parts))
