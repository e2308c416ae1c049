"""Free times as JSON, for a clinic's own web pages: three questions, nothing about a person.

GET /api/locations, /api/locations/{slug}/visit-types, /api/slots, /api/openapi.json
"""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.urls import path as url_path
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import BeforeValidator, Field

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.booking.feed import booking_link
from hipspine.clinic.booking.models import Location, Resource, VisitType
from hipspine.clinic.booking.slots import free_slots
from hipspine.clinic.booking.week import FARTHEST, practitioners_of

MOST_DAYS = 31
MAX_AGE_S = 30


def _iso_day(value: object) -> date:
    """Only 2026-11-26: pydantic would also read a number as seconds since 1970."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ValueError("not a day; accepted: YYYY-MM-DD, as 2026-11-26")
    return day


Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=50)]
Day = Annotated[date, BeforeValidator(_iso_day)]


class Problem(Schema):
    """What is wrong, in a sentence that says what would be accepted."""

    detail: str


class LocationOut(Schema):
    """A clinic. `time_zone`: IANA; every time of this clinic is told in it."""

    slug: str
    name: str
    address_line: str
    city: str
    state: str
    postal_code: str
    country: str
    phone: str
    time_zone: str


class PractitionerOut(Schema):
    """A clinician, with whom a visit can be."""

    slug: str
    name: str
    title: str


class VisitTypeOut(Schema):
    """A kind of visit that is booked online."""

    slug: str
    name: str
    about: str
    minutes: int
    practitioners: list[PractitionerOut]


class SlotOut(Schema):
    """A free time, with the offset of the clinic; `book`: the page on which to take it."""

    start: datetime
    end: datetime
    practitioners: list[str]
    book: str


class SlotsOut(Schema):
    """By time."""

    location: str
    visit_type: str
    time_zone: str
    slots: list[SlotOut]


api = NinjaAPI(
    title="hipspine: free times",
    version="1",
    docs_url=None,  # its page would load scripts from elsewhere
    urls_namespace="api",
)


@api.get("/locations", response={200: list[LocationOut]}, url_name="locations")
def locations(request: HttpRequest) -> list[Location]:
    """The clinics that take bookings, by name."""
    return list(Location.objects.filter(is_active=True))


@api.get(
    "/locations/{slug}/visit-types",
    response={200: list[VisitTypeOut], 404: Problem, 422: Problem},
    url_name="visit_types",
)
def visit_types(request: HttpRequest, slug: Path[Slug]) -> list[VisitTypeOut]:
    """What can be booked online there, in the clinic's own order."""
    visits = _location(slug).visit_types.filter(is_active=True, is_online=True)
    return [
        VisitTypeOut(
            slug=visit.slug,
            name=visit.text("name"),
            about=visit.text("about"),
            minutes=visit.minutes,
            practitioners=[
                PractitionerOut(slug=who.slug, name=who.name, title=who.shown_title)
                for who in practitioners_of(visit)
            ],
        )
        for visit in visits
    ]


class Asked(Schema):
    """Which free times; days are those of the clinic, both included, 31 at most."""

    location: Slug
    visit_type: Slug
    first: Day
    last: Day
    who: Slug | None = Field(None, alias="with", description="a clinician's slug; else anyone")


@api.get(
    "/slots",
    response={200: SlotsOut, 400: Problem, 404: Problem, 422: Problem},
    url_name="slots",
)
def slots(request: HttpRequest, asked: Query[Asked]) -> SlotsOut:
    """The free times between two days, as the booking page shows them."""
    location = _location(asked.location)
    visit = _visit_type(location, asked.visit_type)
    who = _practitioner(visit, asked.who) if asked.who else None
    _check_days(asked.first, asked.last)
    return SlotsOut(
        location=location.slug,
        visit_type=visit.slug,
        time_zone=location.time_zone,
        slots=[
            SlotOut(
                start=slot.starts_at.astimezone(location.zone),
                end=slot.ends_at.astimezone(location.zone),
                practitioners=[r.slug for r in slot.practitioners],
                book=booking_link(slot, visit),
            )
            for slot in free_slots(visit, asked.first, asked.last, who)
        ],
    )


def _check_days(first: date, last: date) -> None:
    today = timezone.localdate()
    if last < first:
        raise HttpError(400, _("the last day lies before the first"))
    if (last - first).days >= MOST_DAYS:
        raise HttpError(400, _("accepted: at most 31 days at once"))
    if max(abs(first - today), abs(last - today)) > FARTHEST - timedelta(days=2):
        raise HttpError(400, _("accepted: days of this year and the next"))


def _location(slug: str) -> Location:
    found = Location.objects.filter(slug=slug, is_active=True).first()
    if found is None:
        raise HttpError(404, _("no such clinic; /api/locations lists them"))
    return found


def _visit_type(location: Location, slug: str) -> VisitType:
    visits = VisitType.objects.filter(is_active=True, is_online=True).select_related("location")
    found = visits.filter(location=location, slug=slug).first()
    if found is None:
        raise HttpError(404, _("no such visit is booked online at this clinic"))
    return found


def _practitioner(visit: VisitType, slug: str) -> Resource:
    found = next((who for who in practitioners_of(visit) if who.slug == slug), None)
    if found is None:
        raise HttpError(404, _("this visit cannot be had with this clinician"))
    return found


@api.exception_handler(ValidationError)
def _refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What, where, and what would be accepted, in one line."""
    words = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors)
    return api.create_response(request, {"detail": words}, status=422)


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below /api/."""
    words = _("no such address; /api/openapi.json lists what there is")
    return api.create_response(request, {"detail": words}, status=404)


def _public(pattern: URLPattern) -> URLPattern:
    """The rule of access on ninja's own view, and how long the answer may be kept."""
    view = pattern.callback

    def public(request: HttpRequest, **words: str) -> HttpResponse:
        response = view(request, **words)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE_S)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    public.csrf_exempt = True  # nothing is changed here; another verb is answered with 405
    pattern.callback = allow(PUBLIC)(public)
    return pattern


def urls() -> tuple[list[URLPattern], str, str]:
    """Ninja's addresses, each open to all; in place of its first page, the list's address."""
    patterns, app, namespace = api.urls
    kept = [_public(pattern) for pattern in patterns if pattern.name != "api-root"]
    other = url_path("", nowhere, name="api-root"), url_path("<path:rest>", nowhere, name="nowhere")
    return [*kept, *map(_public, other)], app, namespace
