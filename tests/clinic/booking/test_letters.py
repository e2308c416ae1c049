"""Letters, reminders and offers: each once, to who is meant, in their language; none is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.letters import appointment_letter
from hipspine.clinic.booking.links import token_of, waiting_token_of
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Letter, Status
from hipspine.clinic.booking.models.reach import Reach
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.chart.actions import confirm_by_desk, create_patient
from hipspine.clinic.chart.models import UnconfirmedPerson
from tests.clinic.booking.clinic_for_tests import the_time_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """after(action, ...) -> its result, once what follows a commit has happened."""

    def run(action, *args, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **more)

    return run


def test_a_booking_is_answered_with_a_link_and_a_calendar_file(after, booked):
    visit = after(booked, 9, 0)
    (letter,) = mail.outbox
    assert letter.to == ["ana@invented.example"]
    assert f"http://127.0.0.1:8000/book/mine/{token_of(visit)}/" in letter.body
    assert "9:00 AM to 9:20 AM (America/Chicago" in letter.body
    name, content, kind = letter.attachments[0]
    assert (name, kind) == ("visit.ics", "text/calendar") and "BEGIN:VEVENT" in content
    visit.refresh_from_db()
    assert visit.letter == Letter.NONE


def test_what_the_visit_is_for_is_in_no_letter(after, booked):
    after(booked, 9, 0)
    assert "hip" not in (mail.outbox[0].body + mail.outbox[0].attachments[0][1]).replace(
        "hipspine", ""
    )


def test_nobody_can_write_to_others_through_the_booking_page(after, held, details):
    """The address may be anyone's: no word that was typed is sent to it."""
    typed = replace(details, given_name="BUY", family_name="NOW", comment="http://evil.example")
    visit = after(actions.confirm, held(), typed)
    said = mail.outbox[0].subject + mail.outbox[0].body + mail.outbox[0].attachments[0][1]
    assert not any(word in said for word in ("BUY", "NOW", "evil"))
    assert "Hello,\n" in said and visit.person.given_name == "BUY"


def test_a_name_of_two_lines_is_one_line_in_the_subject(booked, clinic):
    visit = booked(9)
    visit.location.name = "River\nStreet: Clinic"
    assert "River Street: Clinic" in appointment_letter(visit, Letter.BOOKED).message()["Subject"]


def test_who_has_a_chart_is_greeted_by_name(after, held, details, make_user):
    desk = make_user(Role.FRONT_DESK)
    chart = create_patient(by=desk, given_name="Ada", email="ada@invented.example")
    after(actions.confirm, held(), replace(details, patient=chart))
    assert "Hello Ada," in mail.outbox[0].body


def test_a_letter_speaks_the_language_of_who_booked(after, held, details):
    after(actions.confirm, held(), replace(details, language="es"))
    assert "Su cita está reservada." in mail.outbox[0].body


def test_moved_and_cancelled_are_told_and_replace_the_calendar_entry(after, clinic, booked):
    visit = after(booked, 9, 0)
    moved = after(actions.reschedule, visit, clinic.wanted(14), version=visit.version)
    after(actions.cancel, moved)
    first, second, third = mail.outbox
    assert "new time" in second.subject and "is cancelled" in third.subject
    uid = {line for m in mail.outbox for line in m.attachments[0][1].splitlines() if "UID" in line}
    assert len(uid) == 1
    assert "STATUS:CANCELLED" in third.attachments[0][1] and "/book/mine/" not in third.body
    assert first.attachments[0][1] != second.attachments[0][1]


def test_who_gave_no_address_gets_no_letter(after, held, details):
    after(actions.confirm, held(), replace(details, email=""))
    assert mail.outbox == []
    tasks.sweep_letters.call_local()
    assert mail.outbox == []


def test_a_mail_server_that_is_down_undoes_nothing_and_the_letter_goes_out_later_once(
    after, booked, settings
):
    settings.EMAIL_BACKEND = "tests.clinic.booking.test_letters.Down"
    visit = after(booked, 9, 0)
    assert visit.status == Status.BOOKED
    tasks.sweep_letters.call_local()  # still down
    assert Appointment.objects.get().letter == Letter.BOOKED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.sweep_letters.call_local()
    tasks.sweep_letters.call_local()
    assert len(mail.outbox) == 1


