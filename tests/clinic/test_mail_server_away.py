"""While the mail server is away no page fails, and what could not be sent is sent later."""

import pickle
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from hipspine.clinic.accounts import adapter
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.accounts.tasks import send_account_mail
from hipspine.clinic.booking.actions import Details, confirm, hold
from hipspine.clinic.chart import tasks
from hipspine.clinic.chart.actions import create_patient
from hipspine.clinic.operations.checking import check_clinic, send_test_mail
from hipspine.errors import InvalidInput
from tests.clinic.booking.clinic_for_tests import clinic  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"
ANA = {
    "given_name": "Ana", "family_name": "Invented",
    "birth_date": date(1980, 2, 29), "email": "ana@invented.example",
}  # fmt: skip


@pytest.fixture
def mail_is_away():
    def refuse(self, messages):
        raise ConnectionRefusedError("nobody listens")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SEND, refuse)
        yield patched


def test_asking_for_a_code_to_sign_in_is_answered(make_user, mail_is_away):
    make_user(Role.PATIENT, email="pat@clinic.example")
    answer = Client().post("/account/login/code/", {"email": "pat@clinic.example"})
    assert answer.status_code == 302


def test_the_mail_that_is_queued_is_the_one_that_was_written(make_user, monkeypatch):
    """The queue writes it down and reads it again, in another process."""
    make_user(Role.PATIENT, email="pat@clinic.example")
    queued = []
    monkeypatch.setattr(adapter, "send_account_mail", queued.append)
    Client(headers={"accept-language": "es"}).post(
        "/account/login/code/", {"email": "pat@clinic.example"}
    )
    [message] = queued
    send_account_mail.call_local(pickle.loads(pickle.dumps(message)))
    assert mail.outbox[0].to == ["pat@clinic.example"] and mail.outbox[0].body == message.body


def test_a_mail_of_an_account_is_tried_again(mail_is_away):
    message = mail.EmailMessage("Code", "123456", to=["pat@clinic.example"])
    with pytest.raises(ConnectionError):  # by which the queue knows
        send_account_mail.call_local(message)
    mail_is_away.undo()
    send_account_mail.call_local(message)
    assert [m.body for m in mail.outbox] == ["123456"]


def test_only_a_code_that_left_counts(clinic, make_user, mail_is_away):  # noqa: F811
    create_patient(by=make_user(Role.FRONT_DESK), **ANA)
    visit = confirm(hold(clinic.wanted(9), key=uuid4()), Details(**ANA))
    for _ in range(10):
        with pytest.raises(ConnectionError):
            tasks.send_code_letter.call_local(visit.person_id)
    mail_is_away.undo()
    mail.outbox.clear()
    for _ in range(10):
        tasks.send_code_letter.call_local(visit.person_id)
    assert len(mail.outbox) == 9


def test_the_operator_tries_the_way_of_every_letter(mail_is_away):
    with pytest.raises(InvalidInput, match="mail: ConnectionRefusedError: nobody listens"):
        send_test_mail("me@clinic.example")
    mail_is_away.undo()
    assert "me@clinic.example was taken" in send_test_mail("me@clinic.example")
    assert mail.outbox[0].to == ["me@clinic.example"]


def test_the_operator_sees_how_many_letters_wait(clinic, mail_is_away):  # noqa: F811
    assert "letters: 0 waiting to be sent" in check_clinic()
    held = hold(clinic.wanted(9), key=uuid4())
    confirm(held, Details(**ANA))
    assert "letters: 1 waiting to be sent" in check_clinic()
