"""Every page of accounts, audit and chart, with something on it, and who may open it."""

import time
from datetime import date

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement

ANA = {"given_name": "Ana", "family_name": "Ruiz", "birth_date": date(1980, 2, 29)}
PASSWORD = "walk the dog at noon"
VISITORS = (
    "/", "/nowhere/", "/account/login/", "/account/signup/", "/account/login/code/",
    "/account/password/reset/", "/account/inactive/", "/account/confirm-email/",
)  # fmt: skip
OWN_ACCOUNT = (
    "/me/", "/account/email/", "/account/password/change/", "/account/logout/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
)  # fmt: skip


def signed_in_fresh(user):
    """A client whose user has just given the password once more."""
    client = Client()
    client.user = user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    session = client.session
    record = {"method": "password", "at": time.time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def a_chart_with_everything(people):
    """(chart, its twin, a person nobody knows yet)"""
    clinician, desk = people[Role.CLINICIAN], people[Role.FRONT_DESK]
    chart, twin, merged = (actions.create_patient(by=clinician, **ANA) for _ in range(3))
    actions.change_patient(
        chart, by=desk, **ANA, gender="female", language="es", email="ana@x.example",
        phone="+1 555 010 4477", address="12 Long Street, Springfield",
    )  # fmt: skip
    actions.merge_patients(chart, merged, reason="Same person, typed twice", by=desk)
    actions.link_account(chart, people[Role.PATIENT], by=desk)
    for name, side in (("log_roll", "left"), ("faber_groin_pain", "right")):
        said = Statement(name, True, date(2026, 1, 1), side=side)
        actions.record_finding(chart, said, source="clinician", by=clinician)
    person = actions.note_arrival(**ANA, email="ana@x.example", phone="+1 555 010 4477")
    actions.request_erasure(twin, by=clinician)
    return chart, twin, person


def pages_by_client():
    """{client: addresses}, one client a role and one of nobody."""
    people = {
        role: create_user(f"{role}@x.example", role, name=f"Sam {role}", password=PASSWORD)
        for role in (Role.FRONT_DESK, Role.CLINICIAN, Role.PATIENT, Role.CLINIC_ADMIN, Role.AUDITOR)
    }
    chart, twin, person = a_chart_with_everything(people)
    TOTP.activate(people[Role.CLINIC_ADMIN], generate_totp_secret())
    RecoveryCodes.activate(people[Role.CLINIC_ADMIN])
    at = f"/patients/{chart.pk}/"
    mine = {
        Role.FRONT_DESK: ("/", "/patients/", "/patients/new/", at, f"{at}change/",
            "/patients/arrivals/", f"/patients/arrivals/{person.pk}/", f"{at}merge/{twin.pk}/"),
        Role.CLINICIAN: ("/", at, f"{at}findings/new/", f"{at}reason/", *OWN_ACCOUNT),
        Role.PATIENT: ("/", f"{at}mine/", f"{at}mine/who-looked/", "/me/again/", "/patients/"),
        Role.CLINIC_ADMIN: ("/", "/patients/erasures/", "/account/2fa/",
            "/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/",
            "/account/2fa/totp/deactivate/"),
        Role.AUDITOR: ("/", "/me/events/", "/me/events/verification/", "/account/reauthenticate/"),
    }  # fmt: skip
    return {Client(): VISITORS} | {
        signed_in_fresh(people[role]): addresses for role, addresses in mine.items()
    }
