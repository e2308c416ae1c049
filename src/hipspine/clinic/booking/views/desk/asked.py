"""Which clinic, day, visit or instant an address of the desk asks for; there always is one."""

from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hipspine.clinic.booking.clock_words import YEARS
from hipspine.clinic.booking.models import Appointment, Location, Resource, VisitType
from hipspine.clinic.booking.selectors import with_people


def asked_location(request: HttpRequest, clinics: list[Location]) -> Location | None:
    """`at` (a slug): that clinic, or 404; nothing: the own one, else the first, None if none is."""
    slug = request.GET.get("at", "")
    if slug:
        found = next((place for place in clinics if place.slug == slug), None)
        if found is None:
            raise Http404
        return found
    works_at = Resource.objects.filter(user=request.user).order_by()
    own = set(works_at.values_list("location", flat=True))
    return next((place for place in clinics if place.pk in own), next(iter(clinics), None))


def at_a_clinic(view):
    """The view is given the clinic asked for; where there is none yet, a page says so.

    `request.clinics`: all, those open for booking first.
    """

    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        request.clinics = list(Location.objects.order_by("-is_active", "name"))
        location = asked_location(request, request.clinics)
        if location is None:
            return render(request, "booking/desk/no_clinic.html")
        return view(request, location)

    return found


def _slug(words: str) -> str:
    """As it is, or nothing: what is no short name does not reach the database."""
    return words if slug_re.fullmatch(words) else ""


def read_day(words: str) -> date | None:
    """A day written YYYY-MM-DD; None if it is none."""
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None


def visit_type_at(location: Location, slug: str) -> VisitType | None:
    """A visit of this clinic that is in use."""
    return VisitType.objects.filter(location=location, slug=_slug(slug), is_active=True).first()


def clinician_at(location: Location, slug: str) -> Resource | None:
    """A clinician of this clinic who is in use; None: anyone."""
    clinicians = Resource.objects.filter(location=location, kind="practitioner", is_active=True)
    return clinicians.filter(slug=_slug(slug)).first() if slug else None


def appointment_or_404(appointment_id) -> Appointment:
    """With its people."""
    found = with_people(Appointment.objects.filter(pk=appointment_id)).first()
    if found is None:
        raise Http404
    return found


def address(name: str, location: Location, **more: object) -> str:
    """Of a page of the desk at this clinic: a query of slugs, days and instants, no names."""
    query = {"at": location.slug, **{k: v for k, v in more.items() if v}}
    return f"{reverse(name)}?{urlencode(query)}"


def place_in_day(visit: Appointment) -> str:
    """Where the visit stands on the page of its day."""
    day = visit.starts_at.astimezone(visit.location.zone).date()
    return f"{address('desk:day', visit.location, on=day)}#visit-{visit.pk}"
