"""Taking a time: the only code that writes ticks. Call it inside a transaction, after `lock`.

On SQLite the transaction is IMMEDIATE, so there is one writer; on PostgreSQL the rows of all
resources in question are locked in the order of their ids, so writers queue and never deadlock. The
unique key of a tick stands behind both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.booking.models import Appointment, BookingTick, Resource, VisitType
from hipspine.clinic.booking.slots import (
    Requirements,
    Slot,
    assign,
    bookable_between,
    expired,
    nearest_slots,
    open_masks,
    requirements_of,
    taken_lanes,
)
from hipspine.clinic.booking.wall_clock import TICK, on_grid, start_of, tick_of
from hipspine.errors import InvalidInput


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a visit, from this instant (UTC), with this clinician or anyone."""

    visit_type: VisitType
    starts_at: datetime
    practitioner: Resource | None = None


@dataclass(frozen=True)
class Terms:
    """Who asks. Staff book within the hours, any five minutes, at once; with a `reason` (an
    overbooking) also beyond hours and capacity. Patients book what is shown online."""

    staff: bool = False
    reason: str = ""
    past: timedelta = timedelta(0)  # how long ago a start may lie: a walk-in began just now
    since: datetime | None = None  # notice counts from then: when the time was first held


Taken = dict[int, dict[int, int]]  # resource: tick: visits
ONLINE = Terms()
STAFF = Terms(staff=True)


class SlotTaken(InvalidInput):
    """Someone else has it, or it is not offered; `alternatives`: the three nearest free ones."""

    def __init__(self, wanted: Wanted, terms: Terms = ONLINE) -> None:
        super().__init__(_("this time is no longer free"))
        self.wanted, self.terms = wanted, terms

    @property
    def alternatives(self) -> list[Slot]:
        """Looked up when asked for: after the transaction that lost is over."""
        return nearest_slots(
            self.wanted.visit_type,
            self.wanted.starts_at,
            self.wanted.practitioner,
            for_staff=self.terms.staff,
        )


def lock(*resources: Iterable[Resource]) -> None:
    """Wait until nobody else takes any of these; always in the order of ids."""
    ids = {resource.pk for group in resources for resource in group}
    list(Resource.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def take(appointment: Appointment, wanted: Wanted, terms: Terms) -> None:
    """Set times, resources and overbooking of an appointment and write its ticks, or `SlotTaken`.

    The caller holds the lock of `requirements_of(wanted...)`. Ticks the appointment had before are
    given back first; an exception undoes everything.
    """
    needed = requirements_of(wanted.visit_type, wanted.practitioner)
    base = tick_of(wanted.starts_at)
    stop = base + needed.ticks
    now = timezone.now()
    if not _may_begin(wanted, terms, now):
        raise SlotTaken(wanted, terms)
    appointment.ticks.all().delete()
    BookingTick.objects.filter(
        expired(now),
        resource__in=needed.resources,
        tick_start__gte=start_of(base),
        tick_start__lt=start_of(stop),
    ).delete()
    # One instant for all of it: a hold that ends meanwhile is either gone or counted.
    taken = taken_lanes(needed.resources, base, stop, now)
    free = _free(needed, base, stop, taken)
    chosen = needed.met_by(free) if needed.needs else None
    beyond = chosen is None and bool(terms.reason)
    if beyond:
        chosen = _least_busy(needed, free, taken)
    if chosen is None:
        raise SlotTaken(wanted, terms)
    ticks = _ticks(appointment, chosen, base, stop)
    if not beyond and any(tick.lane >= tick.resource.capacity for tick in ticks):
        raise SlotTaken(wanted, terms)
    appointment.overbook_reason = terms.reason if beyond else ""
    appointment.starts_at = wanted.starts_at
    appointment.ends_at = wanted.starts_at + needed.ticks * TICK
    appointment.resources.set(chosen)
    BookingTick.objects.bulk_create(ticks)


def look(wanted: Wanted, terms: Terms) -> None:
    """Raise `SlotTaken` if it is not free now. Needs no lock, promises nothing."""
    needed = requirements_of(wanted.visit_type, wanted.practitioner)
    base = tick_of(wanted.starts_at)
    stop, now = base + needed.ticks, timezone.now()
    free = _free(needed, base, stop, taken_lanes(needed.resources, base, stop, now))
    if not (_may_begin(wanted, terms, now) and needed.needs and needed.met_by(free)):
        raise SlotTaken(wanted, terms)


def give_back(appointment: Appointment) -> None:
    """Its ticks are free again; which resources it had stays on record."""
    appointment.ticks.all().delete()


def _may_begin(wanted: Wanted, terms: Terms, now: datetime) -> bool:
    """Only whole ticks; patients only what is shown to them."""
    whole = start_of(tick_of(wanted.starts_at)) == wanted.starts_at
    if terms.staff:
        return whole and wanted.starts_at >= now - TICK - terms.past
    visit_type = wanted.visit_type
    earliest, latest = bookable_between(visit_type, terms.since or now)
    return (
        whole
        and now < wanted.starts_at
        and visit_type.is_active
        and visit_type.is_online
        and visit_type.location.is_active
        and earliest <= wanted.starts_at < latest
        and on_grid(wanted.starts_at, visit_type.location.zone, visit_type.grid_minutes)
    )


def _free(needed: Requirements, base: int, stop: int, taken: Taken) -> set[int]:
    """Ids of what is there, and not full, in every one of these ticks."""
    everything = (1 << (stop - base)) - 1
    there = open_masks(needed, base, stop)
    return {
        r.pk
        for r in needed.resources
        if there[r.pk] == everything
        and all(visits < r.capacity for visits in taken.get(r.pk, {}).values())
    }


def _least_busy(needed: Requirements, free: set[int], taken: Taken) -> tuple[Resource, ...] | None:
    """For an overbooking: each need takes what is free, else the one with the least in it."""
    busy = {r.pk: sum(taken.get(r.pk, {}).values()) for r in needed.resources}
    ranked = [
        sorted(need, key=lambda r: (r.pk not in free, busy[r.pk], r.pk)) for need in needed.needs
    ]
    return assign(ranked, set(busy), needed.practitioner) if ranked else None


def _ticks(
    appointment: Appointment, chosen: tuple[Resource, ...], base: int, stop: int
) -> list[BookingTick]:
    """A row a resource and tick, in the lowest lane that nobody has."""
    used: dict[tuple[int, int], set[int]] = {}
    rows = BookingTick.objects.filter(
        resource__in=chosen, tick_start__gte=start_of(base), tick_start__lt=start_of(stop)
    ).values_list("resource", "tick_start", "lane")
    for resource, tick_start, lane in rows:
        used.setdefault((resource, tick_of(tick_start)), set()).add(lane)
    return [
        BookingTick(
            resource=resource,
            tick_start=start_of(tick),
            lane=_lowest_free(used.get((resource.pk, tick), set())),
            appointment=appointment,
        )
        for resource in chosen
        for tick in range(base, stop)
    ]


def _lowest_free(used: set[int]) -> int:
    return next(lane for lane in range(len(used) + 1) if lane not in used)
