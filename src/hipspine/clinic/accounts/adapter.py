"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.shortcuts import redirect

from hipspine.clinic.accounts.roles import PEOPLE, Role
from hipspine.clinic.accounts.tasks import send_account_mail
from hipspine.clinic.web.client_address import client_address


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
        """Written in the request, in its language; sent by the queue."""
        words = {"request": self.request, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, {**words, "email": email, **context})
        send_account_mail(message)

    def send_account_already_exists_mail(self, email: str) -> None:
        """To who registers a second time; the page is the same whether it is sent or not."""
        if ratelimit.consume(self.request, action="account_already_exists", key=email.lower()):
            super().send_account_already_exists_mail(email)
