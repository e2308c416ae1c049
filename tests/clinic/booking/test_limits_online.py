"""One stranger does not empty the calendar, nor fill anybody's letter box."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import Appointment, OnlineUse, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.slots import free_slots

pytestmark = pytest.mark.django_db
WHO = {"given_name": "Vic", "family_name": "Tim", "birth_date": "1980-02-29"}


def book(clinic, client, slot, email):
    """Hold and confirm; the last answer."""
    address = reverse("booking:week", args=[clinic.location.slug, clinic.follow_up.slug])
    start = f"{slot.starts_at:%Y-%m-%dT%H:%M}Z/"
    held = client.post(address, {"start": start, "key": str(uuid4())})
    assert held.status_code == 302, held.status_code
    return client.post(held.url, WHO | {"email": email})


def slots(clinic):
    return iter(free_slots(clinic.follow_up, clinic.monday, clinic.monday + timedelta(days=4)))


def stranger(n=0, address=None):
    return Client(REMOTE_ADDR=address or f"203.0.113.{n}")


def test_ten_bookings_an_hour_from_one_address_then_a_sentence(clinic):
    free = slots(clinic)
    ended = [book(clinic, stranger(), next(free), f"v{n}@x.example") for n in range(11)]
    assert [answer.status_code for answer in ended] == [302] * 10 + [429]
    page = ended[-1].content.decode()
    assert clinic.location.phone in page and 'value="Vic"' in page  # nothing typed is lost
    assert Appointment.objects.filter(status=Status.BOOKED).count() == 10
    assert book(clinic, stranger(7), next(free), "other@x.example").status_code == 302


def test_twenty_a_day_and_what_failed_is_not_counted(clinic):
    free, now = slots(clinic), timezone.now()
    for hour in range(3):
        with patch("django.utils.timezone.now", lambda at=now + timedelta(hours=hour * 2): at):
            ended = [
                book(clinic, stranger(), next(free), f"v{hour}{n}@x.example").status_code
                for n in range(10)
            ]
        assert ended == ([302] * 10 if hour < 2 else [429] * 10)
    assert OnlineUse.objects.filter(what="book").count() == 20
    with patch("django.utils.timezone.now", lambda: now + timedelta(hours=29)):
        actions.forget_what_is_old()
    assert not OnlineUse.objects.exists()


def test_a_site_of_ipv6_is_one_stranger_by_the_day(clinic):
    free = slots(clinic)
    ended = [
        book(clinic, stranger(address=f"2001:db8:7:{n}::1"), next(free), f"v{n}@x.example")
        for n in range(21)
    ]
    assert [answer.status_code for answer in ended] == [302] * 20 + [429]


def test_five_visits_to_come_of_one_e_mail_address(clinic):
    free, spelled = slots(clinic), ("vic@x.example", "VIC+tag@x.example", "Vic+t.a_g@X.example")
    ended = [book(clinic, stranger(n), next(free), spelled[n % 3]) for n in range(6)]
    assert [answer.status_code for answer in ended] == [302] * 5 + [429]
    # The sentence does not tell which of the two it was: nobody learns what is booked.
    assert "from your connection or with this e-mail address" in ended[-1].content.decode()
    for other in ("new@x.example", "vi@x.example", "vic@y.example", "xvic@x.example"):
        assert book(clinic, stranger(5), next(free), other).status_code == 302


def test_a_visit_is_moved_ten_times_online(clinic, booked):
    visit, ended = booked(9), []
    mine = reverse("booking:mine", args=[token_of(visit)])
    for n in range(12):
        visit.refresh_from_db()
        start = f"{clinic.at(10 + n % 2):%Y-%m-%dT%H:%M}Z/"
        move = {"start": start, "version": visit.version}
        ended.append(stranger(n).post(f"{mine}move/", move).status_code)
    assert ended == [302] * 10 + [429] * 2


def test_three_open_wishes_of_one_e_mail_address(clinic):
    address = reverse("booking:join_waiting", args=[clinic.location.slug, clinic.follow_up.slug])
    ended = []
    for n in range(4):
        wish = {
            **WHO, "email": f"vic+{n}@x.example", "key": str(uuid4()), "part_of_day": "any",
            "earliest": str(clinic.monday), "latest": str(clinic.monday + timedelta(days=5)),
        }  # fmt: skip
        ended.append(stranger(n).post(address, wish))
    assert [answer.status_code for answer in ended] == [302] * 3 + [429]
    assert WaitingListEntry.objects.count() == 3
    page = ended[-1].content.decode()
    assert 'value="Vic"' in page and clinic.location.phone in page


def test_staff_are_not_limited(clinic, signed_in):
    desk, free = signed_in(Role.FRONT_DESK), slots(clinic)
    ended = {book(clinic, desk, next(free), f"v{n}@x.example").status_code for n in range(12)}
    assert ended == {302}
