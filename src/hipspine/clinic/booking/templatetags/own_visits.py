"""Own visits on a patient's first page: the chart's room knows no bookings, its page shows them."""

from dataclasses import dataclass

from django import template
from django.utils import timezone

from hipspine.clinic.booking.links import LIVES_AFTER, token_of
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import appointments_of_patient, upcoming_of_patient
from hipspine.clinic.booking.times_shown import clock, full_day
from hipspine.clinic.chart.models import Patient

register = template.Library()
MOST_PAST = 20


@dataclass(frozen=True)
class OwnVisit:
    """One line; `token` only while its link leads somewhere."""

    appointment: Appointment
    day: str
    begins: str
    token: str
    may_change: bool


@register.inclusion_tag("booking/public/own_visits.html")
def own_visits(patient: Patient) -> dict[str, object]:
    """Those to come, next first, and those that were, latest first."""
    now = timezone.now()
    past = appointments_of_patient(patient.pk).exclude(status=Status.BOOKED, ends_at__gt=now)
    return {
        "upcoming": [_shown(visit) for visit in upcoming_of_patient(patient.pk)],
        "past": [_shown(visit) for visit in past.order_by("-starts_at")[:MOST_PAST]],
    }


def _shown(visit: Appointment) -> OwnVisit:
    zone, now = visit.location.zone, timezone.now()
    return OwnVisit(
        visit,
        full_day(visit.starts_at.astimezone(zone).date()),
        clock(visit.starts_at, zone),
        token_of(visit) if visit.ends_at + LIVES_AFTER > now else "",
        visit.status == Status.BOOKED and visit.starts_at > now,
    )
