"""Where charts stand behind glass, so do the visits of other clinicians at the desk."""

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import Resource
from hipspine.clinic.chart.actions import break_glass, confirm_as_new

pytestmark = pytest.mark.django_db
PAGES = ("desk:visit", "desk:day", "desk:sheet")


@pytest.fixture
def therapist(signed_in, settings):
    settings.CHARTS_BEHIND_GLASS = True
    return signed_in(Role.PHYSICAL_THERAPIST)


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


def shown(client, visit, name):
    here = reverse(name, args=[visit.pk] if name == "desk:visit" else [])
    return client.get(here, {"on": visit.starts_at.date().isoformat()}).text


@pytest.mark.parametrize("name", PAGES)
def test_what_a_visit_of_another_is_about_stays_hidden(therapist, desk, booked, name):
    visit = booked(9)
    page = shown(therapist, visit, name)
    assert visit.whose.family_name in page  # who comes is known to all who work that day
    hidden = (visit.comment, visit.whose.phone, f"{visit.whose.birth_date}")
    assert all(hidden) and not any(words in page for words in hidden)
    assert all(words in shown(desk, visit, name) for words in hidden)


@pytest.mark.parametrize("name", PAGES)
def test_ones_own_visit_is_open(therapist, booked, name):
    visit = booked(9)
    Resource.objects.filter(pk=visit.practitioner.pk).update(user=therapist.user)
    assert visit.comment in shown(therapist, visit, name)


def test_a_chart_that_was_opened_with_a_reason_opens_its_visits(therapist, desk, booked):
    visit = booked(9)
    chart = confirm_as_new(visit.person, by=desk.user)
    assert visit.comment not in shown(therapist, visit, "desk:visit")
    break_glass(chart, reason="Covering for a colleague who is ill today", by=therapist.user)
    assert visit.comment in shown(therapist, visit, "desk:visit")


def test_why_it_was_cancelled_is_read_in_spanish_and_hidden_too(therapist, desk, booked):
    visit = booked(9)
    actions.cancel(visit, version=visit.version, reason="by the patient, online")
    here = reverse("desk:visit", args=[visit.pk])
    spanish = desk.get(here, headers={"accept-language": "es"}).text
    assert "por el paciente, en línea" in spanish
    assert "by the patient, online" not in therapist.get(here).text
