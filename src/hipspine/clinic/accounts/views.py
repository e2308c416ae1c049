"""The account page, and the auditor's page of events."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hipspine.clinic.accounts import actions
from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.again import sign_out_for_a_code
from hipspine.clinic.accounts.roles import PEOPLE, Role
from hipspine.clinic.audit.chain import latest_walk
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.audit.tasks import ask_for_walk
from hipspine.clinic.web.pages import before

A_PAGE = 50


class LanguageForm(forms.Form):
    """The language of pages and letters."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


@allow(*sorted(PEOPLE))
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Address, language, second factor."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        actions.change_language(request.user, language)
        messages.success(request, _("Saved."))
        answer = redirect("accounts:account")
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer
    return render(request, "accounts/account.html", {"form": form})


@allow(Role.AUDITOR)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The newest events, by pseudonym, and whether the chain is whole."""
    found, last = AuditEvent.objects.order_by("-sequence"), before(request)
    if last is not None:
        found = found.filter(sequence__lt=last)
    page = list(found[: A_PAGE + 1])
    shown = {"events": page[:A_PAGE], "more": len(page) > A_PAGE}
    return render(request, "audit/events.html", shown)


@allow(Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """What the latest walk along the chain found; by POST, walk it again."""
    if request.method == "POST":
        ask_for_walk(by=request.user)
        messages.info(request, _("The chain is being verified. The result will stand here."))
        return redirect("accounts:verification")
    return render(request, "audit/verification.html", {"walk": latest_walk()})


@allow(*sorted(PEOPLE))
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """For who signs in by code only: sign out, and get a new code before what was asked for."""
    if request.method == "POST":
        return sign_out_for_a_code(request, request.GET.get("next", "/"))
    return render(request, "accounts/sign_in_again.html")