class Down:
    def __init__(self, *args, **more):
        pass

    def send_messages(self, messages):
        raise OSError("no mail server")


@pytest.fixture
def near(clinic, booked):
    """A visit at 14:00 of that Monday, and `at(hours)`: so many hours before it."""
    visit = booked(14, 0)

    def remind(hours):
        with the_time_is(visit.starts_at - timedelta(hours=hours)):
            tasks.send_reminders.call_local()
        return len(mail.outbox)

    return visit, remind


def test_a_reminder_comes_once_a_day_or_two_before(near):
    _, remind = near
    assert remind(49) == 0
    assert remind(47) == 1
    assert remind(30) == 1 and remind(25) == 1
    assert "is near" in mail.outbox[0].subject


def test_nobody_is_woken_by_a_reminder(near):
    _, remind = near
    assert remind(38) == 0  # midnight at the clinic
    assert remind(29) == 1  # nine in the morning


def test_too_late_is_no_reminder(near):
    assert near[1](23) == 0


def test_no_consent_no_reminder(near):
    _, remind = near
    Appointment.objects.update(reminders=False)
    assert remind(30) == 0


def test_a_cancelled_visit_is_not_remembered(near):
    visit, remind = near
    actions.cancel(visit)
    mail.outbox.clear()
    assert remind(30) == 0


@pytest.fixture
def waiting(clinic, details, monkeypatch):
    """waiting("Bo") -> someone on the list for a follow-up on that Monday; it is day there."""
    monkeypatch.setattr(tasks, "next_morning", lambda now, location: None)

    def join(name):
        wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
        who = replace(details, given_name=name, email=f"{name.lower()}@invented.example")
        return actions.join(wish, who, key=UnconfirmedPerson._meta.pk.get_default())

    return join


def test_a_cancelled_time_is_kept_for_who_waits_longest(after, clinic, booked, waiting):
    visit = booked(9, 0, who=clinic.haddad)
    first, second = waiting("Bo"), waiting("Cy")
    after(actions.cancel, visit)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (WaitingStatus.OFFERED, WaitingStatus.WAITING)
    offer = next(m for m in mail.outbox if m.to == ["bo@invented.example"])
    assert f"/book/waiting/{waiting_token_of(first)}/" in offer.body
    assert "We keep it for you until" in offer.body
    booked_now = after(actions.accept, first)
    assert booked_now.pk == first.offer_id and booked_now.status == Status.BOOKED


def test_an_offer_nobody_takes_goes_to_the_next(after, clinic, booked, waiting):
    visit = booked(9, 0, who=clinic.haddad)
    first, second = waiting("Bo"), waiting("Cy")
    after(actions.cancel, visit)
    Appointment.objects.filter(status=Status.PENDING).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    after(tasks.pass_offers_on.call_local)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.declined) == (WaitingStatus.WAITING, 1)
    assert second.status == WaitingStatus.OFFERED
    assert any(m.to == ["cy@invented.example"] for m in mail.outbox)


def test_a_typed_address_lives_on_when_the_desk_says_who_it_is(after, booked, make_user):
    """The chart was made at the telephone and has no address: letters go where they went before."""
    desk, visit = make_user(Role.FRONT_DESK), booked(9)
    chart = create_patient(by=desk, given_name="Ana", family_name="Invented")
    confirm_by_desk(visit.person, chart, by=desk)
    mail.outbox.clear()
    after(actions.cancel, Appointment.objects.get(pk=visit.pk))
    assert [letter.to for letter in mail.outbox] == [["ana@invented.example"]]


def test_the_address_in_the_chart_counts_over_the_typed_one(booked, make_user):
    desk, visit = make_user(Role.FRONT_DESK), booked(9)
    chart = create_patient(by=desk, given_name="Ana", email="chart@invented.example")
    confirm_by_desk(visit.person, chart, by=desk)
    reach = Appointment.objects.get(pk=visit.pk).reach
    assert reach == Reach("chart@invented.example", visit.person.phone)
