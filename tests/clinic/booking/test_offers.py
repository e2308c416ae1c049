"""A time becomes free: who waits for it is offered it, one after the other, never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.links import waiting_of
from hipspine.clinic.booking.models import Appointment, Location, VisitType
from tests.clinic.booking.clinic_for_tests import the_time_is


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks, monkeypatch):
    """with after_commit(): what follows the commit happens at the end; it is day at the clinic."""
    monkeypatch.setattr(tasks, "next_morning", lambda now, location: None)
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def waits(clinic, details):
    """waits("Bea") -> an entry of the waiting list, for any follow-up in that week."""

    def join(name, **more):
        who = replace(details, given_name=name, email=f"{name.lower()}@invented.example", **more)
        wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(days=6))
        return actions.join(wish, who, key=uuid4())

    return join


def offers() -> list[str]:
    """To whom offers were sent, in order."""
    return [m.to[0].split("@")[0] for m in mail.outbox if "is free" in m.subject]


def test_a_cancelled_visit_is_offered_to_who_waits_longest_by_mail(booked, waits, after_commit):
    visit, first, _ = booked(9), waits("Bea"), waits("Cyd")
    with after_commit():
        actions.cancel(visit)
    first.refresh_from_db()
    assert (offers(), first.offer.starts_at) == (["bea"], visit.starts_at)
    link = next(x for x in mail.outbox[-1].body.splitlines() if "/book/waiting/" in x)
    assert waiting_of(link.rstrip("/").rsplit("/", 1)[1]) == first
    with after_commit():
        won = actions.accept(first)
    assert won.starts_at == visit.starts_at and "Your visit" in mail.outbox[-1].subject


def test_a_moved_visit_frees_its_old_time(clinic, booked, waits, after_commit):
    visit, entry = booked(9), waits("Bea")
    with after_commit():
        actions.reschedule(visit, clinic.wanted(15), version=visit.version)
    entry.refresh_from_db()
    assert entry.offer.starts_at == clinic.at(9)


def test_what_one_lets_go_the_next_is_offered_and_nobody_twice(booked, waits, after_commit):
    visit, bea, cyd = booked(9), waits("Bea"), waits("Cyd")
    with after_commit():
        actions.cancel(visit)
    with after_commit():
        actions.decline(bea)
    with after_commit():
        actions.decline(cyd)
    assert offers() == ["bea", "cyd"]
    for entry in (bea, cyd):
        entry.refresh_from_db()
        assert (entry.status, entry.offer, entry.declined) == ("waiting", None, 1)


def test_another_time_is_still_offered_to_who_let_one_go(booked, waits, after_commit):
    first, second, bea = booked(9), booked(10), waits("Bea")
    with after_commit():
        actions.cancel(first)
    with after_commit():
        actions.decline(bea)
    with after_commit():
        actions.cancel(second)
    assert offers() == ["bea", "bea"]


def test_who_does_not_answer_in_time_waits_on_and_the_next_is_asked(booked, waits, after_commit):
    visit, bea, cyd = booked(9), waits("Bea"), waits("Cyd")
    with after_commit():
        actions.cancel(visit)
    Appointment.objects.filter(status="pending").update(expires_at=timezone.now())
    with after_commit():
        tasks.pass_offers_on.call_local()
    for entry in (bea, cyd):
        entry.refresh_from_db()
    assert offers() == ["bea", "cyd"]
    assert (bea.status, cyd.status) == ("waiting", "offered")


def test_who_leaves_the_list_with_an_offer_gives_it_to_the_next(booked, waits, after_commit):
    visit, bea, _ = booked(9), waits("Bea"), waits("Cyd")
    with after_commit():
        actions.cancel(visit)
    with after_commit():
        actions.withdraw(bea)
    assert offers() == ["bea", "cyd"]


def test_who_has_no_address_is_left_to_the_desk(clinic, booked, waits, after_commit, details):
    visit = booked(9)
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    phoned = actions.join(wish, replace(details, email=""), key=uuid4())
    waits("Cyd")
    with after_commit():
        actions.cancel(visit)
    phoned.refresh_from_db()
    assert (phoned.status, offers()) == ("waiting", ["cyd"])


def test_an_offer_made_by_the_desk_is_told_too(clinic, waits, after_commit):
    entry = waits("Bea")
    with after_commit():
        actions.offer(entry, clinic.wanted(9))
    assert offers() == ["bea"]


def test_a_visit_that_is_not_booked_online_is_offered_too(clinic, booked, waits, after_commit):
    visit, entry = booked(9), waits("Bea")
    VisitType.objects.update(is_online=False)
    with after_commit():
        actions.cancel(visit)
    entry.refresh_from_db()
    assert offers() == ["bea"]
    assert actions.accept(entry).starts_at == visit.starts_at


def test_a_start_off_the_grid_is_offered_too(clinic, waits, after_commit, details, make_user):
    """The desk books any five minutes; what it gives back is as good as any other time."""
    desk, entry = make_user(Role.FRONT_DESK), waits("Bea")
    visit = actions.book_by_staff(clinic.wanted(9, 5), details, key=uuid4(), by=desk)
    with after_commit():
        actions.cancel(visit, by=desk)
    entry.refresh_from_db()
    assert entry.offer.starts_at == clinic.at(9, 5)


def test_a_time_within_the_notice_is_left_to_the_desk(clinic, booked, waits, after_commit):
    visit, _ = booked(9), waits("Bea")
    with the_time_is(visit.starts_at - timedelta(minutes=119)), after_commit():
        actions.cancel(visit)
    assert offers() == []


@pytest.mark.parametrize("closed", [VisitType, Location])
def test_nothing_is_offered_of_what_is_no_longer_in_use(booked, waits, after_commit, closed):
    visit, _ = booked(9), waits("Bea")
    closed.objects.update(is_active=False)
    with after_commit():
        actions.cancel(visit)
    assert offers() == []


CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 3, 7, 12, tzinfo=CHICAGO), None),
        (datetime(2026, 3, 7, 8, tzinfo=CHICAGO), None),
        (datetime(2026, 3, 7, 7, 59, tzinfo=CHICAGO), datetime(2026, 3, 7, 14, tzinfo=UTC)),
        # The clock goes forward that night: eight o'clock is then 13:00 UTC.
        (datetime(2026, 3, 7, 21, tzinfo=CHICAGO), datetime(2026, 3, 8, 13, tzinfo=UTC)),
    ],
)
def test_by_night_an_offer_waits_for_the_morning(clinic, now, begins):
    assert tasks.next_morning(now, clinic.location) == begins


def test_by_night_nothing_is_offered_and_the_queue_is_told_when(
    clinic, booked, waits, monkeypatch, django_capture_on_commit_callbacks
):
    morning = clinic.at(8)
    monkeypatch.setattr(tasks, "next_morning", lambda now, location: morning)
    asked = []
    monkeypatch.setattr(tasks.offer_freed, "schedule", lambda args, eta: asked.append((args, eta)))
    visit, entry = booked(9), waits("Bea")
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(visit)
    entry.refresh_from_db()
    who = visit.practitioner.pk
    assert asked == [((clinic.follow_up.pk, visit.starts_at, who), morning)]
    assert (entry.status, offers()) == ("waiting", [])
