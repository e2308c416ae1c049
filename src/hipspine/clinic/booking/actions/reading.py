"""Looking at the day is an act: the chain keeps who saw the names of which day."""

from datetime import date

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.booking.models import Appointment, Location


def note_day_read(location: Location, day: date, *, by: Actor, visits: int, days: int = 1) -> None:
    """Someone opened the list of these days, with so many visits on it."""
    record(
        "booking.day_read",
        actor=by,
        target=f"booking.Location:{location.pk}",
        detail={
            "day": day.isoformat(),
            "days": days,
            "location": location.slug,
            "visits": visits,
        },
    )


def note_visit_read(visit: Appointment, *, by: Actor) -> None:
    """Someone opened one visit."""
    record(
        "booking.visit_read",
        actor=by,
        patient=getattr(visit.chart, "pseudonym", None),
        target=f"booking.Appointment:{visit.pk}",
    )


def note_waiting_read(location: Location, *, by: Actor, entries: int) -> None:
    """Someone opened the waiting list."""
    record(
        "waiting.read",
        actor=by,
        target=f"booking.Location:{location.pk}",
        detail={"location": location.slug, "entries": entries},
    )
