"""Staff set up a passkey, an authenticator app and recovery codes in Chromium, and sign in by them.

The authenticator is Chromium's virtual one (WebAuthn domain of the DevTools protocol): it keeps
resident keys and says that it verified its user. A passkey belongs to a domain name, so the
server is `localhost`, never 127.0.0.1.
"""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from pytest_django.live_server_helper import LiveServer

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from tests.clinic.browsing import browser, chromium, pytestmark  # noqa: F401

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PASSWORD = "walk the dog at noon"


@pytest.fixture
def address(transactional_db):
    server = LiveServer("localhost:0")
    yield server.url
    server.stop()


@pytest.fixture
def page(address, browser, settings):  # noqa: F811
    """A browser with an authenticator; what breaks the CSP or fails in a script is an error."""
    settings.STAFF_NEEDS_SECOND_FACTOR = True
    page = browser.new_context(base_url=address).new_page()
    page.set_default_timeout(8_000)
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    assert faults == []


@pytest.fixture
def clinician(transactional_db):
    return create_user("clinician@x.example", Role.CLINICIAN, password=PASSWORD)


def sign_in(page, user):
    page.goto("/account/login/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_password) button[type=submit]")


def sign_out(page):
    page.click("form[action='/account/logout/'] button")
    page.wait_for_url("**/")


def path(page):
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_a_passkey_is_added_and_then_signs_in_alone(page, clinician):
    sign_in(page, clinician)
    for closed in ("/", "/patients/", "/me/"):
        page.goto(closed)
        assert path(page) == "/account/2fa/"
    page.goto("/account/2fa/webauthn/add/")
    page.fill("#id_name", "Work laptop")
    assert page.is_checked("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.goto("/account/2fa/webauthn/")
    assert "Work laptop" in page.inner_text("main li") and "signs in alone" in page.inner_text(
        "main"
    )
    page.goto("/patients/")
    assert path(page) == "/patients/"
    sign_out(page)
    page.goto("/patients/")
    assert path(page).startswith("/account/")
    page.click("#passkey_login")
    page.wait_for_url("**/patients/")


def test_a_passkey_is_the_second_factor_after_a_password(page, clinician):
    sign_in(page, clinician)
    page.goto("/account/2fa/webauthn/add/")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    sign_out(page)
    sign_in(page, clinician)
    assert path(page).startswith("/account/2fa/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(lambda url: "/account/" not in url)


def code_of(secret, back=0):
    counter = next(yield_hotp_counters_from_time()) - back
    return format_hotp_value(hotp_value(secret, counter))


def test_an_authenticator_app_and_recovery_codes(page, clinician):
    sign_in(page, clinician)
    page.goto("/account/2fa/totp/activate/")
    assert page.locator("img[src^='data:image/svg+xml']").evaluate("i => i.naturalWidth") > 100
    page.fill("#id_code", code_of(page.input_value("#authenticator_secret")))
    page.click("form:has(#id_code) button[type=submit]")
    page.goto("/account/2fa/recovery-codes/")
    codes = page.input_value("#recovery_codes").split()
    assert len(codes) == 10
    sign_out(page)
    for code in codes[:2]:
        sign_in(page, clinician)
        page.fill("#id_code", code)
        page.click("form:has(#id_code) button[type=submit]")
        page.wait_for_url(lambda url: "/account/" not in url)
        sign_out(page)
    sign_in(page, clinician)
    page.fill("#id_code", codes[0])  # used up
    page.click("form:has(#id_code) button[type=submit]")
    assert path(page).startswith("/account/2fa/authenticate/")
    page.goto("/patients/")
    assert path(page).startswith("/account/")
