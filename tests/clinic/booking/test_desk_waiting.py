"""The waiting list at the desk: add, offer, and what they say on the telephone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import instant_words
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.waiting import PartOfDay, WaitingStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


@pytest.fixture
def entry(clinic, details):
    """entry(visit, ...) -> someone who waits for two weeks from the Monday."""

    def make(visit=None, **more):
        wish = actions.Wish(
            visit or clinic.follow_up, clinic.monday, clinic.monday + timedelta(14), **more
        )
        return actions.join(wish, details, key=uuid4())

    return make


def answer(desk, entry, words):
    response = desk.post(reverse("desk:answer_waiting", args=[entry.pk]), {"answer": words})
    entry.refresh_from_db()
    return response


def test_someone_on_the_telephone_is_added_once(desk, clinic):
    sent = {"visit": "follow-up", "who": "osei", "earliest": clinic.monday,
            "latest": clinic.monday + timedelta(9), "part_of_day": "morning", "key": uuid4(),
            "given_name": "Eva", "family_name": "Waits", "phone": "+1 555 010 0111",
            "comment": "any morning"}  # fmt: skip
    for _ in range(2):
        assert desk.post(reverse("desk:add_waiting"), sent).status_code == 302
    entry = WaitingListEntry.objects.get()
    assert (entry.practitioner, entry.part_of_day, entry.whose.full_name) == (
        clinic.osei, "morning", "Eva Waits")  # fmt: skip
    page = desk.get(reverse("desk:waiting")).text
    assert "Eva Waits" in page and "+1 555 010 0111" in page and "any morning" in page


@pytest.mark.parametrize(("sent", "says"), [
    ({"latest": "2020-01-01"}, "at most 180 days later"),
    ({"visit": "nothing"}, "valid choice"),
    ({"who": "osei", "visit": "injection"}, "does not do this kind"),
    ({"given_name": ""}, "required"),
    ({"phone": ""}, "Give a telephone number"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(desk, clinic, sent, says):
    good = {"visit": "follow-up", "earliest": clinic.monday, "latest": clinic.monday,
            "part_of_day": "any", "given_name": "Eva", "family_name": "Waits", "phone": "1",
            "comment": "kept"}  # fmt: skip
    response = desk.post(reverse("desk:add_waiting"), good | sent)
    assert response.status_code == 400 and says in response.text and "kept" in response.text
    assert not WaitingListEntry.objects.exists()


def test_only_times_that_fit_are_offered_and_one_is_held(desk, clinic, entry):
    waits = entry(practitioner=clinic.osei, part_of_day=PartOfDay.AFTERNOON)
    address = reverse("desk:offer", args=[waits.pk])
    page = desk.get(address).text
    assert f'value="{instant_words(clinic.at(13))}"' in page
    assert f'value="{instant_words(clinic.at(9))}"' not in page  # a morning
    assert desk.post(address, {"start": instant_words(clinic.at(13))}).status_code == 302
    waits.refresh_from_db()
    assert waits.status == WaitingStatus.OFFERED and waits.offer.practitioner == clinic.osei
    listed = desk.get(reverse("desk:waiting")).text
    assert "13:00; held until" in listed and "They say yes" in listed
    day = desk.get(reverse("desk:day"), {"on": clinic.monday}).text
    assert "offered to <bdi>Ana Invented</bdi>" in day
    again = desk.get(address)
    assert again.status_code == 409 and "no longer waits" in again.text


def test_a_time_taken_meanwhile_is_not_offered(desk, clinic, entry, booked):
    waits = entry(practitioner=clinic.haddad)
    booked(9, 0, who=clinic.haddad)
    response = desk.post(
        reverse("desk:offer", args=[waits.pk]), {"start": instant_words(clinic.at(9))}
    )
    assert response.status_code == 409 and "taken meanwhile" in response.text
    waits.refresh_from_db()
    assert waits.status == WaitingStatus.WAITING


@pytest.mark.parametrize("start", ["", "soon", "2026-13-01T09:00Z"])
def test_a_time_that_is_none_is_refused_in_words(desk, entry, start):
    response = desk.post(reverse("desk:offer", args=[entry().pk]), {"start": start})
    assert response.status_code == 409 and "Choose one of the times" in response.text


def test_they_say_yes(desk, clinic, entry):
    waits = entry()
    actions.offer(waits, clinic.wanted(9))
    assert answer(desk, waits, "yes").status_code == 302
    booked = Appointment.objects.get()
    assert (waits.status, booked.status) == (WaitingStatus.BOOKED, Status.BOOKED)
    assert booked.channel == Channel.WAITING_LIST and booked.whose.full_name == "Ana Invented"


def test_they_say_no_and_wait_on(desk, clinic, entry):
    waits = entry()
    actions.offer(waits, clinic.wanted(9, who=clinic.haddad))
    answer(desk, waits, "no")
    assert (waits.status, waits.declined, waits.offer) == (WaitingStatus.WAITING, 1, None)
    assert "1 offer let go" in desk.get(reverse("desk:waiting")).text


def test_they_leave_the_list(desk, entry):
    waits = entry()
    answer(desk, waits, "withdraw")
    assert waits.status == WaitingStatus.WITHDRAWN
    assert "Nobody waits" in desk.get(reverse("desk:waiting")).text
    assert "withdrawn" in desk.get(reverse("desk:waiting"), {"all": "yes"}).text


def test_an_answer_that_is_none_and_an_offer_that_is_over_are_said(desk, entry):
    waits = entry()
    assert "Press one of the buttons" in answer(desk, waits, "perhaps").text
    over = answer(desk, waits, "yes")
    assert over.status_code == 409 and "offer is over" in over.text


def test_the_list_is_filtered_and_its_reading_is_an_event(desk, clinic, entry):
    entry()
    entry(clinic.injection)
    page = desk.get(reverse("desk:waiting"), {"visit": "injection"}).text
    assert page.count("Ana Invented</bdi>") == 1 and "Injection ·" in page
    assert AuditEvent.objects.get(action="waiting.read").detail["entries"] == 1


def test_a_long_list_costs_no_query_an_entry(desk, entry, django_assert_max_num_queries):
    for _ in range(15):
        entry()
    with django_assert_max_num_queries(16):
        desk.get(reverse("desk:waiting"))


def test_a_wish_whose_last_day_is_over_hides_no_other(desk, clinic, entry):
    gone, waits = entry(), entry()
    WaitingListEntry.objects.filter(pk=gone.pk).update(
        earliest=clinic.monday - timedelta(90), latest=clinic.monday - timedelta(60)
    )
    page, everyone = (desk.get(reverse("desk:waiting") + more).text for more in ("", "?all=yes"))
    assert str(waits.pk) in page and str(gone.pk) not in page
    assert 0 < everyone.index(str(waits.pk)) < everyone.index(str(gone.pk))  # the newest first
