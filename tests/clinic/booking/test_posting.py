"""What a mail server answers: when a letter is tried again, and when it is given up."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail

from hipspine.clinic.booking import actions, tasks
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.web.posting import refused_for_good

SEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"


@pytest.fixture
def mail_server(monkeypatch):
    """mail_server(error): from now on it answers so; the list of what it was asked to take."""
    asked = []

    def answers(error):
        def send(self, messages):
            asked.extend(messages)
            raise error

        monkeypatch.setattr(SEND, send)
        return asked

    return answers


def owed() -> int:
    return Appointment.objects.exclude(letter="").count()


@pytest.mark.parametrize(
    ("error", "for_good"),
    [
        (SMTPRecipientsRefused({"ana@invented.example": (550, b"no such user")}), True),
        (SMTPRecipientsRefused({"ana@invented.example": (450, b"greylisted")}), False),
        (SMTPDataError(554, b"no"), True),
        (SMTPDataError(451, b"later"), False),
        (ConnectionRefusedError(), False),
        (TimeoutError(), False),
    ],
)
def test_only_what_a_server_refuses_for_good_is_given_up(booked, mail_server, error, for_good):
    assert refused_for_good(error) == for_good
    booked(9)
    mail_server(error)
    tasks.sweep_letters.call_local()
    assert owed() == (0 if for_good else 1)


def test_a_sweep_ends_after_five_failures(booked, mail_server):
    for hour in (9, 10, 11, 13, 14, 15):
        booked(hour)
    asked = mail_server(ConnectionRefusedError())
    tasks.sweep_letters.call_local()
    assert (len(asked), owed()) == (tasks.MOST_FAILURES, 6)


def test_a_letter_that_can_never_be_sent_does_not_stop_the_others(booked, monkeypatch):
    first, second = booked(9), booked(10)
    real = mail.backends.locmem.EmailBackend.send_messages

    def send(self, messages):
        if "9:00 AM" in messages[0].body:
            raise SMTPDataError(554, b"no")
        return real(self, messages)

    monkeypatch.setattr(SEND, send)
    tasks.sweep_letters.call_local()
    assert owed() == 0 and len(mail.outbox) == 1
    assert first.starts_at < second.starts_at


def test_what_the_server_said_is_not_logged(booked, mail_server, caplog):
    booked(9)
    mail_server(SMTPRecipientsRefused({"ana@invented.example": (550, b"ana is unknown")}))
    tasks.sweep_letters.call_local()
    assert "ana" not in caplog.text and "refused for good" in caplog.text


def test_who_moves_a_visit_while_the_letter_is_on_its_way_hears_of_the_last_time(
    clinic, booked, monkeypatch
):
    """Two moves, the second while the first is being told: both letters are called "moved"."""
    visit = booked(9)
    moved = actions.reschedule(visit, clinic.wanted(10), version=visit.version)
    real = mail.backends.locmem.EmailBackend.send_messages

    def send(self, messages):
        if not mail.outbox:
            actions.reschedule(moved, clinic.wanted(15), version=moved.version)
        return real(self, messages)

    monkeypatch.setattr(SEND, send)
    for _ in range(3):
        tasks.sweep_letters.call_local()
    told = ["10:00 AM to" in m.body for m in mail.outbox], "3:00 PM to" in mail.outbox[-1].body
    assert told == ([True, False], True)
    assert owed() == 0


def test_a_fault_of_ours_in_one_letter_breaks_neither_a_request_nor_another_letter(
    booked, monkeypatch
):
    broken, _ = booked(9), booked(10)
    real = tasks.appointment_letter

    def write(appointment, kind):
        if appointment == broken:
            raise RuntimeError("a fault")
        return real(appointment, kind)

    monkeypatch.setattr(tasks, "appointment_letter", write)
    tasks.send_letter(broken.pk)  # done at once, as after the commit of a request
    tasks.sweep_letters.call_local()
    assert (len(mail.outbox), owed()) == (1, 1)
