"""A twin of `free_slots` without bits, ticks or intervals: it looks at every minute by itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import product

from hipspine.clinic.booking.models import (
    Holiday,
    HoursException,
    Need,
    WeeklyHours,
)
from hipspine.clinic.booking.models.appointment import KEPT, Status

MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=64)
def minutes_of(day: date, zone) -> tuple[datetime, ...]:
    """Every minute at which the clock of the place shows this day, in the order they pass."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = (noon + n * MINUTE for n in range(-40 * 60, 40 * 60))
    return tuple(m for m in around if m.astimezone(zone).date() == day)


def open_minutes(resource, day: date) -> set[datetime]:
    """Those in which it is there, before anything is booked."""
    location = resource.location
    walls = [
        (minute, minute.astimezone(location.zone).time())
        for minute in minutes_of(day, location.zone)
    ]
    if Holiday.objects.filter(location=location, day=day).exists():
        return set()
    rows = list(WeeklyHours.objects.filter(resource=resource))
    there = set()
    if not rows and resource.kind != "practitioner":
        there = {minute for minute, _ in walls}
    exceptions = list(HoursException.objects.filter(resource=resource, day=day))
    opened = [r for r in rows if r.weekday == day.weekday() and _counts(r, day)]
    for row in [*opened, *(r for r in exceptions if r.is_open)]:
        # the door opens when the clock first shows the time, or a later one (a gap); so it closes
        begins = next((m for m, wall in walls if wall >= row.opens), None)
        ends = next((m for m, wall in walls if wall >= row.closes), None)
        there |= {m for m, _ in walls if begins and m >= begins and (ends is None or m < ends)}
    for row in exceptions:
        if row.is_open:
            continue
        if row.opens is None:
            return set()
        begins = next((m for m, wall in walls if wall >= row.opens), None)
        # away until the clock shows the time for the last time, or jumps over it
        shown = [m for m, wall in walls if wall == row.closes]
        ends = shown[-1] if shown else next((m for m, w in walls if w > row.closes), None)
        there -= {m for m, _ in walls if begins and m >= begins and (ends is None or m < ends)}
    return there


def _counts(row, day: date) -> bool:
    return (row.valid_from or day) <= day <= (row.valid_until or day)


def full_minutes(resource, now: datetime) -> set[datetime]:
    """Those in which as many as it can take have it, by the appointments themselves."""
    visits = Counter(
        a.starts_at + n * MINUTE
        for a in resource.appointments.all()
        if a.status in KEPT or (a.status == Status.PENDING and a.expires_at > now)
        for n in range((a.ends_at - a.starts_at) // MINUTE)
    )
    return {minute for minute, n in visits.items() if n >= resource.capacity}


def naive_slots(visit_type, first: date, last: date, practitioner=None, *, now, for_staff=False):
    """[(start, ids of the clinicians with whom)] by trying every start and every combination."""
    zone = visit_type.location.zone
    needs = [
        [r for r in need.any_of.all() if r.is_active]
        for need in Need.objects.filter(visit_type=visit_type)
    ]
    resources = {r for need in needs for r in need}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    free = {}
    for resource in resources:
        for day in [*days, last + timedelta(days=1)]:
            free.setdefault(resource, set()).update(open_minutes(resource, day))
        free[resource] -= full_minutes(resource, now)
    found = []
    for start in (m for day in days for m in minutes_of(day, zone)):
        wall = start.astimezone(zone)
        on_grid = (wall.hour * 60 + wall.minute) % visit_type.grid_minutes == 0
        if not on_grid or start < now + _notice(visit_type, for_staff):
            continue
        horizon = now.astimezone(zone).date() + timedelta(days=visit_type.horizon_days)
        if not for_staff and wall.date() > horizon:
            continue
        span = {start + n * MINUTE for n in range(visit_type.minutes)}
        can = {r for r in resources if span <= free[r]}
        ways = [way for way in product(*needs) if len(set(way)) == len(way) and set(way) <= can]
        with_whom = {r.pk for way in ways for r in way if r.kind == "practitioner"}
        if practitioner is not None:
            ways = [way for way in ways if practitioner in way]
            with_whom &= {practitioner.pk}
        if needs and ways:
            found.append((start, with_whom))
    return found


def _notice(visit_type, for_staff: bool) -> timedelta:
    return timedelta(0) if for_staff else timedelta(minutes=visit_type.notice_minutes)
