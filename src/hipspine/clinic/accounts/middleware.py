"""Every request passes here: idle staff are signed out; a page without a rule stays closed."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.access import Access
from hipspine.clinic.accounts.again import (
    ask_to_sign_in_again,
    came_from,
    is_fresh,
    say_press_again,
)
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.accounts.rules import BEFORE_SECOND_FACTOR, RULES
from hipspine.clinic.audit.actions import record

LAST_SEEN = "last_seen"
REMEMBER_EVERY_S = 30  # not one session write a request


class IdleLogoutMiddleware:
    """Staff who did nothing for 15 minutes are signed out; a screen left open shows no chart."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.is_clinic_staff:
            now = time.time()
            idle = now - request.session.get(LAST_SEEN, now)
            if idle > settings.STAFF_IDLE_LOGOUT.total_seconds():
                record("session.idle_logout", actor=user)
                logout(request)
                messages.info(request, _("You were signed out after 15 minutes without activity."))
                return redirect_to_login(came_from(request), resolve_url(settings.LOGIN_URL))
            if idle > REMEMBER_EVERY_S or LAST_SEEN not in request.session:
                request.session[LAST_SEEN] = now
        return self.get_response(request)


class AccessMiddleware:
    """Deny, unless the rule of the page says otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        rule = rule_of(view, request.resolver_match.view_name)
        user = request.user
        if rule is None:
            raise PermissionDenied("a page without a rule")
        if user.is_authenticated and not rule.fresh and hasattr(view, "access"):
            say_press_again(request)  # on a page of ours, not on those of signing in
        if rule.is_public:
            return _second_factor(request)
        if not user.is_authenticated:
            return redirect_to_login(came_from(request), resolve_url(settings.LOGIN_URL))
        if user.role not in rule.roles:
            raise PermissionDenied(user.role)
        if user.role == Role.PATIENT and rule.own and not rule.own(user, **kwargs):
            raise Http404  # not 403: whether it exists is nobody else's business
        missing = _second_factor(request)
        if missing is None and rule.fresh and not is_fresh(request):
            return ask_to_sign_in_again(request)
        return missing


def rule_of(view, name: str) -> Access | None:
    """The rule the view was marked with, else the one of a page that is not ours."""
    return getattr(view, "access", None) or RULES.get(name)


def _second_factor(request: HttpRequest) -> HttpResponse | None:
    """Staff set up an authenticator or a passkey before they see anything else."""
    user = request.user
    needed = settings.STAFF_NEEDS_SECOND_FACTOR and user.is_authenticated and user.is_clinic_staff
    if not needed or request.resolver_match.view_name in BEFORE_SECOND_FACTOR:
        return None
    if is_mfa_enabled(user):
        return None
    messages.info(request, _("Set up an authenticator app or a passkey first."))
    return redirect("mfa_index")
