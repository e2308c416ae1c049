"""One JSON line a request, without anything that could name a patient.

No query string, no body, no name, no address: the route (`/chart/<uuid:patient_id>/`) instead of
the path, and of an exception only its type and where it was raised.
"""

import json
import logging
import time
import traceback
import uuid

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

LOG = logging.getLogger("hipspine.clinic.requests")
EXPECTED = (Http404, PermissionDenied, SuspiciousOperation)
FIELDS = ("request", "method", "route", "status", "milliseconds", "role")


class RequestLogMiddleware:
    """Outermost: measures everything inside it and gives each request an id."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request.log_id = uuid.uuid4().hex[:12]
        response = self.get_response(request)
        user = getattr(request, "user", None)
        match = getattr(request, "resolver_match", None)
        response["X-Request-ID"] = request.log_id
        if not response.has_header("Cache-Control") and getattr(user, "is_authenticated", False):
            response["Cache-Control"] = "no-store"  # no chart stays in a browser's cache
        LOG.info(
            "request",
            extra={
                "request": request.log_id,
                "method": request.method,
                "route": match.route if match else "none",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                "role": getattr(user, "role", "nobody"),
            },
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, EXPECTED):
            return  # an answer with a status of its own, which the line of the request has
        LOG.error(
            "exception", exc_info=exception, extra={"request": getattr(request, "log_id", "")}
        )


class JsonFormatter(logging.Formatter):
    """A record as one JSON line; the words of an exception stay out, they may quote a patient."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if isinstance(line.get("request"), HttpRequest):
            line["request"] = getattr(line["request"], "log_id", "")
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["exception"] = record.exc_info[0].__name__
            line["raised_at"] = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
        return json.dumps(line, ensure_ascii=False, default=str)
