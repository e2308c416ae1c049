"""When someone is forgotten, and when what nobody claimed grows old."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.booking.actions.changing import cancel
from hipspine.clinic.booking.actions.waiting import withdraw
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.selectors import appointments_of_patient
from hipspine.clinic.chart.actions.erasure import FORGOTTEN
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson

#: Typed by someone who never became a patient: kept this long after the visit, or the wish.
UNCLAIMED_LIVES = timedelta(days=180)
HOLD_LIES_AROUND = timedelta(days=1)
NOTHING_SAID = {"comment": "", "cancel_reason": "", "overbook_reason": "", "letter": Letter.NONE}


def forget_bookings(patient: Patient, by: Actor) -> None:
    """Visits to come are cancelled, wishes withdrawn, and words typed about them blanked."""
    visits = appointments_of_patient(patient.pk)
    for visit in visits.filter(status=Status.BOOKED, starts_at__gt=timezone.now()):
        cancel(visit, by=by)
    Appointment.objects.filter(pk__in=[visit.pk for visit in visits]).update(**NOTHING_SAID)
    wishes = WaitingListEntry.objects.of_patient(patient.pk)
    for entry in wishes.filter(status__in=(WaitingStatus.WAITING, WaitingStatus.OFFERED)):
        withdraw(entry, by=by)
    WaitingListEntry.objects.filter(pk__in=[entry.pk for entry in wishes]).update(comment="")


@transaction.atomic
def forget_what_is_old() -> int:
    """Holds nobody confirmed are deleted; people nobody claimed are blanked; how many people."""
    now = timezone.now()
    Appointment.objects.filter(
        Q(offered_to__isnull=True) | ~Q(offered_to__status=WaitingStatus.OFFERED),
        status=Status.PENDING,
        expires_at__lt=now - HOLD_LIES_AROUND,
    ).delete()
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
