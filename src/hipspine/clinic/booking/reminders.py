"""Who is due a reminder, and what they said about reminders."""

from datetime import datetime, timedelta

from django.db.models import Q

from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.chart.models import Consent, Patient
from hipspine.clinic.chart.models.consent import Scope

#: A visit is reminded of when it begins in so long to so long.
REMIND_FROM, REMIND_UNTIL = timedelta(hours=24), timedelta(hours=48)
#: Who has just booked or moved needs no reminder yet.
JUST_BOOKED = timedelta(hours=12)
DAYTIME = range(8, 21)  # hours of the clinic's clock in which a mail nobody waits for is sent


def due_reminders(now: datetime) -> list[Appointment]:
    """Booked, not yet reminded of, wanted, to an address, and it is day at the clinic."""
    rows = Appointment.objects.filter(
        Q(booked_at=None) | Q(booked_at__lt=now - JUST_BOOKED),
        Q(moved_at=None) | Q(moved_at__lt=now - JUST_BOOKED),
        status=Status.BOOKED,
        reminded_at=None,
        starts_at__gt=now + REMIND_FROM,
        starts_at__lte=now + REMIND_UNTIL,
    )
    by_day = [
        row
        for row in with_people(rows)
        if now.astimezone(row.location.zone).hour in DAYTIME and row.reach.email
    ]
    said = _latest_decisions({row.chart for row in by_day if row.chart})
    return [row for row in by_day if wants_reminder(row, said.get(row.chart and row.chart.pk))]


def wants_reminder(appointment: Appointment, said: Consent | None) -> bool:
    """`said`: the latest decision in the chart. It counts for a visit where nothing was ticked, and
    where it is the later word; a tick for this visit counts over an older refusal."""
    if said is None:
        return appointment.reminders
    is_later = appointment.booked_at is None or said.recorded_at > appointment.booked_at
    return said.permitted if is_later or not appointment.reminders else True


def _latest_decisions(charts: set[Patient]) -> dict[object, Consent]:
    """One query."""
    rows = Consent.objects.filter(patient__in=charts, scope=Scope.REMINDERS)
    return {row.patient_id: row for row in rows.order_by("recorded_at", "pk")}
