"""The desk finds a caller: by telephone, before they are known, and with a digit typed wrongly."""

from datetime import date
from urllib.parse import unquote

import pytest

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import UnconfirmedPerson
from hipspine.clinic.chart.views import desk as views

pytestmark = pytest.mark.django_db
ANA = {"given_name": "Ana", "family_name": "Invented", "birth_date": date(1980, 2, 29)}


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


@pytest.fixture
def chart(desk):
    return actions.create_patient(by=desk.user, phone="+1 (555) 010-4477", **ANA)


def search(desk, words):
    return desk.post("/patients/", {"words": words, "birth_date": ""}).text


@pytest.mark.parametrize(
    "number", ["555 010 4477", "5550104477", "010-4477", "+1 555 0104477", "001 555 0104477"]
)
def test_by_telephone_however_it_is_written(desk, chart, number):
    assert "Ana Invented" in search(desk, number)


def test_another_number_is_another_person(desk, chart):
    assert "Nobody found" in search(desk, "555 010 4478")


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("555 010-4477", True),
        ("+1 555 010 44 77", True),
        ("555 010 4478", False),
        ("477", False),
        ("", False),
    ],
)
def test_an_arrival_with_the_same_number_is_offered_the_chart(chart, number, same):
    ben = UnconfirmedPerson(given_name="Ben", family_name="Else", phone=number)
    assert [found.same_phone for found in candidates_for(ben)] == [True] * same


def test_who_booked_online_is_found_before_they_are_known(desk, signed_in):
    actions.note_arrival(**ANA, phone="555 010 9999")
    assert "Not yet known to be a patient" in search(desk, "Inv")
    assert "Ana" in search(desk, "0109999")
    assert "Ana" not in search(signed_in(Role.CLINICIAN), "Inv")


def test_an_arrival_with_a_wrong_birth_date_is_given_to_the_chart_that_is_searched_for(desk, chart):
    person = actions.note_arrival(**ANA | {"birth_date": date(1908, 2, 29)})
    page = f"/patients/arrivals/{person.pk}/"
    assert str(chart.pk) not in desk.get(page).text
    assert str(chart.pk) in desk.post(page, {"words": "Invented", "birth_date": ""}).text
    desk.post(page, {"patient": str(chart.pk)})
    person.refresh_from_db()
    assert person.patient == chart
    again = desk.post(page, {"patient": "new"})  # a second press, or the back button
    assert again["Location"].endswith(f"/patients/{chart.pk}/")


def test_the_forgotten_do_not_stand_in_line(desk):
    for _ in range(3):
        UnconfirmedPerson.objects.create(given_name="", family_name="")
    actions.note_arrival(**ANA)
    page = desk.get("/patients/arrivals/").text
    assert page.count('<a href="/patients/arrivals/') == 1 and "Ana Invented" in page
    assert "1 person waits" in desk.get("/").text


def test_reading_the_list_and_the_charts_offered_leaves_a_trace(desk, chart):
    person = actions.note_arrival(**ANA)
    desk.get("/patients/arrivals/")
    desk.get(f"/patients/arrivals/{person.pk}/")
    read = AuditEvent.objects.filter(action="chart.read", patient=chart.pseudonym)
    assert [event.detail for event in read] == [{"page": "who is this"}]
    assert AuditEvent.objects.filter(action="identity.list_read").count() == 1


def test_after_signing_in_again_the_page_that_was_asked_for_comes(client):
    asked = client.get("/desk/day/?at=river")["Location"]
    assert "/desk/day/" in unquote(asked) and "at=river" in unquote(asked)
    pressed = client.post(
        "/desk/walk-in/", headers={"referer": "http://testserver/desk/day/?at=river"}
    )
    assert "/desk/day/" in pressed["Location"] and "walk-in" not in pressed["Location"]
    elsewhere = client.post("/desk/walk-in/", headers={"referer": "https://evil.example/x"})
    assert "evil" not in elsewhere["Location"]


def test_the_desk_corrects_how_an_arrival_is_reached(desk):
    person = actions.note_arrival(**ANA, email="ana@gmial.example")
    actions.send_code(person)
    page = f"/patients/arrivals/{person.pk}/"
    wrong = desk.post(page, {"email": "not an address", "phone": "555 010 4477"})
    assert 'value="not an address"' in wrong.text and "valid email" in wrong.text
    person.refresh_from_db()
    assert (person.email, person.phone) == ("ana@gmial.example", "")
    desk.post(page, {"email": "ana@gmail.example", "phone": "555 010 4477"})
    person.refresh_from_db()
    assert (person.email, person.phone) == ("ana@gmail.example", "555 010 4477")
    event = AuditEvent.objects.get(action="identity.corrected")
    assert event.detail == {"fields": "email,phone"}  # which, not what they say


def test_a_code_that_was_sent_before_a_correction_confirms_nothing(desk, chart):
    actions.change_patient(chart, by=desk.user, email="ana@clinic.example")
    person = actions.note_arrival(**ANA, email="ana@clinic.example")
    code = actions.send_code(person)
    actions.correct_arrival(person, by=desk.user, email="other@clinic.example", phone="")
    actions.correct_arrival(person, by=desk.user, email="ana@clinic.example", phone="")
    assert code and not actions.confirm_by_code(person, code)


def test_the_list_of_arrivals_has_pages(desk, monkeypatch):
    monkeypatch.setattr(views, "ARRIVALS_A_PAGE", 2)
    people = [actions.note_arrival(**ANA | {"given_name": f"N{n}"}) for n in range(5)]
    shown = {
        n: [
            p.given_name
            for p in people
            if str(p.pk) in desk.get(f"/patients/arrivals/?page={n}").text
        ]
        for n in (1, 2, 3, "x")
    }
    assert shown == {1: ["N3", "N4"], 2: ["N1", "N2"], 3: ["N0"], "x": ["N3", "N4"]}
