"""Wall clock of a place <-> instants, and time counted in five-minute ticks.

Rules are wall-clock times; everything else is instants. On the day the clock changes an opening of
nine hours by the wall may last eight or ten; a visit always lasts its real minutes.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

TICK = timedelta(minutes=5)
TICK_SECONDS = 300


@lru_cache(maxsize=4096)  # hours and midnights of the same few days, asked for by every page
def first_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which that clock shows this time; in a gap, its end."""
    return _after_gap(datetime.combine(day, wall.replace(fold=0), zone))


def last_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The last instant (UTC) at which it shows this time; in a gap, its end."""
    return _after_gap(datetime.combine(day, wall.replace(fold=1), zone))


def _after_gap(local: datetime) -> datetime:
    """A time the clock jumped over does not exist: the instant of the jump stands for it."""
    instant = local.astimezone(UTC)
    shown = instant.astimezone(local.tzinfo)
    if shown.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0):
        return instant
    # Two readings of a time in the gap lie on either side of the jump; search the jump between.
    readings = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    before, after = min(readings), max(readings)
    offset = before.astimezone(local.tzinfo).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(local.tzinfo).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def on_the_wall(instant: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """What the clock shows then, to the second, and whether it shows it twice on that day."""
    return _on_the_wall(int(instant.timestamp()), zone)


@lru_cache(maxsize=16384)  # a week has 2016 ticks, and is asked for again and again
def _on_the_wall(seconds: int, zone: ZoneInfo) -> tuple[datetime, bool]:
    # By seconds: the two datetimes of an hour that comes twice are equal to Python.
    local = datetime.fromtimestamp(seconds, zone)
    earlier, later = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    return local, earlier > later


def tick_of(instant: datetime) -> int:
    """Number of the tick (five minutes since 1970, UTC) that holds this instant."""
    return int(instant.timestamp()) // TICK_SECONDS


def first_tick_from(instant: datetime) -> int:
    """Number of the first tick that begins at this instant or later."""
    return -(-int(instant.timestamp()) // TICK_SECONDS)


def start_of(tick: int) -> datetime:
    """The instant (UTC) at which the tick begins."""
    return datetime.fromtimestamp(tick * TICK_SECONDS, UTC)


def day_bounds(day: date, zone: ZoneInfo, days: int = 1) -> tuple[datetime, datetime]:
    """[begin, end) of `days` whole days of that place, as instants."""
    midnight = time()
    return first_instant(day, midnight, zone), first_instant(
        day + timedelta(days=days), midnight, zone
    )


def on_grid(instant: datetime, zone: ZoneInfo, grid_minutes: int) -> bool:
    """Whether the wall clock then shows a multiple of `grid_minutes` since midnight."""
    local, _is_twice = on_the_wall(instant, zone)
    return (local.hour * 60 + local.minute) % grid_minutes == 0 and not local.second
