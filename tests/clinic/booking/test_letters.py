"""Letters about a visit: what they say, and that each one owed is sent, whatever goes wrong."""

from dataclasses import replace
from smtplib import SMTPDataError, SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction

from hipspine.clinic.booking import actions, letters, tasks
from hipspine.clinic.booking.links import appointment_of
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.posting import refused_for_good
from hipspine.clinic.operations.readable_mail import EmailBackend


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    """with after_commit(): what follows the commit happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def mail_server(monkeypatch):
    """mail_server(error): from now on it answers so; None: it takes mails again."""

    def answers(error):
        def send(self, messages):
            if error:
                raise error
            mail.outbox.extend(messages)
            return len(messages)

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)

    return answers


def link_in(text: str) -> str:
    return next(line for line in text.splitlines() if "/book/mine/" in line)


def owed() -> list[str]:
    return list(Appointment.objects.exclude(letter="").values_list("letter", flat=True))


def test_a_booking_is_confirmed_by_mail_with_the_time_the_link_and_a_calendar_file(
    booked, after_commit
):
    with after_commit():
        visit = booked(9, 20)
    [message] = mail.outbox
    assert message.to == ["ana@invented.example"]
    assert "River Street Clinic" in message.subject and "9:20 AM" in message.subject
    assert "America/Chicago" in message.body and "+1 555 010 0100" in message.body
    token = link_in(message.body).rstrip("/").rsplit("/", 1)[1]
    assert appointment_of(token) == visit
    [(name, content, kind)] = message.attachments
    assert (name, kind) == ("visit.ics", "text/calendar") and "BEGIN:VEVENT" in content
    assert owed() == []


def test_a_letter_speaks_spanish_to_who_booked_in_spanish(booked, details, held, after_commit):
    with after_commit():
        actions.confirm(held(9, 20), replace(details, language="es"))
    [message] = mail.outbox
    assert "Su visita" in message.subject and "Teléfono" in message.body


def test_no_letter_says_what_was_typed_nor_what_the_visit_is_for(held, details):
    visit = actions.confirm(
        held(9), replace(details, given_name="BUY NOW", family_name="http://evil.example")
    )
    for kind in ("booked", "moved", "cancelled", letters.REMINDER):
        message = letters.letter_about(visit, kind)
        said = message.subject + message.body
        for word in ("BUY", "evil", details.comment, "Follow-up", "Haddad"):
            assert word not in said, (kind, word)


def test_moving_and_cancelling_are_told_and_only_the_last_of_two_changes(
    clinic, booked, after_commit
):
    visit = booked(9)
    with after_commit():
        moved = actions.reschedule(visit, clinic.wanted(11), version=visit.version)
    assert ["moved" in m.subject for m in mail.outbox] == [True]
    mail.outbox.clear()
    with after_commit():  # both before anything was sent: one letter, of how it stands
        again = actions.reschedule(moved, clinic.wanted(14), version=moved.version)
        actions.cancel(again)
    [message] = mail.outbox
    assert "cancelled" in message.subject
    assert "STATUS:CANCELLED" in message.attachments[0][1]


def test_what_is_undone_is_not_told(booked, after_commit):
    with after_commit(), pytest.raises(ZeroDivisionError), transaction.atomic():
        booked(9)
        raise ZeroDivisionError
    assert mail.outbox == []


def test_a_crash_between_commit_and_sending_loses_nothing(booked):
    booked(9)  # nothing follows the commit here, as if the process had died
    assert (mail.outbox, owed()) == ([], ["booked"])
    tasks.send_letters_owed.call_local()
    tasks.send_letters_owed.call_local()
    assert (len(mail.outbox), owed()) == (1, [])


def test_a_mail_server_that_is_away_breaks_no_booking_and_is_tried_again(
    booked, after_commit, mail_server
):
    mail_server(ConnectionRefusedError())
    with after_commit():
        visit = booked(9)
    assert (visit.status, owed()) == ("booked", ["booked"])
    tasks.send_letters_owed.call_local()
    assert owed() == ["booked"]
    mail_server(None)
    tasks.send_letters_owed.call_local()
    assert (len(mail.outbox), owed()) == (1, [])


def test_a_sweep_gives_up_after_five_failures(booked, mail_server, monkeypatch):
    for n in range(6):
        booked(9 + n // 2, 20 * (n % 2)) if n < 6 else None
    mail_server(ConnectionRefusedError())
    tried = []
    real = tasks.post
    monkeypatch.setattr(tasks, "post", lambda m: (tried.append(m), real(m))[1])
    tasks.send_letters_owed.call_local()
    assert len(tried) == tasks.MOST_FAILURES


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
    tasks.send_letters_owed.call_local()
    assert owed() == ([] if for_good else ["booked"])


def test_without_an_address_there_is_no_letter(held, details, after_commit):
    with after_commit():
        visit = actions.confirm(held(9), replace(details, email=""))
    assert (mail.outbox, owed()) == ([], [])
    assert letters.letter_about(visit, "booked") is None


def test_a_letter_about_a_visit_long_over_is_no_longer_sent(booked, clinic):
    visit = booked(9)
    long_ago = visit.starts_at.replace(year=visit.starts_at.year - 1)
    Appointment.objects.update(
        starts_at=long_ago, ends_at=long_ago + (visit.ends_at - visit.starts_at)
    )
    tasks.send_letters_owed.call_local()
    assert (mail.outbox, owed()) == ([], [])


def test_a_mail_on_the_console_can_be_read_and_its_link_copied(booked, capsys):
    visit = booked(9)
    EmailBackend().send_messages([letters.letter_about(visit, "booked")])
    shown = capsys.readouterr().out
    assert "To: ana@invented.example" in shown and "Attached: visit.ics" in shown
    token = link_in(shown).rstrip("/").rsplit("/", 1)[1]
    assert appointment_of(token) == visit


def test_two_offers_of_one_key_are_one_letter(clinic, details, after_commit):
    """A form sent twice: one booking, one letter."""
    key = uuid4()
    with after_commit():
        for _ in range(2):
            held = actions.hold(clinic.wanted(9), key=key)
            actions.confirm(held, details)
    assert len(mail.outbox) == 1
