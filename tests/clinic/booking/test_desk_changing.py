"""At the desk: arrived, did not come, done, taken back, moved, cancelled; and every refusal."""

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import instant_words
from hipspine.clinic.booking.models.appointment import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_if_today")]


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


def mark(client, visit, status, version=None):
    sent = {"status": status, "version": visit.version if version is None else version}
    response = client.post(reverse("desk:mark", args=[visit.pk]), sent)
    visit.refresh_from_db()
    return response


def move(client, visit, **sent):
    response = client.post(
        reverse("desk:move", args=[visit.pk]), {"version": visit.version, "who": ""} | sent
    )
    visit.refresh_from_db()
    return response


@pytest.mark.parametrize(
    "steps",
    [("arrived", "fulfilled", "arrived", "booked"), ("noshow", "arrived"), ("noshow", "booked")],
)
def test_a_visit_goes_forward_and_back(desk, booked, steps):
    visit = booked()
    for status in steps:
        response = mark(desk, visit, status)
        assert response.status_code == 302 and response["Location"].endswith(f"#visit-{visit.pk}")
        assert visit.status == status


def test_taking_done_back_keeps_the_hour_of_arrival(desk, booked):
    visit = booked()
    mark(desk, visit, "arrived")
    since = visit.arrived_at
    mark(desk, visit, "fulfilled")
    mark(desk, visit, "arrived")
    assert visit.arrived_at == since is not None
    mark(desk, visit, "booked")
    assert visit.arrived_at is None


def test_the_second_press_of_a_button_changes_nothing(desk, booked):
    visit = booked()
    version = visit.version
    mark(desk, visit, "arrived")
    assert mark(desk, visit, "arrived", version).status_code == 302
    assert AuditEvent.objects.filter(action="booking.arrived").count() == 1


def test_who_was_moved_meanwhile_is_not_marked_as_arrived_on_the_old_page(desk, clinic, booked):
    visit = booked(9, 0)
    version = visit.version
    actions.reschedule(visit, clinic.wanted(14, 0), version=version)
    response = mark(desk, visit, "arrived", version)
    assert response.status_code == 409 and visit.status == Status.BOOKED
    assert "Nothing was done" in response.text and "14:00–14:20" in response.text


@pytest.mark.parametrize("sent", [{}, {"status": "eaten", "version": 1},
                                  {"status": "arrived", "version": "x" * 5000},
                                  {"status": "pending", "version": 2}])  # fmt: skip
def test_a_button_that_is_none_is_refused_in_words(desk, booked, sent):
    visit = booked()
    response = desk.post(reverse("desk:mark", args=[visit.pk]), sent)
    assert response.status_code == 409 and "Press one of the buttons" in response.text


def test_a_clinician_notes_done_on_their_own_visits_and_nothing_else(signed_in, clinic, booked):
    doctor = signed_in(Role.CLINICIAN)
    clinic.haddad.user = doctor.user
    clinic.haddad.save()
    own, other = booked(9, 0, who=clinic.haddad), booked(9, 0, who=clinic.osei)
    for visit in (own, other):
        assert mark(doctor, visit, "arrived").status_code == 409  # the desk's to say
        actions.mark(visit, Status.ARRIVED, by=doctor.user)
        visit.refresh_from_db()
    assert mark(doctor, own, "fulfilled").status_code == 302
    assert mark(doctor, own, "arrived").status_code == 302  # and back
    assert mark(doctor, own, "booked").status_code == 409
    assert mark(doctor, other, "fulfilled").status_code == 409
    assert (own.status, other.status) == (Status.ARRIVED, Status.ARRIVED)


def test_moving_shows_free_times_and_takes_one(desk, clinic, booked):
    visit = booked(9, 0, who=clinic.haddad)
    page = desk.get(reverse("desk:move", args=[visit.pk]), {"on": clinic.monday, "who": "osei"})
    assert f'value="{instant_words(clinic.at(14))}"' in page.text
    response = move(desk, visit, start=instant_words(clinic.at(14)), who="osei")
    assert response.status_code == 302
    assert (visit.starts_at, visit.practitioner) == (clinic.at(14), clinic.osei)


