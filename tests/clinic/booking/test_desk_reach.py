"""The desk sees the number that reaches someone: that of the chart, and the one they typed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.chart.actions import confirm_by_desk, create_patient

pytestmark = pytest.mark.django_db

IN_CHART, TYPED = "+1 555 010 0101", "+1 555 010 0199"  # the second is that of `details`


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


def known(person, desk, phone):
    """The desk says that this person has a chart, with this number in it."""
    chart = create_patient(by=desk.user, given_name="Ana", family_name="Invented", phone=phone)
    confirm_by_desk(person, chart, by=desk.user)


def pages(desk, clinic):
    """The day and the waiting list, as the desk sees them."""
    day = desk.get(reverse("desk:day"), {"on": clinic.monday}).text
    return day, desk.get(reverse("desk:waiting")).text


@pytest.fixture
def someone(clinic, details, booked):
    """Booked, and waits; both without account."""
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(14))
    return booked(9).person, actions.join(wish, details, key=uuid4()).person


@pytest.mark.parametrize(("in_chart", "shown"), [
    ("", {TYPED}),  # a chart without a number: what was typed is the only one
    (IN_CHART, {IN_CHART, TYPED}),  # two numbers: either may be the one that is answered
    ("(555) 010-0199", {"(555) 010-0199"}),  # one number, written in two ways, is shown once
])  # fmt: skip
def test_every_number_that_may_reach_someone_is_shown(desk, clinic, someone, in_chart, shown):
    for person in someone:
        known(person, desk, in_chart)
    for page in pages(desk, clinic):
        assert {n for n in (IN_CHART, TYPED, "(555) 010-0199") if n in page} == shown


def test_the_page_of_cancelling_names_the_address_the_message_goes_to(desk, booked):
    """The chart has no address, so it goes to the typed one; the page said there was none."""
    visit = booked(9)
    known(visit.person, desk, "")
    page = desk.get(reverse("desk:cancel", args=[visit.pk])).text
    assert "ana@invented.example gets a message" in page


def test_who_gave_no_number_has_none(held, details):
    visit = actions.confirm(held(9), replace(details, phone=""))
    assert visit.phones == []
