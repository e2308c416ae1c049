"""From weekly hours, exceptions and holidays to the stretches in which a resource is there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hipspine.clinic.booking.models import (
    Holiday,
    HoursException,
    Location,
    Resource,
    WeeklyHours,
)
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.wall_clock import first_instant, last_instant

Stretch = tuple[datetime, datetime]


@dataclass
class Hours:
    """What is known about the hours of one clinic's resources between two days (both included)."""

    location: Location
    first: date
    last: date
    holidays: set[date] = field(default_factory=set)
    weekly: dict[int, list[WeeklyHours]] = field(default_factory=lambda: defaultdict(list))
    exceptions: dict[tuple[int, date], list[HoursException]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def days(self) -> Iterable[date]:
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n)

    def is_always_there(self, resource: Resource) -> bool:
        """No weekly hours at all: a room or machine that is there whenever a clinician is.

        A clinician without hours is not there: nobody is booked at night because a row is missing.
        """
        return resource.kind != Kind.PRACTITIONER and not self.weekly[resource.pk]

    def open_stretches(self, resource: Resource) -> list[Stretch]:
        """[begin, end) instants, which may overlap; none on a holiday."""
        zone = self.location.zone
        found = []
        for day in self.days():
            if day in self.holidays:
                continue
            walls = [
                (row.opens, row.closes)
                for row in self.weekly[resource.pk]
                if row.weekday == day.weekday() and _valid(row, day)
            ]
            walls += [
                (row.opens, row.closes) for row in self.exceptions[resource.pk, day] if row.is_open
            ]
            # Where the closing time comes twice the first counts: nobody waits before a door.
            found += [(first_instant(day, a, zone), first_instant(day, b, zone)) for a, b in walls]
        return [(begin, end) for begin, end in found if begin < end]

    def closed_stretches(self, resource: Resource) -> list[Stretch]:
        """What exceptions (and, for what is always there, holidays) take away again."""
        zone = self.location.zone
        found = []
        for day in self.days():
            whole = first_instant(day, _MIDNIGHT, zone), first_instant(day + _ONE, _MIDNIGHT, zone)
            if day in self.holidays:
                found.append(whole)
            for row in self.exceptions[resource.pk, day]:
                if row.is_open:
                    continue
                if row.opens is None:
                    found.append(whole)
                else:
                    found.append(
                        (first_instant(day, row.opens, zone), last_instant(day, row.closes, zone))
                    )
        return found


_MIDNIGHT = datetime.min.time()
_ONE = timedelta(days=1)


def hours_of(location: Location, resources: Iterable[Resource], first: date, last: date) -> Hours:
    """Read the rules of these resources, in no order: three queries."""
    ids = [resource.pk for resource in resources]
    between = {"day__gte": first, "day__lte": last}
    hours = Hours(location, first, last)
    holidays = Holiday.objects.filter(location=location, **between).order_by()
    hours.holidays = set(holidays.values_list("day", flat=True))
    for row in WeeklyHours.objects.filter(resource__in=ids).order_by():
        hours.weekly[row.resource_id].append(row)
    for exception in HoursException.objects.filter(resource__in=ids, **between).order_by():
        hours.exceptions[exception.resource_id, exception.day].append(exception)
    return hours


def _valid(row: WeeklyHours, day: date) -> bool:
    after = row.valid_from is None or row.valid_from <= day
    return after and (row.valid_until is None or day <= row.valid_until)
