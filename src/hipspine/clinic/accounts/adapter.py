"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.shortcuts import redirect

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


class AccountAdapter(DefaultAccountAdapter):
    """Who registers is a patient; machines do not sign in to pages."""

    def save_user(self, request: HttpRequest, user, form, commit: bool = True):
        user.role = Role.PATIENT
        user.language = getattr(request, "LANGUAGE_CODE", "en")[:8]
        return super().save_user(request, user, form, commit=commit)

    def pre_login(self, request: HttpRequest, user, **kwargs):
        if user.role not in PEOPLE:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        return super().pre_login(request, user, **kwargs)

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
        words = {"request": self.request, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, {**words, "email": email, **context})
        send_account_mail(message)
