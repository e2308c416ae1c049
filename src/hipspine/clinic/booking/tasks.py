"""What happens by itself: letters, reminders, offers, the day sheet on disk, forgetting.

One consumer runs them, one at a time (`operations.task_consumer`). A letter, and an offer, is owed
from the moment of the change and swept every minute until it is sent: a crash costs at most a
duplicate.
"""

import logging
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.letters import REMINDER, appointment_letter, offer_letter
from hipspine.clinic.booking.models import (
    Appointment,
    Location,
    Resource,
    VisitType,
    WaitingListEntry,
)
from hipspine.clinic.booking.models.appointment import Letter
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.reminders import DAYTIME, due_reminders
from hipspine.clinic.booking.selectors import letters_owed, with_people
from hipspine.clinic.booking.sheets_on_disk import write_day_sheets
from hipspine.clinic.booking.wall_clock import first_instant
from hipspine.clinic.web.posting import Posted, post

LOG = logging.getLogger("hipspine.clinic.booking")
#: So many failures in one sweep: the mail server is away, not a single mail at fault.
MOST_FAILURES = 5


@db_task()
def send_letter(appointment_id: UUID) -> bool:
    """The letter this appointment owes now; nothing if it was sent, or a later one replaced it.

    False: it could not be sent, the sweep tries again.
    """
    found = with_people(Appointment.objects.filter(pk=appointment_id)).exclude(letter=Letter.NONE)
    for appointment in found:
        to, kind = appointment.reach.email, appointment.letter
        if to and post(appointment_letter(appointment, kind)) is Posted.LATER:
            return False
        actions.letter_sent(appointment)
    return True


@db_periodic_task(crontab())
def sweep_letters() -> None:
    """What a crash, or a mail server that was down, has left; each minute."""
    _sweep(send_letter, letters_owed().order_by("?"))  # none is for ever behind bad ones


@db_task()
def send_offer(entry_id: UUID) -> bool:
    """Tell who waits that a time is kept for them, once. False: the sweep tries again."""
    entries = _offers_owed().filter(pk=entry_id)
    for entry in entries.select_related("offer", "location", "person", "patient"):
        if entry.reach.email:  # who has none yet may get one while the offer lives
            if post(offer_letter(entry)) is Posted.LATER:
                return False
            actions.offer_told(entry)
    return True


@db_periodic_task(crontab())
def sweep_offers() -> None:
    """The same for offers: one that a crash kept from the queue is not lost; each minute."""
    _sweep(send_offer, _offers_owed().order_by("?"))


def _offers_owed() -> QuerySet[WaitingListEntry]:
    """The queue may have stood still: an offer that is over is no news."""
    return WaitingListEntry.objects.filter(
        status=WaitingStatus.OFFERED, offer_owed=True, offer__expires_at__gt=timezone.now()
    )


@db_task()
def offer_freed(visit_type_id: int, starts_at: datetime, practitioner_id: int | None) -> None:
    """A time was given back: whoever waits for it is asked; at night, in the morning."""
    visit_type = VisitType.objects.select_related("location").get(pk=visit_type_id)
    morning = next_morning(timezone.now(), visit_type.location)
    if morning:
        offer_freed.schedule((visit_type_id, starts_at, practitioner_id), eta=morning)
        return
    who = Resource.objects.filter(pk=practitioner_id).first()
    actions.offer_to_next(actions.Wanted(visit_type, starts_at, who))


def next_morning(now: datetime, location: Location) -> datetime | None:
    """None while it is day at the clinic: an offer must not run out while people sleep."""
    local = now.astimezone(location.zone)
    if local.hour in DAYTIME:
        return None
    day = local.date() + timedelta(days=local.hour >= DAYTIME.stop)
    return first_instant(day, time(DAYTIME.start), location.zone)


@db_periodic_task(crontab(minute="*/5"))
def pass_offers_on() -> None:
    """Offers nobody took are over; what follows that commit (`offer_freed`) asks the next."""
    actions.end_old_offers()


@db_periodic_task(crontab(minute="*/5"))
def send_reminders() -> None:
    """To who agreed, a day or two before, in the daytime of the clinic, once."""
    for appointment in due_reminders(timezone.now()):
        _each(_remind, appointment)


@db_periodic_task(crontab(minute="*/15"))
def keep_day_sheets() -> None:
    """Paper for a day without computers, never older than a quarter of an hour."""
    write_day_sheets(timezone.now())


@on_startup()
def first_day_sheets() -> None:
    """There before the first quarter of an hour is over."""
    keep_day_sheets.call_local()


@db_periodic_task(crontab(minute="20", hour="3"))
def forget() -> None:
    """Old holds, and people nobody claimed."""
    actions.forget_what_is_old()


def _remind(appointment: Appointment) -> bool:
    """Marked before it is sent, so that two senders send one; due again if it could not be sent."""
    if not actions.note_reminder(appointment):
        return True
    if post(appointment_letter(appointment, REMINDER)) is Posted.LATER:
        actions.reminder_failed(appointment)
        return False
    return True


def _sweep(send, owed: QuerySet) -> None:
    """Each of these, until the mail server seems to be away."""
    failures = 0
    for pk in list(owed.values_list("pk", flat=True)):
        failures += not _each(send.call_local, pk)
        if failures == MOST_FAILURES:
            return


def _each(task, argument) -> bool:
    """One that fails does not stop the others; False if it did, or said so."""
    try:
        return task(argument) is not False
    except Exception as error:  # of any kind; the words of an exception may quote a patient
        LOG.error("task failed", extra={"status": type(error).__name__})
        return False
