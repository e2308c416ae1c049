"""Reminders: who is due one, and that each is sent once."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.chart.models.consent import Scope

#: A visit is reminded of between so long and so long before it begins.
EARLIEST, LATEST = timedelta(hours=48), timedelta(hours=24)
#: Who has just booked needs no reminder yet.
FRESH = timedelta(hours=12)
#: Mails that nobody waits for come by day, by the clock of the clinic.
DAY_BEGINS, DAY_ENDS = time(8), time(21)


def due_reminders(now: datetime) -> list[Appointment]:
    """Booked, agreed to, not yet reminded, and it is day at the clinic."""
    rows = Appointment.objects.filter(
        Q(booked_at__isnull=True) | Q(booked_at__lt=now - FRESH),
        status=Status.BOOKED,
        reminded_at=None,
        starts_at__gt=now + LATEST,
        starts_at__lte=now + EARLIEST,
    )
    return [
        row
        for row in with_people(rows).prefetch_related("patient__consents")
        if is_day(now, row) and wants_reminder(row) and row.whose and row.whose.email
    ]


def is_day(now: datetime, appointment: Appointment) -> bool:
    """Between eight in the morning and nine in the evening where the clinic is."""
    return DAY_BEGINS <= now.astimezone(appointment.location.zone).time() < DAY_ENDS


def wants_reminder(appointment: Appointment) -> bool:
    """What was ticked for this visit; what was said for the chart since then counts instead."""
    chart = appointment.chart
    said = chart and next((c for c in chart.consents.all() if c.scope == Scope.REMINDERS), None)
    if not said:
        return appointment.reminders
    since = appointment.booked_at is None or said.recorded_at > appointment.booked_at
    return said.permitted if since or not appointment.reminders else True


@transaction.atomic
def claim_reminder(appointment: Appointment) -> bool:
    """True for the one who may send it: compare-and-swap, on the time it is about too."""
    due = Appointment.objects.filter(
        pk=appointment.pk,
        status=Status.BOOKED,
        reminded_at=None,
        starts_at=appointment.starts_at,
    )
    return bool(due.update(reminded_at=timezone.now()))


@transaction.atomic
def reminder_failed(appointment_id: UUID) -> None:
    """It could not be sent: due again."""
    Appointment.objects.filter(pk=appointment_id).update(reminded_at=None)
