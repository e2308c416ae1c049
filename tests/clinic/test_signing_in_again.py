"""A button that needs a fresh sign-in leads back to its page; nothing that was typed is lost.

press -> sign in again -> the page of the button, with a sentence -> press
"""

import re
import time
from datetime import date
from urllib.parse import unquote

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.core import mail
from django.test import Client
from django.urls import reverse

from hipspine.clinic.accounts.again import PRESSED, REMEMBERED_S
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.models import ErasureRequest

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret"
AGAIN = "Please press the button once more."


def press(client, address, page, sent=()):
    """A browser names the page the button stands on."""
    return client.post(address, dict(sent), headers={"referer": f"http://testserver{page}"})


def next_of(answer):
    return unquote(answer["Location"]).partition("next=")[2]


@pytest.fixture
def wish(make_user):
    """A patient, signed in by a code long ago, asked to be forgotten."""
    user = make_user(Role.PATIENT, email="p@x.example")
    chart = actions.create_patient(
        by=user, given_name="G", family_name="F", birth_date=date(1980, 1, 1)
    )
    actions.link_account(chart, user, by=user)
    return actions.request_erasure(chart, by=user)


def test_who_has_a_password_comes_back_to_the_page_and_what_was_typed(make_user, signed_in, wish):
    admin = signed_in(user=make_user(Role.CLINIC_ADMIN, password=SECRET))
    page, button = reverse("chart:erasures"), reverse("chart:decide_erasure", args=[wish.pk])
    asked = press(admin, button, page, {"reason": "she asked in person", "answer": "grant"})
    assert asked["Location"] == f"/account/reauthenticate/?next={page}"
    assert AGAIN not in admin.get(asked["Location"]).text  # there is no button of ours there
    back = admin.post(asked["Location"], {"password": SECRET}, follow=True)
    assert back.request["PATH_INFO"] == page
    assert AGAIN in back.text and 'value="she asked in person"' in back.text
    assert ErasureRequest.objects.get().decided_at is None  # nothing is done by itself
    assert AGAIN not in admin.get(page).text  # said once
    press(admin, button, page, {"reason": "she asked in person", "answer": "refuse"})
    assert ErasureRequest.objects.get().decided_at


def test_who_has_only_a_code_comes_back_too(signed_in, wish):
    wish.delete()
    patient = wish.patient
    client = signed_in(user=patient.account)
    page = reverse("chart:my_data", args=[patient.pk])
    asked = press(client, reverse("chart:ask_erasure", args=[patient.pk]), page)
    assert asked["Location"] == f"/me/again/?next={page}"
    code_page = client.post(asked["Location"])
    confirm = client.post(code_page["Location"], {"email": "p@x.example", "next": page})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.M)[1]
    back = client.post(confirm["Location"], {"code": code, "next": page}, follow=True)
    assert back.request["PATH_INFO"] == page and AGAIN in back.text
    assert press(client, reverse("chart:ask_erasure", args=[patient.pk]), page)["Location"] == page
    assert ErasureRequest.objects.count() == 1


@pytest.mark.parametrize("referer", [
    "https://evil.example/x", "http://testserver//evil.example", "", "http://testserver@evil/",
])  # fmt: skip
def test_nobody_is_sent_out_of_the_house(signed_in, wish, referer):
    client = signed_in(user=wish.patient.account)
    button = reverse("chart:ask_erasure", args=[wish.patient_id])
    assert next_of(client.post(button, headers={"referer": referer})) == "/"


def test_another_person_at_the_same_browser_finds_nothing(signed_in, make_user, wish):
    admin = signed_in(user=make_user(Role.CLINIC_ADMIN))
    page = reverse("chart:erasures")
    press(admin, reverse("chart:decide_erasure", args=[wish.pk]), page, {"reason": "private"})
    kept = admin.session[PRESSED]
    other = make_user(Role.CLINIC_ADMIN, email="other@x.example", password=SECRET)
    browser = Client()
    browser.post("/account/login/", {"login": other.email, "password": SECRET})
    for pressed in (kept, kept | {"user": str(other.pk), "at": time.time() - REMEMBERED_S - 1}):
        session = browser.session
        session[PRESSED] = pressed
        session.save()
        seen = browser.get(page).text
        assert AGAIN not in seen and "private" not in seen
    assert PRESSED not in browser.session


def test_it_is_said_in_spanish(signed_in, make_user, wish):
    admin = signed_in(user=make_user(Role.CLINIC_ADMIN, password=SECRET))
    admin.post("/me/", {"language": "es"})
    page = reverse("chart:erasures")
    asked = press(admin, reverse("chart:decide_erasure", args=[wish.pk]), page, {"reason": "x"})
    back = admin.post(asked["Location"], {"password": SECRET}, follow=True)
    assert "Pulse el botón una vez más." in back.text


def test_who_just_typed_the_password_sets_up_a_second_factor_without_typing_it_again(make_user):
    user = make_user(Role.CLINICIAN, password=SECRET)
    client, page = Client(), "/account/2fa/totp/activate/"
    client.post("/account/login/", {"login": user.email, "password": SECRET})
    assert client.get(page).status_code == 200
    for how in ({"at": time.time() - 301}, {"method": "code"}):  # long ago, or by a letter alone
        session = client.session
        session[METHODS] = [{**session[METHODS][0], **how}]
        session.save()
        assert client.get(page)["Location"].startswith("/account/reauthenticate/")
