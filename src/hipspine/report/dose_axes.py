"""Axes of the picture of doses: days across, mg a day up."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass

from hipspine.findings.steroid_ledger import LedgerLine, SteroidLedger
from hipspine.report.languages import ENGLISH, Translator

LEFT, RIGHT, TOP, BOTTOM = 205.0, 950.0, 92.0, 300.0
#: A peak this many times the mean would press everyday doses flat: heights then go by the root.
STEEP = 8.0


@dataclass(frozen=True, slots=True)
class Axes:
    """From `first` to the day after `last`; heights up to `most` mg a day."""

    first: datetime.date
    last: datetime.date
    most: float
    by_root: bool

    def x(self, day: datetime.date) -> float:
        """The left edge of a day."""
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / ((self.last - self.first).days + 1)

    def y(self, dose: float) -> float:
        """The height of mg a day."""
        share = min(dose / self.most, 1.0)
        return BOTTOM - (BOTTOM - TOP) * (math.sqrt(share) if self.by_root else share)


def unknown_lines(ledger: SteroidLedger) -> list[LedgerLine]:
    """Systemic courses whose days are known and whose dose is not."""
    return [
        line
        for line in ledger.lines
        if line.counted == "systemic" and line.first and line.last and line.per_day is None
    ]


def axes_of(ledger: SteroidLedger) -> Axes | None:
    """Axes that hold everything with a day; None when nothing has one."""
    days = [step.start for step in ledger.steps]
    days += [line.first for line in unknown_lines(ledger) if line.first]
    days += [line.last for line in ledger.lines if line.counted == "injection" and line.last]
    if not days:
        return None
    most = max((step.per_day.high for step in ledger.steps), default=0.0)
    steep = most > 100 and most > STEEP * ledger.mean_per_day.point
    pad = max(3, (ledger.as_of - min(days)).days // 40)
    first = min(days) - datetime.timedelta(days=pad)
    last = ledger.as_of + datetime.timedelta(days=pad)
    return Axes(first, last, max(dose_ticks(most)), steep)


def dose_ticks(most: float) -> list[float]:
    """Round doses from 0 to the first that is not below `most`, at most seven."""
    most = max(most, 5.0)
    rough = most / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * f for f in (1, 2, 2.5, 5, 10) if power * f >= rough * 0.999)
    return [step * count for count in range(math.ceil(most / step - 1e-9) + 1)]


def day_ticks(axes: Axes, say: Translator = ENGLISH) -> Iterator[tuple[datetime.date, str]]:
    """Years, months or days, whichever fit, with their words."""
    span = (axes.last - axes.first).days
    if span > 3 * 365:
        every = next(n for n in (1, 2, 5, 10, 20, 50) if span / 365 / n <= 13)
        for year in range(axes.first.year, axes.last.year + 1):
            if year % every == 0:
                yield datetime.date(year, 1, 1), str(year)
    elif span > 75:
        every = 3 if span > 400 else 2 if span > 250 else 1
        for month in range(axes.first.year * 12, axes.last.year * 12 + 12, every):
            day = datetime.date(month // 12, month % 12 + 1, 1)
            yield day, say.month(day)
    else:
        every = max(1, math.ceil(span / 8))
        for count in range(1, span + 1, every):
            day = axes.first + datetime.timedelta(days=count)
            yield day, say.date(day)
