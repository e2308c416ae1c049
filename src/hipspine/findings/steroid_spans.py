"""Days as spans, both ends included: their union, the steps of the dose, the days in a year."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import fsum

from hipspine.findings.steroid_courses import on_a_day
from hipspine.findings.steroid_ledger import Dose, DoseStep, LedgerLine

Span = tuple[datetime.date, datetime.date]
DAY = datetime.timedelta(days=1)
NOTHING = Dose(0.0, 0.0)


def span_of(line: LedgerLine) -> Span | None:
    """First and last day of a line; None when one of them is unknown."""
    return (line.first, line.last) if line.first and line.last else None


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping and adjacent spans made one, in order."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def days(span: Span) -> int:
    """How many days a span holds."""
    return (span[1] - span[0]).days + 1


def within(span: Span, window: Span) -> int:
    """How many days of a span lie in a window."""
    return max(0, (min(span[1], window[1]) - max(span[0], window[0])).days + 1)


def added(doses: Iterable[Dose]) -> Dose:
    """The sum of ranges, the same to the last bit in any order."""
    doses = tuple(doses)
    return Dose(fsum(dose.low for dose in doses), fsum(dose.high for dose in doses))


def highest(doses: Iterable[Dose]) -> Dose:
    """The highest low and the highest high."""
    doses = (NOTHING, *doses)
    return Dose(max(dose.low for dose in doses), max(dose.high for dose in doses))


def segments(lines: Sequence[LedgerLine]) -> Iterator[tuple[Span, tuple[LedgerLine, ...]]]:
    """Spans on which the same lines are going on, with those lines; gaps are left out.

    Lines must have a first day, a last day and a dose.
    """
    starts, ends = sorted(lines, key=_first), sorted(lines, key=_last)
    edges = sorted({_first(line) for line in lines} | {_last(line) + DAY for line in lines})
    going: dict[int, LedgerLine] = {}
    begun = ended = 0
    for edge, following in pairwise(edges):
        while ended < len(ends) and _last(ends[ended]) < edge:
            going.pop(id(ends[ended]), None)
            ended += 1
        while begun < len(starts) and _first(starts[begun]) <= edge:
            going[id(starts[begun])] = starts[begun]
            begun += 1
        if going:
            yield (edge, following - DAY), tuple(going.values())


def steps_and_peak(lines: Sequence[LedgerLine]) -> tuple[tuple[DoseStep, ...], Dose]:
    """The dose a day over time (averaged over fractions of a dose), and the most of one day."""
    steps: list[DoseStep] = []
    peak = NOTHING
    for (first, last), going in segments(lines):
        dose = added(line.per_day for line in going if line.per_day)
        whole = added(most for line in going if (most := on_a_day(line)))
        peak = highest((peak, whole))
        if steps and steps[-1].per_day == dose and steps[-1].end + DAY == first:
            steps[-1] = DoseStep(steps[-1].start, last, dose)
        else:
            steps.append(DoseStep(first, last, dose))
    return tuple(steps), peak


def _first(line: LedgerLine) -> datetime.date:
    assert line.first is not None
    return line.first


def _last(line: LedgerLine) -> datetime.date:
    assert line.last is not None
    return line.last
