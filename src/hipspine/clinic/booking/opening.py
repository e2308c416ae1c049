"""Opening hours in words: when any of the clinicians is there, by the rules of a usual week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from hipspine.clinic.booking.models import Holiday, Location, WeeklyHours
from hipspine.clinic.booking.models.resource import Kind, Weekday

#: Holidays are told this long before.
TOLD_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class OpenDays:
    """Monday to Friday: 9:00 AM to 12:00 PM, 1:00 PM to 5:00 PM."""

    days: str
    hours: str


def opening_of(location: Location, today: date) -> list[OpenDays]:
    """Neighbouring days with the same hours are one line; days without hours are closed."""
    rows = WeeklyHours.objects.filter(
        resource__location=location, resource__kind=Kind.PRACTITIONER, resource__is_active=True
    )
    current = [row for row in rows if _is_current(row, today)]
    of_day = {
        weekday: union((r.opens, r.closes) for r in current if r.weekday == weekday)
        for weekday in Weekday
    }
    lines: list[tuple[list[Weekday], tuple]] = []
    for weekday, stretches in of_day.items():
        if lines and lines[-1][1] == stretches:
            lines[-1][0].append(weekday)
        else:
            lines.append(([weekday], stretches))
    if not current:
        return []
    return [OpenDays(_days(days), _hours(stretches)) for days, stretches in lines]


def union(stretches: Iterable[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    """Overlapping and touching stretches become one."""
    found: list[tuple[time, time]] = []
    for opens, closes in sorted(stretches):
        if found and opens <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], closes)
        else:
            found.append((opens, closes))
    return tuple(found)


def holidays_soon(location: Location, today: date) -> list[Holiday]:
    """Days on which the clinic is closed, in the next two months."""
    soon = Holiday.objects.filter(location=location, day__gte=today, day__lte=today + TOLD_BEFORE)
    return list(soon)


def _is_current(row: WeeklyHours, today: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= today
    return begun and (row.valid_until is None or today <= row.valid_until)


def _days(days: list[Weekday]) -> str:
    first, last = (str(day.label) for day in (days[0], days[-1]))
    if first == last:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _hours(stretches: tuple[tuple[time, time], ...]) -> str:
    if not stretches:
        return _("closed")
    clock = _("g:i A")
    return ", ".join(
        _("%(first)s to %(last)s")
        % {"first": time_format(opens, clock), "last": time_format(closes, clock)}
        for opens, closes in stretches
    )
