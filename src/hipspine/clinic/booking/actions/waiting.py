"""The waiting list: join, leave, and be offered what becomes free."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.afterwards import offer_freed_soon, send_offer_soon
from hipspine.clinic.booking.actions.online import Details, confirm, hold, release
from hipspine.clinic.booking.actions.taking import STAFF, SlotTaken, Wanted, lock
from hipspine.clinic.booking.models import Appointment, Resource, VisitType, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.waiting import PartOfDay, WaitingStatus
from hipspine.clinic.booking.slots import bookable_between, requirements_of
from hipspine.clinic.chart.actions import current_chart
from hipspine.errors import InvalidInput

OFFER_LIVES = timedelta(hours=2)
LONGEST_WAIT = timedelta(days=180)
NOON = 12


@dataclass(frozen=True)
class Wish:
    """What someone waits for; days are those of the clinic."""

    visit_type: VisitType
    earliest: date
    latest: date
    practitioner: Resource | None = None
    part_of_day: PartOfDay = PartOfDay.ANY


def join(wish: Wish, details: Details, *, key: UUID, by: Actor | None = None) -> WaitingListEntry:
    """Onto the list; the same `key` again, even at the same moment, returns the first entry."""
    known = WaitingListEntry.objects.filter(key=key).first()
    if known:
        return known
    if not wish.earliest <= wish.latest <= wish.earliest + LONGEST_WAIT:
        raise InvalidInput(_("the last day must lie within 180 days of the first"))
    try:
        return _join(wish, details, key=key, by=by)
    except IntegrityError:
        first = WaitingListEntry.objects.filter(key=key).first()
        if first is None:
            raise
        return first  # the form was sent twice at once


@whole
def _join(wish: Wish, details: Details, *, key: UUID, by: Actor | None) -> WaitingListEntry:
    details = details.of_current_chart()
    person = details.write_down() if details.patient is None else None
    entry = WaitingListEntry.objects.create(
        location=wish.visit_type.location,
        visit_type=wish.visit_type,
        practitioner=wish.practitioner,
        person=person,
        patient=details.patient,
        earliest=wish.earliest,
        latest=wish.latest,
        part_of_day=wish.part_of_day,
        comment=details.comment,
        language=details.language,
        key=key,
    )
    _record("waiting.joined", entry, by)
    return entry


@whole
def withdraw(entry: WaitingListEntry, *, by: Actor | None = None) -> None:
    """Off the list; what was offered is free again."""
    locked = _locked(entry)
    if locked.status not in (WaitingStatus.WAITING, WaitingStatus.OFFERED):
        return
    if locked.offer:
        release(locked.offer)
        offer_freed_soon(locked.offer)
    locked.status, locked.offer = WaitingStatus.WITHDRAWN, None
    locked.save()
    _record("waiting.withdrawn", locked, by)


def fits(entry: WaitingListEntry, wanted: Wanted) -> bool:
    """Whether this time is what they wait for; one they let go is not."""
    local = wanted.starts_at.astimezone(wanted.visit_type.location.zone)
    morning = local.hour < NOON
    return (
        entry.earliest <= local.date() <= entry.latest
        and _name_of(wanted.starts_at) not in entry.let_go
        and entry.visit_type_id == wanted.visit_type.pk
        and (entry.practitioner_id is None or entry.practitioner == wanted.practitioner)
        and entry.part_of_day
        in (PartOfDay.ANY, PartOfDay.MORNING if morning else PartOfDay.AFTERNOON)
    )


@whole
def offer(entry: WaitingListEntry, wanted: Wanted, *, by: Actor | None = None) -> Appointment:
    """Hold the time for this entry: two hours, or half of what is left until it begins.

    The clinic offers it: also a visit that is not booked online, or a start off the grid.
    """
    left = (wanted.starts_at - timezone.now()) / 2
    lives = min(OFFER_LIVES, max(left, timedelta(minutes=10)))
    held = hold(wanted, key=uuid4(), lives=lives, terms=STAFF)
    done = WaitingListEntry.objects.filter(pk=entry.pk, status=WaitingStatus.WAITING).update(
        status=WaitingStatus.OFFERED, offer=held, offer_owed=True
    )
    if not done:
        raise InvalidInput(_("this entry no longer waits"))
    entry.refresh_from_db()
    _record("waiting.offered", entry, by)
    send_offer_soon(entry)
    return held


@whole
def offer_told(entry: WaitingListEntry) -> None:
    """The letter about this offer has left; a later offer, or a newer link to it, is still owed."""
    WaitingListEntry.objects.filter(
        pk=entry.pk, offer=entry.offer_id, link_version=entry.link_version
    ).update(offer_owed=False)


@whole
def accept(entry: WaitingListEntry, *, by: Actor | None = None) -> Appointment:
    """Book what was offered; raises `SlotTaken` if the offer is over and somebody has the time."""
    if entry.patient is not None:
        current_chart(entry.patient)
    locked = _locked(entry)
    if locked.offer is None:
        raise InvalidInput(_("this offer is over; you are still on the waiting list"))
    details = Details(
        patient=locked.patient,
        person=locked.person,
        comment=locked.comment,
        language=locked.language,
    )
    booked = confirm(locked.offer, details, channel=Channel.WAITING_LIST, by=by, terms=STAFF)
    locked.status = WaitingStatus.BOOKED
    locked.save(update_fields=["status"])
    return booked


@whole
def decline(entry: WaitingListEntry) -> None:
    """Keep waiting; the time goes to the next."""
    locked = _locked(entry)
    if locked.status != WaitingStatus.OFFERED or locked.offer is None:
        return
    release(locked.offer)
    offer_freed_soon(locked.offer)
    locked.let_go = [*locked.let_go, _name_of(locked.offer.starts_at)]
    locked.status, locked.offer = WaitingStatus.WAITING, None
    locked.declined += 1
    locked.save()


def end_old_offers() -> list[Wanted]:
    """Whoever did not answer in time waits on, and the times go to the next: those times."""
    now = timezone.now()
    over = WaitingListEntry.objects.filter(
        Q(offer__status=Status.PENDING, offer__expires_at__lte=now),
        status=WaitingStatus.OFFERED,
    ).select_related("offer__visit_type__location")
    freed = []
    for entry in over:
        freed.append(Wanted(entry.visit_type, entry.offer.starts_at, entry.offer.practitioner))
        decline(entry)
    return freed


def offer_to_next(wanted: Wanted) -> Appointment | None:
    """Offer a freed time to whoever has waited longest for it and let the fewest go.

    Who has no e-mail address is left to the desk: nobody would tell them before the offer is over.
    So is a time within the visit's shortest notice.
    """
    visit_type = wanted.visit_type
    earliest, _latest = bookable_between(visit_type, timezone.now())
    in_use = visit_type.is_active and visit_type.location.is_active
    if not in_use or wanted.starts_at < earliest:
        return None
    waiting = (
        WaitingListEntry.objects.filter(status=WaitingStatus.WAITING, visit_type=visit_type)
        .select_related("patient__merged_into", "person__patient__merged_into", "practitioner")
        .order_by("declined", "created_at")
    )
    for entry in waiting:
        if fits(entry, wanted) and entry.reach.email:
            try:
                return offer(entry, wanted)
            except SlotTaken:
                return None
    return None


def _locked(entry: WaitingListEntry) -> WaitingListEntry:
    """The resources first, then the entry: the order of `offer`, so that nobody deadlocks."""
    lock(
        requirements_of(entry.visit_type).resources,
        entry.offer.resources.all() if entry.offer else (),
    )
    return WaitingListEntry.objects.select_for_update().get(pk=entry.pk)


def _name_of(starts_at: datetime) -> str:
    """How a time that was let go is remembered."""
    return starts_at.astimezone(UTC).isoformat()


def _record(action: str, entry: WaitingListEntry, by: Actor | None) -> None:
    record(
        action,
        actor=by,
        patient=getattr(entry.patient, "pseudonym", None),
        target=f"booking.WaitingListEntry:{entry.pk}",
    )
