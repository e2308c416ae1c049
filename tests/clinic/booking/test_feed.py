"""The feed of SMART Scheduling Links: whole, true, kept, and about nobody."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import Appointment, Need, Resource, VisitType
from hipspine.clinic.booking.places import places_in
from hipspine.clinic.booking.slots import free_slots, requirements_of

pytestmark = pytest.mark.django_db
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")  # of FHIR R4
EXTENSION = "http://fhir-registry.smarthealthit.org/StructureDefinition/"


def get(url, **headers):
    parts = urlsplit(url)
    return Client().get(parts.path, headers=headers)


def fetched():
    """{type: objects} by following the manifest, as a client of the feed does."""
    found = {"Location": [], "Schedule": [], "Slot": []}
    for file in get("/smart-scheduling/$bulk-publish").json()["output"]:
        answer = get(file["url"])
        assert answer["Content-Type"] == "application/fhir+ndjson"
        found[file["type"]] += [json.loads(line) for line in answer.content.splitlines()]
    return found


def extensions(slot):
    return {e["url"].removeprefix(EXTENSION): e for e in slot["extension"]}


def test_the_manifest_leads_to_everything_and_every_reference_is_met(clinic, settings):
    settings.PUBLIC_URL = "https://clinic.example"
    manifest = get("/smart-scheduling/$bulk-publish").json()
    assert manifest["request"] == "https://clinic.example/smart-scheduling/$bulk-publish"
    assert datetime.fromisoformat(manifest["transactionTime"]).utcoffset() is not None
    assert manifest["error"] == []
    assert manifest["output"][-1]["extension"] == {"state": ["IL"]}
    found = fetched()
    for kind, resources in found.items():
        ids = [resource["id"] for resource in resources]
        assert len(ids) == len(set(ids)) and all(ID.fullmatch(i) for i in ids)
        assert {resource["resourceType"] for resource in resources} == {kind}
    places = {f"Location/{place['id']}" for place in found["Location"]}
    kinds = {f"Schedule/{schedule['id']}" for schedule in found["Schedule"]}
    assert {schedule["actor"][0]["reference"] for schedule in found["Schedule"]} == places
    assert {slot["schedule"]["reference"] for slot in found["Slot"]} == kinds


def test_a_clinic_says_where_it_is(clinic):
    [place] = fetched()["Location"]
    assert place["name"] == "River Street Clinic"
    assert place["telecom"][0] == {"system": "phone", "value": "+1 555 010 0100"}
    assert place["address"] == {
        "line": ["1 River Street"], "city": "Springfield", "state": "IL", "postalCode": "62701",
        "country": "US",
    }  # fmt: skip


def test_the_slots_are_those_of_the_booking_page(clinic, held):
    held(9, 0)
    today = timezone.now().astimezone(clinic.location.zone).date()
    own = {str(clinic.follow_up.pk): clinic.follow_up, str(clinic.injection.pk): clinic.injection}
    for number, visit in own.items():
        told = [
            (datetime.fromisoformat(slot["start"]), datetime.fromisoformat(slot["end"]))
            for slot in fetched()["Slot"]
            if slot["schedule"]["reference"] == f"Schedule/{number}"
        ]
        shown = free_slots(visit, today, today + timedelta(days=13))
        assert told == [(slot.starts_at, slot.ends_at) for slot in shown] != []
    local = fetched()["Slot"][0]["start"]
    assert local[-6:] in ("-06:00", "-05:00")  # the clock of the clinic


def test_a_slot_leads_to_the_week_in_which_it_can_be_taken(clinic, settings):
    settings.PUBLIC_URL = "https://clinic.example"
    slots = fetched()["Slot"]
    slot = next(s for s in slots if s["schedule"]["reference"].endswith(f"/{clinic.injection.pk}"))
    told = extensions(slot)
    link = urlsplit(told["booking-deep-link"]["valueUrl"])
    assert (link.netloc, link.path) == ("clinic.example", "/book/river/injection/")
    # only Dr Haddad does it, so the link names them
    assert parse_qs(link.query) == {"week": [slot["start"][:10]], "with": ["haddad"]}
    assert told["booking-phone"]["valueString"] == "+1 555 010 0100"
    page = Client().get(f"{link.path}?{link.query}").content.decode()
    start = datetime.fromisoformat(slot["start"]).astimezone(UTC)
    assert f'value="{start:%Y-%m-%dT%H:%M}Z/haddad"' in page


def test_capacity_is_how_many_could_book_it_one_after_the_other(clinic):
    """Two clinicians and two rooms: two, until one has gone; the injection takes Haddad: one."""
    room = Resource.objects.create(
        location=clinic.location, kind="room", slug="hall", name="Hall", capacity=3
    )
    hall = VisitType.objects.create(
        location=clinic.location, slug="class", name="Class", minutes=20, grid_minutes=20
    )
    Need.objects.create(visit_type=hall).any_of.set((clinic.haddad, clinic.osei))
    Need.objects.create(visit_type=hall).any_of.set((room,))

    def capacity(visit, hour=9):
        found = free_slots(visit, clinic.monday, clinic.monday)
        counted = dict(
            (slot.starts_at, n)
            for slot, n in places_in(found, requirements_of(visit), timezone.now())
        )
        return counted.get(clinic.at(hour), 0)

    for visit, expected in ((clinic.follow_up, 2), (clinic.injection, 1), (hall, 2)):
        assert capacity(visit) == expected
    for left in (1, 0):
        actions.hold(clinic.wanted(9, visit=hall), key=uuid4())
        assert capacity(hall) == left


def test_it_is_kept_for_a_minute_and_sent_once(clinic, held):
    address = "/smart-scheduling/slots/river.ndjson"
    first = get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    again = get(address, if_none_match=first["ETag"])
    assert again.status_code == 304 and not again.content
    for who in (clinic.haddad, clinic.osei):
        held(9, 0, who=who)
    assert get(address, if_none_match=first["ETag"]).status_code == 200
    assert Client().get("/smart-scheduling/$bulk-publish?_since=2026-01-01T00:00:00Z").json()


def test_what_is_closed_or_not_booked_online_is_not_told(clinic):
    VisitType.objects.filter(pk=clinic.injection.pk).update(is_online=False)
    assert len(fetched()["Schedule"]) == 2
    type(clinic.location).objects.update(is_active=False)
    assert fetched() == {"Location": [], "Schedule": [], "Slot": []}
    assert get("/smart-scheduling/slots/river.ndjson").status_code == 404


def test_it_is_about_nobody(clinic, booked, details):
    booked(9, 0)
    words = json.dumps(fetched())
    assert str(Appointment.objects.get().pk) not in words
    for private in (details.given_name, details.family_name, details.email, details.comment):
        assert private not in words


def test_it_takes_few_queries(clinic, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):  # eight a kind of visit, however many slots
        get("/smart-scheduling/slots/river.ndjson")


def test_an_answer_with_a_cookie_is_kept_by_no_shared_cache(clinic, signed_in):
    """The idle clock of somebody signed in moves the session's cookie along."""
    answer = signed_in(Role.FRONT_DESK).get("/smart-scheduling/slots/river.ndjson")
    assert "private" in answer["Cache-Control"] and "public" not in answer["Cache-Control"]
    assert "public" in Client().get("/smart-scheduling/slots/river.ndjson")["Cache-Control"]
