"""What booking adds to the copy a patient takes home."""

from hipspine.clinic.booking.models import WaitingListEntry
from hipspine.clinic.booking.selectors import appointments_of_patient
from hipspine.clinic.chart.models import Patient


def bookings_of(patient: Patient) -> list[dict[str, object]]:
    """Every appointment, by time; JSON-ready."""
    return [
        {
            "id": str(visit.pk),
            "visit": visit.visit_type.name,
            "clinic": visit.location.name,
            "with": [resource.name for resource in visit.resources.all()],
            "starts_at": visit.starts_at.isoformat(),
            "ends_at": visit.ends_at.isoformat(),
            "time_zone": visit.location.time_zone,
            "status": visit.status,
            "booked": visit.channel,
            "comment": visit.comment,
            "reminders": visit.reminders,
            "cancel_reason": visit.cancel_reason,
            "overbook_reason": visit.overbook_reason,
        }
        for visit in appointments_of_patient(patient.pk)
    ]


def wishes_of(patient: Patient) -> list[dict[str, object]]:
    """Every entry on the waiting list; JSON-ready."""
    return [
        {
            "visit": entry.visit_type.name,
            "clinic": entry.location.name,
            "from": entry.earliest.isoformat(),
            "until": entry.latest.isoformat(),
            "time_of_day": entry.part_of_day,
            "status": entry.status,
            "comment": entry.comment,
        }
        for entry in WaitingListEntry.objects.of_patient(patient.pk)
    ]
