"""A page was read, then the chart was merged or erased, then the page was sent."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions as booking
from hipspine.clinic.booking.models import Appointment, WaitingListEntry
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions import erasure
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.chart.models import ErasureRequest, UnconfirmedPerson
from hipspine.errors import InvalidInput
from tests.clinic.booking.clinic_for_tests import make_clinic

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)


@pytest.fixture
def desk(make_user):
    return make_user(Role.FRONT_DESK)


@pytest.fixture
def two(desk):
    return [
        actions.create_patient(by=desk, given_name="Ana", family_name=name, email="a@x.example")
        for name in ("Ruiz", "Ruis")
    ]


def forget(patient, desk):
    wish = actions.request_erasure(patient, by=desk)
    actions.decide_erasure(wish, granted=True, reason="asked for it", by=desk)


def test_what_is_written_goes_to_the_chart_it_became(desk, two):
    survivor, stale = two
    actions.merge_patients(survivor, stale, reason="the same person", by=desk)
    said = actions.record_consent(stale, "reminders", False, source="desk", by=desk)
    found = actions.record_finding(
        stale, Statement("log_roll", True, TODAY), source="clinician", by=desk
    )
    assert said.patient == found.patient == survivor


def test_who_is_erased_gets_no_name_and_no_consent_any_more(desk, two):
    stale, _other = two
    person = actions.note_arrival(given_name="Ana", family_name="Ruiz", email="a@x.example")
    forget(type(stale).objects.get(pk=stale.pk), desk)
    with pytest.raises(InvalidInput, match="merged or erased"):
        actions.confirm_by_desk(person, stale, by=desk)
    with pytest.raises(InvalidInput, match="erased"):
        actions.record_consent(stale, "reminders", True, source="desk", by=desk)
    assert not UnconfirmedPerson.objects.filter(patient=stale).exists()


def test_visits_and_wishes_follow_the_merge_and_end_with_the_erasure(desk, two):
    survivor, stale = two
    small = make_clinic()
    actions.merge_patients(survivor, stale, reason="the same person", by=desk)
    wish = booking.Wish(small.follow_up, small.monday, small.monday + timedelta(9))
    whose = booking.Details(patient=stale, comment="my words")

    def both():
        booking.book_by_staff(small.wanted(), whose, key=uuid4(), by=desk)
        booking.join(wish, whose, key=uuid4(), by=desk)

    both()
    assert Appointment.objects.get().patient == WaitingListEntry.objects.get().patient == survivor
    forget(survivor, desk)
    with pytest.raises(InvalidInput, match="erased"):
        both()
    assert not Appointment.objects.exclude(comment="").exists()


def test_a_refusal_is_in_the_language_of_the_reader(desk, two):
    with translation.override("es"), pytest.raises(InvalidInput, match="consigo misma"):
        actions.merge_patients(two[0], two[0], reason="a mistake", by=desk)


def test_a_merge_undone_while_the_erasure_waits_spares_the_other_person(desk, two, monkeypatch):
    ana, stranger = two
    merge = actions.merge_patients(ana, stranger, reason="thought to be one", by=desk)
    read = erasure.ids_of_person

    def read_then_undone(patient_id):
        """What the two charts were when asked first; apart since, before any lock is had."""
        monkeypatch.setattr(erasure, "ids_of_person", read)
        before = read(patient_id)
        actions.undo_merge(merge, by=desk)
        return before

    wish = actions.request_erasure(ana, by=desk)
    monkeypatch.setattr(erasure, "ids_of_person", read_then_undone)
    actions.decide_erasure(wish, granted=True, reason="asked for it", by=desk)
    stranger.refresh_from_db()
    ana.refresh_from_db()
    assert (ana.full_name, stranger.full_name) == ("", "Ana Ruis")


def test_a_wish_follows_its_chart_and_the_page_names_whom_it_forgets(
    desk, two, signed_in, settings
):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 10**10  # s: signed in a moment ago
    survivor, asking = two
    wishes = [actions.request_erasure(asking, by=desk), actions.request_erasure(survivor, by=desk)]
    merge = actions.merge_patients(survivor, asking, reason="the same person", by=desk)
    admin = signed_in(Role.CLINIC_ADMIN)
    page = admin.get(reverse("chart:erasures")).text
    heading = page.index("<h2><bdi>Ana Ruiz")  # the chart that is current, though Ruis asked
    assert page.index("<bdi>Ana Ruis") > heading and "Ana Ruis</bdi></h2>" not in page
    answer = {"answer": "grant", "reason": "she came in", "chart": [survivor.pk, asking.pk]}
    button = reverse("chart:decide_erasure", args=[wishes[0].pk])

    actions.undo_merge(merge, by=desk)  # while the page is read: it names one chart too many
    kept = admin.post(button, answer).text
    assert "merged or parted meanwhile" in kept and 'value="she came in"' in kept
    actions.merge_patients(survivor, asking, reason="the same person", by=desk)
    admin.post(button, answer)
    for chart in (survivor, asking):
        chart.refresh_from_db()
        assert chart.erased_at and chart.full_name == ""
    assert not ErasureRequest.objects.filter(decided_at=None).exists()  # one answer to both
