"""An offer lives two hours: whoever waits is told of it, once, whatever falls over in between."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.chart.models import UnconfirmedPerson
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(clinic, details):
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    return actions.join(wish, details, key=uuid4())


@pytest.fixture
def crashed_offer(clinic, entry):
    """Committed, and the process died before the letter came into the queue: nothing runs here."""
    actions.offer(entry, clinic.wanted(9))
    assert mail.outbox == []
    return entry


def test_the_sweep_sends_what_a_crash_left_once(crashed_offer):
    for _ in range(3):
        tasks.sweep_offers.call_local()
    assert [letter.to for letter in mail.outbox] == [["ana@invented.example"]]
    assert "We keep it for you until" in mail.outbox[0].body


def test_one_that_was_sent_is_not_sent_again(
    clinic, entry, django_capture_on_commit_callbacks
):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        actions.offer(entry, clinic.wanted(9))
    assert len(mail.outbox) == 1
    tasks.sweep_offers.call_local()
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_delays_it(crashed_offer, settings):
    settings.EMAIL_BACKEND = "tests.clinic.booking.test_letters.Down"
    tasks.sweep_offers.call_local()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.sweep_offers.call_local()
    assert len(mail.outbox) == 1


def test_what_is_over_or_answered_is_no_news(clinic, crashed_offer):
    with the_time_is(timezone.now() + timedelta(hours=3)):
        tasks.sweep_offers.call_local()
    crashed_offer.refresh_from_db()
    actions.accept(crashed_offer)
    tasks.sweep_offers.call_local()
    assert mail.outbox == []


def test_the_next_offer_is_told_too_even_while_the_first_letter_leaves(clinic, crashed_offer):
    crashed_offer.refresh_from_db()
    first = type(crashed_offer).objects.get()  # as the task that sends the first one has it
    actions.decline(crashed_offer)
    crashed_offer.refresh_from_db()
    actions.offer(crashed_offer, clinic.wanted(10))
    actions.offer_told(first)
    tasks.sweep_offers.call_local()
    assert len(mail.outbox) == 1 and "10:00" in mail.outbox[0].body


def test_who_has_no_address_yet_is_told_when_there_is_one(crashed_offer):
    person = UnconfirmedPerson.objects.filter(pk=crashed_offer.person_id)
    person.update(email="")
    tasks.sweep_offers.call_local()
    assert mail.outbox == []
    person.update(email="late@invented.example")
    tasks.sweep_offers.call_local()
    assert [letter.to for letter in mail.outbox] == [["late@invented.example"]]
