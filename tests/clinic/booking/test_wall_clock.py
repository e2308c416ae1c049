"""Clock changes: no slot in a gap, none doubled, every visit as long as it says, in ten zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking.hours import Hours
from hipspine.clinic.booking.models import Location, Resource, WeeklyHours
from hipspine.clinic.booking.wall_clock import (
    day_bounds,
    first_instant,
    first_tick_from,
    last_instant,
    on_grid,
    start_of,
    tick_of,
)

#: North and south, half and quarter hours, a change at midnight (Beirut, Santiago), by half an hour
#: (Lord Howe), none at all (Phoenix, Kathmandu).
ZONES = ("America/Chicago", "America/Phoenix", "America/St_Johns", "America/Santiago",
         "Europe/Madrid", "Africa/Casablanca", "Asia/Beirut", "Asia/Kathmandu",
         "Australia/Lord_Howe", "Pacific/Auckland")  # fmt: skip


def changes(zone, year):
    """Days of that year on which the clock changes, by asking every day (a naive search)."""
    day, found = date(year, 1, 1), []
    while day.year == year:
        offsets = {
            datetime.combine(d, time(0), UTC).astimezone(zone).utcoffset()
            for d in (day, day + timedelta(days=1))
        }
        if len(offsets) > 1:
            found.append(day)
        day += timedelta(days=1)
    return found


DAYS = {
    name: [
        day + timedelta(days=n)
        for year in (2025, 2026, 2027)
        for day in changes(ZoneInfo(name), year)
        for n in (-1, 0, 1)
    ] or [date(2026, 6, 1)]
    for name in ZONES
}  # fmt: skip
A_DAY = st.sampled_from(ZONES).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(DAYS[name]))
)
WALLS = st.integers(0, 24 * 12 - 1).map(lambda n: time(n // 12, n % 12 * 5))


def test_spring_in_madrid_jumps_from_two_to_three():
    zone, day = ZoneInfo("Europe/Madrid"), date(2026, 3, 29)
    assert first_instant(day, time(2, 30), zone) == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 3:00
    assert first_instant(day, time(3), zone) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    # 01:00 to 04:00 by the wall are two real hours
    assert first_instant(day, time(4), zone) - first_instant(day, time(1), zone) == timedelta(
        hours=2
    )


def test_autumn_in_chicago_shows_half_past_one_twice():
    zone, day = ZoneInfo("America/Chicago"), date(2026, 11, 1)
    assert first_instant(day, time(1, 30), zone) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert last_instant(day, time(1, 30), zone) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    begin, end = day_bounds(day, zone)
    assert end - begin == timedelta(hours=25)


@settings(max_examples=300, deadline=None)
@given(A_DAY, WALLS)
def test_an_opening_is_the_first_instant_that_shows_it_or_the_end_of_the_gap(where, wall):
    name, day = where
    zone = ZoneInfo(name)
    found = first_instant(day, wall, zone)
    begin, end = day_bounds(day, zone)
    # The naive twin walks the whole day minute by minute.
    minutes = [
        begin + timedelta(minutes=n) for n in range(int((end - begin).total_seconds() // 60))
    ]
    shown = [m for m in minutes if m.astimezone(zone).time().replace(fold=0) == wall]
    later = [m for m in minutes if m.astimezone(zone).time().replace(fold=0) > wall]
    assert found == (shown or later or [end])[0]
    assert last_instant(day, wall, zone) == (shown[-1] if shown else (later or [end])[0])


@settings(max_examples=300, deadline=None)
@given(A_DAY, WALLS, WALLS, st.sampled_from([5, 10, 15, 20, 30, 45, 60]), st.integers(1, 24))
def test_no_slot_in_a_gap_none_doubled_each_as_long_as_it_says(where, one, two, grid, ticks):
    name, day = where
    opens, closes = sorted((one, two))
    location = Location(time_zone=name)
    resource = Resource(pk=1, location=location)
    row = WeeklyHours(resource=resource, weekday=day.weekday(), opens=opens, closes=closes)
    hours = Hours(location, day, day)
    hours.weekly[1] = [row]
    seen = set()
    for begin, end in hours.open_stretches(resource):
        for tick in range(first_tick_from(begin), tick_of(end) - ticks + 1):
            start, stop = start_of(tick), start_of(tick + ticks)
            if not on_grid(start, location.zone, grid):
                continue
            wall = start.astimezone(location.zone)
            assert wall.astimezone(UTC) == start  # it exists: not in a gap
            assert start not in seen
            seen.add(start)
            assert (wall.hour * 60 + wall.minute) % grid == 0
            assert stop - start == timedelta(minutes=5 * ticks)
            assert wall.date() == day and begin <= start and stop <= end
            # An hour that comes twice belongs to the opening both times.
            assert wall.fold or opens <= wall.time().replace(fold=0) < closes


@pytest.mark.parametrize("name", ZONES)
def test_days_follow_one_another_without_gap_or_overlap(name):
    zone = ZoneInfo(name)
    for day in DAYS[name]:
        _, end = day_bounds(day, zone)
        begin, _ = day_bounds(day + timedelta(days=1), zone)
        assert end == begin
