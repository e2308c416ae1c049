"""A body that is too large is refused before it is read; an upload is always refused."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hipspine.clinic.web.errors import error_page


class BodyLimitMiddleware:
    """413 by the declared length; Django itself stops a body that lied about it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return error_page(request, 400, _("The length of the request is not a number."))
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return error_page(request, 413, _("What you sent is too large: at most 1 MB."))
        return self.get_response(request)


class RefuseUploads(FileUploadHandler):
    """No page takes a file."""

    def receive_data_chunk(self, raw_data, start):
        raise StopUpload(connection_reset=False)

    def file_complete(self, file_size):
        return None
