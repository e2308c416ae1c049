"""Signing in with a password: people only, by e-mail address, whatever its case."""

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from hipspine.clinic.accounts.roles import PEOPLE


class PeopleBackend(AuthenticationBackend):
    """allauth's backend without permissions tables; a machine client never signs in to a page."""

    def user_can_authenticate(self, user) -> bool:
        return user.is_active and user.role in PEOPLE

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return False  # rules are by role and page, see access.py


def username_of(request: HttpRequest | None, credentials: dict | None) -> str:
    """What the lockout counts failures by."""
    given = credentials or {}
    typed = request.POST.get("login", "") if request is not None else ""
    return str(given.get("email") or given.get("username") or typed).lower()[:254]
