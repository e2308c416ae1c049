"""The desk corrected an e-mail address: what was written to the old one is written to the new.

The links in letters to the address that was wrong open nothing any more: it may be a stranger's.
"""

from django.db.models import F
from django.utils import timezone

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.afterwards import send_letter_soon, send_offer_soon
from hipspine.clinic.booking.actions.online import target
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.chart.models import UnconfirmedPerson


@whole
def write_again(person: UnconfirmedPerson, by: Actor) -> int:
    """Owe, to the address there is now, the confirmation of each booked visit to come, and each
    offer of a time that is still kept; how many.

    A letter still owed about a new time stays that one: it goes to the new address too. The version
    grows, so that a letter on its way to the old address does not count as this one.
    """
    visits = Appointment.objects.filter(person=person)
    wishes = WaitingListEntry.objects.filter(person=person)
    for rows in (visits, wishes):
        list(rows.select_for_update(of=("self",)).order_by("pk"))
        rows.update(link_version=F("link_version") + 1)
    if not person.email:
        return 0
    now = timezone.now()
    booked = list(visits.filter(patient=None, status=Status.BOOKED, starts_at__gt=now))
    offered = list(
        wishes.filter(patient=None, status=WaitingStatus.OFFERED, offer__expires_at__gt=now)
    )
    for visit in booked:
        visit.letter = visit.letter or Letter.BOOKED
        visits.filter(pk=visit.pk).update(letter=visit.letter, version=F("version") + 1)
        send_letter_soon(visit)
    for wish in offered:
        wishes.filter(pk=wish.pk).update(offer_owed=True)
        send_offer_soon(wish)
    for visit in booked:  # once every row is ours
        record("booking.confirmed_again", actor=by, target=target(visit))
    for wish in offered:
        record("waiting.offered_again", actor=by, target=f"booking.WaitingListEntry:{wish.pk}")
    return len(booked) + len(offered)
