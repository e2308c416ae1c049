"""One clinic in Chicago: two clinicians, two rooms, a fluoroscope, three kinds of visit.

Both clinicians: Monday to Friday, 09:00 to 12:00 and 13:00 to 17:00, wall clock.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions import changing
from hipspine.clinic.booking.models import (
    Location,
    Need,
    Resource,
    VisitType,
    WeeklyHours,
)

__all__ = ["as_if_today", "booked", "clinic", "details", "held"]


@dataclass
class SmallClinic:
    """What a test needs to name."""

    location: Location
    haddad: Resource
    osei: Resource
    rooms: tuple[Resource, Resource]
    fluoroscope: Resource
    first_visit: VisitType  # 40 min, a clinician and a room
    follow_up: VisitType  # 20 min, a clinician and a room
    injection: VisitType  # 30 min, Haddad, a room and the fluoroscope

    @property
    def monday(self) -> date:
        """A Monday at least a week away: online notice is no matter."""
        today = timezone.now().astimezone(self.location.zone).date()
        return today + timedelta(days=14 - today.weekday())

    def at(self, hour: int, minute: int = 0, day: date | None = None) -> datetime:
        """That wall-clock time, on that Monday unless a day is given, as a UTC instant."""
        local = datetime.combine(day or self.monday, time(hour, minute), self.location.zone)
        return local.astimezone(UTC)

    def wanted(self, hour=9, minute=0, *, visit=None, who=None, day=None) -> actions.Wanted:
        return actions.Wanted(visit or self.follow_up, self.at(hour, minute, day), who)


@contextmanager
def the_time_is(instant: datetime):
    """For everything that asks Django what time it is."""
    with patch("django.utils.timezone.now", return_value=instant):
        yield


def make_clinic(zone: str = "America/Chicago", slug: str = "river") -> SmallClinic:
    """In the database; also used by processes of the race test."""
    location = Location.objects.create(
        slug=slug, name="River Street Clinic", address_line="1 River Street", city="Springfield",
        state="IL", postal_code="62701", phone="+1 555 010 0100", time_zone=zone,
    )  # fmt: skip
    assert location.zone == ZoneInfo(zone)

    def resource(kind, slug, name):
        return Resource.objects.create(location=location, kind=kind, slug=slug, name=name)

    haddad = resource("practitioner", "haddad", "Dr Noor Haddad")
    osei = resource("practitioner", "osei", "Dr Ama Osei")
    rooms = resource("room", "room-1", "Room 1"), resource("room", "room-2", "Room 2")
    fluoroscope = resource("equipment", "fluoroscope", "Fluoroscope")
    for who in (haddad, osei):
        for weekday in range(5):
            for opens, closes in ((time(9), time(12)), (time(13), time(17))):
                WeeklyHours.objects.create(
                    resource=who, weekday=weekday, opens=opens, closes=closes
                )

    def visit(slug, name, minutes, grid, *needs):
        made = VisitType.objects.create(
            location=location, slug=slug, name=name, minutes=minutes, grid_minutes=grid
        )
        for any_of in needs:
            Need.objects.create(visit_type=made).any_of.set(any_of)
        return made

    return SmallClinic(
        location, haddad, osei, rooms, fluoroscope,
        first_visit=visit("first-visit", "First visit", 40, 20, (haddad, osei), rooms),
        follow_up=visit("follow-up", "Follow-up", 20, 20, (haddad, osei), rooms),
        injection=visit("injection", "Injection", 30, 30, (haddad,), rooms, (fluoroscope,)),
    )  # fmt: skip


@pytest.fixture
def clinic(db) -> SmallClinic:
    return make_clinic()


@pytest.fixture
def as_if_today(monkeypatch):
    """The Monday to come is looked at as if it were today: visits may be noted as arrived or done.

    That they may not be before their day has a test of its own, in test_taking.
    """
    began = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(changing, "_earliest", lambda appointment, status: began)


@pytest.fixture
def details() -> actions.Details:
    """Someone who writes to us; plainly invented."""
    return actions.Details(
        given_name="Ana", family_name="Invented", birth_date=date(1980, 2, 29),
        email="ana@invented.example", phone="+1 555 010 0199", comment="my left hip",
        reminders=True,
    )  # fmt: skip


@pytest.fixture
def held(clinic):
    """held(hour, minute, visit=..., who=..., day=...) -> a hold."""

    def make(hour=9, minute=0, **more):
        return actions.hold(clinic.wanted(hour, minute, **more), key=uuid4())

    return make


@pytest.fixture
def booked(held, details):
    """booked(hour, minute, ...) -> a confirmed appointment of `details`."""

    def make(*args, **more):
        return actions.confirm(held(*args, **more), details)

    return make
