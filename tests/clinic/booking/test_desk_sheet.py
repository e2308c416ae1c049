"""The day sheet: everything a clinic needs to go on by paper, and nothing that needs a server."""

from dataclasses import replace

import pytest

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.day_sheet import day_sheet_html, day_sheet_pages

pytestmark = pytest.mark.django_db


def test_a_page_a_clinician_by_time(clinic, booked):
    late = booked(14, 0, who=clinic.haddad)
    early = booked(9, 0, who=clinic.haddad)
    other = booked(9, 0, who=clinic.osei)
    gone = booked(10, 0, who=clinic.osei)
    actions.cancel(gone)
    pages = day_sheet_pages(clinic.location, clinic.monday)
    assert [(p.name, [line.visit for line in p.lines]) for p in pages] == [
        ("Dr Ama Osei", [other]),
        ("Dr Noor Haddad", [early, late]),
    ]
    assert [line.time for line in pages[1].lines] == ["09:00–09:20", "14:00–14:20"]


def test_the_sheet_says_who_when_where_and_is_whole_without_a_server(clinic, booked):
    booked(9, 0, who=clinic.haddad)
    html = day_sheet_html(clinic.location, clinic.monday)
    for word in ("Ana Invented", "1980-02-29", "+1 555 010 0199", "Room 1", "my left hip",
                 "09:00–09:20", "America/Chicago", "River Street Clinic", "Follow-up"):  # fmt: skip
        assert word in html
    assert "<style>" in html and "<link" not in html and "<script" not in html


def test_what_people_typed_stays_text(clinic, held, details):
    actions.confirm(held(), replace(details, given_name="<script>alert(1)</script>"))
    assert "<script" not in day_sheet_html(clinic.location, clinic.monday)


def test_an_empty_day_is_a_sheet_too(clinic):
    assert "No visits" in day_sheet_html(clinic.location, clinic.monday)
