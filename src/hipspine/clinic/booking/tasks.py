"""What happens beside the requests: letters, reminders, offers, day sheets, forgetting.

Each letter owed stands in its appointment until it is sent; the sweep finds what a crash, a full
queue or a mail server that was away left behind. The queue has one worker, so a letter goes out
twice only if the process dies between sending it and noting so.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions import afterwards, reminding
from hipspine.clinic.booking.letters import REMINDER, letter_about, letter_of_offer
from hipspine.clinic.booking.models import Appointment, Resource, VisitType, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter
from hipspine.clinic.booking.posting import Posted, post
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.booking.sheets_on_disk import write_day_sheets

#: Letters about a visit longer over than this are no longer sent.
STALE = timedelta(days=1)
MOST_A_SWEEP = 100
#: So many failures in one sweep: the mail server is away, not a single mail at fault.
MOST_FAILURES = 5
EVERY_MINUTE, EVERY_FIVE = crontab(minute="*"), crontab(minute="*/5")
EVERY_QUARTER, NIGHTLY = crontab(minute="*/15"), crontab(hour="3", minute="30")


@db_task()
def send_letter(appointment_id: UUID, letter: str) -> bool:
    """Send it if it is still owed. False: it could not be sent, the sweep tries again."""
    owed = Appointment.objects.filter(pk=appointment_id, letter=letter)
    appointment = with_people(owed).first()
    if appointment is None:
        return True
    fresh = appointment.ends_at + STALE > timezone.now()
    if fresh and post(letter_about(appointment, letter)) is Posted.LATER:
        return False
    actions.letter_sent(appointment_id, letter)
    return True


@db_periodic_task(EVERY_MINUTE)
def send_letters_owed() -> None:
    """What is still owed."""
    owed = Appointment.objects.exclude(letter=Letter.NONE).order_by("booked_at", "pk")
    failures = 0
    for pk, letter in list(owed.values_list("pk", "letter")[:MOST_A_SWEEP]):
        failures += not send_letter.call_local(pk, letter)
        if failures == MOST_FAILURES:
            return


@db_periodic_task(EVERY_FIVE)
def send_reminders() -> None:
    """One a visit; what could not be sent is due again."""
    for appointment in reminding.due_reminders(timezone.now()):
        mine = reminding.claim_reminder(appointment)
        if mine and post(letter_about(appointment, REMINDER)) is Posted.LATER:
            reminding.reminder_failed(appointment.pk)


@db_task(retries=5, retry_delay=60)
def send_offer(entry_id: UUID) -> None:
    """Tell who waits what is held for them."""
    entry = WaitingListEntry.objects.filter(pk=entry_id).first()
    if entry and post(letter_of_offer(entry)) is Posted.LATER:
        raise ConnectionError("the mail server is away")  # the queue tries again


@db_task()
def offer_time(visit_type_id: int, starts_at: datetime, practitioner_id: int | None) -> None:
    """A time is free again: whoever waits for it is offered it; at night, in the morning."""
    visit_type = VisitType.objects.select_related("location").get(pk=visit_type_id)
    morning = next_day_begins(timezone.now(), visit_type)
    if morning:
        offer_time.schedule((visit_type_id, starts_at, practitioner_id), eta=morning)
        return
    who = Resource.objects.filter(pk=practitioner_id).first() if practitioner_id else None
    actions.offer_to_next(actions.Wanted(visit_type, starts_at, who))


def next_day_begins(now: datetime, visit_type: VisitType) -> datetime | None:
    """None while it is day at the clinic: an offer must not run out while people sleep."""
    local = now.astimezone(visit_type.location.zone)
    if reminding.DAY_BEGINS <= local.time() < reminding.DAY_ENDS:
        return None
    day = local.date() + timedelta(days=local.time() >= reminding.DAY_ENDS)
    return datetime.combine(day, reminding.DAY_BEGINS, local.tzinfo).astimezone(UTC)


@db_periodic_task(EVERY_FIVE)
def end_offers() -> None:
    """Offers nobody took go to the next (`offer_time`, by way of what follows a commit)."""
    actions.end_old_offers()


@db_periodic_task(EVERY_QUARTER)
def keep_day_sheets() -> None:
    """Paper for the day the computers are down."""
    write_day_sheets(timezone.now())


@on_startup()
def first_day_sheets() -> None:
    """There before the first quarter of an hour is over."""
    keep_day_sheets.call_local()


@db_periodic_task(NIGHTLY)
def forget() -> None:
    """What grew old."""
    actions.forget_what_is_old()


def follow_changes() -> None:
    """Called once, when the app is ready."""
    afterwards.LETTER_OWED.append(send_letter)
    afterwards.TIME_FREED.append(offer_time)
    afterwards.OFFER_MADE.append(send_offer)
