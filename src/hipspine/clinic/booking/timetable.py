"""A day of a clinic as a grid: a column a clinician, a row for each five minutes.

Rows count real five minutes from the first one shown, so that on the day the clock changes the
grid has an hour more or less, as the day does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from hipspine.clinic.booking.clock_words import clock, instant_words, span
from hipspine.clinic.booking.day_book import DayBook
from hipspine.clinic.booking.hours import Stretch
from hipspine.clinic.booking.models import Appointment, Resource
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.wall_clock import day_bounds, first_tick_from, start_of, tick_of

#: Shown when nobody works and nothing is booked: 08:00 to 18:00.
USUAL_HOURS = (8, 18)
HOUR = 12  # ticks


class Place(NamedTuple):
    """Where something stands in the grid: first row, how many rows, column."""

    row: int
    rows: int
    column: int


@dataclass(frozen=True)
class Block:
    """A visit or a hold; `until`: when a hold ends."""

    visit: Appointment
    time: str
    place: Place
    wide: int = 1  # columns of the grid
    until: str = ""
    is_free = False


@dataclass(frozen=True)
class Free:
    """A stretch that can be booked, from `start` (UTC)."""

    time: str
    start: datetime
    place: Place
    is_free = True

    @property
    def start_words(self) -> str:
        """For the address of the page on which it is booked."""
        return instant_words(self.start)


@dataclass(frozen=True)
class Column:
    """One clinician (None: visits without one), `lanes` columns of the grid wide."""

    who: Resource | None
    first: int
    lanes: int
    entries: tuple[Block | Free, ...]  # by time
    visits: int


@dataclass(frozen=True)
class PlaceUse:
    """When a room or a machine is taken."""

    resource: Resource
    uses: tuple[tuple[str, Appointment], ...]


@dataclass(frozen=True)
class Timetable:
    """The grid of a day; the columns of `own` come first."""

    book: DayBook
    own: Sequence[Resource] = ()

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """[first, last) tick shown: whole hours around everything."""
        begin, end = (tick_of(t) for t in day_bounds(self.book.day, self.book.location.zone))
        ticks = [t for v in self.book.taken for t in _ticks(v)]
        ticks += [t for there in self.book.there.values() for t in there]
        if not ticks:
            return begin + USUAL_HOURS[0] * HOUR, begin + USUAL_HOURS[1] * HOUR
        first = begin + (max(min(ticks), begin) - begin) // HOUR * HOUR
        last = begin - (begin - min(max(ticks) + 1, end)) // HOUR * HOUR
        return first, last

    @property
    def rows(self) -> int:
        return self.bounds[1] - self.bounds[0]

    @property
    def hours(self) -> list[tuple[str, int]]:
        """(label, row) of each full hour of the wall clock."""
        first, last = self.bounds
        zone = self.book.location.zone
        full = [t for t in range(first, last) if not start_of(t).astimezone(zone).minute]
        return [(clock(start_of(t), zone), t - first) for t in full]

    @property
    def now_row(self) -> int | None:
        """The row we are in, if it is shown."""
        first, last = self.bounds
        tick = tick_of(self.book.now)
        return tick - first if first <= tick < last else None

    @cached_property
    def columns(self) -> list[Column]:
        """One a clinician; who is no longer in use only with visits."""
        taken: dict[int | None, list[Appointment]] = {}
        for visit in self.book.taken:
            taken.setdefault(self.book.clinician_of(visit), []).append(visit)
        shown: list[Resource | None] = [
            r for r in self.book.clinicians if r.is_active or r.pk in taken
        ]
        shown.sort(key=lambda r: r not in self.own)
        if None in taken:
            shown.append(None)
        columns, first = [], 0
        for who in shown:
            columns.append(self._column(who, taken.get(getattr(who, "pk", None), []), first))
            first += columns[-1].lanes
        return columns

    @property
    def is_empty(self) -> bool:
        """Nothing is booked, and nobody is there."""
        return not self.book.taken and not any(self.book.there.values())

    @cached_property
    def lanes(self) -> int:
        """How many columns the grid has."""
        return sum(column.lanes for column in self.columns)

    @property
    def places(self) -> list[PlaceUse]:
        """Rooms and machines, and when each is taken."""
        uses: dict[int, list[tuple[str, Appointment]]] = {r.pk: [] for r in self.book.places}
        for visit in self.book.taken:
            for resource in self.book.takes.get(visit.pk, ()):
                if resource.pk in uses:
                    uses[resource.pk].append((self._span(visit), visit))
        return [PlaceUse(place, tuple(uses[place.pk])) for place in self.book.places]

    def _span(self, visit: Appointment) -> str:
        return span(visit.starts_at, visit.ends_at, self.book.location.zone)

    def _column(self, who: Resource | None, taken: list[Appointment], first: int) -> Column:
        lanes = lanes_of((v.starts_at, v.ends_at) for v in taken)
        width = max(lanes, default=0) + 1
        entries: list[Block | Free] = [
            Block(
                visit,
                self._span(visit),
                self._place(*_ticks(visit), first + lane),
                1 if _overlaps(visit, taken) else width,
                clock(visit.expires_at, self.book.location.zone) if visit.expires_at else "",
            )
            for visit, lane in zip(taken, lanes, strict=True)
        ]
        entries += self._free(who, taken, first)
        entries.sort(key=lambda entry: (entry.place.row, entry.place.column))
        kept = sum(v.status != Status.PENDING for v in taken)
        return Column(who, first, width, tuple(entries), kept)

    def _free(self, who: Resource | None, taken: list[Appointment], column: int) -> list[Free]:
        """What is left of their hours from now on; for groups too only where nobody is yet."""
        free = set(self.book.there.get(who.pk, ())) if who else set()
        free -= {t for v in taken for t in range(_ticks(v)[0], _ticks(v)[1] + 1)}
        free -= {t for t in free if t < first_tick_from(self.book.now)}
        zone = self.book.location.zone
        return [
            Free(span(start_of(a), start_of(b + 1), zone), start_of(a), self._place(a, b, column))
            for a, b in _runs(sorted(free))
        ]

    def _place(self, begin: int, last: int, column: int) -> Place:
        """`last`: the last tick of it; what reaches over midnight is cut."""
        first, stop = self.bounds
        begin = max(begin, first)
        return Place(begin - first, max(min(last + 1, stop) - begin, 1), column)


def lanes_of(stretches: Iterable[Stretch]) -> list[int]:
    """By time in, side by side where they overlap: each the lowest lane free when it begins."""
    ends: list[datetime] = []
    lanes = []
    for begin, end in stretches:
        lane = next((n for n, until in enumerate(ends) if until <= begin), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes


def _overlaps(visit: Appointment, others: Iterable[Appointment]) -> bool:
    """Whether any other is at the same time."""
    return any(
        o is not visit and o.starts_at < visit.ends_at and visit.starts_at < o.ends_at
        for o in others
    )


def _ticks(visit: Appointment) -> tuple[int, int]:
    """First and last tick of it."""
    return tick_of(visit.starts_at), first_tick_from(visit.ends_at) - 1


def _runs(ticks: list[int]) -> Iterable[tuple[int, int]]:
    """(first, last) of each unbroken run."""
    begin = None
    for place, tick in enumerate(ticks):
        begin = tick if begin is None else begin
        if place + 1 == len(ticks) or ticks[place + 1] != tick + 1:
            yield begin, tick
            begin = None
