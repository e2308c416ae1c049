"""What a steroid course may not be: one clear line for each fault."""

import datetime
import math

from hipspine.errors import InvalidInput
from hipspine.evidence.rows_of_steroids import SteroidEquivalent
from hipspine.findings.patient import SteroidCourse
from hipspine.findings.steroid_names import NamedSteroid, steroid_given
from hipspine.findings.steroid_places import place_of, side_in

SYSTEMIC = ("oral", "iv", "im")
INJECTED = ("epidural", "intra_articular")
ROUTES = (*SYSTEMIC, *INJECTED, "inhaled", "topical")
#: Routes open to a brand that is given in one form only.
_FORMS = {
    "": ROUTES,
    "oral": ("oral",),
    "inhaled": ("inhaled",),
    "topical": ("topical",),
    "injection": ("im", *INJECTED),
    "iv_or_im": ("iv", "im", *INJECTED),
}
#: The first patient was given cortisone in September 1948.
FIRST_DAY = datetime.date(1948, 9, 1)
MOST_PER_DAY = 24.0


def checked(course: SteroidCourse, number: int, as_of: datetime.date) -> NamedSteroid:
    """The steroid of a course that holds together; raises InvalidInput naming the course (1...)."""
    try:
        named = steroid_given(course.drug, course.route)
        _route(course, named)
        _dose(course, named.steroid)
        _dates(course, as_of)
        _place(course)
    except InvalidInput as error:
        raise InvalidInput(f"steroid course {number} ({course.drug[:40]}): {error}") from None
    return named


def route_of(named: NamedSteroid, joint: str | None) -> str:
    """The route where none was told: by mouth, unless the brand or a joint says otherwise."""
    if joint is not None:
        raise InvalidInput(
            f"route is missing for joint {joint[:60]!r}; accepted: epidural or intra_articular"
        )
    if named.form in ("injection", "iv_or_im"):
        raise InvalidInput(
            f"route is missing for a drug that is injected; accepted: {_or(_FORMS[named.form])}"
        )
    return named.form or "oral"


def _route(course: SteroidCourse, named: NamedSteroid) -> None:
    if course.route not in ROUTES:
        raise InvalidInput(f"route {course.route!r} is not known; accepted: {_or(ROUTES)}")
    if course.route not in _FORMS[named.form]:
        raise InvalidInput(
            f"is not given by route {course.route}; accepted: {_or(_FORMS[named.form])}"
        )


def _dose(course: SteroidCourse, steroid: SteroidEquivalent) -> None:
    low, high, per_day = course.dose_mg_low, course.dose_mg_high, course.per_day
    if not _number(per_day) or not 0 < per_day <= MOST_PER_DAY:
        raise InvalidInput(
            f"per_day {per_day!r} is not accepted; accepted: doses a day above 0 up to 24, such as "
            "0.5 for every other day"
        )
    if low is None and high is None:
        return
    if low is None or high is None or not _number(low) or not _number(high) or low <= 0:
        raise InvalidInput(
            f"dose of {low!r} to {high!r} mg is not accepted; accepted: dose_mg, or dose_mg_low "
            "and dose_mg_high, in mg above 0"
        )
    if low > high:
        raise InvalidInput(
            f"dose_mg_low {low:g} is above dose_mg_high {high:g}; accepted: low up to high"
        )
    most, a_day = _most(course.route, steroid), high * max(per_day, 1.0)
    if a_day > most:
        raise InvalidInput(
            f"{a_day:g} mg in one day is not plausible; accepted for {steroid.name} by route "
            f"{course.route}: above 0 up to {most:g} mg a day"
        )


def _most(route: str, steroid: SteroidEquivalent) -> float:
    if route == "iv":
        return steroid.most_iv_mg
    if route in ("im", *INJECTED):
        return steroid.most_injected_mg
    return steroid.most_oral_mg


def _dates(course: SteroidCourse, as_of: datetime.date) -> None:
    start, end = course.start, course.end
    for name, day in (("start", start), ("end", end)):
        if day is not None and day < FIRST_DAY:
            raise InvalidInput(
                f"{name} {day} is before steroids were used; accepted: {FIRST_DAY} or later"
            )
    if start and start > as_of:
        raise InvalidInput(
            f"start {start} is after the date of the case; accepted: {as_of} or earlier"
        )
    if start and end and end < start:
        raise InvalidInput(
            f"end {end} is before start {start}; accepted: an end from {start} on, or none"
        )
    if course.route in INJECTED:
        _one_day(course)
    elif start and end and course.per_day * ((end - start).days + 1) < 0.99:
        raise InvalidInput(
            f"per_day {course.per_day:g} from {start} to {end} is less than one dose; accepted: "
            "per_day 1 for a single dose"
        )


def _one_day(course: SteroidCourse) -> None:
    """An injection is given on one day; months of daily epidurals are a slip of the pen."""
    if course.start and course.end and course.start != course.end:
        raise InvalidInput(
            f"an injection from {course.start} to {course.end}; accepted: one course for each "
            "injection, with its day as start"
        )
    if course.per_day != int(course.per_day):
        raise InvalidInput(
            f"per_day {course.per_day:g} for an injection; accepted: a whole number, the "
            "injections given on that day"
        )


def _place(course: SteroidCourse) -> None:
    if course.route in INJECTED:
        place_of(course.joint, course.route)
        told = side_in(course.joint)
        if told and course.side and told != course.side:
            raise InvalidInput(
                f"side {course.side} but joint {course.joint!r}; accepted: one and the same side"
            )
    elif course.joint is not None and course.route != "topical":
        raise InvalidInput(
            f"joint {course.joint[:60]!r} with route {course.route}; accepted: route epidural or "
            "intra_articular, or no joint"
        )


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _or(words: tuple[str, ...]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
