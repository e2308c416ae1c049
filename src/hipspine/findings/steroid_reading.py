"""The steroid courses of a case file, checked one by one."""

import datetime
from collections.abc import Sequence

from hipspine.errors import InvalidInput
from hipspine.findings.case_file import SteroidEntry
from hipspine.findings.patient import SteroidCourse
from hipspine.findings.steroid_checks import checked, route_of
from hipspine.findings.steroid_names import steroid_of


def courses_of(
    entries: Sequence[SteroidEntry], date: datetime.date | None, age: float | None = None
) -> tuple[SteroidCourse, ...]:
    """The courses as told; raises InvalidInput naming the course (the first is 1).

    `date` is the case's; where it has none, no course may start after today, nor before the
    birth that an `age` in years (maybe rounded) allows.
    """
    as_of = date or datetime.date.today()
    courses = tuple(_course(entry, number, as_of) for number, entry in enumerate(entries, 1))
    if age is not None:
        born = as_of - datetime.timedelta(days=366 * (age + 1))
        for number, course in enumerate(courses, 1):
            _after_birth(course, number, born, age)
    return courses


def _after_birth(course: SteroidCourse, number: int, born: datetime.date, age: float) -> None:
    day = course.start or course.end
    if day is not None and day < born:
        raise InvalidInput(
            f"steroid course {number} ({course.drug[:40]}): {day} is before the birth of someone "
            f"aged {age:g}; accepted: {born} or later"
        )


def _course(entry: SteroidEntry, number: int, as_of: datetime.date) -> SteroidCourse:
    try:
        low, high = _doses(entry)
        route = entry.route or route_of(steroid_of(entry.drug), entry.joint)
    except InvalidInput as error:
        raise InvalidInput(f"steroid course {number} ({entry.drug[:40]}): {error}") from None
    course = SteroidCourse(
        drug=entry.drug,
        dose_mg_low=low,
        dose_mg_high=high,
        per_day=1.0 if entry.per_day is None else entry.per_day,
        route=route,
        start=entry.start,
        end=entry.end,
        joint=entry.joint,
        side=entry.side,
    )
    checked(course, number, as_of)
    return course


def _doses(entry: SteroidEntry) -> tuple[float | None, float | None]:
    low, high = entry.dose_mg_low, entry.dose_mg_high
    if entry.dose_mg is not None:
        if low is not None or high is not None:
            raise InvalidInput(
                "both dose_mg and dose_mg_low or dose_mg_high are told; accepted: dose_mg, or "
                "dose_mg_low and dose_mg_high"
            )
        return entry.dose_mg, entry.dose_mg
    if (low is None) != (high is None):
        raise InvalidInput(
            "one end of the dose is missing; accepted: dose_mg, or dose_mg_low and dose_mg_high"
        )
    return low, high
