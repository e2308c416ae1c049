"""What stands in a column of the timetable, row by row, as its reader may see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hipspine.clinic.booking.models import Resource
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.timetable import Block, Column, Free, Place, Timetable
from hipspine.clinic.booking.visit_rows import Reader, VisitRow, rooms_in_words, values_of
from hipspine.clinic.web.rows import Row


@dataclass(frozen=True)
class BlockRow(VisitRow):
    """A visit; the template shows it by `place` and `wide`."""

    template = "booking/desk/block.html"
    classes: str
    time: str
    what: str
    rooms: str
    state: str


@dataclass(frozen=True)
class HoldRow(Row):
    """A time that is held until then; the kind says whether it is offered to someone waiting."""

    template = "booking/desk/hold.html"
    kind: bool
    classes: str
    pk: UUID
    time: str
    until: str
    what: str
    offered_to: str


@dataclass(frozen=True)
class FreeRow(Row):
    """A stretch that is free; the kind says whether the reader may book it."""

    template = "booking/desk/free.html"
    kind: bool
    classes: str
    time: str
    at: str
    on: date
    who: str
    name: str
    start: str


@dataclass(frozen=True)
class UseRow(Row):
    """When; `pk` of the visit."""

    template = "booking/desk/use.html"
    pk: UUID
    time: str


@dataclass(frozen=True)
class HourRow(Row):
    """A full hour of the wall clock, and the row it is in; `wide`: columns of the whole grid."""

    template = "booking/desk/hour.html"
    label: str
    row: int
    wide: int


@dataclass(frozen=True)
class KeysRow(Row):
    """The list of keys, the same on every day."""

    template = "booking/desk/keys.html"


def hour_rows(table: Timetable) -> list[HourRow]:
    """Beside the grid."""
    return [HourRow(label, row, table.lanes + 1) for label, row in table.hours]


def place_rows(table: Timetable) -> list[tuple[Resource, list[UseRow]]]:
    """Rooms and machines, and when each is taken."""
    return [
        (place.resource, [UseRow(visit.pk, time) for time, visit in place.uses])
        for place in table.places
    ]


def rows_of(column: Column, table: Timetable, reader: Reader) -> list[Row]:
    """By time."""
    return [
        _free(entry, column, table, reader) if entry.is_free else _taken(entry, table, reader)
        for entry in column.entries
    ]


def _taken(block: Block, table: Timetable, reader: Reader) -> Row:
    visit, book = block.visit, table.book
    classes = _classes(block.place, block.wide)
    if visit.status == Status.PENDING:
        entry = book.offered_to.get(visit.pk)
        whose = entry.whose if entry else None
        return HoldRow(
            kind=entry is not None,
            classes=classes,
            pk=visit.pk,
            time=block.time,
            until=block.until,
            what=visit.visit_type.shown_name,
            offered_to=whose.full_name if whose else "",
        )
    resources = book.takes.get(visit.pk, ())
    return BlockRow(
        **values_of(visit, reader, resources, in_list=True),
        classes=classes,
        time=block.time,
        what=visit.visit_type.shown_name,
        rooms=rooms_in_words(resources),
        state=visit.shown_status,
    )


def _free(entry: Free, column: Column, table: Timetable, reader: Reader) -> FreeRow:
    return FreeRow(
        kind=reader.is_desk,
        classes=_classes(entry.place, column.lanes),
        time=entry.time,
        at=table.book.location.slug,
        on=table.book.day,
        who=column.who.slug if column.who else "",
        name=column.who.name if column.who else "",
        start=entry.start_words,
    )


def _classes(place: Place, wide: int) -> str:
    """Of the grid: no style in the page (CSP)."""
    return f"from-{place.row} for-{place.rows} lane-{place.column} wide-{wide}"
