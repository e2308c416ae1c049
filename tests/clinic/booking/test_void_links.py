"""A letter went to a mistyped address: once that is corrected, its links open nothing any more."""

from uuid import uuid4

import pytest
from django.core import mail, signing
from django.urls import reverse

from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.links import (
    SALT_APPOINTMENT,
    appointment_of,
    token_of,
    waiting_of,
    waiting_token_of,
)
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.chart.actions import correct_arrival

pytestmark = pytest.mark.django_db
RIGHT, PHONE = "ana@right.example", "+1 555 010 0111"


def correct(person, email=RIGHT):
    correct_arrival(person, by=None, email=email, phone=PHONE)


@pytest.mark.parametrize("email", [RIGHT, ""])
@pytest.mark.parametrize("page", ["mine", "move", "cancel", "calendar_file", "who"])
def test_the_old_link_neither_shows_nor_moves_nor_cancels(booked, client, page, email):
    visit = booked(9)
    old = token_of(visit)
    address = reverse(f"booking:{page}", args=[old])
    assert client.get(address).status_code == 200
    correct(visit.person, email)
    answers = [client.get(address)]
    if page in ("move", "cancel", "who"):
        answers += [client.post(address, {"version": visit.version + 1})]
    for answer in answers:
        assert answer.status_code == 410 and "no longer holds" in answer.text
        assert visit.location.phone in answer.text  # whose it truly is can call
        assert visit.person.given_name not in answer.text and RIGHT not in answer.text
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_the_new_letter_has_a_link_that_opens(booked, client):
    visit = booked(9)
    old = token_of(visit)
    correct(visit.person)
    tasks.sweep_letters.call_local()
    (letter,) = mail.outbox
    visit.refresh_from_db()
    new, page = token_of(visit), {"version": visit.version}
    assert new in letter.body and old not in letter.body and appointment_of(new) == visit
    assert client.post(reverse("booking:cancel", args=[new]), page).status_code == 302
    visit.refresh_from_db()
    assert visit.status == "cancelled"


def test_each_correction_ends_every_link_before_it(booked):
    visit, tokens = booked(9), []
    for email in ("one@right.example", "two@right.example", "three@right.example"):
        tokens.append(token_of(Appointment.objects.get()))
        correct(visit.person, email)
    assert [appointment_of(token) for token in tokens] == [None] * 3
    assert appointment_of(token_of(Appointment.objects.get())) == visit


def test_a_link_from_before_there_were_versions_still_opens(booked):
    visit = booked(9)
    assert appointment_of(signing.Signer(salt=SALT_APPOINTMENT).sign(visit.pk.hex)) == visit


def test_a_corrected_telephone_ends_no_link(booked):
    visit = booked(9)
    correct_arrival(visit.person, by=None, email=visit.person.email, phone="+1 555 010 0123")
    assert appointment_of(token_of(visit)) == visit


def test_so_it_is_with_the_waiting_list_and_an_offer_is_told_again(clinic, details, client):
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    entry = actions.join(wish, details, key=uuid4())
    actions.offer(entry, clinic.wanted(9))
    on_its_way = WaitingListEntry.objects.get()
    old = waiting_token_of(on_its_way)
    correct(entry.person)
    actions.offer_told(on_its_way)  # to the address that was wrong: this one does not count
    answer = client.post(reverse("booking:waiting", args=[old]), {"answer": "accept"})
    assert answer.status_code == 410 and clinic.location.phone in answer.text
    tasks.sweep_offers.call_local()
    (letter,) = mail.outbox
    new = waiting_token_of(WaitingListEntry.objects.get())
    assert letter.to == [RIGHT] and new in letter.body and waiting_of(new) == entry
    assert client.post(reverse("booking:waiting", args=[new]), {"answer": "accept"}).url == (
        reverse("booking:mine", args=[token_of(Appointment.objects.get())])
    )
