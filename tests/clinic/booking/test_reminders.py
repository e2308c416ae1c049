"""Reminders: a day or two before, by day, to who agreed, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.reminders import due_reminders
from hipspine.clinic.chart.actions import create_patient, record_consent


@pytest.fixture
def visit(clinic, booked):
    """At nine on a Monday, booked a week before."""
    made = booked(9)
    Appointment.objects.update(booked_at=made.starts_at - timedelta(days=7), letter="")
    made.refresh_from_db()
    return made


@pytest.fixture
def now_is(monkeypatch):
    """now_is(instant): the clock of this process stands there."""
    return lambda instant: monkeypatch.setattr(timezone, "now", lambda: instant)


def hours_before(visit, hours):
    return visit.starts_at - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (49, False),  # too early
        (48, True),
        (45, True),  # noon, two days before
        (36, False),  # nine in the evening: night
        (35.9, False),
        (25.1, False),  # 07:54 the day before
        (25, True),  # eight in the morning
        (24, False),  # now it would come too late to be of use
        (1, False),
    ],
)
def test_a_reminder_is_due_a_day_or_two_before_and_by_day(visit, hours, due):
    assert bool(due_reminders(hours_before(visit, hours))) == due


def test_a_reminder_is_sent_once(visit, now_is):
    now_is(hours_before(visit, 45))
    tasks.send_reminders.call_local()
    tasks.send_reminders.call_local()
    [message] = mail.outbox
    assert "is near" in message.subject and message.to == ["ana@invented.example"]


def test_of_two_senders_one_may(visit):
    assert [actions.note_reminder(visit) for _ in range(2)] == [True, False]


def test_a_reminder_that_could_not_be_sent_is_due_again(visit, now_is, monkeypatch):
    now_is(hours_before(visit, 45))
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages", _away, raising=True
        )
        tasks.send_reminders.call_local()
    assert mail.outbox == []
    tasks.send_reminders.call_local()
    assert len(mail.outbox) == 1


def _away(self, messages):
    raise ConnectionRefusedError


def test_a_visit_that_is_moved_is_reminded_of_anew(clinic, visit, now_is):
    later = clinic.wanted(10)
    now_is(hours_before(visit, 45))
    tasks.send_reminders.call_local()
    actions.reschedule(visit, later, version=visit.version)
    assert not due_reminders(timezone.now())  # the letter about the move has just been sent
    Appointment.objects.update(moved_at=timezone.now() - timedelta(hours=13))
    assert [due.starts_at for due in due_reminders(timezone.now())] == [later.starts_at]


def test_who_has_just_booked_is_not_reminded_yet(visit):
    now = hours_before(visit, 45)
    Appointment.objects.update(booked_at=now - timedelta(hours=1))
    assert due_reminders(now) == []


def test_who_cancelled_or_has_no_address_is_not_reminded(visit):
    now = hours_before(visit, 45)
    type(visit.person).objects.update(email="")
    assert due_reminders(now) == []
    type(visit.person).objects.update(email="ana@invented.example")
    assert due_reminders(now)
    actions.cancel(visit)
    assert due_reminders(now) == []


@pytest.mark.parametrize(
    ("ticked", "said_before", "said_since", "due"),
    [
        (False, None, None, False),  # silence is no consent
        (True, None, None, True),
        (False, True, None, True),  # agreed for the chart
        (True, False, None, True),  # asked for it for this visit, later
        (True, None, False, False),  # and changed their mind
        (False, False, True, True),
    ],
)
def test_consent_is_for_this_visit_or_for_the_chart_and_the_latest_counts(
    clinic, details, make_user, ticked, said_before, said_since, due
):
    desk = make_user(Role.FRONT_DESK)
    patient = create_patient(
        by=desk, given_name="Ada", family_name="Example", email="ada@invented.example"
    )

    def say(permitted):
        if permitted is not None:
            record_consent(patient, "reminders", permitted, source="desk", by=desk)

    say(said_before)
    held = actions.hold(clinic.wanted(9), key=patient.pk)
    visit = actions.confirm(held, replace(details, patient=patient, reminders=ticked))
    say(said_since)
    now = hours_before(visit, 45)
    assert visit.booked_at < now
    assert bool(due_reminders(now)) == due


def test_a_hundred_reminders_cost_no_more_questions_than_one(
    clinic, booked, visit, django_assert_max_num_queries
):
    for minute in (0, 20, 40):
        booked(10, minute)
        booked(11, minute)
    now = hours_before(visit, 45)
    Appointment.objects.update(booked_at=now - timedelta(days=3))
    with django_assert_max_num_queries(4):  # visits, clinics, kinds, people and rooms
        assert len(due_reminders(now)) == 7
