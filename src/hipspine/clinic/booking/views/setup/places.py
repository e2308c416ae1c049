"""The clinics: the list, the page of one, its profile and its holidays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.forms_setup import LocationForm
from hipspine.clinic.booking.forms_setup_hours import HolidayForm
from hipspine.clinic.booking.models import Holiday, Location
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.outside import visits_outside, visits_to_come
from hipspine.clinic.booking.views.setup.editing import Page, edit, frame, lines_of, take_away


@allow(Role.CLINIC_ADMIN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every clinic."""
    clinics = Location.objects.order_by("-is_active", "name")
    return render(request, "booking/setup/home.html", {"clinics": clinics})


@allow(Role.CLINIC_ADMIN)
@require_safe
def location(request: HttpRequest, location_id: int) -> HttpResponse:
    """All that is set up in one clinic."""
    place = get_object_or_404(Location, pk=location_id)
    resources = list(place.resources.prefetch_related("weekly_hours"))
    shown = {
        "kinds": [
            (kind, _KINDS[kind](), [r for r in resources if r.kind == kind]) for kind in Kind
        ],
        "visit_types": place.visit_types.prefetch_related("needs"),
        "holidays": place.holidays.filter(day__gte=place.today),
        "past": place.holidays.filter(day__lt=place.today).count(),
        "outside": lines_of(visits_outside(place)),
    }
    return render(request, "booking/setup/location.html", frame(place) | shown)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_location(request: HttpRequest) -> HttpResponse:
    """A new clinic."""
    form = LocationForm(request.POST or None, instance=Location())
    return edit(
        request, form, Page(_("A new clinic"), reverse("setup:home"), then="setup:location")
    )


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_location(request: HttpRequest, location_id: int) -> HttpResponse:
    """Its profile."""
    place = get_object_or_404(Location, pk=location_id)
    has_visits = visits_to_come(place).exists()
    form = LocationForm(request.POST or None, instance=place, has_visits=has_visits)
    page = Page(
        _("Profile of the clinic"),
        back=reverse("setup:location", args=[place.pk]),
        name=place.name,
        remove=reverse("setup:remove_location", args=[place.pk]),
    )
    return edit(request, form, page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_location(request: HttpRequest, location_id: int) -> HttpResponse:
    """Where nothing hangs on it."""
    place = get_object_or_404(Location, pk=location_id)
    return take_away(
        request, place, Page(_("Take this clinic away"), reverse("setup:home"), place.name)
    )


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_holiday(request: HttpRequest, location_id: int) -> HttpResponse:
    """A day on which the clinic is closed."""
    place = get_object_or_404(Location, pk=location_id)
    form = HolidayForm(request.POST or None, instance=Holiday(location=place))
    return edit(request, form, _holiday_page(_("A new holiday"), place))


@allow(Role.CLINIC_ADMIN)
@require_safe
def holidays(request: HttpRequest, location_id: int) -> HttpResponse:
    """All of them, those of the past too."""
    place = get_object_or_404(Location, pk=location_id)
    rows = place.holidays.order_by("-day")
    return render(request, "booking/setup/holidays.html", frame(place) | {"holidays": rows})


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_holiday(request: HttpRequest, location_id: int, row_id: int) -> HttpResponse:
    """Another day, another name."""
    row = get_object_or_404(Holiday, pk=row_id, location=location_id)
    remove = reverse("setup:remove_holiday", args=[location_id, row_id])
    page = _holiday_page(_("Holiday"), row.location, remove, name=str(row))
    return edit(request, HolidayForm(request.POST or None, instance=row), page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_holiday(request: HttpRequest, location_id: int, row_id: int) -> HttpResponse:
    """The clinic is open on that day again."""
    row = get_object_or_404(Holiday, pk=row_id, location=location_id)
    page = _holiday_page(_("Take this holiday away"), row.location, name=str(row))
    return take_away(request, row, page)


#: What each kind is called in a heading; asked for in the language of the request.
_KINDS = {
    Kind.PRACTITIONER: lambda: _("Clinicians"),
    Kind.ROOM: lambda: _("Rooms"),
    Kind.EQUIPMENT: lambda: _("Equipment"),
}


def _holiday_page(title: str, place: Location, remove: str = "", name: str = "") -> Page:
    back = reverse("setup:location", args=[place.pk])
    return Page(title, f"{back}#holidays", name, remove)
