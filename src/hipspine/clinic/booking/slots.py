"""Free slots: what is shown is found by the same `assign` by which a slot is then taken.

The free ticks of a resource are the bits of one integer; a run of n free ticks is n shifts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial, reduce
from operator import or_

from django.db.models import Count, Min, Prefetch, Q
from django.utils import timezone

from hipspine.clinic.booking.hours import hours_of
from hipspine.clinic.booking.models import Appointment, BookingTick, Need, Resource, VisitType
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.wall_clock import (
    TICK,
    day_bounds,
    first_tick_from,
    on_grid,
    start_of,
    tick_of,
)

ALTERNATIVES = 3
#: How far to look for alternatives, in days to either side.
LOOK_AROUND = (1, 7, 31)


@dataclass(frozen=True)
class Slot:
    """A free time: UTC instants, and the clinicians any of whom could be had.

    `free`: ids of everything the visit may take that is free from start to end.
    """

    starts_at: datetime
    ends_at: datetime
    practitioners: tuple[Resource, ...]
    free: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Requirements:
    """What a visit takes: for each need the resources in use that meet it; the clinician asked for
    must be one of those chosen."""

    visit_type: VisitType
    needs: tuple[tuple[Resource, ...], ...]
    practitioner: Resource | None = None

    @property
    def resources(self) -> list[Resource]:
        """Each once, by id: the order in which they are locked."""
        return sorted({r.pk: r for need in self.needs for r in need}.values(), key=lambda r: r.pk)

    @property
    def ticks(self) -> int:
        return self.visit_type.minutes // 5

    @property
    def can_be_met(self) -> bool:
        """Every need has something in use, and the clinician asked for does this visit."""
        asked = self.practitioner is None or self.practitioner in self.resources
        return asked and bool(self.needs) and all(self.needs)

    def met_by(self, can: Collection[int]) -> tuple[Resource, ...] | None:
        """Free resources (`can`: their ids), one a need, with the clinician asked for; or None."""
        return assign(self.needs, can, self.practitioner)


def requirements_of(visit_type: VisitType, practitioner: Resource | None = None) -> Requirements:
    """The needs, by age; each with what is in use of it, by id."""
    in_use = Prefetch("any_of", Resource.objects.filter(is_active=True).order_by())
    needs = Need.objects.filter(visit_type=visit_type).prefetch_related(in_use).order_by()
    usable = (
        tuple(sorted(need.any_of.all(), key=lambda r: r.pk))
        for need in sorted(needs, key=lambda need: need.pk)
    )
    return Requirements(visit_type, tuple(usable), practitioner)


def assign(
    needs: Sequence[Sequence[Resource]],
    can: Collection[int],
    asked: Resource | None = None,
    used: frozenset[int] = frozenset(),
) -> tuple[Resource, ...] | None:
    """One free resource a need, none for two needs, `asked` among them; else None."""
    if not needs:
        return () if asked is None or asked.pk in used else None
    for resource in needs[0]:
        if resource.pk in can and resource.pk not in used:
            rest = assign(needs[1:], can, asked, used | {resource.pk})
            if rest is not None:
                return (resource, *rest)
    return None


def free_slots(  # noqa: PLR0913  (what is asked for, and three ways to ask)
    visit_type: VisitType,
    first: date,
    last: date,
    practitioner: Resource | None = None,
    *,
    now: datetime | None = None,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
) -> list[Slot]:
    """Every free start between two days of the clinic (both included), by time.

    Patients see starts on the visit's grid, after its notice and within its horizon; staff see them
    from now on. `ignoring`: a visit that is to be moved, whose own time counts as free.
    """
    now = now or timezone.now()
    wanted = requirements_of(visit_type, practitioner)
    if not wanted.can_be_met or not visit_type.is_active:
        return []
    zone = visit_type.location.zone
    begin, _ = day_bounds(first, zone)
    _, end = day_bounds(last, zone)
    earliest, latest = (now, end) if for_staff else bookable_between(visit_type, now)
    begin, end = max(begin, earliest), min(end, latest)
    if begin >= end:
        return []
    base, stop = first_tick_from(begin), tick_of(end)
    runs = _runs(wanted, base, stop + wanted.ticks, now, ignoring)
    found = []
    # A start needs someone free for every need; of the few that pass, `assign` decides.
    possible = (1 << max(stop - base, 0)) - 1
    for need in wanted.needs:
        possible &= reduce(or_, (runs[resource.pk] for resource in need))
    if practitioner is not None:
        possible &= runs[practitioner.pk]
    with_whom = cache(partial(_with_whom, wanted))  # many starts have the same people free
    for bit in _bits(possible):
        starts_at = start_of(base + bit)
        if not on_grid(starts_at, zone, visit_type.grid_minutes):
            continue
        can = frozenset(pk for pk, mask in runs.items() if mask >> bit & 1)
        who = with_whom(can)
        if who is not None:
            found.append(Slot(starts_at, starts_at + wanted.ticks * TICK, who, can))
    return found


def bookable_between(visit_type: VisitType, now: datetime) -> tuple[datetime, datetime]:
    """[earliest, latest) start a patient may take online."""
    last = now.astimezone(visit_type.location.zone).date() + timedelta(visit_type.horizon_days)
    _, end = day_bounds(last, visit_type.location.zone)
    return now + timedelta(minutes=visit_type.notice_minutes), end


def nearest_slots(
    visit_type: VisitType,
    wished: datetime,
    practitioner: Resource | None = None,
    *,
    now: datetime | None = None,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
) -> list[Slot]:
    """The three nearest free starts, by time; anyone's, if the chosen clinician has none."""
    day = wished.astimezone(visit_type.location.zone).date()
    for who in (practitioner, None) if practitioner else (None,):
        for days in LOOK_AROUND:
            span = timedelta(days)
            found = free_slots(
                visit_type, day - span, day + span, who,
                now=now, for_staff=for_staff, ignoring=ignoring,
            )  # fmt: skip
            found.sort(key=lambda slot: (abs(slot.starts_at - wished), slot.starts_at))
            near = found[:ALTERNATIVES]
            # What lies outside is farther than this; nothing there may be nearer than what we have.
            seen = min(abs(edge - wished) for edge in _edges(day, days, visit_type))
            enough = len(near) == ALTERNATIVES and abs(near[-1].starts_at - wished) <= seen
            if enough or (near and days == LOOK_AROUND[-1]):
                return sorted(near, key=lambda slot: slot.starts_at)
    return []


