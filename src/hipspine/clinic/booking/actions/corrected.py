"""The desk corrected an e-mail address: who never got the confirmation of a visit gets it now.

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
def confirm_again(person: UnconfirmedPerson, by: Actor) -> int:
    """Owe the confirmation of each booked visit to come, to the address there is now; how many.

    A letter still owed about a new time stays that one: it goes to the new address too. The version
    grows, so that a letter on its way to the old address does not count as this one.
    """
    _make_links_void(person)
    if not person.email:
        return 0
    to_come = Appointment.objects.filter(
        person=person, patient=None, status=Status.BOOKED, starts_at__gt=timezone.now()
    )
    visits = list(to_come.select_for_update(of=("self",)).order_by("pk"))
    for visit in visits:
        visit.letter = visit.letter or Letter.BOOKED
        to_come.filter(pk=visit.pk).update(letter=visit.letter, version=F("version") + 1)
        send_letter_soon(visit)
    for visit in visits:  # once every row is ours
        record("booking.confirmed_again", actor=by, target=target(visit))
    return len(visits)


def _make_links_void(person: UnconfirmedPerson) -> None:
    """Every link of this person sent so far; an offer that still stands is told once more."""
    wishes = WaitingListEntry.objects.filter(person=person)
    for entry in wishes.select_for_update(of=("self",)).order_by("pk"):
        is_offered = entry.status == WaitingStatus.OFFERED
        wishes.filter(pk=entry.pk).update(link_version=F("link_version") + 1, offer_owed=is_offered)
        if is_offered:
            send_offer_soon(entry)
    Appointment.objects.filter(person=person).update(link_version=F("link_version") + 1)
