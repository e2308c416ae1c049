"""The API: what it answers, what it refuses in words, and whatever else anybody may send to it."""

import json
from datetime import datetime, timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from hipspine.clinic.booking.models import Appointment, VisitType
from hipspine.clinic.booking.slots import free_slots

pytestmark = pytest.mark.django_db


def ask(address, **words):
    answer = Client().get(address, words)
    return answer.status_code, json.loads(answer.content)


def wish(clinic, **other):
    day = clinic.monday.isoformat()
    return {"location": "river", "visit_type": "follow-up", "first": day, "last": day} | other


def test_clinics_and_what_they_offer(clinic):
    status, [place] = ask("/api/locations")
    assert status == 200 and place["slug"] == "river" and place["time_zone"] == "America/Chicago"
    VisitType.objects.filter(slug="first-visit").update(is_online=False)
    status, visits = ask("/api/locations/river/visit-types")
    assert [(v["slug"], v["minutes"]) for v in visits] == [("follow-up", 20), ("injection", 30)]
    assert [p["slug"] for p in visits[1]["practitioners"]] == ["haddad"]


def test_free_times_are_those_of_the_booking_page(clinic, booked):
    booked(9, 0, who=clinic.haddad)
    status, told = ask("/api/slots", **wish(clinic, **{"with": "haddad"}))
    assert status == 200 and told["time_zone"] == "America/Chicago"
    shown = free_slots(clinic.follow_up, clinic.monday, clinic.monday, clinic.haddad)
    assert [datetime.fromisoformat(s["start"]) for s in told["slots"]] == [
        slot.starts_at for slot in shown
    ]
    first = told["slots"][0]
    assert "T09:20:00-0" in first["start"] and first["practitioners"] == ["haddad"]
    assert f"/book/river/follow-up/?week={clinic.monday}&with=haddad" in first["book"]


def test_it_is_about_nobody(clinic, booked, details):
    booked()
    _, told = ask("/api/slots", **wish(clinic))
    words = json.dumps(told)
    assert str(Appointment.objects.get().pk) not in words and details.family_name not in words


@pytest.mark.parametrize(
    ("other", "status", "says"),
    [
        ({"location": "nowhere"}, 404, "no such clinic"),
        ({"visit_type": "nothing"}, 404, "no such visit"),
        ({"with": "nobody"}, 404, "this clinician"),
        ({"visit_type": "injection", "with": "osei"}, 404, "this clinician"),
        ({"first": "2026-02-30"}, 422, "first: "),
        ({"first": "20261126"}, 422, "accepted: YYYY-MM-DD"),
        ({"first": "1795651200"}, 422, "accepted: YYYY-MM-DD"),
        ({"last": "0001-01-01"}, 400, "before the first"),
        ({"first": "0001-01-01", "last": "0001-01-01"}, 400, "this year and the next"),
        ({"first": "9999-12-31", "last": "9999-12-31"}, 400, "this year and the next"),
        ({"last": "9999-12-31"}, 400, "at most 31 days"),
        ({"location": "ri\x00ver"}, 422, "location: "),
        ({"location": "r" * 51}, 422, "location: "),
        ({"with": ""}, 422, "with: "),
    ],
)
def test_what_cannot_be_is_refused_in_words(clinic, other, status, says):
    answered, told = ask("/api/slots", **wish(clinic, **other))
    assert answered == status and says in told["detail"] and "\n" not in told["detail"]


def test_31_days_and_no_more(clinic):
    last = clinic.monday + timedelta(days=30)
    assert ask("/api/slots", **wish(clinic, last=last.isoformat()))[0] == 200
    later = last + timedelta(days=1)
    assert ask("/api/slots", **wish(clinic, last=later.isoformat()))[0] == 400


def test_other_addresses_and_verbs_are_answered_in_json(clinic):
    for address in ("/api/", "/api/docs", "/api/locations/a/b/visit-types"):
        assert ask(address)[0] == 404
    answer = Client(enforce_csrf_checks=True).post("/api/locations")
    assert answer.status_code == 405 and answer["Allow"] == "GET"


def test_there_is_no_page_that_loads_scripts_from_elsewhere(clinic):
    status, told = ask("/api/openapi.json")
    assert status == 200 and set(told["paths"]) == {
        "/api/locations", "/api/locations/{slug}/visit-types", "/api/slots",
    }  # fmt: skip


def test_free_times_take_few_queries(clinic, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        ask("/api/slots", **wish(clinic))


schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


@pytest.fixture
def one_connection(db):
    """A request through WSGI may end the connection in which the test's transaction lives."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.given(known=st.booleans(), days=st.integers(-2, 33))
@schema.parametrize()
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whatever_is_sent_the_answer_is_one_the_schema_knows(
    case, one_connection, clinic, known, days
):
    """Valid, and deliberately invalid; some valid questions are about a clinic there is."""
    if known and case.meta.generation.mode.is_positive:
        if case.query:
            last = clinic.monday + timedelta(days=days)
            case.query |= wish(clinic, last=last.isoformat())
        if case.path_parameters:
            case.path_parameters["slug"] = "river"
    # that one day may not lie before the other no schema can say
    answer = case.call_and_validate(excluded_checks=[positive_data_acceptance])
    assert answer.status_code < 500