def _edges(day: date, days: int, visit_type: VisitType) -> tuple[datetime, datetime]:
    """Where a look of so many days to either side begins and ends."""
    zone = visit_type.location.zone
    return day_bounds(day - timedelta(days), zone, 2 * days + 1)


def taken_lanes(
    resources: Iterable[Resource],
    base: int,
    stop: int,
    now: datetime,
    ignoring: Appointment | None = None,
) -> dict[int, dict[int, int]]:
    """{resource: {tick: visits that take it}} between two ticks; what expired does not count, nor
    the visit `ignoring`."""
    # A row a visit and resource, not one a tick: the ticks of a visit follow one another.
    rows = (
        BookingTick.objects.filter(
            resource__in=list(resources),
            tick_start__gte=start_of(base),
            tick_start__lt=start_of(stop),
        )
        .exclude(expired(now) | Q(appointment=ignoring))
        .values("resource", "appointment")
        .annotate(first=Min("tick_start"), ticks=Count("pk"))
        .order_by()
        .values_list("resource", "first", "ticks")
    )
    taken: dict[int, dict[int, int]] = {}
    for resource, first, ticks in rows:
        visits = taken.setdefault(resource, {})
        begin = tick_of(first)
        for tick in range(begin, begin + ticks):
            visits[tick] = visits.get(tick, 0) + 1
    return taken


def expired(now: datetime) -> Q:
    """Ticks of holds whose time is over."""
    return Q(appointment__status=Status.PENDING, appointment__expires_at__lte=now)


def open_masks(wanted: Requirements, base: int, stop: int) -> dict[int, int]:
    """{resource: bits of the ticks in which it is there}, before anything is booked."""
    location = wanted.visit_type.location
    first, last = (
        start_of(tick).astimezone(location.zone).date() for tick in (base, max(base, stop - 1))
    )
    hours = hours_of(location, wanted.resources, first, last)
    everything = (1 << (stop - base)) - 1
    masks = {}
    for resource in wanted.resources:
        mask = everything if hours.is_always_there(resource) else 0
        for begin, end in hours.open_stretches(resource):
            mask |= _span(first_tick_from(begin) - base, tick_of(end) - base, everything)
        for begin, end in hours.closed_stretches(resource):
            mask &= ~_span(tick_of(begin) - base, first_tick_from(end) - base, everything)
        masks[resource.pk] = mask
    return masks


def _runs(
    wanted: Requirements, base: int, stop: int, now: datetime, ignoring: Appointment | None
) -> dict[int, int]:
    """{resource: bits of the ticks from which it is free for the whole visit}."""
    masks = open_masks(wanted, base, stop)
    taken = taken_lanes(wanted.resources, base, stop, now, ignoring)
    runs = {}
    for resource in wanted.resources:
        free = masks[resource.pk]
        for tick, visits in taken.get(resource.pk, {}).items():
            if visits >= resource.capacity:
                free &= ~(1 << (tick - base))
        run = free
        for shift in range(1, wanted.ticks):
            run &= free >> shift
        runs[resource.pk] = run
    return runs


def _with_whom(wanted: Requirements, can: frozenset[int]) -> tuple[Resource, ...] | None:
    """None where the visit cannot be; its clinicians, of which it may need none."""
    return None if wanted.met_by(can) is None else _practitioners(wanted, can)


def _practitioners(wanted: Requirements, can: Collection[int]) -> tuple[Resource, ...]:
    """The clinicians with whom the visit can be, everything else being there too."""
    found = []
    for place, need in enumerate(wanted.needs):
        for resource in need:
            if resource.kind != Kind.PRACTITIONER or resource.pk not in can:
                continue
            if wanted.practitioner not in (None, resource):
                continue
            others = wanted.needs[:place] + wanted.needs[place + 1 :]
            if assign(others, can, resource, frozenset({resource.pk})) is not None:
                found.append(resource)
    return tuple(dict.fromkeys(found))


def _span(begin: int, end: int, everything: int) -> int:
    begin = max(begin, 0)
    return ((1 << end) - 1) & ~((1 << begin) - 1) & everything if end > begin else 0


def _bits(mask: int) -> Iterable[int]:
    """Places of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
