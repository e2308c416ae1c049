"""The waiting list in the browser: join, be offered a time, take it or not, leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.links import waiting_of, waiting_token_of
from hipspine.clinic.booking.models import Appointment, VisitType, WaitingListEntry
from hipspine.clinic.booking.models.waiting import PartOfDay, WaitingStatus
from tests.clinic.booking.clinic_for_tests import the_time_is
from tests.clinic.booking.test_public_booking import ANA, signed_in_patient

pytestmark = pytest.mark.django_db
JOIN = "/book/river/follow-up/waiting/"


@pytest.fixture
def wish(clinic):
    return {
        **ANA, "earliest": str(clinic.monday), "latest": str(clinic.monday + timedelta(days=20)),
        "part_of_day": "morning", "practitioner": "haddad", "key": str(uuid4()),
    }  # fmt: skip


@pytest.fixture
def entry(clinic, details):
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(days=20))
    return actions.join(wish, details, key=uuid4())


def page_of(entry):
    return f"/book/waiting/{waiting_token_of(entry)}/"


def test_joining(clinic, wish):
    client = Client()
    assert 'value="haddad" selected' in client.get(f"{JOIN}?with=haddad").content.decode()
    answer = client.post(JOIN, wish)
    entry = waiting_of(answer["Location"].split("/")[3])
    assert entry.practitioner == clinic.haddad and entry.part_of_day == PartOfDay.MORNING
    assert entry.person.given_name == "Ana" and entry.latest == clinic.monday + timedelta(days=20)
    assert client.post(JOIN, wish)["Location"] == answer["Location"]  # the second press
    page = client.get(answer["Location"])
    assert "You are on the waiting list" in page.content.decode()
    assert page["Cache-Control"] == "no-store" and "noindex" in page["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("latest", "2020-01-01"), ("latest", "9999-12-31"), ("earliest", "0001-01-01"),
     ("earliest", "9999-12-31"), ("latest", "x"), ("part_of_day", "night"),
     ("practitioner", "nobody"), ("birth_date", "2026-02-29"), ("email", "")],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_beside_a_field(clinic, wish, field, value):
    answer = Client().post(JOIN, wish | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 200 and "_error" in page and 'value="Invented"' in page
    assert not WaitingListEntry.objects.exists()


def test_a_signed_in_patient_waits_with_the_own_chart(clinic, wish, make_user):
    visitor, chart = signed_in_patient(make_user)
    assert "This visit is for Bea Invented" in visitor.get(JOIN).content.decode()
    entry = waiting_of(visitor.post(JOIN, wish)["Location"].split("/")[3])
    assert entry.patient == chart and entry.person is None


def test_accepting_books(clinic, entry):
    client = Client()
    actions.offer(entry, clinic.wanted(9, 0))
    assert "9:00 AM" in client.get(page_of(entry)).content.decode()
    answer = client.post(page_of(entry), {"answer": "accept"})
    assert answer["Location"].startswith("/book/mine/")
    assert Appointment.objects.get().person == entry.person
    assert client.post(page_of(entry), {"answer": "accept"})["Location"] == answer["Location"]
    assert answer["Location"] in client.get(page_of(entry)).content.decode()


def test_declining_waits_on_and_leaving_does_not(clinic, entry):
    client = Client()
    actions.offer(entry, clinic.wanted(9, 0))
    page = client.post(page_of(entry), {"answer": "decline"}, follow=True).content.decode()
    assert "You wait on" in page and "You are on the waiting list" in page
    page = client.post(page_of(entry), {"answer": "leave"}, follow=True).content.decode()
    assert "You are no longer on the waiting list" in page
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.WITHDRAWN
    for answer in ("accept", "decline", "leave", "x"):
        assert client.post(page_of(entry), {"answer": answer}, follow=True).status_code == 200
    assert not Appointment.objects.filter(status="booked").exists()


def test_an_offer_that_is_over_is_still_had_if_free_and_else_not(clinic, entry, held):
    client = Client()
    late = timezone.now() - timedelta(seconds=1)
    offer = actions.offer(entry, clinic.wanted(9, 0, who=clinic.haddad))
    Appointment.objects.filter(pk=offer.pk).update(expires_at=late)
    assert "The offer is over" in client.get(page_of(entry)).content.decode()
    held(9, 0, who=clinic.haddad)
    answer = client.post(page_of(entry), {"answer": "accept"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "You wait on" in page
    assert "You are on the waiting list" in page
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.WAITING


@pytest.mark.parametrize("cut", [-1, 5, 32])
def test_a_cut_link(entry, cut):
    answer = Client().get(f"/book/waiting/{waiting_token_of(entry)[:cut]}/")
    assert answer.status_code == 404 and b"tel:" in answer.content


def test_a_link_of_a_visit_is_none_of_the_waiting_list(booked):
    from hipspine.clinic.booking.links import token_of

    assert Client().get(f"/book/waiting/{token_of(booked())}/").status_code == 404


def test_the_page_asks_the_visit_whether_it_is_still_booked(clinic, entry):
    actions.offer(entry, clinic.wanted(9))
    booked = actions.accept(entry)
    assert "<h1>Your visit is booked</h1>" in Client().get(page_of(entry)).content.decode()
    actions.cancel(booked)
    assert "<h1>Your visit is cancelled</h1>" in Client().get(page_of(entry)).content.decode()


def test_nobody_is_told_to_wait_after_the_last_day_or_for_what_is_not_offered(clinic, entry):
    with the_time_is(clinic.at(9, day=entry.latest + timedelta(days=1))):
        page = Client().get(page_of(entry)).content.decode()
    assert (
        "no longer on the waiting list" in page and "The last day you could come is over." in page
    )
    VisitType.objects.filter(pk=clinic.follow_up.pk).update(is_active=False)
    page = Client().get(page_of(entry)).content.decode()
    assert "no longer on the waiting list" in page and "not offered any more" in page


def test_no_letter_about_an_offer_that_is_over(clinic, entry):
    actions.offer(entry, clinic.wanted(9))
    mail.outbox.clear()
    with the_time_is(timezone.now() + timedelta(hours=3)):  # the queue stood still
        tasks.send_offer.call_local(entry.pk)
    assert not mail.outbox
    tasks.send_offer.call_local(entry.pk)
    assert len(mail.outbox) == 1
