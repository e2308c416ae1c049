"""One course of steroids as counted: its days, its dose a day and its total.

total = dose x doses a day x days, both ends included, up to the date. A fraction of a dose a day
is spread evenly (40 mg every other day over ten days is 200 mg). An injection, and a dose by vein
or into a muscle without an `end`, is one day; other courses without an `end` go on to the date.
"""

import datetime

from hipspine.evidence import evidence
from hipspine.findings.model import Side
from hipspine.findings.patient import SteroidCourse
from hipspine.findings.steroid_checks import INJECTED, SYSTEMIC, checked
from hipspine.findings.steroid_ledger import Counted, Dose, LedgerLine
from hipspine.findings.steroid_places import side_in

#: Routes that are one day when no end is told.
ONE_DAY = ("iv", "im", *INJECTED)


def line_of(course: SteroidCourse, number: int, as_of: datetime.date) -> LedgerLine:
    """The course as counted; raises InvalidInput where it does not hold together."""
    steroid = checked(course, number, as_of).steroid
    factor = steroid.equivalent_of_1_mg
    first, last = _days(course, as_of)
    summed = course.route in INJECTED or (course.route in SYSTEMIC and factor is not None)
    per_day = _per_day(course, factor) if summed else None
    days = (last - first).days + 1 if first and last else None
    if course.route in INJECTED:
        days = 1  # given, whether or not the day is known
    return LedgerLine(
        course=course,
        counted=_counted(course, summed),
        first=first,
        last=last,
        equivalent_of_1_mg=factor,
        per_day=per_day,
        total=Dose(per_day.low * days, per_day.high * days) if per_day and days else None,
        citation=evidence().studies[steroid.study].citation if factor else "",
    )


def on_a_day(line: LedgerLine) -> Dose | None:
    """The most that can fall on one day of the course: of a dose every other day, a whole one."""
    if line.per_day is None:
        return None
    whole = 1.0 / min(line.course.per_day, 1.0)
    return Dose(line.per_day.low * whole, line.per_day.high * whole)


def side_of(course: SteroidCourse) -> Side | None:
    """The side of its own field, else of the words for the joint."""
    return course.side or side_in(course.joint)


def _counted(course: SteroidCourse, summed: bool) -> Counted:
    if not summed:
        return "listed"
    return "injection" if course.route in INJECTED else "systemic"


def _days(
    course: SteroidCourse, as_of: datetime.date
) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day up to the date, None where unknown."""
    start, end = course.start, course.end
    if course.route in INJECTED:
        day = start or (end if end and end <= as_of else None)
        return day, day
    if end is None:
        end = start if course.route in ONE_DAY else as_of
    return start, min(end, as_of) if end else None


def _per_day(course: SteroidCourse, factor: float | None) -> Dose | None:
    """Prednisone-equivalents a day; into both sides, one told dose may be shared or given twice."""
    if course.dose_mg_low is None or course.dose_mg_high is None or factor is None:
        return None
    times = course.per_day * factor
    sides = 2 if course.route in INJECTED and side_of(course) == "bilateral" else 1
    return Dose(course.dose_mg_low * times, course.dose_mg_high * times * sides)
