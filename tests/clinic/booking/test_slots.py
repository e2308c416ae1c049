"""Free slots against a twin that looks at every minute; what is shown can be had, the rest not."""

from contextlib import contextmanager
from datetime import date, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import (
    Appointment,
    Holiday,
    HoursException,
    Location,
    Need,
    Resource,
    VisitType,
    WeeklyHours,
)
from hipspine.clinic.booking.slots import free_slots, nearest_slots
from hipspine.clinic.booking.wall_clock import TICK, day_bounds
from tests.clinic.booking.naive_slots import naive_slots

pytestmark = pytest.mark.django_db
ZONES = (
    "America/Chicago", "America/Havana", "America/St_Johns", "Asia/Kathmandu", "Asia/Beirut",
    "Australia/Lord_Howe", "Europe/Madrid", "Pacific/Apia", "Pacific/Chatham", "UTC",
)  # fmt: skip
DAYS = 2
WALLS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 5, 15, 30, 37, 55)))


@contextmanager
def undone():
    """Everything written inside is taken back."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    pass


def change_of_clock(name: str) -> date:
    """The next day (from three days on) on which this zone changes its clock, or such a day."""
    zone = ZoneInfo(name)
    first = timezone.now().date() + timedelta(days=3)
    for n in range(360):
        begin, end = day_bounds(first + timedelta(days=n), zone)
        if end - begin != timedelta(days=1):
            return first + timedelta(days=n)
    return first


@st.composite
def stretches(draw):
    return sorted(draw(st.lists(WALLS, min_size=2, max_size=2, unique=True)))


@st.composite
def clinics(draw):
    """(visit type, first day): a clinic in the database with random rules around a clock change."""
    zone = draw(st.sampled_from(ZONES))
    first = change_of_clock(zone) - timedelta(days=draw(st.integers(0, 1)))
    location = Location.objects.create(
        slug="twin", name="Twin", phone="+1 555 010 0100", time_zone=zone
    )
    kinds = ("practitioner", "practitioner", "practitioner", "room", "room", "equipment")
    pool = []
    for n, kind in enumerate(draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=4))):
        resource = Resource.objects.create(
            location=location, kind=kind, slug=f"r{n}", name=f"{kind} {n}",
            capacity=draw(st.sampled_from((1, 1, 1, 2))),
            is_active=draw(st.sampled_from((True, True, True, True, False))),
        )  # fmt: skip
        pool.append(resource)
        always = kind != "practitioner" and draw(st.booleans())
        for _ in range(0 if always else draw(st.integers(1, 3))):
            opens, closes = draw(stretches())
            limits = draw(st.sampled_from((None, None, first, first + timedelta(days=1))))
            WeeklyHours.objects.create(
                resource=resource, opens=opens, closes=closes, valid_from=limits,
                weekday=(first.weekday() + draw(st.integers(0, DAYS - 1))) % 7,
            )  # fmt: skip
        for _ in range(draw(st.integers(0, 2))):
            day, whole = first + timedelta(days=draw(st.integers(0, 1))), draw(st.booleans())
            opens, closes = draw(stretches())
            HoursException.objects.create(
                resource=resource, day=day, is_open=not whole and draw(st.booleans()),
                opens=None if whole else opens, closes=None if whole else closes,
            )  # fmt: skip
    if draw(st.integers(0, 5)) == 0:
        Holiday.objects.create(location=location, day=first, name="Closed")
    visit = VisitType.objects.create(
        location=location, slug="visit", name="Visit", horizon_days=400,
        minutes=5 * draw(st.integers(1, 12)), grid_minutes=draw(st.sampled_from((5, 15, 20, 50))),
        notice_minutes=draw(st.sampled_from((0, 120, 5 * 24 * 60))),
    )  # fmt: skip
    for _ in range(draw(st.integers(1, 3))):
        some = draw(st.lists(st.sampled_from(pool), min_size=1, unique_by=lambda r: r.pk))
        Need.objects.create(visit_type=visit).any_of.set(some)
    return visit, first


@st.composite
def bookings(draw, visit, first):
    """Holds, live and expired, bookings and overbookings at random starts of the first day."""
    begin, _ = day_bounds(first, visit.location.zone)
    for _ in range(draw(st.integers(0, 5))):
        start = begin + draw(st.integers(0, 24 * 12 - 1)) * TICK
        terms = actions.overbooking("twin") if draw(st.booleans()) else actions.STAFF
        wanted = actions.Wanted(visit, start)
        try:
            row = actions.confirm(
                actions.online.new_appointment(wanted, key=uuid4(), expires_at=timezone.now()),
                actions.Details(given_name="T", family_name="Twin"), instead=wanted, terms=terms,
            )  # fmt: skip
        except actions.SlotTaken:
            continue
        kind = draw(st.sampled_from(("booked", "hold", "expired", "cancelled")))
        if kind == "cancelled":
            actions.cancel(row)
        elif kind != "booked":
            away = timedelta(minutes=-1 if kind == "expired" else 10)
            Appointment.objects.filter(pk=row.pk).update(
                status="pending", expires_at=timezone.now() + away
            )


TWIN = settings(
    max_examples=80, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


@TWIN
@given(data=st.data())
def test_the_twin_that_looks_at_every_minute_finds_the_same(data):
    with undone():
        visit, first = data.draw(clinics())
        data.draw(bookings(visit, first))
        now, last = timezone.now(), first + timedelta(days=DAYS - 1)
        people = list(Resource.objects.filter(kind="practitioner"))
        who = data.draw(st.sampled_from([None, *people]))
        staff = data.draw(st.booleans())
        found = free_slots(visit, first, last, who, now=now, for_staff=staff)
        assert [
            (slot.starts_at, {r.pk for r in slot.practitioners}) for slot in found
        ] == naive_slots(visit, first, last, who, now=now, for_staff=staff)


@TWIN
@given(data=st.data())
def test_what_is_shown_can_be_had_and_nothing_else(data):
    with undone():
        visit, first = data.draw(clinics())
        data.draw(bookings(visit, first))
        shown = {slot.starts_at: slot for slot in free_slots(visit, first, first)}
        begin, end = day_bounds(first, visit.location.zone)
        every = [begin + n * TICK for n in range((end - begin) // TICK)]
        tried = data.draw(st.lists(st.sampled_from(every), max_size=6))
        for start in [*tried, *list(shown)[:2], *list(shown)[-1:]]:
            for who in (None, *Resource.objects.filter(kind="practitioner")):
                slot = shown.get(start)
                offered = slot is not None and (who is None or who in slot.practitioners)
                with undone():
                    assert _had(visit, start, who) == offered, (start, who)


def _had(visit, start, who):
    try:
        held = actions.hold(actions.Wanted(visit, start, who), key=uuid4())
    except actions.SlotTaken:
        return False
    assert who is None or who in held.resources.all()
    return True


@TWIN
@given(data=st.data())
def test_alternatives_are_the_three_nearest(data):
    with undone():
        visit, first = data.draw(clinics())
        begin, _ = day_bounds(first, visit.location.zone)
        wished = begin + data.draw(st.integers(0, 24 * 12 - 1)) * TICK
        around = timedelta(days=31)
        every = [slot.starts_at for slot in free_slots(visit, first - around, first + around)]
        assume(every)
        near = sorted(every, key=lambda start: (abs(start - wished), start))[:3]
        assert [slot.starts_at for slot in nearest_slots(visit, wished)] == sorted(near)


def test_with_a_chosen_clinician_nobody_else_is_alternative_unless_they_have_nothing(clinic):
    wished = clinic.at(9)
    near = nearest_slots(clinic.follow_up, wished, clinic.osei)
    assert len(near) == 3 and all(slot.practitioners == (clinic.osei,) for slot in near)
    WeeklyHours.objects.filter(resource=clinic.osei).delete()
    near = nearest_slots(clinic.follow_up, wished, clinic.osei)
    assert len(near) == 3 and all(slot.practitioners == (clinic.haddad,) for slot in near)


def test_a_visit_that_takes_two_clinicians_can_be_had_with_either_of_them(clinic):
    """Each need names both; whom one asks for is one of the two, the other comes along."""
    both = VisitType.objects.create(
        location=clinic.location, slug="both", name="Both", minutes=20, grid_minutes=20
    )
    for _ in range(2):
        Need.objects.create(visit_type=both).any_of.set((clinic.haddad, clinic.osei))
    for who in (clinic.haddad, clinic.osei):
        slots = free_slots(both, clinic.monday, clinic.monday, who)
        assert slots[0].starts_at == clinic.at(9) and slots[0].practitioners == (who,)
    held = actions.hold(clinic.wanted(9, visit=both, who=clinic.osei), key=uuid4())
    assert set(held.resources.all()) == {clinic.haddad, clinic.osei}
