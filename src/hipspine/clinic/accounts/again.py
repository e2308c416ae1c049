"""Signing in again before what must not be done at an open screen, and back to the button.

The button that was pressed is not pressed by itself: whoever comes back reads what it was and
presses it once more. What was typed beside it waits in the session, for the same person only.
"""

import time
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

PRESSED = "pressed"
#: s; as long as a code for signing in may take. Later it would surprise.
REMEMBERED_S = 15 * 60
MOST_TYPED = 2_000  # characters


def came_from(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for, or the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host():
        return "/"
    return local(referer.path + (f"?{referer.query}" if referer.query else ""))


def local(address: str) -> str:
    """The address, if it leads nowhere else; otherwise the first page."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"


def is_fresh(request: HttpRequest, methods: frozenset[str] | None = None) -> bool:
    """Signed in, or signed in again, a few minutes ago; by one of these methods, if given."""
    records = get_authentication_records(request, request.user)
    counted = [record["at"] for record in records if not methods or record["method"] in methods]
    return time.time() - max(counted, default=0.0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """By password or second factor; by a new code for who has neither."""
    if request.method == "POST":
        _remember(request)
    can_reauthenticate = get_adapter(request).get_reauthentication_methods(request.user)
    where = "account_reauthenticate" if can_reauthenticate else "accounts:sign_in_again"
    return redirect_to_login(came_from(request), resolve_url(where))


def sign_out_for_a_code(request: HttpRequest, back: str) -> HttpResponse:
    """Signing out empties the session, but for the button."""
    pressed = request.session.get(PRESSED)
    logout(request)
    if pressed:
        request.session[PRESSED] = pressed
    return redirect_to_login(local(back), resolve_url("account_request_login_code"))


def say_press_again(request: HttpRequest) -> None:
    """On the first page after signing in again; `typed_before` then finds what was typed."""
    if request.method != "GET" or PRESSED not in request.session or not is_fresh(request):
        return
    pressed = request.session.pop(PRESSED)
    is_old = time.time() - pressed["at"] > REMEMBERED_S
    if is_old or pressed["user"] != str(request.user.pk):
        return
    request.typed_before = (pressed["path"], pressed["typed"])  # type: ignore[attr-defined]
    messages.info(request, _("You have signed in again. Please press the button once more."))


def typed_before(request: HttpRequest, path: str) -> dict[str, str]:
    """What was sent to this address by the press that had to wait for signing in again."""
    pressed_path, typed = getattr(request, "typed_before", ("", {}))
    return typed if pressed_path == path else {}


def _remember(request: HttpRequest) -> None:
    typed = {name: text for name, text in request.POST.items() if name != "csrfmiddlewaretoken"}
    short = sum(map(len, typed.values())) <= MOST_TYPED
    request.session[PRESSED] = {
        "user": str(request.user.pk),
        "at": time.time(),
        "path": request.path,
        "typed": typed if short else {},
    }
