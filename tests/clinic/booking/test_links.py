"""Signed links: only the very one that was sent opens, only what it is for, and not for ever."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.links import (
    SALT_APPOINTMENT,
    appointment_of,
    token_of,
    waiting_of,
    waiting_token_of,
)
from hipspine.clinic.booking.models import Appointment, WaitingListEntry

pytestmark = pytest.mark.django_db
MANY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SIGNS = st.characters(codec="utf-8")


@pytest.fixture
def entry(clinic, details):
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    return actions.join(wish, details, key=uuid4())


def test_it_opens_its_visit_and_tells_nothing(booked, details):
    visit = booked()
    token = token_of(visit)
    assert appointment_of(token) == visit
    assert re.fullmatch(r"[-\w:]+", token, re.ASCII)
    for private in (details.given_name, details.family_name, str(visit.person_id)):
        assert private not in token


def test_it_opens_nothing_else(booked, entry):
    """Neither a visit by the link of a wish, nor the other way round, nor a made-up visit."""
    assert appointment_of(waiting_token_of(entry)) is None
    assert waiting_of(token_of(booked())) is None
    assert waiting_of(waiting_token_of(entry)) == entry
    assert appointment_of(token_of(Appointment(pk=uuid4()))) is None


@MANY
@given(data=st.data())
def test_one_sign_changed_added_or_missing_opens_nothing(data, booked):
    if not Appointment.objects.exists():
        booked()
    token = token_of(Appointment.objects.get())
    place = data.draw(st.integers(0, len(token) - 1))
    put = data.draw(st.one_of(st.just(""), SIGNS, st.text(SIGNS, max_size=80)))
    keep = data.draw(st.booleans())
    forged = token[:place] + put + token[place + (not keep) :]
    if forged != token:
        assert appointment_of(forged) is None


@pytest.mark.parametrize("token", ["", ":", "x", "\x00", "0" * 32, ":" * 400, "é:é", "\ud800:x"])
def test_what_is_no_link_opens_nothing(db, token):
    assert appointment_of(token) is None and waiting_of(token) is None


def test_the_signature_of_something_else_or_of_another_clinic_opens_nothing(booked):
    visit = booked()
    for signer in (
        signing.Signer(),
        signing.Signer(salt="hipspine.other"),
        signing.Signer(key="another secret", salt=SALT_APPOINTMENT),
    ):
        assert appointment_of(signer.sign(visit.pk.hex)) is None
    # signed rightly, but no id
    assert appointment_of(signing.Signer(salt=SALT_APPOINTMENT).sign("1")) is None


@pytest.mark.parametrize(("hours", "opens"), [(-1, True), (0, True), (23, True), (25, False)])
def test_it_dies_a_day_after_the_visit(booked, hours, opens):
    visit = booked()
    ended = timezone.now() - timedelta(hours=hours)
    Appointment.objects.filter(pk=visit.pk).update(
        starts_at=ended - timedelta(minutes=20), ends_at=ended
    )
    assert (appointment_of(token_of(visit)) is not None) == opens


@pytest.mark.parametrize(("days", "opens"), [(0, True), (30, True), (33, False)])
def test_that_of_a_wish_dies_a_month_after_its_last_day(entry, days, opens):
    last = timezone.localdate() - timedelta(days=days)
    WaitingListEntry.objects.update(earliest=last, latest=last)
    assert (waiting_of(waiting_token_of(entry)) is not None) == opens


def test_it_still_opens_what_was_moved_or_cancelled(clinic, booked):
    visit = booked()
    token = token_of(visit)
    moved = actions.reschedule(visit, clinic.wanted(14), version=visit.version)
    assert appointment_of(token).starts_at == clinic.at(14)
    actions.cancel(moved)
    assert appointment_of(token).status == "cancelled"
