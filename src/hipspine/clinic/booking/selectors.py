"""What booking reads and never writes."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.models.appointment import KEPT, Letter, Status
from hipspine.clinic.booking.wall_clock import day_bounds
from hipspine.clinic.chart.merged import ids_of_person

OLD_NEWS = timedelta(days=1)  # a letter about a visit that ended so long ago is not sent any more


def with_people(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """With everything a line about an appointment shows: no query a line.

    Clinics and kinds of visit are few: each is read once, not joined to every line.
    """
    return appointments.select_related("person__patient", "patient").prefetch_related(
        "location", "visit_type", "resources"
    )


def appointments_between(location: Location, day: date, days: int = 1) -> QuerySet[Appointment]:
    """What takes, or took, its place in these days of the clinic, by time; no holds."""
    begin, end = day_bounds(day, location.zone, days)
    return with_people(
        Appointment.objects.filter(
            location=location, starts_at__gte=begin, starts_at__lt=end, status__in=KEPT
        )
    )


def appointments_of_patient(patient_id: UUID) -> QuerySet[Appointment]:
    """Those of this chart and of charts merged into it; also what was typed and then confirmed."""
    charts = ids_of_person(patient_id)
    of_chart = Q(patient__in=charts) | Q(person__patient__in=charts)
    return with_people(Appointment.objects.filter(of_chart).exclude(status=Status.PENDING))


def letters_owed() -> QuerySet[Appointment]:
    """Visits about whose latest state a letter is still to be sent; none about old ones."""
    recent = Appointment.objects.filter(ends_at__gt=timezone.now() - OLD_NEWS)
    return recent.exclude(letter=Letter.NONE)


def upcoming_of_patient(patient_id: UUID) -> QuerySet[Appointment]:
    """Booked and not yet over."""
    return appointments_of_patient(patient_id).filter(
        status=Status.BOOKED, ends_at__gt=timezone.now()
    )


def has_appointment_with(user, patient_id: UUID) -> bool:
    """This user treats the patient: there is, or was, an appointment between them."""
    return (
        appointments_of_patient(patient_id).filter(resources__user=user, status__in=KEPT).exists()
    )


def zones_of_clinics() -> list[ZoneInfo]:
    """Where the clinics open for booking are."""
    names = Location.objects.filter(is_active=True).values_list("time_zone", flat=True)
    return [ZoneInfo(name) for name in set(names)]
