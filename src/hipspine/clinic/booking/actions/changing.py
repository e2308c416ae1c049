"""Moving and cancelling; a compare-and-swap on the version, so that of two changes one wins."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.afterwards import offer_freed_soon, send_letter_soon
from hipspine.clinic.booking.actions.online import target
from hipspine.clinic.booking.actions.taking import ONLINE, Terms, Wanted, give_back, lock, take
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.slots import requirements_of
from hipspine.clinic.booking.wall_clock import day_bounds
from hipspine.errors import InvalidInput


class Changed(InvalidInput):
    """Someone changed the appointment since the page was made."""

    def __init__(self) -> None:
        super().__init__(_("this visit was changed meanwhile; look at it again"))


@whole
def reschedule(
    appointment: Appointment,
    wanted: Wanted,
    *,
    version: int,
    by: Actor | None = None,
    terms: Terms = ONLINE,
) -> Appointment:
    """The new time is taken and the old one given back, both or neither.

    Raises `SlotTaken` (the old time is kept) or `Changed`. A second submit of the same form returns
    the appointment as it is.
    """
    old = list(appointment.resources.all())
    lock(requirements_of(wanted.visit_type).resources, old)
    moved = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if moved.version != version or moved.status != Status.BOOKED:
        if moved.status == Status.BOOKED and _is_there_already(moved, wanted):
            return moved
        raise Changed
    offer_freed_soon(moved)
    take(moved, wanted, terms)
    moved.visit_type = wanted.visit_type
    moved.version += 1
    moved.letter = Letter.MOVED if moved.reach.email else Letter.NONE
    moved.reminded_at, moved.moved_at = None, timezone.now()
    moved.save()
    _record("booking.moved", moved, by, overbooked=bool(moved.overbook_reason))
    send_letter_soon(moved)
    return moved


def _is_there_already(moved: Appointment, wanted: Wanted) -> bool:
    """The same form was sent before."""
    return (
        moved.starts_at == wanted.starts_at
        and moved.visit_type_id == wanted.visit_type.pk
        and wanted.practitioner in (None, moved.practitioner)
    )


@whole
def cancel(
    appointment: Appointment,
    *,
    version: int | None = None,
    reason: str = "",
    by: Actor | None = None,
) -> Appointment:
    """Give the time back; cancelling what is cancelled changes nothing.

    `version`: refuse (`Changed`) if it is no longer this one; None: whatever it is now.
    """
    lock(list(appointment.resources.all()))
    gone = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if gone.status == Status.CANCELLED:
        return gone
    if gone.status != Status.BOOKED or version not in (None, gone.version):
        raise Changed
    give_back(gone)
    gone.status, gone.cancel_reason = Status.CANCELLED, reason
    gone.version += 1
    gone.letter = Letter.CANCELLED if gone.reach.email else Letter.NONE
    gone.save()
    _record("booking.cancelled", gone, by)
    send_letter_soon(gone)
    offer_freed_soon(gone)
    return gone


#: From which states a visit may come to each; BOOKED again takes a mistake back.
MAY_FOLLOW = {
    Status.ARRIVED: (Status.BOOKED, Status.NOSHOW, Status.FULFILLED),
    Status.NOSHOW: (Status.BOOKED,),
    Status.FULFILLED: (Status.ARRIVED,),
    Status.BOOKED: (Status.ARRIVED, Status.NOSHOW),
}
_WORDS = {Status.BOOKED: "booking.reopened"}


@whole
def mark(
    appointment: Appointment, status: Status, *, by: Actor, version: int | None = None
) -> Appointment:
    """Arrived, did not come, done; or one step back, when that was a mistake.

    `version`: refuse (`Changed`) if it is no longer this one, as when it was moved meanwhile.
    """
    if not has_come(appointment, status):
        raise InvalidInput(_("this visit is not yet: it can be noted when its time has come"))
    since = Coalesce(F("arrived_at"), timezone.now())  # "not done yet" keeps the arrival
    arrival = {Status.ARRIVED: {"arrived_at": since}, Status.BOOKED: {"arrived_at": None}}
    same = {} if version is None else {"version": version}
    done = Appointment.objects.filter(
        pk=appointment.pk, status__in=MAY_FOLLOW[status], **same
    ).update(status=status, version=F("version") + 1, **arrival.get(status, {}))
    now = Appointment.objects.get(pk=appointment.pk)
    if not done:
        if now.status == status:
            return now  # the second press of the same button
        raise Changed
    _record(_WORDS.get(status, f"booking.{status}"), now, by)
    return now


def has_come(appointment: Appointment, status: Status) -> bool:
    """The time from which this may be noted is here; taking back is never too early."""
    return status == Status.BOOKED or timezone.now() >= _earliest(appointment, status)


def _earliest(appointment: Appointment, status: Status) -> datetime:
    """Who comes, comes on the day; who does not come is missed when the visit begins."""
    if status == Status.NOSHOW:
        return appointment.starts_at
    zone = appointment.location.zone
    begin, _end = day_bounds(appointment.starts_at.astimezone(zone).date(), zone)
    return begin


@whole
def letter_sent(appointment: Appointment) -> bool:
    """The letter about this state of the visit; True once. Changed while it was on its way: the
    letter about that change is still owed."""
    owed = Appointment.objects.filter(
        pk=appointment.pk, letter=appointment.letter, version=appointment.version
    )
    return bool(owed.update(letter=Letter.NONE))


@whole
def reminder_failed(appointment: Appointment) -> None:
    """It could not be sent: due again, unless the visit changed meanwhile."""
    Appointment.objects.filter(pk=appointment.pk, version=appointment.version).update(
        reminded_at=None
    )


@whole
def note_reminder(appointment: Appointment) -> bool:
    """True once: whoever gets it sends the reminder."""
    owed = Appointment.objects.filter(
        pk=appointment.pk, version=appointment.version, status=Status.BOOKED, reminded_at=None
    )
    return bool(owed.update(reminded_at=timezone.now()))


def _record(action: str, appointment: Appointment, by: Actor | None, **detail) -> None:
    record(
        action,
        actor=by,
        patient=getattr(appointment.chart, "pseudonym", None),
        target=target(appointment),
        detail=detail,
    )
