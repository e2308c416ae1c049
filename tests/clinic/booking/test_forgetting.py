"""Erasure, export and merging reach bookings; what nobody claims is not kept for ever."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import Appointment, BookingTick
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import upcoming_of_patient
from hipspine.clinic.chart import actions as chart_actions
from hipspine.clinic.chart.access import treats
from hipspine.clinic.chart.export import export_of
from hipspine.clinic.chart.models import UnconfirmedPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(booked, make_user):
    """A booking typed online, confirmed by the desk as a new chart."""
    desk = make_user(Role.FRONT_DESK)
    visit = booked()
    chart = chart_actions.confirm_as_new(visit.person, by=desk)
    return chart, visit, desk


def test_once_confirmed_the_visit_is_in_the_chart(ana):
    chart, visit, _ = ana
    assert list(upcoming_of_patient(chart.pk)) == [visit]
    exported = export_of(chart)["appointments"]
    assert exported[0]["comment"] == "my left hip" and exported[0]["status"] == "booked"


def test_who_has_an_appointment_with_me_is_my_patient(clinic, booked, ana, make_user):
    chart, *_ = ana
    clinician = make_user(Role.CLINICIAN)
    assert not treats(clinician, chart.pk)
    visit = booked(11, 0, who=clinic.osei)
    visit.patient = chart
    visit.save()
    clinic.osei.user = clinician
    clinic.osei.save()
    assert treats(clinician, chart.pk)


def test_a_merge_brings_the_visits_along(ana, make_user):
    chart, visit, desk = ana
    other = chart_actions.create_patient(
        by=desk, given_name="Ana", family_name="Invented", birth_date=chart.birth_date
    )
    chart_actions.merge_patients(other, chart, reason="typed twice", by=desk)
    visit.refresh_from_db()
    assert visit.chart == other and list(upcoming_of_patient(other.pk)) == [visit]


def everything():
    rows = [row for model in apps.get_models() for row in model._base_manager.all()]
    return serializers.serialize("json", rows)


def test_the_forgotten_leave_no_word_and_take_no_time(ana, make_user):
    chart, visit, _ = ana
    admin = make_user(Role.CLINIC_ADMIN)
    wish = chart_actions.request_erasure(chart, by=admin)
    assert "my left hip" in everything() and "ana@invented" in everything()
    chart_actions.decide_erasure(wish, granted=True, reason="asked", by=admin)
    left = everything()
    assert not [word for word in ("my left hip", "Invented", "ana@invented") if word in left]
    visit.refresh_from_db()
    assert visit.status == Status.CANCELLED and not BookingTick.objects.exists()


def test_what_nobody_claims_is_forgotten_after_half_a_year(booked, held):
    visit = booked()
    assert actions.forget_what_is_old() == 0
    long_ago = timezone.now() - timedelta(days=181)
    Appointment.objects.filter(pk=visit.pk).update(starts_at=long_ago - timedelta(hours=1),
                                                   ends_at=long_ago)  # fmt: skip
    assert actions.forget_what_is_old() == 0  # typed only just now
    UnconfirmedPerson.objects.update(created_at=long_ago)
    assert actions.forget_what_is_old() == 1
    assert UnconfirmedPerson.objects.get().family_name == ""
    assert Appointment.objects.get().comment == ""


def test_old_holds_are_deleted_and_new_ones_kept(held):
    old, new = held(9, 0), held(10, 0)
    Appointment.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=2))
    actions.forget_what_is_old()
    assert list(Appointment.objects.all()) == [new]
