"""Clinicians, rooms and equipment: the profile, the weekly hours, the days that differ."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.actions import setup
from hipspine.clinic.booking.forms_setup import ResourceForm
from hipspine.clinic.booking.forms_setup_hours import ExceptionForm, WeeklyHoursForm
from hipspine.clinic.booking.models import HoursException, Location, Resource, WeeklyHours
from hipspine.clinic.booking.models.resource import Kind, Weekday
from hipspine.clinic.booking.outside import visits_outside
from hipspine.clinic.booking.views.setup.editing import Page, edit, frame, lines_of, take_away


@allow(Role.CLINIC_ADMIN)
@require_safe
def resource(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Who or what it is, and the hours it keeps; with `all` also the exceptions of the past."""
    row = _resource(resource_id)
    today = row.location.today
    weekly = list(row.weekly_hours.all())
    by_day = [(day.label, [h for h in weekly if h.weekday == day]) for day in Weekday]
    coming = row.exceptions.filter(day__gte=today)
    shown = {
        "resource": row,
        "by_day": [(label, hours) for label, hours in by_day if hours],
        "today": today,
        "exceptions": row.exceptions.all() if request.GET.get("all") else coming,
        "past": 0 if request.GET.get("all") else row.exceptions.filter(day__lt=today).count(),
        "outside": lines_of(visits_outside(row.location, [row])),
        "hanging": setup.what_hangs_on(row),
        "needed_by": row.location.visit_types.filter(needs__any_of=row).distinct(),
    }
    return render(request, "booking/setup/resource.html", frame(row.location) | shown)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_resource(request: HttpRequest, location_id: int) -> HttpResponse:
    """`kind` in the address says what it is."""
    place = get_object_or_404(Location, pk=location_id)
    titles = {
        Kind.PRACTITIONER: _("A new clinician"),
        Kind.ROOM: _("A new room"),
        Kind.EQUIPMENT: _("New equipment"),
    }
    kind = request.GET.get("kind", Kind.PRACTITIONER)
    if kind not in titles:
        raise Http404
    form = ResourceForm(request.POST or None, instance=Resource(location=place, kind=kind))
    page = Page(titles[kind], reverse("setup:location", args=[place.pk]), then="setup:resource")
    return edit(request, form, page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_resource(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Its profile."""
    row = _resource(resource_id)
    remove = reverse("setup:remove_resource", args=[row.pk])
    page = _page_of(row, _("Profile"), row.name, remove)
    return edit(request, ResourceForm(request.POST or None, instance=row), page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_resource(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Where nothing hangs on it."""
    row = _resource(resource_id)
    back = reverse("setup:location", args=[row.location_id])
    return take_away(request, row, Page(_("Take away"), back, row.name))


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_hours(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Hours of one weekday, or of several alike."""
    row = _resource(resource_id)
    first = {"weekday": request.GET.get("weekday", "")}
    form = WeeklyHoursForm(request.POST or None, instance=WeeklyHours(resource=row), initial=first)
    page = _page_of(row, _("New weekly hours"), row.name, hint=_hint(row))
    return edit(request, form, page, _write_rows)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_hours(request: HttpRequest, resource_id: int, row_id: int) -> HttpResponse:
    """From when to when, and for how long that holds."""
    hours = get_object_or_404(WeeklyHours, pk=row_id, resource=resource_id)
    remove = reverse("setup:remove_hours", args=[resource_id, row_id])
    page = _page_of(hours.resource, _("Weekly hours"), hours.resource.name, remove)
    return edit(request, WeeklyHoursForm(request.POST or None, instance=hours), page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_hours(request: HttpRequest, resource_id: int, row_id: int) -> HttpResponse:
    """Closed then."""
    hours = get_object_or_404(WeeklyHours, pk=row_id, resource=resource_id)
    name = f"{hours.resource.name}, {hours}"
    return take_away(request, hours, _page_of(hours.resource, _("Take these hours away"), name))


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_exception(request: HttpRequest, resource_id: int) -> HttpResponse:
    """A day, or some days, that differ."""
    row = _resource(resource_id)
    form = ExceptionForm(request.POST or None, instance=HoursException(resource=row))
    return edit(request, form, _page_of(row, _("A day that differs"), row.name), _write_rows)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_exception(request: HttpRequest, resource_id: int, row_id: int) -> HttpResponse:
    """Another day, other times."""
    row = get_object_or_404(HoursException, pk=row_id, resource=resource_id)
    remove = reverse("setup:remove_exception", args=[resource_id, row_id])
    page = _page_of(row.resource, _("A day that differs"), row.resource.name, remove)
    return edit(request, ExceptionForm(request.POST or None, instance=row), page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_exception(request: HttpRequest, resource_id: int, row_id: int) -> HttpResponse:
    """A day like every other."""
    row = get_object_or_404(HoursException, pk=row_id, resource=resource_id)
    page = _page_of(row.resource, _("Take this exception away"), f"{row.resource.name}, {row.day}")
    return take_away(request, row, page)


def _write_rows(form, by, said: setup.Accepted) -> None:
    setup.add_all(form.rows(), by=by, accepted=said)


def _resource(resource_id: int) -> Resource:
    return get_object_or_404(Resource.objects.select_related("location", "user"), pk=resource_id)


def _page_of(row: Resource, title: str, name: str, remove: str = "", hint: str = "") -> Page:
    return Page(title, reverse("setup:resource", args=[row.pk]), name, remove, hint)


def _hint(row: Resource) -> str:
    """The first hours of a room take something away: it was there whenever a clinician was."""
    if row.kind == Kind.PRACTITIONER or row.weekly_hours.exists():
        return ""
    return _("Without hours it is there whenever a clinician is; with the first, only then.")
