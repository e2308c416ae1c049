"""What an action refuses (two tabs, a chart merged meanwhile) is a page that says so, not a 500."""

from django.http import HttpRequest, HttpResponse

from hipspine.clinic.web.errors import as_sentence, error_page
from hipspine.errors import InvalidInput


class RefusedMiddleware:
    """409 with the sentence of the refusal; the transaction of the action is already undone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InvalidInput):
            return error_page(request, 409, as_sentence(exception))
        return None
