"""A patient's steroid courses to a ledger: totals, mean, peak, runs of days, joints."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from hipspine.findings.patient import Patient, SteroidCourse
from hipspine.findings.steroid_checks import SYSTEMIC
from hipspine.findings.steroid_courses import line_of, on_a_day
from hipspine.findings.steroid_joints import joints_of
from hipspine.findings.steroid_ledger import Dose, LedgerLine, SteroidLedger
from hipspine.findings.steroid_notices import notices_of, without_course
from hipspine.findings.steroid_spans import (
    NOTHING,
    Span,
    added,
    days,
    highest,
    span_of,
    steps_and_peak,
    union,
    within,
)
from hipspine.wording import Wording

#: A pack or burst: at most so many days on end and so many mg in all (judgement; the packs of
#: Dilisio 2014 last 6 days and hold 105 mg, the association of Mont 2015 begins at 2 g).
SHORT_DAYS, SHORT_MG = 14, 2000.0
#: A year is the 365 days that end with the date.
YEAR = datetime.timedelta(days=364)


def ledger_of(patient: Patient) -> SteroidLedger | None:
    """The ledger as of the case's date (today where it has none); None when no course is told.

    Raises InvalidInput, one line that names the course, where a course does not hold together.
    """
    if not patient.steroid_courses:
        return None
    as_of = patient.date or datetime.date.today()
    lines = [line_of(c, number, as_of) for number, c in enumerate(patient.steroid_courses, 1)]
    notices: tuple[str, ...] = notices_of(lines, as_of)
    if patient.date is None:
        told = Wording("the case has no date: steroids are counted up to today, {day}", day=as_of)
        notices = (told, *notices)
    notices = (*notices, *without_course(patient.readings, patient.steroid_courses))
    return _ledger(lines, as_of, notices)


def only_short(courses: Sequence[SteroidCourse], as_of: datetime.date) -> bool:
    """Whether every systemic course told is a pack or a burst: prolonged use is something else."""
    lines = [line_of(course, number, as_of) for number, course in enumerate(courses, 1)]
    systemic = [line for line in lines if line.counted == "systemic"]
    if not all(span_of(line) and line.total for line in systemic):
        return False
    longest = max(map(days, union(_spans(systemic))), default=0)
    total = added(line.total for line in systemic if line.total).point
    return longest <= SHORT_DAYS and total < SHORT_MG


def nothing_summed(ledger: SteroidLedger) -> bool:
    """Whether systemic courses are told but none could be summed: zero would then be a lie."""
    told = [line for line in ledger.lines if line.course.route in SYSTEMIC]
    return bool(told) and not any(line.total for line in told)


def _ledger(
    lines: Sequence[LedgerLine], as_of: datetime.date, notices: tuple[str, ...]
) -> SteroidLedger:
    systemic = [line for line in lines if line.counted == "systemic"]
    placed = [line for line in systemic if span_of(line)]
    known = [line for line in placed if line.total]
    cumulative = added(line.total for line in known if line.total)
    steps, peak = steps_and_peak(known)
    unplaced = (on_a_day(line) for line in systemic if not span_of(line))
    exposed = union(_spans(placed))
    firsts = [line.first for line in systemic if line.first]
    lasts = [line.last for line in systemic if line.last]
    injected = [line for line in lines if line.counted == "injection"]
    return SteroidLedger(
        as_of=as_of,
        cumulative=cumulative,
        cumulative_last_year=_in(known, (as_of - YEAR, as_of)),
        mean_per_day=_mean(cumulative, known),
        peak_per_day=highest((peak, *(dose for dose in unplaced if dose))),
        exposed_days=sum(map(days, exposed)),
        longest_run_days=max(map(days, exposed), default=0),
        days_since_first=(as_of - min(firsts)).days if firsts else None,
        days_since_last=(as_of - max(lasts)).days if lasts else None,
        injected=added(line.total for line in injected if line.total),
        joints=joints_of(injected, as_of),
        steps=steps,
        lines=tuple(lines),
        notices=notices,
        complete=all(_is_whole(line) for line in lines),
    )


def _mean(cumulative: Dose, known: Sequence[LedgerLine]) -> Dose:
    """Over the days whose dose is known: days of an unknown dose would dilute it."""
    count = sum(map(days, union(_spans(known))))
    return Dose(cumulative.low / count, cumulative.high / count) if count else NOTHING


def _spans(lines: Iterable[LedgerLine]) -> Iterator[Span]:
    return (span for line in lines if (span := span_of(line)))


def _in(lines: Sequence[LedgerLine], window: Span) -> Dose:
    doses = []
    for line in lines:
        span, dose = span_of(line), line.per_day
        count = within(span, window) if span else 0
        if dose and count:
            doses.append(Dose(dose.low * count, dose.high * count))
    return added(doses)


def _is_whole(line: LedgerLine) -> bool:
    """Whether all of a course is in the totals (inhaled and topical ones never are, by design)."""
    if line.course.route in ("inhaled", "topical"):
        return True
    return line.total is not None
