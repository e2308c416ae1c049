"""Hostile and clumsy input into the public forms: refused beside the field, or kept as it is."""

import pytest
from django.test import Client

from hipspine.clinic.booking.models import Appointment
from tests.clinic.booking.test_public_booking import ANA, Visitor, booked_at
from tests.clinic.test_bad_input import SCRIPT, TEXTS

pytestmark = pytest.mark.django_db
CONTROL = ["a\x00b", "\x1b[31m", "a\x07", "a\x7fb", "x\x85x"]
LIMITS = {"given_name": 200, "family_name": 200, "email": 254, "phone": 40, "comment": 500}


@pytest.fixture
def form(clinic):
    visitor = Visitor()
    address = visitor.hold(clinic.at(9))
    return lambda **changed: visitor.post(address, ANA | changed)


@pytest.mark.parametrize("text", [*TEXTS, "José Ñandú-O’Neill", "王", "ー" * 200])
@pytest.mark.parametrize("field", ["given_name", "family_name", "comment"])
def test_any_text_is_kept_as_it_is_or_refused_beside_its_field(form, field, text):
    answer = form(**{field: text})
    if answer.status_code == 200:
        assert text == "\x00" and f'id="id_{field}_error"' in answer.content.decode()
        return
    visit = booked_at(answer)
    kept = visit.comment if field == "comment" else getattr(visit.person, field)
    assert kept == text
    page = Client().get(answer["Location"]).content.decode()
    assert SCRIPT not in page


@pytest.mark.parametrize("text", CONTROL)
@pytest.mark.parametrize("field", ["given_name", "family_name", "phone", "comment"])
def test_control_characters_are_refused_beside_the_field(form, field, text):
    answer = form(**{field: text})
    assert answer.status_code == 200 and f'id="id_{field}_error"' in answer.content.decode()
    assert Appointment.objects.get().status == "pending"


def test_a_comment_has_lines(form):
    assert booked_at(form(comment="one\r\ntwo\tthree")).comment == "one\r\ntwo\tthree"


@pytest.mark.parametrize("field", LIMITS)
@pytest.mark.parametrize("length", ["one too many", 10_000])
def test_too_long_is_refused_beside_the_field_and_nothing_is_lost(form, field, length):
    text = ("1" if field == "phone" else "a") * (LIMITS[field] + 1)
    text = text if length == "one too many" else text[0] * length
    page = form(**{field: text}).content.decode()
    assert f'id="id_{field}_error"' in page
    for name in {"given_name", "family_name"} - {field}:
        assert f'value="{ANA[name]}"' in page


@pytest.mark.parametrize("field", ["given_name", "family_name"])
def test_as_long_as_the_field_is_taken(form, field):
    assert booked_at(form(**{field: "a" * LIMITS[field]}))


@pytest.mark.parametrize("phone", ["call me", "1234", SCRIPT, "+"])
def test_what_is_no_telephone_number(form, phone):
    assert 'id="id_phone_error"' in form(phone=phone).content.decode()


@pytest.mark.parametrize("phone", ["+1 555 010 0199", "(555) 010-0199 ext. 4", "٠١٢٣٤٥٦"])
def test_what_is_a_telephone_number(form, phone):
    assert booked_at(form(phone=phone)).person.phone == phone


@pytest.mark.parametrize("day", ["2026-02-29", "9999-01-01", "1850-01-01", "yesterday", "", "0"])
def test_a_birth_date_that_cannot_be(form, day):
    assert 'id="id_birth_date_error"' in form(birth_date=day).content.decode()


def test_a_leap_day_can_be(form):
    assert str(booked_at(form(birth_date="2000-02-29")).person.birth_date) == "2000-02-29"


@pytest.mark.parametrize("instead", ["x", "\x00", "0001-01-01T00:00Z/", "9999-12-31T23:55Z/x"])
def test_a_strange_other_time_books_the_time_held(clinic, form, instead):
    assert booked_at(form(instead=instead)).starts_at == clinic.at(9)


def test_a_form_without_its_token_is_refused_in_words(clinic):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/book/river/follow-up/", {"start": "x"})
    assert answer.status_code == 403 and b"reload the page" in answer.content


@pytest.mark.parametrize(
    "address",
    ["/book/%00/", "/book/river/%F0%9F%A6%B4/", "/book/held/x/", "/book/river/with/nobody/",
     "/book/river/nothing/", "/book/nothing/follow-up/waiting/",
     "/book/held/00000000-0000-0000-0000-000000000000/", "/book/mine//", "/book/mine/%2e%2e/"],
)  # fmt: skip
def test_addresses_that_lead_nowhere(clinic, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("words", ["\x00", "%", "'; --", "a" * 10_000, "🦴", "\u202e", " "])
def test_strange_words_find_nothing_or_everything(clinic, words):
    assert Client().get("/book/", {"q": words}).status_code == 200
