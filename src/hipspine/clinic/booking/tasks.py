"""What happens by itself: letters, reminders, offers, the day sheet on disk, forgetting.

One consumer runs them, one at a time (`operations.task_consumer`). A letter is owed from the moment
of the change and swept every minute until it is sent: a crash costs at most a duplicate.
"""

import logging
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.day_sheet import day_sheet_html
from hipspine.clinic.booking.letters import REMINDER, appointment_letter, offer_letter
from hipspine.clinic.booking.models import (
    Appointment,
    Location,
    Resource,
    VisitType,
    WaitingListEntry,
)
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.chart.models.consent import Scope
from hipspine.clinic.chart.selectors import has_consented

LOG = logging.getLogger("hipspine.clinic.booking")
REMIND_FROM, REMIND_UNTIL = timedelta(hours=24), timedelta(hours=48)
DAYTIME = range(8, 21)  # hours of the clinic's clock in which a reminder is sent
SHEET_HOUR, SHEETS_KEPT = 18, timedelta(days=3)
OLD_NEWS = timedelta(days=1)  # a letter about a visit that ended so long ago is not sent any more


@db_task()
def send_letter(appointment_id: UUID) -> None:
    """The letter this appointment owes now; nothing if it was sent, or a later one replaced it."""
    found = with_people(Appointment.objects.filter(pk=appointment_id)).exclude(letter=Letter.NONE)
    for appointment in found:
        whose = appointment.whose
        if whose is not None and whose.email:
            appointment_letter(appointment, appointment.letter).send()
        actions.letter_sent(appointment.pk, appointment.letter)


@db_periodic_task(crontab())
def sweep_letters() -> None:
    """What a crash, or a mail server that was down, has left; each minute."""
    recent = Appointment.objects.filter(ends_at__gt=timezone.now() - OLD_NEWS)
    for appointment_id in recent.exclude(letter=Letter.NONE).values_list("pk", flat=True):
        _each(send_letter.call_local, appointment_id)


@db_task()
def send_offer(entry_id: UUID) -> None:
    """Tell who waits that a time is kept for them."""
    waiting = WaitingListEntry.objects.filter(pk=entry_id, status=WaitingStatus.OFFERED)
    for entry in waiting.select_related("offer", "location", "person", "patient"):
        if entry.whose is not None and entry.whose.email:
            offer_letter(entry).send()


@db_task()
def offer_freed(visit_type_id: int, starts_at: datetime, practitioner_id: int | None) -> None:
    """A time was given back: whoever waits for it is asked."""
    visit_type = VisitType.objects.select_related("location").get(pk=visit_type_id)
    who = Resource.objects.filter(pk=practitioner_id).first()
    actions.offer_to_next(actions.Wanted(visit_type, starts_at, who))


@db_periodic_task(crontab(minute="*/5"))
def pass_offers_on() -> None:
    """Offers nobody took go to the next who waits."""
    for wanted in actions.end_old_offers():
        _each(actions.offer_to_next, wanted)


@db_periodic_task(crontab(minute="*/5"))
def send_reminders() -> None:
    """To who agreed, a day or two before, in the daytime of the clinic, once."""
    now = timezone.now()
    due = Appointment.objects.filter(
        status=Status.BOOKED,
        reminded_at=None,
        starts_at__gt=now + REMIND_FROM,
        starts_at__lte=now + REMIND_UNTIL,
    )
    for appointment in with_people(due):
        if now.astimezone(appointment.location.zone).hour in DAYTIME and _wants(appointment):
            _each(_remind, appointment)


@db_periodic_task(crontab(minute="0"))
def write_day_sheets() -> None:
    """Tomorrow on paper, at six in the evening of each clinic, for a day without computers."""
    for location in Location.objects.filter(is_active=True):
        local = timezone.now().astimezone(location.zone)
        if local.hour == SHEET_HOUR:
            write_day_sheet(location, local.date() + timedelta(days=1))


@db_periodic_task(crontab(minute="20", hour="3"))
def forget() -> None:
    """Old holds, and people nobody claimed."""
    actions.forget_what_is_old()


def write_day_sheet(location: Location, day: date) -> Path:
    """`day_sheets/<clinic>-<day>.html` in the data folder, for the clinic's account only."""
    folder = settings.DATA_DIR / "day_sheets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{location.slug}-{day}.html"
    path.touch(mode=0o600)
    path.write_text(day_sheet_html(location, day), encoding="utf-8")
    for other in folder.glob("*-????-??-??.html"):
        if other.stem[-10:] < (day - SHEETS_KEPT).isoformat():
            other.unlink(missing_ok=True)
    return path


def _remind(appointment: Appointment) -> None:
    """Marked before it is sent: of two reminders and none, none is the smaller harm."""
    if actions.note_reminder(appointment):
        appointment_letter(appointment, REMINDER).send()


def _wants(appointment: Appointment) -> bool:
    """Agreed for this visit, or in the chart, and has an address."""
    whose = appointment.whose
    if whose is None or not whose.email:
        return False
    chart = appointment.chart
    return appointment.reminders or (chart is not None and has_consented(chart, Scope.REMINDERS))


def _each(task, argument) -> None:
    """One that fails (a mail server that refuses one address) does not stop the others."""
    try:
        task(argument)
    except Exception as error:  # of any kind; the words of an exception may quote a patient
        LOG.error("task failed", extra={"status": type(error).__name__})
