"""How many people could book the same time: what a feed calls the capacity of a slot."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hipspine.clinic.booking.slots import (
    Requirements,
    Slot,
    assign,
    taken_lanes,
)
from hipspine.clinic.booking.wall_clock import tick_of


def places_in(
    slots: Sequence[Slot], wanted: Requirements, now: datetime
) -> Iterator[tuple[Slot, int]]:
    """Each slot and how many visits it has room for, one after the other as bookings are given.

    Never more than there is. Where one resource may serve two needs it may be less than a cleverer
    choice would give.
    """
    wide = [r for r in wanted.resources if r.capacity > 1]
    taken = {}
    if wide and slots:
        base, stop = tick_of(slots[0].starts_at), tick_of(slots[-1].ends_at)
        taken = taken_lanes(wide, base, stop, now)
    for slot in slots:
        ticks = range(tick_of(slot.starts_at), tick_of(slot.ends_at))
        left = dict.fromkeys(slot.free, 1)
        for resource in wide:
            if resource.pk in left:
                visits = taken.get(resource.pk, {})
                left[resource.pk] = resource.capacity - max(visits.get(t, 0) for t in ticks)
        yield slot, _how_many(wanted, left)


def _how_many(wanted: Requirements, left: dict[int, int]) -> int:
    """Give what is left away until a need is not met; `left`: {resource: visits it can still take}.

    A visit without any need takes nothing, and is never shown: there is at least one.
    """
    given = 0
    while chosen := assign(wanted.needs, {pk for pk, visits in left.items() if visits > 0}):
        for resource in chosen:
            left[resource.pk] -= 1
        given += 1
    return given
