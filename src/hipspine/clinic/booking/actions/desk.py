"""The desk books: by telephone, at the counter, for who walks in; and overbooks with a reason."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.models import User
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking.actions.changing import mark
from hipspine.clinic.booking.actions.online import Details, confirm, new_appointment
from hipspine.clinic.booking.actions.taking import STAFF, Terms, Wanted, lock
from hipspine.clinic.booking.models import Appointment, Resource, VisitType
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.slots import requirements_of
from hipspine.clinic.booking.wall_clock import start_of, tick_of
from hipspine.errors import InvalidInput

SHORTEST_REASON = 3


@whole
def book_by_staff(
    wanted: Wanted,
    details: Details,
    *,
    key: UUID,
    by: User,
    channel: Channel = Channel.TELEPHONE,
    terms: Terms = STAFF,
) -> Appointment:
    """Book at once. The same `key` again returns the first booking. Raises `SlotTaken`."""
    details = details.of_current_chart()
    lock(requirements_of(wanted.visit_type).resources)
    known = Appointment.objects.filter(key=key).first()
    if known:
        return known
    row = new_appointment(wanted, key=key, expires_at=timezone.now())
    return confirm(row, details, instead=wanted, channel=channel, by=by, terms=terms)


def overbooking(reason: str) -> Terms:
    """Beyond hours and capacity, because of this."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(_("an overbooking needs a reason"))
    return Terms(staff=True, reason=reason.strip()[:200])


@whole
def walk_in(
    visit_type: VisitType,
    practitioner: Resource | None,
    details: Details,
    *,
    key: UUID,
    by: User,
) -> Appointment:
    """Someone stands at the desk: from this five minutes on, arrived, whether or not it is free."""
    now = timezone.now()
    wanted = Wanted(visit_type, this_tick(now), practitioner)
    terms = Terms(staff=True, reason="walk-in", past=timedelta(minutes=5))
    booked = book_by_staff(wanted, details, key=key, by=by, channel=Channel.WALK_IN, terms=terms)
    return mark(booked, Status.ARRIVED, by=by)


def this_tick(now: datetime) -> datetime:
    """The five minutes we are in."""
    return start_of(tick_of(now))
