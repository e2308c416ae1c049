"""The feed of free times, kept for a minute, and 304 where nothing changed."""

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.booking import feed
from hipspine.clinic.booking.views.public.finding import open_location

NDJSON = "application/fhir+ndjson"
MAX_AGE_S = 60


@allow(PUBLIC)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """`$bulk-publish`. `_since` is allowed and, as the specification permits, changes nothing:
    times vanish from the feed by the clock alone, so only the whole of it is right."""
    return _kept(request, JsonResponse(feed.manifest(timezone.now())))


@allow(PUBLIC)
@require_safe
def locations(request: HttpRequest) -> HttpResponse:
    """The clinics."""
    return _kept(request, HttpResponse(feed.as_lines(feed.locations()), content_type=NDJSON))


@allow(PUBLIC)
@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    """The kinds of visit."""
    return _kept(request, HttpResponse(feed.as_lines(feed.schedules()), content_type=NDJSON))


@allow(PUBLIC)
@require_safe
def slots(request: HttpRequest, location_slug: str) -> HttpResponse:
    """The free times of one clinic."""
    lines = feed.as_lines(feed.slots(open_location(location_slug), timezone.now()))
    return _kept(request, HttpResponse(lines, content_type=NDJSON))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """May be kept a minute, is known by its content, and may be read by pages of other sites."""
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MAX_AGE_S)
    return get_conditional_response(request, etag=response["ETag"], response=response)
