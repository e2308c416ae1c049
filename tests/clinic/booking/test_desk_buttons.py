"""A button that would be refused is not shown; a notice names nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.actions import mark
from hipspine.clinic.booking.models.appointment import Status
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db
BUTTONS = ("arrived", "noshow", "fulfilled")


def buttons(desk, visit):
    page = desk.get(reverse("desk:visit", args=[visit.pk])).text
    return [name for name in BUTTONS if f'name="status" value="{name}"' in page]


@pytest.mark.parametrize(
    ("before", "there"),
    [
        (timedelta(days=7), []),
        (timedelta(hours=2), ["arrived"]),
        (timedelta(minutes=-5), ["arrived", "noshow"]),
    ],
)
def test_arrived_on_the_day_and_did_not_come_once_it_began(
    make_user, client, booked, before, there
):
    visit = booked(9)
    with the_time_is(visit.starts_at - before):
        desk = signed(client, make_user)
        assert buttons(desk, visit) == there


def test_a_notice_says_the_time_and_no_name(make_user, client, booked):
    visit = booked(9)
    with the_time_is(visit.starts_at):
        desk = signed(client, make_user)
        sent = {"status": "arrived", "version": visit.version}
        desk.post(reverse("desk:mark", args=[visit.pk]), sent)
        notice = desk.get("/").text
        assert "09:00–09:20: " in notice and visit.whose.family_name not in notice
        assert mark(visit, Status.FULFILLED, by=None).status == Status.FULFILLED


def signed(client, make_user):
    client.force_login(make_user(Role.FRONT_DESK))
    return client