def test_a_move_to_a_time_that_went_shows_three_others_and_takes_it_with_a_reason(
    desk, clinic, booked
):
    visit, other = booked(9, 0, who=clinic.haddad), booked(14, 0, who=clinic.haddad)
    taken = instant_words(other.starts_at)
    response = move(desk, visit, start=taken, who="haddad")
    assert response.status_code == 409 and visit.starts_at == clinic.at(9)
    for near in (clinic.at(13, 20), clinic.at(13, 40), clinic.at(14, 20)):
        assert f'name="start" value="{instant_words(near)}"' in response.text
    silent = move(desk, visit, overbook=taken, reason=" ", who="haddad")
    assert silent.status_code == 400 and "Say why" in silent.text
    assert f'name="overbook" value="{taken}"' in silent.text
    assert (
        move(desk, visit, overbook=taken, reason="in great pain", who="haddad").status_code == 302
    )
    assert (visit.starts_at, visit.overbook_reason) == (clinic.at(14), "in great pain")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose one of the times"),
        ({"start": "yesterday"}, "Choose one of the times"),
        ({"start": "2020-01-01T09:00Z"}, "This time is over"),
        ({"other": "yes", "time": ""}, "Type a time"),
        ({"other": "yes", "time": "14:03"}, "multiple of five"),
        ({"other": "yes", "time": "25:99"}, "valid time"),
    ],
)
def test_what_is_no_time_is_said_beside_the_field(desk, clinic, booked, sent, says):
    visit = booked(9, 0)
    response = move(desk, visit, on=clinic.monday.isoformat(), **sent)
    assert response.status_code == 400 and says in response.text
    assert visit.starts_at == clinic.at(9)


def test_another_time_is_read_on_the_wall_of_the_clinic(desk, clinic, booked):
    visit = booked(9, 0, who=clinic.haddad)
    sent = {"other": "yes", "on": clinic.monday.isoformat(), "time": "14:05", "who": "haddad"}
    assert move(desk, visit, **sent).status_code == 302
    assert visit.starts_at == clinic.at(14, 5)


def test_of_two_tabs_one_moves_and_the_other_is_told(desk, clinic, booked):
    visit = booked(9, 0)
    old = visit.version
    move(desk, visit, start=instant_words(clinic.at(14)))
    second = move(desk, visit, start=instant_words(clinic.at(15)), version=old)
    assert second.status_code == 409 and "Nothing was done" in second.text
    assert visit.starts_at == clinic.at(14)
    assert (
        move(desk, visit, start=instant_words(clinic.at(16)), version="9" * 400).status_code == 409
    )


def test_cancelling_asks_once_and_keeps_the_reason(desk, clinic, booked):
    visit = booked()
    page = desk.get(reverse("desk:cancel", args=[visit.pk]))
    assert "ana@invented.example" in page.text  # who will be told
    sent = {"version": visit.version, "reason": "has a cold"}
    response = desk.post(reverse("desk:cancel", args=[visit.pk]), sent)
    visit.refresh_from_db()
    assert response.status_code == 302 and visit.status == Status.CANCELLED
    assert visit.cancel_reason == "has a cold" and not visit.ticks.exists()
    again = desk.post(reverse("desk:cancel", args=[visit.pk]), sent)
    assert again.status_code == 409 and "cancelled" in again.text
    day = desk.get(reverse("desk:day"), {"on": clinic.monday})
    assert "1 visit was cancelled" in day.text and "has a cold" in day.text


def test_a_visit_changed_meanwhile_is_not_cancelled(desk, booked):
    visit = booked()
    sent = {"version": visit.version - 1, "reason": ""}
    response = desk.post(reverse("desk:cancel", args=[visit.pk]), sent)
    visit.refresh_from_db()
    assert response.status_code == 409 and visit.status == Status.BOOKED


def test_opening_a_visit_leaves_its_event(desk, booked):
    visit = booked()
    assert desk.get(reverse("desk:visit", args=[visit.pk])).status_code == 200
    event = AuditEvent.objects.get(action="booking.visit_read")
    assert event.target == f"booking.Appointment:{visit.pk}"


def test_a_notice_with_a_name_is_in_no_cookie_and_ends_with_the_session(signed_in, clinic, booked):
    """The next person at this screen must not read who came before."""
    desk, visit = signed_in(Role.FRONT_DESK), booked()
    address = f"/desk/visits/{visit.pk}/mark/"
    answer = desk.post(address, {"status": "arrived", "version": visit.version})
    assert answer.status_code == 302
    assert "Ana" not in "".join(cookie.OutputString() for cookie in desk.cookies.values())
    desk.post("/account/logout/")
    assert "Ana" not in desk.get("/").content.decode()
