"""What each role sees of the same day: the desk everything, those who treat their own first."""

import re

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models.appointment import Status
from tests.clinic.booking.clinic_for_tests import make_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_if_today")]
TREATING = [Role.CLINICIAN, Role.PHYSICAL_THERAPIST]


@pytest.fixture
def page_of(signed_in, clinic, booked):
    """page_of(role) -> the day as that role sees it; Haddad is this user, and has one visit."""

    def make(role):
        client = signed_in(role)
        clinic.haddad.user = client.user
        clinic.haddad.save()
        for who in (clinic.haddad, clinic.osei):
            visit = booked(9, 0, who=who)
            actions.mark(visit, Status.ARRIVED, by=client.user)
        return client.get(reverse("desk:day"), {"on": clinic.monday}).text

    return make


def names_of_columns(page):
    return re.findall(r"<h2 id=\"who-\d+\"[^>]*><bdi>(.*?)</bdi>", page)


@pytest.mark.parametrize("role", TREATING)
def test_who_treats_sees_the_own_column_first_and_may_note_done_there_alone(page_of, role):
    page = page_of(role)
    assert names_of_columns(page) == ["Dr Noor Haddad", "Dr Ama Osei"]
    assert ">you</span>" in page
    assert page.count('value="fulfilled"') == 1
    for not_theirs in ('value="noshow"', "/move/", "/cancel/", "/desk/book/", "/desk/walk-in/",
                       "/patients/arrivals/"):  # fmt: skip
        assert not_theirs not in page


def test_the_administrator_sees_and_changes_nothing(page_of):
    page = page_of(Role.CLINIC_ADMIN)
    assert "Ana Invented" in page
    assert "/mark/" not in page and "/desk/book/" not in page and "/patients/" not in page


def test_the_desk_may_do_everything(page_of):
    page = page_of(Role.FRONT_DESK)
    assert page.count('value="fulfilled"') == 2 and "/desk/book/" in page


@pytest.mark.parametrize(
    ("role", "leads"),
    [(Role.FRONT_DESK, True), (Role.CLINICIAN, True), (Role.PHYSICAL_THERAPIST, True),
     (Role.CLINIC_ADMIN, True), (Role.AUDITOR, False), (Role.PATIENT, False)],
)  # fmt: skip
def test_the_first_page_leads_to_the_day_for_who_may_see_it(signed_in, clinic, role, leads):
    page = signed_in(role).get("/").text
    assert (reverse("desk:day") in page) == leads
    assert ("River Street Clinic" in page) == leads


def test_every_link_and_form_on_a_page_of_who_treats_opens_for_them(page_of, signed_in, clinic):
    page = page_of(Role.CLINICIAN)
    client = signed_in(user=clinic.haddad.user)
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', page)}
    refused = [
        link for link in links if "/static/" not in link and client.get(link).status_code == 403
    ]
    assert len(links) > 5 and refused == []


def test_without_a_choice_one_comes_to_the_clinic_where_one_works_and_else_to_the_first(
    signed_in, clinic
):
    sol = make_clinic(zone="Europe/Madrid", slug="sol")
    clinic.location.name = "A River"
    clinic.location.save()
    treating, desk = signed_in(Role.CLINICIAN), signed_in(Role.FRONT_DESK)
    sol.osei.user = treating.user
    sol.osei.save()
    shown = {client: client.get(reverse("desk:day")).context["location"] for client in
             (treating, desk)}  # fmt: skip
    assert shown == {treating: sol.location, desk: clinic.location}
    at_river = treating.get(reverse("desk:day"), {"at": "river"})
    assert at_river.context["location"] == clinic.location
    assert list(at_river.context["locations"]) == [clinic.location, sol.location]
    assert treating.get(reverse("desk:day"), {"at": "RIVER"}).status_code == 404


def test_what_nobody_may_see_in_a_row_is_not_in_it(signed_in, clinic, booked, settings):
    settings.CHARTS_BEHIND_GLASS = True
    booked(9, 0, who=clinic.osei)
    treating = signed_in(Role.CLINICIAN)
    clinic.haddad.user = treating.user
    clinic.haddad.save()
    booked(10, 0, who=clinic.haddad)
    page = treating.get(reverse("desk:day"), {"on": clinic.monday}).text
    assert page.count("a visit of another clinician") == 1
    assert page.count("my left hip") == 1 and page.count("<li>born ") == 1
