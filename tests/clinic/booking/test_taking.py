"""A time is taken once: by a hold, a booking, a move or an overbooking, and by nobody else."""

import contextlib
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions import taking
from hipspine.clinic.booking.models import Appointment, BookingTick, HoursException
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.slots import free_slots
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.errors import InvalidInput
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db


def expire(appointment):
    Appointment.objects.filter(pk=appointment.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_a_hold_takes_its_ticks_from_the_first_second(clinic, held):
    hold = held(9, 0, who=clinic.haddad)
    assert hold.status == Status.PENDING and hold.practitioner == clinic.haddad
    # 20 minutes are four ticks, of the clinician and of one room
    assert BookingTick.objects.filter(appointment=hold).count() == 8
    with pytest.raises(actions.SlotTaken) as lost:
        held(9, 0, who=clinic.haddad)
    starts = [slot.starts_at for slot in lost.value.alternatives]
    assert starts == [clinic.at(9, 20), clinic.at(9, 40), clinic.at(10, 0)]


def test_anyone_means_the_other_clinician_while_there_is_a_room(clinic, held):
    assert {held(9, 0).practitioner.name for _ in range(2)} == {"Dr Noor Haddad", "Dr Ama Osei"}
    with pytest.raises(actions.SlotTaken):
        held(9, 0)


def test_a_visit_that_overlaps_by_five_minutes_is_refused(clinic, held):
    held(9, 0, visit=clinic.first_visit, who=clinic.haddad)  # until 09:40
    with pytest.raises(actions.SlotTaken):
        held(9, 20, who=clinic.haddad)
    assert held(9, 40, who=clinic.haddad)


def test_the_same_form_twice_is_one_hold(clinic):
    key = uuid4()
    first = actions.hold(clinic.wanted(), key=key)
    assert actions.hold(clinic.wanted(), key=key).pk == first.pk
    assert Appointment.objects.count() == 1


def test_confirming_twice_is_one_booking_and_one_person(clinic, held, details):
    hold = held()
    first = actions.confirm(hold, details)
    again = actions.confirm(hold, replace(details, given_name="Other"))
    assert again.pk == first.pk and again.person.given_name == "Ana"
    assert UnconfirmedPerson.objects.count() == 1
    assert AuditEvent.objects.filter(action="booking.booked").count() == 1


def test_a_booking_without_account_touches_no_chart(clinic, booked):
    assert booked().chart is None and Patient.objects.count() == 0


def test_an_expired_hold_makes_room_and_is_taken_again_if_nobody_came(clinic, held, details):
    late = held(9, 0, who=clinic.haddad)
    expire(late)
    assert clinic.at(9) in {s.starts_at for s in free_slots(
        clinic.follow_up, clinic.monday, clinic.monday, clinic.haddad)}  # fmt: skip
    assert actions.confirm(late, details).status == Status.BOOKED
    assert BookingTick.objects.filter(appointment=late).count() == 8


def test_an_expired_hold_whose_time_is_gone_loses_nothing(clinic, held, details):
    late = held(9, 0, who=clinic.haddad)
    expire(late)
    winner = held(9, 0, who=clinic.haddad)
    with pytest.raises(actions.SlotTaken):
        actions.confirm(late, details)
    assert UnconfirmedPerson.objects.count() == 0
    instead = actions.confirm(late, details, instead=clinic.wanted(10, 20, who=clinic.haddad))
    assert instead.pk == late.pk and instead.starts_at == clinic.at(10, 20)
    winner.refresh_from_db()
    assert winner.status == Status.PENDING


def test_nobody_holds_a_whole_week(clinic):
    def hold(n, *own):
        wanted = clinic.wanted(9 + n % 3, day=clinic.monday + timedelta(days=n // 6 % 5))
        if n >= 30:
            wanted = clinic.wanted(14 + n % 3)
        holder = actions.Holder("one network", frozenset(held.pk for held in own))
        return actions.hold(wanted, key=uuid4(), holder=holder)

    family = [hold(n) for n in range(5)]
    with pytest.raises(actions.TooManyHolds, match="you hold as many"):
        hold(5, *family)
    for n in range(5, 30):
        hold(n)
    with pytest.raises(actions.TooManyHolds, match="from your connection"):
        hold(30)
    actions.release(family[0])
    assert hold(30, *family)


@pytest.mark.parametrize(
    ("hour", "minute", "why"),
    [(8, 40, "before opening"), (11, 50, "ends in the lunch break"), (9, 10, "off the grid"),
     (16, 50, "ends after closing")],
)  # fmt: skip
def test_what_is_not_offered_is_not_taken(clinic, held, hour, minute, why):
    with pytest.raises(actions.SlotTaken):
        held(hour, minute)


def test_moving_takes_the_new_and_gives_back_the_old(clinic, booked, held):
    visit = booked(9, 0, who=clinic.haddad)
    moved = actions.reschedule(visit, clinic.wanted(14, 0, who=clinic.osei), version=visit.version)
    assert (moved.starts_at, moved.practitioner) == (clinic.at(14), clinic.osei)
    assert held(9, 0, who=clinic.haddad)


def test_a_move_that_loses_keeps_the_old_time(clinic, booked, held):
    visit = booked(9, 0, who=clinic.haddad)
    held(14, 0, who=clinic.haddad)
    with pytest.raises(actions.SlotTaken):
        actions.reschedule(visit, clinic.wanted(14, 0, who=clinic.haddad), version=visit.version)
    visit.refresh_from_db()
    assert visit.starts_at == clinic.at(9) and visit.ticks.count() == 8


def test_of_two_moves_from_two_tabs_one_wins(clinic, booked):
    visit = booked(9, 0)
    actions.reschedule(visit, clinic.wanted(14, 0), version=visit.version)
    with pytest.raises(actions.Changed):
        actions.reschedule(visit, clinic.wanted(15, 0), version=visit.version)
    # the second press of the first button is no fault
    assert actions.reschedule(visit, clinic.wanted(14, 0), version=visit.version)


def test_a_visit_may_move_within_its_own_time(clinic, booked):
    visit = booked(9, 0, visit=clinic.first_visit, who=clinic.haddad)
    moved = actions.reschedule(
        visit, clinic.wanted(9, 20, visit=clinic.first_visit, who=clinic.haddad),
        version=visit.version,
    )  # fmt: skip
    assert moved.starts_at == clinic.at(9, 20) and moved.ticks.count() == 16


def test_cancelling_gives_the_time_back_once(clinic, booked, held):
    visit = booked(9, 0, who=clinic.haddad)
    assert actions.cancel(visit).status == Status.CANCELLED
    assert actions.cancel(visit).status == Status.CANCELLED
    assert AuditEvent.objects.filter(action="booking.cancelled").count() == 1
    assert held(9, 0, who=clinic.haddad)


def test_staff_overbook_only_with_a_reason(clinic, booked, details, make_user):
    desk = make_user(Role.FRONT_DESK)
    booked(9, 0, who=clinic.haddad)
    wanted = clinic.wanted(9, 0, who=clinic.haddad)
    with pytest.raises(actions.SlotTaken):
        actions.book_by_staff(wanted, details, key=uuid4(), by=desk)
    with pytest.raises(InvalidInput, match="reason"):
        actions.overbooking(" ")
    terms = actions.overbooking("cannot walk since yesterday")
    over = actions.book_by_staff(wanted, details, key=uuid4(), by=desk, terms=terms)
    assert over.overbook_reason == "cannot walk since yesterday"
    lanes = BookingTick.objects.filter(appointment=over, resource=clinic.haddad)
    assert set(lanes.values_list("lane", flat=True)) == {1}
    # the room is the one that was still free
    assert set(
        BookingTick.objects.filter(appointment=over, resource__kind="room")
        .values_list("lane", flat=True)
    ) == {0}  # fmt: skip


def test_a_reason_given_where_it_was_free_makes_no_overbooking(clinic, details, make_user):
    terms = actions.overbooking("asked for it")
    visit = actions.book_by_staff(
        clinic.wanted(9), details, key=uuid4(), by=make_user(Role.FRONT_DESK), terms=terms
    )
    assert visit.overbook_reason == ""


def test_who_walks_in_is_there_whether_or_not_it_is_free(clinic, details, make_user):
    desk = make_user(Role.FRONT_DESK)
    key = uuid4()
    visit = actions.walk_in(clinic.follow_up, clinic.osei, details, key=key, by=desk)
    assert (visit.status, visit.channel) == (Status.ARRIVED, Channel.WALK_IN)
    assert visit.practitioner == clinic.osei and visit.ticks.count() == 8
    assert actions.walk_in(clinic.follow_up, clinic.osei, details, key=key, by=desk) == visit


@pytest.mark.parametrize(
    ("status", "too_early", "in_time"),
    [(Status.ARRIVED, (-1, 23), (0, 7)), (Status.NOSHOW, (0, 8), (0, 9))],
)
def test_nobody_has_come_or_not_come_before_the_time(
    clinic, booked, make_user, status, too_early, in_time
):
    desk, visit = make_user(Role.FRONT_DESK), booked(9, 0)

    def at(days, hour):
        return the_time_is(clinic.at(hour, day=clinic.monday + timedelta(days=days)))

    early, late = at(*too_early), at(*in_time)
    with early, pytest.raises(InvalidInput, match="not yet"):
        actions.mark(visit, status, by=desk)
    with late:
        assert actions.mark(visit, status, by=desk).status == status


def test_arrived_done_and_a_mistake_taken_back(clinic, booked, make_user, as_if_today):
    desk, visit = make_user(Role.FRONT_DESK), booked()
    assert actions.mark(visit, Status.ARRIVED, by=desk).arrived_at
    assert actions.mark(visit, Status.ARRIVED, by=desk)  # pressed twice
    assert actions.mark(visit, Status.BOOKED, by=desk).arrived_at is None
    assert actions.mark(visit, Status.NOSHOW, by=desk).status == Status.NOSHOW
    with pytest.raises(actions.Changed):
        actions.mark(visit, Status.FULFILLED, by=desk)


def test_an_old_page_books_no_time_that_is_past(clinic, held, details):
    hold = held(9, 0)
    expire(hold)  # and its ticks are still there: nobody asked for them
    with the_time_is(clinic.at(16)), pytest.raises(actions.SlotTaken):
        actions.confirm(hold, details)


def test_an_expired_hold_is_asked_again_about_the_hours(clinic, held, details):
    hold = held(9, 0, who=clinic.haddad)
    HoursException.objects.create(resource=clinic.haddad, day=clinic.monday)
    expire(hold)
    with pytest.raises(actions.SlotTaken):
        actions.confirm(hold, details)


def test_who_types_beyond_the_notice_still_gets_the_time_they_held(clinic, details):
    with the_time_is(clinic.at(9) - timedelta(hours=2, minutes=5)):
        hold = actions.hold(clinic.wanted(9), key=uuid4())
    Appointment.objects.filter(pk=hold.pk).update(
        created_at=clinic.at(9) - timedelta(hours=2, minutes=5)
    )
    with the_time_is(clinic.at(9) - timedelta(hours=1, minutes=50)):
        assert actions.confirm(hold, details).status == Status.BOOKED


def test_a_hold_that_ends_while_another_takes_its_time_is_gone_or_counted(
    clinic, held, details, make_user, monkeypatch
):
    """The newcomer asks the time once: at that instant the hold is over, or it is not."""
    first = held(9, 0, who=clinic.haddad)
    instants = iter([first.expires_at - timedelta(milliseconds=1)])
    later = first.expires_at + timedelta(seconds=1)
    monkeypatch.setattr(taking.timezone, "now", lambda: next(instants, later))
    desk = make_user(Role.FRONT_DESK)
    with contextlib.suppress(actions.SlotTaken):
        actions.book_by_staff(clinic.wanted(9, who=clinic.haddad), details, key=uuid4(), by=desk)
    lanes = BookingTick.objects.filter(resource=clinic.haddad).values_list("lane", flat=True)
    assert set(lanes) == {0}


def test_the_same_time_with_another_clinician_is_another_move(clinic, booked):
    visit = booked(9, 0, who=clinic.haddad)
    again = clinic.wanted(9, 0, who=clinic.osei)
    with pytest.raises(actions.Changed):
        actions.reschedule(visit, again, version=visit.version - 1)


def test_the_database_itself_refuses_a_second_visit_in_a_tick(clinic, held):
    tick = held().ticks.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingTick.objects.create(
            resource=tick.resource, tick_start=tick.tick_start, lane=tick.lane,
            appointment=tick.appointment,
        )  # fmt: skip
