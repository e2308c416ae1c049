"""The pages of the second factor speak our words, in both languages, from set-up to removal.

allauth's own words would be the sign of a template that is still its own.
"""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from hipspine.clinic.accounts.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-secret"
ALLAUTHS = re.compile(
    r"Two-Factor|Security Key|Activat|Deactivat|Are you sure|Generate|out of \d+|Trust this"
    r"|Authenticator (secret|code)|Incorrect code|Alternative options|Master key|dos factores"
    r"|This functionality"
)
TOTP, CODES, KEYS = "/account/2fa/totp/", "/account/2fa/recovery-codes/", "/account/2fa/webauthn/"


def sign_in(user, language):
    client = Client(headers={"accept-language": language})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def read(client, path, *words):
    """The page, which has all these words and none of allauth's."""
    page = client.get(path, follow=True).text
    assert not ALLAUTHS.search(page), ALLAUTHS.search(page)
    assert [word for word in words if word not in page] == []
    return page


def set_up_the_app(client):
    page = client.get(f"{TOTP}activate/").text
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page)[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return client.post(f"{TOTP}activate/", {"code": code}, follow=True).text


@pytest.fixture
def clinician(make_user):
    return make_user(Role.CLINICIAN, password=PASSWORD)


@pytest.mark.django_db(transaction=True)  # what is said is said once it is committed
@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Point the camera", "Key for the app", "is not right, or it is too old",
            "The authenticator app is set up.", "For the day you lose", "each signs you in once",
            "You have new recovery codes.", "Its six digits", "The password was right")),
    ("es", ("Enfoque la imagen", "Clave para la aplicación", "no es correcto",
            "está configurada.", "Para el día en que pierda", "cada uno sirve una vez",
            "Tiene códigos de recuperación nuevos.", "Sus seis cifras", "La contraseña es")),
])  # fmt: skip
def test_the_app_from_set_up_to_removal(clinician, language, words):
    point, key, wrong, is_set_up, lose, once, new, digits, was_right = words
    client = sign_in(clinician, language)
    read(client, f"{TOTP}activate/", point, key)
    assert wrong in client.post(f"{TOTP}activate/", {"code": "000000"}).text
    assert is_set_up in set_up_the_app(client)
    read(client, CODES, lose)
    read(client, f"{CODES}generate/", once)
    assert new in client.post(f"{CODES}generate/", follow=True).text
    read(client, f"{TOTP}deactivate/", digits)
    other = sign_in(clinician, language)
    read(other, "/account/2fa/authenticate/", was_right)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    other.post("/account/2fa/authenticate/", {"code": code})
    assert other.get("/patients/").status_code == 200
    again = read(client, "/account/2fa/reauthenticate/")
    assert ("recovery codes" if language == "en" else "códigos de recuperación") in again


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Passkey 1", "Rename the passkey", "A name for it", "any more", "Use a passkey or")),
    ("es", ("Llave de acceso 1", "Cambiar el nombre", "Un nombre", "deja de", "Usar una llave")),
])  # fmt: skip
def test_a_passkey_is_named_renamed_and_removed(clinician, language, words):
    first, rename, label, gone, use = words
    client = sign_in(clinician, language)
    read(client, f"{KEYS}add/", first)
    key = Authenticator.objects.create(user=clinician, type="webauthn", data={"name": "Laptop"})
    read(client, f"{KEYS}keys/{key.pk}/edit/", rename, label, "Laptop")
    read(client, f"{KEYS}keys/{key.pk}/remove/", gone, "Laptop")
    read(client, "/account/reauthenticate/?next=/", use)
