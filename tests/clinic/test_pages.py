"""Every page answers, for those who may open it."""

import pytest
from django.test import Client

from hipspine.clinic.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/readyz",
        "/account/login/",
        "/account/signup/",
        "/account/login/code/",
        "/account/password/reset/",
    ],
)
def test_public_pages(path):
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MACHINE_CLIENT}))
@pytest.mark.parametrize("path", ["/", "/me/", "/account/2fa/", "/account/email/"])
def test_own_pages(signed_in, role, path):
    assert signed_in(role).get(path).status_code == 200
