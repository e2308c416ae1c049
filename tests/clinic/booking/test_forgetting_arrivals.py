"""To be forgotten reaches what the same person typed at booking and nobody has confirmed yet.

Sure is: the same name, birth date, and e-mail or telephone. What is only possible is shown to the
administrator and stays: to forget a stranger's visit would be worse.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import WaitingListEntry
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.chart import actions as chart_actions
from hipspine.clinic.chart.matching import arrivals_like
from hipspine.clinic.chart.models import UnconfirmedPerson
from tests.clinic.booking.test_forgetting import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(make_user):
    return make_user(Role.FRONT_DESK)


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.CLINIC_ADMIN)


@pytest.fixture
def ana(desk, details):
    """Her chart: as she types herself, but for capitals and accents."""
    return chart_actions.create_patient(
        by=desk, given_name="ANA", family_name="Invénted", birth_date=details.birth_date,
        email="Ana@Invented.example", phone="(555) 010-0199",
    )  # fmt: skip


def forget(chart, admin):
    wish = chart_actions.request_erasure(chart, by=admin.user)
    chart_actions.decide_erasure(wish, granted=True, reason="asked", by=admin.user)


def test_her_unconfirmed_visit_and_wish_go_with_the_chart(clinic, booked, details, ana, admin):
    visit = booked(9)
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(14))
    entry = actions.join(wish, details, key=uuid4())
    forget(ana, admin)
    left = everything()
    assert not [w for w in ("my left hip", "Inv", "ana@", "010 0199", "1980-02-29") if w in left]
    visit.refresh_from_db()
    entry.refresh_from_db()
    assert (visit.status, entry.status) == (Status.CANCELLED, WaitingStatus.WITHDRAWN)
    said = AuditEvent.objects.filter(action="identity.confirmed", patient=ana.pseudonym)
    assert [event.detail for event in said] == [{"how": "erasure"}] * 2


#: What was typed: is it she for sure, perhaps, or no question at all?
TYPED = [
    ({}, "sure"),
    ({"email": ""}, "sure"),  # the number is hers
    ({"phone": "", "email": "ANA@invented.example"}, "sure"),
    ({"email": "", "phone": ""}, "possible"),  # a namesake born on the same day
    ({"birth_date": date(1980, 2, 28)}, "possible"),  # a slip, or her sister at the same address
    ({"given_name": "Eva", "email": ""}, "possible"),  # a twin, with the family's number
    ({"birth_date": None}, "possible"),
    ({"given_name": "Eva", "email": "", "phone": ""}, "no"),  # born on the same day
    ({"birth_date": date(1990, 1, 1), "email": "", "phone": ""}, "no"),  # a namesake
]


@pytest.mark.parametrize(("typed", "verdict"), TYPED)
def test_only_what_is_sure_is_forgotten(held, details, ana, admin, typed, verdict):
    visit = actions.confirm(held(9), replace(details, **typed))
    said = {True: "sure", False: "possible"}
    found = [said[a.is_sure] for a in arrivals_like([ana], UnconfirmedPerson.objects.all())]
    assert found == ([] if verdict == "no" else [verdict])
    forget(ana, admin)
    visit.refresh_from_db()
    assert (visit.person.family_name == "") == (verdict == "sure")
    assert (visit.status == Status.CANCELLED) == (verdict == "sure")


def test_the_administrator_reads_who_it_may_be_before_deciding(held, details, ana, admin):
    actions.confirm(held(9), details)
    actions.confirm(held(10), replace(details, given_name="Eva"))
    chart_actions.request_erasure(ana, by=admin.user)
    page = admin.get(reverse("chart:erasures")).text
    assert page.count("forgotten too") == 1 and page.count("perhaps the same person") == 1
    assert "<bdi>Eva Invented</bdi>" in page and "front desk confirm it" in page
    assert AuditEvent.objects.get(action="identity.list_read").detail == {"shown": 2}
    admin.post("/me/", {"language": "es"})
    assert "se olvida también" in admin.get(reverse("chart:erasures")).text


def test_a_chart_merged_into_hers_counts_too(held, details, ana, desk, admin):
    """The address of the visit stands only in the chart that was merged away."""
    old = chart_actions.create_patient(
        by=desk, given_name="Ana", family_name="Invented", birth_date=details.birth_date,
        email="old@invented.example",
    )  # fmt: skip
    chart_actions.merge_patients(ana, old, reason="typed twice", by=desk)
    visit = actions.confirm(held(9), replace(details, email="old@invented.example", phone=""))
    forget(ana, admin)
    visit.refresh_from_db()
    assert visit.status == Status.CANCELLED and visit.chart == ana


def test_who_is_confirmed_as_somebody_else_is_not_hers(booked, ana, desk, admin):
    visit = booked(9)
    chart_actions.confirm_as_new(visit.person, by=desk)
    forget(ana, admin)
    visit.refresh_from_db()
    assert visit.status == Status.BOOKED and visit.person.family_name == "Invented"
    assert not WaitingListEntry.objects.exists()
