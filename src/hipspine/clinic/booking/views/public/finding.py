"""Find a clinic, read what it offers and who works there. Nothing here writes."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.booking.models import Location, Resource, VisitType
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.opening import holidays_soon, opening_of

LONGEST_SEARCH = 100
MOST_WORDS = 6


@allow(PUBLIC)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The clinics; `?q=` words of a name or a city (no personal data)."""
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_SEARCH]
    found = Location.objects.filter(is_active=True)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(
            Q(name__icontains=word) | Q(city__icontains=word) | Q(postal_code__istartswith=word)
        )
    return render(request, "booking/public/find.html", {"words": words, "locations": found})


@allow(PUBLIC)
@require_safe
def location(request: HttpRequest, location_slug: str) -> HttpResponse:
    """One clinic: address, hours, people, visits."""
    place = open_location(location_slug)
    today = place.today
    shown = {
        "location": place,
        "opening": opening_of(place, today),
        "holidays": holidays_soon(place, today),
        "clinicians": _clinicians(place),
        "visits": place.visit_types.filter(is_active=True),
    }
    return render(request, "booking/public/location.html", shown)


@allow(PUBLIC)
@require_safe
def clinician(request: HttpRequest, location_slug: str, resource_slug: str) -> HttpResponse:
    """One clinician, and what can be booked with them."""
    place = open_location(location_slug)
    who = get_object_or_404(_clinicians(place), slug=resource_slug)
    visits = place.visit_types.filter(is_active=True, needs__any_of=who).distinct()
    shown = {"location": place, "clinician": who, "visits": visits}
    return render(request, "booking/public/clinician.html", shown)


def open_location(slug: str) -> Location:
    """That clinic, if it takes bookings; else 404."""
    return get_object_or_404(Location, slug=slug, is_active=True)


def open_visit(location_slug: str, visit_slug: str) -> VisitType:
    """That kind of visit, in use, of a clinic that takes bookings; else 404."""
    found = (
        VisitType.objects.select_related("location")
        .filter(location__slug=location_slug, location__is_active=True)
        .filter(slug=visit_slug, is_active=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _clinicians(place: Location) -> QuerySet[Resource]:
    return place.resources.filter(kind=Kind.PRACTITIONER, is_active=True)
