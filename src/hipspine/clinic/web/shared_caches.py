"""No cookie gets into a cache that serves others."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class SharedCachesMiddleware:
    """An answer that sets a cookie is for one browser, whatever its view said of it.

    Outside the sessions, which set theirs (as the idle clock of a signed-in person moves) last.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.cookies and "public" in response.get("Cache-Control", ""):
            patch_cache_control(response, private=True)
        return response
