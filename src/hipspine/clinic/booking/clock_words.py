"""Times as staff reads them: 24 hours, short. What patients read is in times_shown."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.text import capfirst

from hipspine.clinic.booking.wall_clock import on_the_wall

#: Years a day may lie in: before and after them calendars and zones mean nothing here.
YEARS = range(2000, 2101)


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """ "09:05"; "01:30 CST" where the clock shows that time twice."""
    local, is_twice = on_the_wall(instant, zone)
    shown = f"{local.hour:02}:{local.minute:02}"
    return f"{shown} {local:%Z}" if is_twice else shown


def span(begin: datetime, end: datetime, zone: ZoneInfo) -> str:
    """ "09:05-09:25", with an en dash."""
    return f"{clock(begin, zone)}–{clock(end, zone)}"


def day_words(day: date) -> str:
    """The weekday and the date, in the language of the request."""
    return capfirst(f"{WEEKDAYS[day.weekday()]}, {formats.date_format(day, 'DATE_FORMAT')}")


def short_day(day: date) -> str:
    """ "Mon 30"."""
    return capfirst(f"{WEEKDAYS_ABBR[day.weekday()]} {day.day}")


def zone_words(zone: ZoneInfo, day: date) -> str:
    """ "America/Chicago (CST, UTC-06:00)", as it is at noon of that day."""
    noon = datetime.combine(day, time(12), zone)
    minutes = int((noon.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
    short = noon.tzname() or ""
    return f"{zone.key} ({short}, {offset})" if short.isalpha() else f"{zone.key} ({offset})"


def instant_words(instant: datetime) -> str:
    """ "2026-11-30T15:00Z": for addresses and forms."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def read_instant(words: str) -> datetime | None:
    """The instant written so; None if it is none."""
    try:
        instant = datetime.strptime(words.strip(), "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if instant.year in YEARS else None
