"""The week page where clocks change: every free time once, each told apart, each bookable."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking.models import Appointment, WeeklyHours
from hipspine.clinic.booking.slots import free_slots
from hipspine.clinic.booking.times_shown import clock
from hipspine.clinic.booking.week import week_of
from tests.clinic.booking.clinic_for_tests import make_clinic

pytestmark = pytest.mark.django_db
ZONES = [
    "America/Chicago", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Tokyo",
    "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland", "UTC",
]  # fmt: skip


def changes(zone):
    """Days of the next year on which the offset changes, by looking at every midnight."""
    today = timezone.now().astimezone(zone).date()
    midnights = [
        datetime.combine(today + timedelta(days=n), time(), zone).utcoffset() for n in range(366)
    ]
    return [today + timedelta(days=n) for n in range(3, 365) if midnights[n] != midnights[n + 1]]


@pytest.fixture(params=ZONES)
def sleepless(request):
    """A clinic that is open day and night, all week, and may be booked a year ahead."""
    made = make_clinic(request.param)
    WeeklyHours.objects.all().delete()
    for weekday in range(7):
        WeeklyHours.objects.create(
            resource=made.haddad, weekday=weekday, opens=time(0), closes=time(23, 55)
        )
    made.follow_up.horizon_days = 380
    made.follow_up.save()
    return made


def test_in_the_week_of_a_change_no_two_buttons_of_a_day_look_alike(sleepless):
    zone = sleepless.location.zone
    for day in changes(zone)[:2] or [sleepless.monday]:
        week = week_of(sleepless.follow_up, day, None)
        free = free_slots(sleepless.follow_up, week.monday, week.sunday)
        values = [slot.value for shown in week.days for slot in shown.slots]
        assert len(values) == len(set(values)) == len(free) > 0
        for shown in week.days:
            words = [slot.clock for slot in shown.slots]
            assert len(words) == len(set(words)), shown.words


def test_both_of_a_doubled_hour_are_booked_as_shown(sleepless):
    zone = sleepless.location.zone
    doubled = [
        button
        for day in changes(zone)
        for shown in week_of(sleepless.follow_up, day, None).days
        for button in shown.slots
        if len(button.clock.split()) > 2  # 1:20 AM CDT
    ]
    for button in doubled[:1] + doubled[-1:]:
        client = Client()
        answer = client.post(
            "/book/river/follow-up/", {"start": button.value, "key": uuid4()}, follow=True
        )
        held = Appointment.objects.latest("created_at")
        assert f"{held.starts_at:%Y-%m-%dT%H:%M}Z/" == button.value
        assert button.clock in answer.content.decode()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    instant=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_a_clock_tells_two_instants_of_a_day_apart(instant, zone):
    instant = instant.replace(second=0, microsecond=0)
    for later in (timedelta(minutes=30), timedelta(hours=1)):
        first, second = instant.astimezone(zone), (instant + later).astimezone(zone)
        if first.date() == second.date():
            assert clock(instant, zone) != clock(instant + later, zone)
