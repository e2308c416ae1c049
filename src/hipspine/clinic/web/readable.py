"""An address that only takes a button's press, when somebody opens it, leads to a page.

Whoever signs in again after a press, or changes the language on the page that answered one, comes
back to such an address, and would stand before an empty 405.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve


class ReadablePageMiddleware:
    """The nearest page above instead: of a visit, where one of its buttons has the address.

    Whether it may be opened is asked there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in ("GET", "HEAD"):
            return response
        return redirect(_above(request.path_info))


def _above(path: str) -> str:
    """The address without its last parts, as far as there is such a page."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path
