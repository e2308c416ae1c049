"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.accounts.again import is_fresh
from hipspine.clinic.accounts.letter_limits import OF_ACCOUNTS, may_write
from hipspine.clinic.accounts.roles import PEOPLE, Role
from hipspine.clinic.accounts.tasks import send_account_mail
from hipspine.clinic.web import errors
from hipspine.clinic.web.client_address import client_address

#: Letters that a stranger can have sent to any address, by typing it.
ASKED_BY_ANYONE = frozenset(
    [
        "login_code",
        "unknown_account",
        "account_already_exists",
        "email_confirmation",
        "email_confirmation_signup",
        "password_reset_code",
        "password_reset_key",
    ]
)

#: allauth's names of ways to sign in that need more than reading somebody's mail.
TYPED_OR_HELD = frozenset(["password", "mfa"])

#: allauth's names of ways to show that it is still oneself.
AGAIN_BY = {
    "reauthenticate": _("Type the password"),
    "mfa_reauthenticate": _("Type a code of the app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey or a security key"),
}

ERRORS = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": _(
        "The main address stays; make another one the main one first."
    ),
    "duplicate_email": _("You have this address already."),
    "email_password_mismatch": _("The address or the password is not right."),
    "email_taken": _("This address cannot be used here."),
    "enter_current_password": _("This is not your password until now."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "incorrect_password": _("The password is not right."),
    "max_email_addresses": _("You can have %d addresses at most."),
    "too_many_login_attempts": _("Too many attempts. Please wait a while, then try again."),
    "unverified_primary_email": _("Only an address that is confirmed can be the main one."),
    "same_as_current": _("Please type another one than now."),
    "rate_limited": _("That was asked for too often. Please wait a while, then try again."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Who registers is a patient; machines do not sign in to pages."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def save_user(self, request: HttpRequest, user, form, commit: bool = True):
        user.role = Role.PATIENT
        user.language = getattr(request, "LANGUAGE_CODE", "en")[:8]
        return super().save_user(request, user, form, commit=commit)

    def pre_login(self, request: HttpRequest, user, **kwargs):
        if user.role not in PEOPLE:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not of who typed the password, or used a second factor, a few minutes ago to sign in.

        A code from a letter is less: who reads somebody's mail adds no second factor of their own.
        """
        required = super().is_reauthentication_required(app=app, **kwargs)
        return required and not is_fresh(self.request, TYPED_OR_HELD)

    def get_reauthentication_methods(self, user) -> list[dict]:
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": AGAIN_BY[way["id"]]} for way in ways]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom the limits count: behind our proxy, not the proxy."""
        return client_address(request) or "unknown"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Written in the request, in its language; sent by the queue.

        Limited for all who have no account and for all who have one: nobody learns who does.
        """
        asked_for = template_prefix.removeprefix("account/email/") in ASKED_BY_ANYONE
        if asked_for and not may_write(self.request, email, OF_ACCOUNTS):
            raise ImmediateHttpResponse(errors.too_many(self.request))
        words = {
            "request": self.request,
            "current_site": get_current_site(self.request),
            "sign_in_address": settings.PUBLIC_URL + reverse("account_login"),
            "sign_up_address": settings.PUBLIC_URL + reverse("account_signup"),
        }
        message = self.render_mail(template_prefix, email, {**words, "email": email, **context})
        send_account_mail(message)
