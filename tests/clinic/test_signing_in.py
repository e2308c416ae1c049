"""Signing in: codes for patients, a second factor for staff, lockout, idle logout, freshness."""

import re
import time
from datetime import date, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from hipspine.clinic.accounts.actions import bar_user, close_account, let_user_in
from hipspine.clinic.accounts.middleware import LAST_SEEN
from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import STAFF, Role
from hipspine.clinic.accounts.tasks import forget_sign_ins
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart import actions
from tests.clinic.form_fuzz import forms_of

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret"


def signed(client):
    return "_auth_user_id" in client.session


def code_from_mail():
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.M)[1]


def by_code(client, email):
    client.post("/account/login/code/", {"email": email})
    return client.post("/account/login/code/confirm/", {"code": code_from_mail()})


def test_a_patient_signs_in_by_a_code(make_user):
    make_user(Role.PATIENT, email="p@x.example")
    client = Client()
    assert by_code(client, "p@x.example").status_code == 302 and signed(client)


def test_who_registers_is_a_patient_whatever_the_form_says():
    client = Client()
    client.post("/account/signup/", {"email": "new@x.example", "role": "clinician"})
    user = User.objects.get()
    assert user.role == Role.PATIENT and not signed(client)  # until the address is confirmed


def test_nobody_learns_from_the_login_whether_an_address_has_an_account(make_user):
    make_user(Role.PATIENT, email="p@x.example")
    answers = []
    for email in ("p@x.example", "nobody@x.example"):
        answer = Client().post("/account/login/code/", {"email": email})
        answers.append((answer.status_code, answer["Location"]))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_a_second_factor_reach_only_its_setup(signed_in, settings, role):
    settings.STAFF_NEEDS_SECOND_FACTOR = True
    client = signed_in(role)
    for path in ("/me/", "/patients/"):
        answer = client.get(path)
        assert answer.status_code in (302, 403)
        assert answer.status_code == 403 or answer["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200


def test_staff_with_an_authenticator_are_asked_for_it(make_user):
    user = make_user(Role.CLINICIAN, password=SECRET)
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user)
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": SECRET})
    assert answer["Location"].startswith("/account/2fa/authenticate/") and not signed(client)
    client.post("/account/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})
    assert signed(client)


def test_a_code_by_mail_does_not_go_around_the_authenticator(make_user):
    user = make_user(Role.CLINICIAN, password=SECRET)
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    answer = by_code(client, user.email)
    assert "/2fa/authenticate/" in answer["Location"] and not signed(client)


def test_five_wrong_passwords_lock(make_user):
    user = make_user(Role.CLINICIAN, password=SECRET)
    client = Client()
    for _ in range(5):
        answer = client.post("/account/login/", {"login": user.email, "password": "wrong"})
    assert answer.status_code == 429
    client.post("/account/login/", {"login": user.email, "password": SECRET})
    assert not signed(client)
    assert AuditEvent.objects.filter(action="session.sign_in_failed").exists()


def test_idle_staff_are_signed_out_and_patients_are_not(signed_in):
    for role, stays in ((Role.FRONT_DESK, False), (Role.PATIENT, True)):
        client = signed_in(role)
        client.get("/me/")
        session = client.session
        session[LAST_SEEN] = time.time() - 16 * 60
        session.save()
        client.get("/me/")
        assert signed(client) is stays
    assert AuditEvent.objects.filter(action="session.idle_logout").count() == 1


def test_a_fresh_sign_in_may_export_and_it_is_written_down(make_user):
    user = make_user(Role.PATIENT, email="p@x.example")
    chart = actions.create_patient(
        by=user, given_name="G", family_name="F", birth_date=date(1980, 1, 1)
    )
    actions.link_account(chart, user, by=user)
    client = Client()
    by_code(client, user.email)
    answer = client.get(f"/patients/{chart.pk}/mine/export/")
    assert answer.status_code == 200 and answer.json()["patient"]["family_name"] == "F"
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(action="chart.exported").count() == 1


def test_signing_in_again_leads_back_only_within_the_house(signed_in):
    answer = signed_in(Role.PATIENT).post("/me/again/?next=https://evil.example/")
    assert "evil" not in answer["Location"]


def test_the_sign_in_page_has_one_form_for_patients_and_one_for_staff(make_user):
    make_user(Role.PATIENT, email="p@x.example")
    client = Client()
    page = client.get("/account/login/").content.decode()
    forms = {form.action: {field.name for field in form.fields} for form in forms_of(page)}
    assert "password" not in forms["/account/login/code/"]
    assert {"login", "password"} <= forms["/account/login/"]
    assert "you need no password" in page and "passkey of this device" in page
    assert by_code(client, "p@x.example").status_code == 302 and signed(client)


def test_staff_without_a_second_factor_do_not_even_see_public_pages(signed_in, settings):
    settings.STAFF_NEEDS_SECOND_FACTOR = True
    client = signed_in(Role.FRONT_DESK)
    assert client.get("/")["Location"] == "/account/2fa/"
    assert Client().get("/").status_code == 200
    assert client.post("/account/logout/").status_code == 302 and not signed(client)


def test_who_works_here_no_more_is_out_at_once_and_not_let_in_again(signed_in, make_user):
    leaves = make_user(Role.FRONT_DESK, password=SECRET, name="Jo Leaves")
    TOTP.activate(leaves, generate_totp_secret())
    open_screen = signed_in(user=leaves)
    assert open_screen.get("/desk/day/").status_code == 200
    bar_user(leaves)
    assert "/account/login/" in open_screen.get("/desk/day/")["Location"]
    stranger = Client()
    stranger.post("/account/login/", {"login": leaves.email, "password": SECRET})
    stranger.post("/account/login/code/", {"email": leaves.email})
    stranger.post("/account/password/reset/", {"email": leaves.email})
    with pytest.raises(TypeError):  # the letter says that there is no account: it holds no code
        code_from_mail()
    assert not signed(stranger)
    assert User.objects.get(pk=leaves.pk).name == "Jo Leaves"  # patients see who looked


def test_who_lost_the_second_factor_sets_it_up_anew(signed_in, make_user, settings):
    settings.STAFF_NEEDS_SECOND_FACTOR = True
    lost = make_user(Role.CLINICIAN, password=SECRET)
    TOTP.activate(lost, generate_totp_secret())
    thief = signed_in(user=lost)
    let_user_in(lost, "another-long-secret")
    assert "/account/login/" in thief.get("/patients/")["Location"]
    client = Client()
    client.post("/account/login/", {"login": lost.email, "password": "another-long-secret"})
    assert client.get("/patients/")["Location"] == "/account/2fa/"


def test_failed_sign_ins_go_with_the_account_and_with_time(make_user):
    def fail(login):
        Client().post("/account/login/", {"login": login, "password": "wrong"})

    user = make_user(Role.PATIENT, email="pat@x.example")
    for login in ("PAT@x.example", "other@x.example"):
        fail(login)
    close_account(user, by=user)
    assert [row.username for row in AccessAttempt.objects.all()] == ["other@x.example"]
    forget_sign_ins.call_local()
    assert AccessAttempt.objects.exists()  # the lockout still counts it
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    forget_sign_ins.call_local()
    assert not AccessAttempt.objects.exists()


def test_sessions_that_are_over_are_deleted(signed_in):
    signed_in(Role.PATIENT)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    live = signed_in(Role.FRONT_DESK).session.session_key
    forget_sign_ins.call_local()
    assert [session.pk for session in Session.objects.all()] == [live]
