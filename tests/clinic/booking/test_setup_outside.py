"""Visits outside the hours against a naive twin that asks minute by minute."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking.models import (
    Appointment,
    Holiday,
    HoursException,
    Resource,
    WeeklyHours,
)
from hipspine.clinic.booking.outside import visits_outside
from hipspine.clinic.booking.wall_clock import TICK
from hipspine.clinic.chart.actions import note_arrival

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HOURS = st.tuples(st.integers(7, 12), st.integers(13, 18))


def is_there(resource: Resource, minute) -> bool:
    """At that minute, by the rules in words; Chicago's clock does not change in that week."""
    local = minute.astimezone(resource.location.zone)
    day, wall = local.date(), local.time()
    if not resource.is_active or Holiday.objects.filter(day=day).exists():
        return False
    there = [
        h.opens <= wall < h.closes for h in resource.weekly_hours.filter(weekday=day.weekday())
    ]
    differs = list(resource.exceptions.filter(day=day))
    there += [e.opens <= wall < e.closes for e in differs if e.is_open]
    away = [e.opens is None or e.opens <= wall < e.closes for e in differs if not e.is_open]
    return any(there) and not any(away)


@given(
    starts=st.lists(st.tuples(st.integers(0, 4), st.integers(84, 220)), min_size=1, max_size=6),
    weekly=st.lists(st.tuples(st.integers(0, 4), HOURS), max_size=4),
    away=st.lists(st.tuples(st.integers(0, 4), HOURS | st.none(), st.booleans()), max_size=4),
    holiday=st.none() | st.integers(0, 4),
    active=st.booleans(),
)
@BOUNDED
def test_the_same_as_minute_by_minute(clinic, starts, weekly, away, holiday, active):
    who, monday = clinic.haddad, clinic.monday
    for model in (WeeklyHours, HoursException, Holiday, Appointment):
        model.objects.all().delete()
    Resource.objects.filter(pk=who.pk).update(is_active=active)
    who.refresh_from_db()
    for weekday, (first, last) in weekly:
        WeeklyHours.objects.create(
            resource=who, weekday=weekday, opens=time(first), closes=time(last)
        )
    for day, hours, is_open in away:
        opens, closes = (time(hours[0]), time(hours[1])) if hours else (None, None)
        HoursException.objects.create(
            resource=who, day=monday + timedelta(day), opens=opens, closes=closes,
            is_open=is_open and hours is not None,
        )  # fmt: skip
    if holiday is not None:
        day = monday + timedelta(holiday)
        Holiday.objects.create(location=clinic.location, day=day, name="x")
    person = note_arrival(given_name="Ana", family_name="Invented")
    expected = []
    for day, tick in sorted(starts):
        begin = clinic.at(0, day=monday + timedelta(day)) + tick * TICK
        visit = Appointment.objects.create(
            location=clinic.location, visit_type=clinic.follow_up, status="booked", person=person,
            starts_at=begin, ends_at=begin + 4 * TICK,
        )  # fmt: skip
        visit.resources.set([who])
        if not all(is_there(who, begin + timedelta(minutes=m)) for m in range(20)):
            expected.append(visit.pk)
    assert sorted(visits_outside(clinic.location)) == sorted(expected)
    assert visits_outside(clinic.location, [clinic.osei]) == []
    assert sorted(visits_outside(clinic.location, [who])) == sorted(expected)


def test_however_many_visits_it_is_five_queries(clinic, booked, django_assert_num_queries):
    for hour in (9, 10, 11):
        booked(hour, who=clinic.haddad)
    with django_assert_num_queries(5):
        assert visits_outside(clinic.location) == []
