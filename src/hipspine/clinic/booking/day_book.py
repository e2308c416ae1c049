"""What is booked, held and cancelled on some days of a clinic, and who is there."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hipspine.clinic.booking.hours import Hours, hours_of
from hipspine.clinic.booking.models import (
    Appointment,
    Location,
    Resource,
    VisitType,
    WaitingListEntry,
)
from hipspine.clinic.booking.models.appointment import KEPT, Status
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.wall_clock import day_bounds, first_tick_from, tick_of

#: What is read of an appointment, of what was typed with it, and of a chart.
_READ = (
    "location", "visit_type", "person", "patient", "starts_at", "ends_at", "status", "version",
    "expires_at", "created_at", "channel", "comment", "overbook_reason", "cancel_reason",
)  # fmt: skip
_OF_A_PERSON = ("given_name", "family_name", "birth_date", "phone")
_OF_A_CHART = (*_OF_A_PERSON, "erased_at", "merged_into")
_COLUMNS = (
    *_READ,
    *(f"person__{name}" for name in (*_OF_A_PERSON, "patient")),
    *(f"{chart}__{name}" for chart in ("patient", "person__patient") for name in _OF_A_CHART),
)


@dataclass(frozen=True)
class DayBook:
    """One day; appointments by time.

    `takes`: {appointment: who and what it takes}. `offered_to`: {hold: who of the waiting list it
    is for}. `there`: {clinician: ticks in which they are there}.
    """

    location: Location
    day: date
    now: datetime
    resources: tuple[Resource, ...]
    visits: tuple[Appointment, ...]
    holds: tuple[Appointment, ...]
    cancelled: tuple[Appointment, ...]
    takes: dict[UUID, tuple[Resource, ...]]
    offered_to: dict[UUID, WaitingListEntry]
    there: dict[int, frozenset[int]]

    @cached_property
    def taken(self) -> list[Appointment]:
        """Visits and holds, by time; at the same time who was there first."""
        return sorted(self.visits + self.holds, key=lambda v: (v.starts_at, v.created_at))

    @property
    def clinicians(self) -> list[Resource]:
        return [r for r in self.resources if r.kind == Kind.PRACTITIONER]

    @property
    def places(self) -> list[Resource]:
        """Rooms and machines in use."""
        return [r for r in self.resources if r.kind != Kind.PRACTITIONER and r.is_active]

    def clinician_of(self, visit: Appointment) -> int | None:
        """The id of the clinician; None where the visit takes none."""
        who = (r.pk for r in self.takes.get(visit.pk, ()) if r.kind == Kind.PRACTITIONER)
        return next(who, None)


def clinicians_of(location: Location) -> list[Resource]:
    """Those in use, by name."""
    return list(Resource.objects.filter(location=location, kind=Kind.PRACTITIONER, is_active=True))


def working_days(
    location: Location, clinicians: list[Resource], first: date, days: int
) -> set[date]:
    """Days on which at least one of them is there."""
    hours = hours_of(location, clinicians, first, first + timedelta(days=days - 1))
    ticks = sorted(set().union(*(_ticks_there(hours, who) for who in clinicians)))
    found = set()
    for day in (first + timedelta(days=n) for n in range(days)):
        begin, end = (tick_of(instant) for instant in day_bounds(day, location.zone))
        if bisect_left(ticks, begin) < bisect_left(ticks, end):
            found.add(day)
    return found


def day_book(location: Location, day: date, now: datetime | None = None) -> DayBook:
    """What the desk sees of that day; eight queries at most, whatever is booked."""
    now = now or timezone.now()
    begin, end = day_bounds(day, location.zone)
    rows = _appointments(location, begin, end, now)
    resources = tuple(Resource.objects.filter(location=location))
    clinicians = [r for r in resources if r.kind == Kind.PRACTITIONER and r.is_active]
    hours = hours_of(location, clinicians, day, day)
    base, stop = tick_of(begin), tick_of(end)
    return DayBook(
        location,
        day,
        now,
        resources,
        visits=tuple(r for r in rows if r.status in KEPT),
        holds=tuple(r for r in rows if r.status == Status.PENDING),
        cancelled=tuple(r for r in rows if r.status == Status.CANCELLED),
        takes=_takes(location, begin, end, resources),
        offered_to=_offered_to([r for r in rows if r.status == Status.PENDING]),
        there={
            r.pk: frozenset(t for t in _ticks_there(hours, r) if base <= t < stop)
            for r in clinicians
        },
    )


def _appointments(
    location: Location, begin: datetime, end: datetime, now: datetime
) -> list[Appointment]:
    wanted = Q(status__in=(*KEPT, Status.CANCELLED)) | Q(status=Status.PENDING, expires_at__gt=now)
    rows = Appointment.objects.filter(
        wanted, location=location, starts_at__gte=begin, starts_at__lt=end
    )
    kinds = {kind.pk: kind for kind in VisitType.objects.filter(location=location).order_by()}
    rows = rows.select_related("person__patient", "patient").only(*_COLUMNS)
    found = list(rows.order_by("starts_at", "created_at"))
    for row in found:
        row.location, row.visit_type = location, kinds[row.visit_type_id]
    return found


def _takes(
    location: Location, begin: datetime, end: datetime, resources: Iterable[Resource]
) -> dict[UUID, tuple[Resource, ...]]:
    """{appointment: who and what it takes}, all of this clinic, in the order of `resources`."""
    rows = Appointment.resources.through.objects.filter(
        appointment__location=location,
        appointment__starts_at__gte=begin,
        appointment__starts_at__lt=end,
    ).values_list("appointment", "resource")
    ids: dict[UUID, set[int]] = defaultdict(set)
    for appointment, resource in rows:
        ids[appointment].add(resource)
    return {pk: tuple(r for r in resources if r.pk in taken) for pk, taken in ids.items()}


def _offered_to(holds: list[Appointment]) -> dict[UUID, WaitingListEntry]:
    """{hold: who of the waiting list it is for}."""
    if not holds:
        return {}
    entries = WaitingListEntry.objects.filter(offer__in=holds)
    return {e.offer_id: e for e in entries.select_related("person__patient", "patient")}


def _ticks_there(hours: Hours, clinician: Resource) -> frozenset[int]:
    """Every tick of these days in which the clinician is there."""
    there: set[int] = set()
    for begin, end in hours.open_stretches(clinician):
        there |= set(range(first_tick_from(begin), tick_of(end)))
    for begin, end in hours.closed_stretches(clinician):
        there -= set(range(tick_of(begin), first_tick_from(end)))
    return frozenset(there)
