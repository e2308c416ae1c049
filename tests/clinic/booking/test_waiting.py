"""The waiting list: one offer at a time, to whoever waits longest and let the fewest go."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions.waiting import LONGEST_WAIT
from hipspine.clinic.booking.models import Appointment, BookingTick, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.waiting import PartOfDay, WaitingStatus
from hipspine.errors import InvalidInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def joins(clinic, details):
    """joins(days ago, **wish) -> an entry of the Monday, waiting for so long."""

    def make(ago=0, visit=None, **wish):
        wish = {"earliest": clinic.monday, "latest": clinic.monday} | wish
        wish = actions.Wish(visit or clinic.follow_up, **wish)
        entry = actions.join(wish, details, key=uuid4())
        WaitingListEntry.objects.filter(pk=entry.pk).update(
            created_at=timezone.now() - timedelta(days=ago)
        )
        entry.refresh_from_db()
        return entry

    return make


def offered(wanted):
    """Whom the next offer goes to."""
    held = actions.offer_to_next(wanted)
    return held and WaitingListEntry.objects.get(offer=held)


def expire(entry):
    entry.refresh_from_db()
    Appointment.objects.filter(pk=entry.offer_id).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_the_same_form_twice_is_one_wish(clinic, details):
    wish, key = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday), uuid4()
    first = actions.join(wish, details, key=key)
    assert actions.join(wish, details, key=key) == first
    assert WaitingListEntry.objects.count() == 1


@pytest.mark.parametrize("days", [-1, LONGEST_WAIT.days + 1])
def test_days_in_the_wrong_order_or_for_ever_are_refused(joins, clinic, days):
    with pytest.raises(InvalidInput, match="180 days"):
        joins(latest=clinic.monday + timedelta(days=days))
    assert not WaitingListEntry.objects.exists()


def test_who_waits_longest_is_asked_first_and_once(clinic, joins):
    younger, oldest = joins(1), joins(3)
    wanted = clinic.wanted(9, who=clinic.haddad)
    assert offered(wanted) == oldest
    # the time is held for them: nobody else is offered it, or finds it free
    assert offered(wanted) is None
    with pytest.raises(actions.SlotTaken):
        actions.hold(wanted, key=uuid4())
    assert offered(clinic.wanted(9, 20, who=clinic.haddad)) == younger
    assert offered(clinic.wanted(9, 40, who=clinic.haddad)) is None  # both have one already


def test_who_declines_waits_on_behind_the_others(clinic, joins):
    oldest, younger = joins(3), joins(1)
    assert offered(clinic.wanted(9, who=clinic.haddad)) == oldest
    actions.decline(oldest)
    oldest.refresh_from_db()
    assert (oldest.status, oldest.offer, oldest.declined) == (WaitingStatus.WAITING, None, 1)
    assert not BookingTick.objects.exists()
    assert offered(clinic.wanted(9, 20, who=clinic.haddad)) == younger


def test_an_offer_nobody_answers_ends_and_goes_to_the_next(clinic, joins):
    oldest, younger = joins(3), joins(1)
    wanted = clinic.wanted(9, who=clinic.haddad)
    assert offered(wanted) == oldest
    assert actions.end_old_offers() == []  # it lives two hours
    expire(oldest)
    assert actions.end_old_offers() == [wanted]
    assert actions.end_old_offers() == []
    assert offered(wanted) == younger


def test_accepting_books_once_under_the_own_name(clinic, joins):
    entry = joins()
    actions.offer(entry, clinic.wanted(9, who=clinic.osei))
    booked = actions.accept(entry)
    assert (booked.status, booked.channel) == (Status.BOOKED, Channel.WAITING_LIST)
    assert booked.person == entry.person and booked.comment == "my left hip"
    assert actions.accept(entry) == booked
    actions.decline(entry)  # an old tab: what is booked stays
    actions.withdraw(entry)
    booked.refresh_from_db()
    assert booked.status == Status.BOOKED and booked.ticks.count() == 8


def test_accepting_late_books_if_it_is_still_free_and_else_keeps_waiting(clinic, joins, held):
    first, second = joins(2), joins(1)
    for entry, minute in ((first, 0), (second, 20)):
        actions.offer(entry, clinic.wanted(9, minute, who=clinic.osei))
        expire(entry)
    assert actions.accept(first).status == Status.BOOKED
    held(9, 20, who=clinic.osei)
    with pytest.raises(actions.SlotTaken):
        actions.accept(second)
    actions.end_old_offers()
    second.refresh_from_db()
    assert second.status == WaitingStatus.WAITING


def test_leaving_gives_the_offered_time_back(clinic, joins, held):
    entry = joins()
    actions.offer(entry, clinic.wanted(9, who=clinic.osei))
    actions.withdraw(entry)
    assert held(9, who=clinic.osei)
    entry.refresh_from_db()
    with pytest.raises(InvalidInput):
        actions.accept(entry)
    with pytest.raises(InvalidInput):
        actions.offer(entry, clinic.wanted(10, who=clinic.osei))
    assert Appointment.objects.filter(starts_at=clinic.at(10)).count() == 0  # nothing half done


def test_a_lost_offer_leaves_the_wish_as_it_was(clinic, joins, booked):
    booked(9, who=clinic.osei)
    entry = joins()
    with pytest.raises(actions.SlotTaken):
        actions.offer(entry, clinic.wanted(9, who=clinic.osei))
    entry.refresh_from_db()
    assert (entry.status, entry.offer) == (WaitingStatus.WAITING, None)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    begin=st.integers(-3, 3), length=st.integers(0, 3), part=st.sampled_from(PartOfDay),
    asked=st.sampled_from((None, "haddad", "osei")), hour=st.sampled_from((9, 11, 13, 16)),
    other=st.booleans(),
)  # fmt: skip
def test_an_offer_fits_the_days_the_clock_and_the_clinician(
    clinic, begin, length, part, asked, hour, other
):
    """Against the wish in plain words: that day, that half of it, that clinician or anyone."""
    first = clinic.monday + timedelta(days=begin)
    entry = WaitingListEntry(
        visit_type=clinic.injection if other else clinic.follow_up, part_of_day=part,
        practitioner=getattr(clinic, asked) if asked else None,
        earliest=first, latest=first + timedelta(days=length),
    )  # fmt: skip
    wanted = clinic.wanted(hour, who=clinic.haddad)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    half = {"any": True, "morning": hour < 12, "afternoon": hour >= 12}[part]
    fits = clinic.monday in days and half and asked != "osei" and not other
    assert actions.waiting.fits(entry, wanted) == fits
