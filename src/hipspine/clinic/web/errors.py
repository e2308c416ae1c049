"""Error pages: one sentence a person can act on, never what went wrong inside."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def error_page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """The page for this status, in the language of the request."""
    return render(request, "error.html", {"status": status, "sentence": sentence}, status=status)


def as_sentence(refusal: Exception) -> str:
    """A refusal begins small and ends open; on a page it is a sentence."""
    words = str(refusal)
    return words[:1].upper() + words[1:].removesuffix(".") + "."


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page or another site: nothing was saved."""
    return error_page(
        request, 403, _("This form is no longer valid. Go back, reload the page and try again.")
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_page(request, 400, _("This request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_page(request, 403, _("Your role may not open this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(request, 404, _("There is no such page, or it is not yours to see."))


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return error_page(
        request, 429, _("That was asked for too often. Please wait an hour, or call the clinic.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; also while the database is away, in which stands who asks and what they are told."""
    request.user, request._messages = AnonymousUser(), ()
    return error_page(
        request, 500, _("Something went wrong here. Nothing was saved; please call the clinic.")
    )
