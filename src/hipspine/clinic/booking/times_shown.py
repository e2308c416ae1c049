"""Times as patients read them, by the clock of the clinic, in the language of the request."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hipspine.clinic.booking.wall_clock import on_the_wall


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """9:20 AM; in an hour that comes twice also which of the two: 1:20 AM CDT."""
    local, is_twice = on_the_wall(instant, zone)
    shown = _wall_clock(local.hour, local.minute, get_language())
    return f"{shown} {_abbreviation(local)}" if is_twice else shown


def day_words(day: date) -> str:
    """Monday, October 12."""
    return date_format(day, _("l, F j"))


def short_day(day: date) -> str:
    """Mon, Oct 12."""
    return date_format(day, _("D, M j"))


def full_day(day: date) -> str:
    """Monday, October 12, 2026."""
    return date_format(day, _("l, F j, Y"))


def day_and_clock(instant: datetime, zone: ZoneInfo) -> str:
    """Monday, October 12, 9:20 AM."""
    return f"{day_words(instant.astimezone(zone).date())}, {clock(instant, zone)}"


def zone_words(instant: datetime, zone: ZoneInfo) -> str:
    """America/Chicago, CDT: once a page."""
    name = zone.key.replace("_", " ")
    return f"{name}, {_abbreviation(instant.astimezone(zone))}"


@lru_cache(maxsize=4096)  # a page shows a hundred times, of which there are 1440 a language
def _wall_clock(hour: int, minute: int, language: str | None) -> str:
    return time_format(time(hour, minute), _("g:i A"))


def _abbreviation(local: datetime) -> str:
    """CDT; UTC-03 where the zone has no letters of its own."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{name}"
