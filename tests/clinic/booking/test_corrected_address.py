"""The desk corrects an e-mail address: confirmation and offer go out again, to the new one only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import WaitingListEntry
from hipspine.clinic.booking.models.appointment import Letter
from hipspine.clinic.chart.actions import correct_arrival
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db

RIGHT = "ana@right.example"
PHONE = "+1 555 010 0199"


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


@pytest.fixture
def correct(desk, django_capture_on_commit_callbacks):
    """correct(visit, email) -> the page the desk then sees."""

    def send(visit, email=RIGHT, phone=PHONE):
        page = reverse("chart:arrival", args=[visit.person_id])
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(page, {"email": email, "phone": phone})
        return desk.get(answer["Location"]).text

    return send


def test_the_confirmation_is_sent_again_to_the_new_address_only(correct, booked):
    visit = booked(9)
    visit.letter = Letter.NONE  # it was sent, to the address that was wrong
    visit.save()
    assert "1 message is sent again, to the new address only" in correct(visit)
    (letter,) = mail.outbox
    assert letter.to == [RIGHT] and not letter.cc and not letter.bcc
    visit.refresh_from_db()  # its link is a new one
    assert "Your visit is booked." in letter.body and token_of(visit) in letter.body
    event = AuditEvent.objects.get(action="booking.confirmed_again")
    assert event.target.endswith(str(visit.pk)) and "right" not in str(event.detail)
    tasks.sweep_letters.call_local()
    assert len(mail.outbox) == 1


def test_a_letter_on_its_way_to_the_old_address_does_not_count(booked):
    """Sent before the correction, noted as sent after it: the one to the new address is owed."""
    on_its_way = booked(9)
    correct_arrival(on_its_way.person, by=None, email=RIGHT, phone=PHONE)
    assert actions.letter_sent(on_its_way) is False
    tasks.sweep_letters.call_local()
    assert [letter.to for letter in mail.outbox] == [[RIGHT]]


@pytest.mark.parametrize("email", ["", "ana@invented.example"])
def test_no_address_or_the_same_one_sends_nothing(correct, booked, email):
    page = correct(booked(9), email, "+1 555 010 0111")
    assert "is sent again, to the new address only" not in page and mail.outbox == []


def test_nothing_is_sent_about_what_is_over_or_cancelled(correct, booked):
    cancelled, over = booked(9), booked(10)
    actions.cancel(cancelled)
    with the_time_is(over.ends_at):
        assert correct_arrival(over.person, by=None, email=RIGHT, phone="") == 0
    page = correct(cancelled)
    assert "confirmation of a visit to come is sent again" in page  # the standing sentence
    assert "sent again, to the new address only" not in page
    assert mail.outbox == []


def test_a_new_time_still_owed_stays_that_letter(correct, clinic, booked):
    visit = booked(9)
    visit = actions.reschedule(visit, clinic.wanted(14), version=visit.version)
    correct(visit)
    assert [(letter.to, "new time" in letter.body) for letter in mail.outbox] == [([RIGHT], True)]


@pytest.fixture
def offered(clinic, details):
    """Someone who waits was told of a time, at the address that is wrong."""
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    entry = actions.join(wish, details, key=uuid4())
    actions.offer(entry, clinic.wanted(9))
    tasks.sweep_offers.call_local()
    assert [letter.to for letter in mail.outbox] == [["ana@invented.example"]]
    mail.outbox.clear()
    return entry


def test_an_offer_that_is_still_kept_is_sent_again_too(correct, offered):
    assert "1 message is sent again, to the new address only" in correct(offered)
    tasks.sweep_offers.call_local()
    (letter,) = mail.outbox
    assert letter.to == [RIGHT] and "We keep it for you until" in letter.body
    assert AuditEvent.objects.filter(action="waiting.offered_again").count() == 1


def test_an_offer_on_its_way_to_the_old_address_does_not_count(offered):
    on_its_way = WaitingListEntry.objects.select_related("person").get(pk=offered.pk)
    correct_arrival(on_its_way.person, by=None, email=RIGHT, phone=PHONE)
    on_its_way.person.email = "ana@invented.example"  # as the task that sends it has read it
    actions.offer_told(on_its_way)
    tasks.sweep_offers.call_local()
    assert [letter.to for letter in mail.outbox] == [[RIGHT]]


def test_an_offer_that_is_over_is_not(correct, offered):
    with the_time_is(timezone.now() + timedelta(hours=3)):
        assert correct_arrival(offered.person, by=None, email=RIGHT, phone=PHONE) == 0


def test_the_desk_reads_it_in_spanish(desk, correct, booked):
    desk.post("/me/", {"language": "es"})
    assert "solo a la dirección nueva" in correct(booked(9))
