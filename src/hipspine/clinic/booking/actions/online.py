"""A patient books: hold a time, then confirm it with who they are."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.afterwards import send_letter_soon
from hipspine.clinic.booking.actions.taking import ONLINE, Terms, Wanted, lock, look, take
from hipspine.clinic.booking.models import Appointment, BookingTick
from hipspine.clinic.booking.models.appointment import Channel, Letter, Status
from hipspine.clinic.booking.slots import requirements_of
from hipspine.clinic.chart.actions import current_chart, note_arrival
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.errors import InvalidInput

HOLD_LIVES = timedelta(minutes=10)
#: Holds one browser may have at once: enough to compare, or for a family.
MOST_OF_BROWSER = 5
#: And all browsers behind one address of the network, as a hospital's: nobody empties a week. How
#: many are made in an hour is limited too (`limits.HOLD`).
MOST_HOLDS = 30


class TooManyHolds(InvalidInput):
    """This browser, or all behind its address, holds as many times as may be."""


@dataclass(frozen=True)
class Holder:
    """Who holds: a keyed hash of their network ("" is not counted), and the ids of what the same
    browser holds already."""

    origin: str = ""
    own: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Details:
    """Whose it is: a known chart, or what someone typed about themselves."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    comment: str = ""
    reminders: bool = False
    language: str = "en"
    patient: Patient | None = None
    person: UnconfirmedPerson | None = None  # typed before, as for the waiting list

    def of_current_chart(self) -> "Details":
        """The same, with the chart as it is now and stays until the action is done."""
        return self if self.patient is None else replace(self, patient=current_chart(self.patient))

    def write_down(self) -> UnconfirmedPerson:
        """What was typed about a person, kept apart from every chart."""
        return note_arrival(
            given_name=self.given_name,
            family_name=self.family_name,
            birth_date=self.birth_date,
            email=self.email,
            phone=self.phone,
            language=self.language,
        )


def hold(
    wanted: Wanted,
    *,
    key: UUID,
    holder: Holder | None = None,
    lives: timedelta = HOLD_LIVES,
    terms: Terms = ONLINE,
) -> Appointment:
    """Take the time for ten minutes. The same `key` again returns the first hold.

    Raises `SlotTaken`, or `TooManyHolds` for a holder who has as many as one may.
    """
    known = Appointment.objects.filter(key=key).first()
    if known:
        return known
    # Whoever comes too late learns it by reading, and does not queue with those who write.
    look(wanted, terms)
    return _hold(wanted, terms, key=key, holder=holder or Holder(), lives=lives)


@whole
def _hold(
    wanted: Wanted, terms: Terms, *, key: UUID, holder: Holder, lives: timedelta
) -> Appointment:
    """The same once more with the lock held: only this decides."""
    lock(requirements_of(wanted.visit_type).resources)
    known = Appointment.objects.filter(key=key).first()
    if known:
        return known
    now = timezone.now()
    _check_holds(holder, now)
    expires_at = now + lives
    appointment = new_appointment(wanted, key=key, expires_at=expires_at, origin=holder.origin)
    take(appointment, wanted, terms)
    appointment.save(update_fields=["starts_at", "ends_at"])
    return appointment


def _check_holds(holder: Holder, now: datetime) -> None:
    held = Appointment.objects.filter(status=Status.PENDING, expires_at__gt=now)
    if holder.own and held.filter(pk__in=holder.own).count() >= MOST_OF_BROWSER:
        raise TooManyHolds(
            _("you hold as many times as one may; book one of them, or let one go, or call us")
        )
    if holder.origin and held.filter(origin=holder.origin).count() >= MOST_HOLDS:
        raise TooManyHolds(
            _("many times are held from your connection; try again in ten minutes or call us")
        )


@whole
def release(appointment: Appointment) -> None:
    """Let a hold go; a booking stays."""
    lock(requirements_of(appointment.visit_type).resources, appointment.resources.all())
    done = Appointment.objects.filter(pk=appointment.pk, status=Status.PENDING).update(
        expires_at=timezone.now()
    )
    if done:
        BookingTick.objects.filter(appointment=appointment).delete()


@whole
def confirm(
    held: Appointment,
    details: Details,
    *,
    instead: Wanted | None = None,
    channel: Channel = Channel.ONLINE,
    by: Actor | None = None,
    terms: Terms = ONLINE,
) -> Appointment:
    """Make the hold a booking, once: confirming again returns the booking of the first time.

    A hold that expired is taken again if it is still free; `instead` takes another time. Raises
    `SlotTaken` with the hold unchanged and nothing written.
    """
    details = details.of_current_chart()
    lock(requirements_of(held.visit_type).resources, held.resources.all())
    appointment = Appointment.objects.select_for_update().filter(pk=held.pk).first()
    if appointment is None:  # an old hold, deleted in the night
        raise InvalidInput(_("this time is no longer held; please choose a new time"))
    if appointment.status != Status.PENDING:
        return _as_booked(appointment)
    assert instead is None or instead.visit_type == appointment.visit_type, "locked is another"
    wanted = instead or Wanted(
        appointment.visit_type, appointment.starts_at, appointment.practitioner
    )
    is_over = appointment.expires_at <= timezone.now()
    if instead or is_over or not appointment.ticks.exists():
        take(appointment, wanted, replace(terms, since=appointment.created_at))
    _write_down(appointment, details, channel)
    appointment.save()
    record(
        "booking.booked",
        actor=by,
        patient=getattr(appointment.patient, "pseudonym", None),
        target=target(appointment),
        detail={"channel": str(channel), "overbooked": bool(appointment.overbook_reason)},
    )
    send_letter_soon(appointment)
    return appointment


def new_appointment(wanted: Wanted, *, key: UUID, expires_at, origin: str = "") -> Appointment:
    """A pending row without ticks yet."""
    return Appointment.objects.create(
        location=wanted.visit_type.location,
        visit_type=wanted.visit_type,
        starts_at=wanted.starts_at,
        ends_at=wanted.starts_at + timedelta(minutes=wanted.visit_type.minutes),
        key=key,
        expires_at=expires_at,
        origin=origin,
    )


def target(appointment: Appointment) -> str:
    """How the audit chain names it."""
    return f"booking.Appointment:{appointment.pk}"


def _as_booked(appointment: Appointment) -> Appointment:
    if appointment.status == Status.CANCELLED:
        raise InvalidInput(_("this booking was cancelled; please choose a new time"))
    return appointment


def _write_down(appointment: Appointment, details: Details, channel: Channel) -> None:
    """Status, owner and wishes; what was typed stays apart from every chart."""
    now = timezone.now()
    appointment.patient, appointment.person = details.patient, details.person
    if appointment.whose is None:
        appointment.person = details.write_down()
    appointment.status, appointment.expires_at, appointment.origin = Status.BOOKED, None, ""
    appointment.booked_at, appointment.channel = now, channel
    appointment.comment, appointment.reminders = details.comment, details.reminders
    appointment.language = details.language
    appointment.letter = Letter.BOOKED if appointment.reach.email else Letter.NONE
    appointment.version += 1
