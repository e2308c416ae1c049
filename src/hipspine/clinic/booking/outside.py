"""Visits to come whose clinician, room or machine is not there: found by the rules of booking."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment, Location, Resource, VisitType
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.slots import Requirements, open_masks
from hipspine.clinic.booking.wall_clock import first_tick_from, tick_of

TO_COME = (Status.BOOKED, Status.ARRIVED)


def visits_to_come(location: Location, now: datetime | None = None) -> QuerySet[Appointment]:
    """Booked and not yet over, by time; and what is held or offered, for it may be booked."""
    now = now or timezone.now()
    promised = Q(status__in=TO_COME) | Q(status=Status.PENDING, expires_at__gt=now)
    return Appointment.objects.filter(promised, location=location, ends_at__gt=now)


def visits_outside(location: Location, resources: Iterable[Resource] | None = None) -> list[UUID]:
    """Ids, by time, of visits to come that take one of these (None: any of the clinic's) when it is
    away or no longer in use.

    What was overbooked beyond the hours on purpose is among them. Five queries, whatever there is.
    """
    takes = _takes(location, None if resources is None else {r.pk for r in resources})
    if not takes:
        return []
    taken = Resource.objects.in_bulk({pk for _, _, _, pk in takes})
    base = min(begin for _, begin, _, _ in takes)
    stop = max(end for _, _, end, _ in takes)
    # The type only says which clinic it is.
    everyone = Requirements(VisitType(location=location), (tuple(taken.values()),))
    there = open_masks(everyone, base, stop)
    found = {}
    for visit, begin, end, resource in takes:
        whole = (1 << (end - begin)) - 1
        if not taken[resource].is_active or there[resource] >> (begin - base) & whole != whole:
            found[visit] = None
    return list(found)


def _takes(location: Location, chosen: set[int] | None) -> list[tuple[UUID, int, int, int]]:
    """(visit, first tick, tick after the last, resource), by time."""
    rows = visits_to_come(location).values_list("pk", "starts_at", "ends_at", "resources")
    return [
        (visit, tick_of(begin), first_tick_from(end), resource)
        for visit, begin, end, resource in rows.order_by("starts_at", "pk")
        if resource is not None and (chosen is None or resource in chosen)
    ]
