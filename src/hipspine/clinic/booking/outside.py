"""Visits to come whose clinician, room or machine is not there: found by the rules of booking."""

from collections.abc import Iterable
from datetime import datetime

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


def visits_outside(
    location: Location, resources: Iterable[Resource] | None = None
) -> list[Appointment]:
    """Visits to come that take one of these (None: any) when it is away or no longer in use.

    What was overbooked beyond the hours on purpose is among them. Five queries, whatever there is.
    """
    chosen = None if resources is None else {resource.pk for resource in resources}
    visits = list(
        visits_to_come(location).select_related("visit_type").prefetch_related("resources")
    )
    taken = {
        resource.pk: resource
        for visit in visits
        for resource in visit.resources.all()
        if chosen is None or resource.pk in chosen
    }
    if not taken:
        return []
    base = min(tick_of(visit.starts_at) for visit in visits)
    stop = max(first_tick_from(visit.ends_at) for visit in visits)
    # The type only says which clinic it is.
    everyone = Requirements(VisitType(location=location), (tuple(taken.values()),))
    there = open_masks(everyone, base, stop)
    return [
        visit
        for visit in visits
        if any(
            not resource.is_active or not _is_there(there[resource.pk], visit, base)
            for resource in visit.resources.all()
            if resource.pk in taken
        )
    ]


def _is_there(mask: int, visit: Appointment, base: int) -> bool:
    """In every tick of the visit."""
    begin, end = tick_of(visit.starts_at), first_tick_from(visit.ends_at)
    whole = (1 << (end - begin)) - 1
    return mask >> (begin - base) & whole == whole
