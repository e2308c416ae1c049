"""Accounts speak our words, in both languages: registering, codes, passwords, addresses, letters.

allauth's own words would be the sign of a template that is still its own.
"""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role

pytestmark = pytest.mark.django_db
SECRET, NEW_SECRET = "a-long-enough-secret", "another-long-secret"
ALLAUTHS = re.compile(
    r"Sign Up|Signup|Email Addresses|Re-send|Make Primary|Reset My|Confirm Access|Menu:"
    r"|Thank you for using|Registrarse|Direcciones de correo electrónico|Hello from"
)
SPANISH = {"accept-language": "es"}


def code():
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.M)[1]


@pytest.mark.parametrize(("path", "english", "spanish"), [
    ("/account/signup/", "Make an account", "Crear una cuenta"),
    ("/account/login/code/", "We send a code to your address", "Enviamos un código a su dirección"),
    ("/account/password/reset/", "For staff who forgot theirs", "Para el personal que olvidó"),
    ("/account/inactive/", "This account is closed", "Esta cuenta está cerrada"),
])  # fmt: skip
def test_pages_for_everybody(path, english, spanish):
    for words, headers in ((english, {}), (spanish, SPANISH)):
        page = Client(headers=headers).get(path).text
        assert words in page and not ALLAUTHS.search(page) and "placeholder=" not in page


def test_registering_with_a_slip_in_the_address():
    """The wrong address is put right on the page of the code; a lost letter is asked for again."""
    client = Client()
    client.post("/account/signup/", {"email": "ana@gmial.example"})
    page = client.get("/account/confirm-email/").text
    assert "<bdi>ana@gmial.example</bdi>" in page and "The address is wrong" in page
    client.post("/account/confirm-email/", {"action": "change", "email": "ana@gmail.example"})
    assert mail.outbox[-1].to == ["ana@gmail.example"]
    client.post("/account/confirm-email/", {"action": "resend"})
    wrong = client.post("/account/confirm-email/", {"code": "NOPE"}).text
    assert "This code is not right" in wrong and not ALLAUTHS.search(wrong)
    done = client.post("/account/confirm-email/", {"code": code()}, follow=True)
    assert "ana@gmail.example is confirmed." in done.text
    assert User.objects.get().email == "ana@gmail.example"


def test_a_lost_code_is_asked_for_again(make_user):
    make_user(Role.PATIENT, email="p@x.example")
    client = Client()
    client.post("/account/login/code/", {"email": "p@x.example"})
    page = client.get("/account/login/code/confirm/").text
    assert "Type the code to sign in" in page and "Send a new code" in page
    client.post("/account/login/code/confirm/", {"action": "resend"})
    assert len(mail.outbox) == 2
    done = client.post("/account/login/code/confirm/", {"code": code()}, follow=True)
    assert "You are signed in." in done.text


def test_a_new_password_by_a_code(make_user):
    user = make_user(Role.CLINICIAN, password=SECRET)
    client = Client()
    client.post("/account/password/reset/", {"email": user.email})
    page = client.get("/account/password/reset/confirm/").text
    assert "Type the code to choose a new password" in page and not ALLAUTHS.search(page)
    page = client.post("/account/password/reset/confirm/", {"code": code()}, follow=True).text
    assert "New password, once more" in page and "at least 12 characters" in page
    new = {"password1": NEW_SECRET, "password2": NEW_SECRET}
    page = client.post("/account/password/reset/complete/", new, follow=True).text
    assert "Your password is changed" in page and not ALLAUTHS.search(page)
    signed = Client().post("/account/login/", {"login": user.email, "password": NEW_SECRET})
    assert signed.status_code == 302


def test_the_addresses_of_an_account(signed_in):
    client = signed_in(Role.PATIENT)
    other = EmailAddress.objects.create(
        user=client.user, email="other@x.example", verified=True, primary=False
    )
    page = client.get("/account/email/").text
    assert "the main one" in page and "Make it the main one" in page and not ALLAUTHS.search(page)
    assert "<script" not in page  # each button says what it does, without JavaScript
    sent = {"email": other.email, "action_primary": "yes"}
    assert "This is now your main address." in client.post(
        "/account/email/", sent, follow=True).text  # fmt: skip
    refused = client.post(
        "/account/email/", {"email": other.email, "action_remove": "yes"}, follow=True
    )
    assert "The main address stays" in refused.text
    twice = client.post("/account/email/", {"email": other.email, "action_add": "yes"})
    assert "You have this address already." in twice.text
    client.post("/me/", {"language": "es"})
    assert "Hacerla la principal" in client.get("/account/email/").text


def test_staff_change_their_password(make_user, signed_in):
    client = signed_in(user=make_user(Role.CLINICIAN, password=SECRET))
    page = client.get("/account/password/change/").text
    assert "Your password until now" in page and page.count("Forgotten your password?") == 1
    wrong = {"oldpassword": "x", "password1": NEW_SECRET, "password2": NEW_SECRET}
    assert "not your password until now" in client.post("/account/password/change/", wrong).text
    again = client.get("/account/reauthenticate/?next=/").text
    assert "whether it is still you" in again and not ALLAUTHS.search(again)


@pytest.mark.parametrize(("path", "has_account", "english", "spanish"), [
    ("/account/signup/", False, "Confirm your address", "Confirme su dirección"),
    ("/account/signup/", True, "You have an account already", "Ya tiene una cuenta"),
    ("/account/login/code/", True, "Your code for signing in", "Su código para iniciar sesión"),
    ("/account/login/code/", False, "There is no account with", "No hay ninguna cuenta con"),
    ("/account/password/reset/", True, "Your code for a new password", "Su código para una"),
])  # fmt: skip
def test_letters(make_user, settings, path, has_account, english, spanish):
    settings.CLINIC_NAME = "Hip & Spine <Clinic>"  # a letter is plain text: nothing is escaped
    if has_account:
        make_user(Role.CLINICIAN, email="p@x.example", password=SECRET)
    for subject, headers in ((english, {}), (spanish, SPANISH)):
        Client(headers=headers).post(path, {"email": "p@x.example"})
        letter = mail.outbox[-1]
        assert subject in letter.subject and not ALLAUTHS.search(letter.body)
        assert "Hip & Spine <Clinic>" in letter.body and settings.CLINIC_PHONE in letter.body
        assert "testserver" not in letter.body  # links lead to the clinic's own address
        User.objects.filter(role=Role.PATIENT).delete()
