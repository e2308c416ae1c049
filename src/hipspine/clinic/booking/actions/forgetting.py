"""When someone is forgotten, and when what nobody claimed grows old."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.changing import cancel
from hipspine.clinic.booking.actions.taking import lock
from hipspine.clinic.booking.actions.waiting import withdraw
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.selectors import appointments_of_patient
from hipspine.clinic.booking.slots import requirements_of
from hipspine.clinic.chart.actions.erasure import FORGOTTEN
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson

#: Typed by someone who never became a patient: kept this long after the visit, or the wish.
UNCLAIMED_LIVES = timedelta(days=180)
HOLD_LIES_AROUND = timedelta(days=1)
NOTHING_SAID = {"comment": "", "cancel_reason": "", "overbook_reason": "", "letter": Letter.NONE}


def forget_bookings(patient: Patient, by: Actor) -> None:
    """Visits to come are cancelled, wishes withdrawn, and words typed about them blanked.

    Everything is locked at once, in the order of everybody else, before the first event: each
    event holds the chain, and who takes a time waits for the chain with the resources in hand.
    """
    visits = appointments_of_patient(patient.pk)
    wishes = WaitingListEntry.objects.of_patient(patient.pk)
    to_come = visits.filter(status=Status.BOOKED, starts_at__gt=timezone.now())
    open_ones = wishes.filter(status__in=(WaitingStatus.WAITING, WaitingStatus.OFFERED))
    _lock_all(list(to_come), list(open_ones))
    visit_ids, wish_ids = [visit.pk for visit in visits], [entry.pk for entry in wishes]
    for visit in to_come.all():  # as it is now that nobody else changes it
        cancel(visit, by=by)
    Appointment.objects.filter(pk__in=visit_ids).update(**NOTHING_SAID)
    for entry in open_ones.all():
        withdraw(entry, by=by)
    WaitingListEntry.objects.filter(pk__in=wish_ids).update(comment="")


def _lock_all(visits: list[Appointment], wishes: list[WaitingListEntry]) -> None:
    """Resources, then visits, then wishes, each in the order of their keys."""
    offers = [entry.offer for entry in wishes if entry.offer]
    lock(
        *(visit.resources.all() for visit in [*visits, *offers]),
        *(requirements_of(entry.visit_type).resources for entry in wishes),
        *(requirements_of(offer.visit_type).resources for offer in offers),
    )
    for model, rows in ((Appointment, [*visits, *offers]), (WaitingListEntry, wishes)):
        keys = [row.pk for row in rows]
        list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


@whole
def forget_what_is_old() -> int:
    """Holds nobody confirmed are deleted; people nobody claimed are blanked; how many people."""
    now = timezone.now()
    _delete_old_holds(now - HOLD_LIES_AROUND)
    recent_visit = Appointment.objects.filter(
        person=OuterRef("pk"), ends_at__gt=now - UNCLAIMED_LIVES
    )
    recent_wish = WaitingListEntry.objects.filter(
        person=OuterRef("pk"), latest__gt=(now - UNCLAIMED_LIVES).date()
    )
    old = UnconfirmedPerson.objects.filter(
        ~Exists(recent_visit),
        ~Exists(recent_wish),
        patient=None,
        created_at__lt=now - UNCLAIMED_LIVES,
    ).exclude(given_name="", family_name="")
    ids = list(old.values_list("pk", flat=True))
    Appointment.objects.filter(person__in=ids).update(**NOTHING_SAID)
    WaitingListEntry.objects.filter(person__in=ids).update(comment="")
    forgotten = UnconfirmedPerson.objects.filter(pk__in=ids).update(**FORGOTTEN, code_hash="")
    if forgotten:
        record("identity.unclaimed_forgotten", actor=None, detail={"people": forgotten})
    return forgotten


def _delete_old_holds(before: datetime) -> None:
    """Django collects the rows, then deletes by key: what is confirmed between must be locked out.

    One that somebody is confirming is left for tomorrow; the rows locked are asked once more.
    """
    old = Q(status=Status.PENDING, expires_at__lt=before)
    unanswered = WaitingListEntry.objects.filter(offer=OuterRef("pk"), status=WaitingStatus.OFFERED)
    found = Appointment.objects.select_for_update(skip_locked=True).filter(~Exists(unanswered), old)
    ids = list(found.values_list("pk", flat=True))
    Appointment.objects.filter(old, pk__in=ids).delete()
