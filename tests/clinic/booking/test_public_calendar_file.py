"""The calendar file, read back by the library that other people's calendars are checked with."""

from datetime import date

import pytest
from icalendar import Calendar

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.calendar_file import ics_of
from hipspine.clinic.booking.models import Appointment

pytestmark = pytest.mark.django_db


def event_of(appointment):
    calendar = Calendar.from_ical(ics_of(Appointment.objects.get(pk=appointment.pk)))
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    return event


def test_it_says_when_and_where(clinic, booked):
    visit = booked(9, 0)
    event = event_of(visit)
    assert event.start == clinic.at(9) and event.end == clinic.at(9, 20)
    assert event["SUMMARY"] == "Visit at River Street Clinic"
    assert event["LOCATION"] == "River Street Clinic, 1 River Street, Springfield, IL 62701"
    assert event["UID"].startswith(f"{visit.pk}@") and event["STATUS"] == "CONFIRMED"


def test_it_tells_nothing_that_a_shared_calendar_should_not_show(clinic, booked):
    from hipspine.clinic.booking.links import token_of

    visit = booked(9, 0, visit=clinic.injection)
    text = ics_of(visit).decode()
    for secret in ("Injection", "Ana", "hip", "Haddad", token_of(visit)):
        assert secret not in text.replace("hipspine", "").replace("\r\n ", "")


def test_a_move_and_a_cancellation_replace_what_the_calendar_has(clinic, booked):
    visit = booked(9, 0)
    first = event_of(visit)
    moved = event_of(actions.reschedule(visit, clinic.wanted(14), version=visit.version))
    assert moved["UID"] == first["UID"] and moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved.start == clinic.at(14)
    gone = event_of(actions.cancel(visit))
    assert gone["STATUS"] == "CANCELLED" and gone["SEQUENCE"] > moved["SEQUENCE"]
    assert gone["UID"] == first["UID"]


def test_an_hour_that_comes_twice_is_told_apart(clinic, booked):
    from datetime import UTC, datetime

    visit = booked(9, 0)
    for hour in (6, 7):  # 01:30 in Chicago, before and after the clock went back in 2026
        visit.starts_at = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
        visit.ends_at = datetime(2026, 11, 1, hour, 50, tzinfo=UTC)
        assert visit.starts_at.astimezone(clinic.location.zone).hour == 1
        assert visit.starts_at.astimezone(clinic.location.zone).date() == date(2026, 11, 1)
        start = Calendar.from_ical(ics_of(visit)).walk("VEVENT")[0].start
        assert start == visit.starts_at


def test_it_speaks_the_language_of_the_booking(booked):
    visit = booked()
    visit.language = "es"
    assert "SUMMARY:Cita en River Street Clinic" in ics_of(visit).decode()


def test_names_with_commas_and_long_ones_are_escaped_and_folded(clinic, booked):
    clinic.location.name = "Rücken, Hüfte; Bein\nsecond line 🦴" + "x" * 150
    clinic.location.save()
    visit = Appointment.objects.select_related("location").get(pk=booked().pk)
    raw = ics_of(visit)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    event = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert event["SUMMARY"] == f"Visit at {clinic.location.name}"
