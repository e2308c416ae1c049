"""Kinds of visit: the profile, what each takes, and whether it can be booked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.actions import setup
from hipspine.clinic.booking.bookable import next_free, why_not
from hipspine.clinic.booking.forms_setup import NeedForm, VisitTypeForm
from hipspine.clinic.booking.models import Location, Need, Resource, VisitType
from hipspine.clinic.booking.views.desk.times import FreeTime
from hipspine.clinic.booking.views.setup.editing import Page, edit, frame, take_away


@allow(Role.CLINIC_ADMIN)
@require_safe
def visit_type(request: HttpRequest, visit_type_id: int) -> HttpResponse:
    """What it is, what it takes, and when it is free next."""
    row = _visit_type(visit_type_id)
    free = next_free(row)
    shown = {
        "visit_type": row,
        "needs": row.needs.order_by("pk").prefetch_related("any_of"),
        "free": [FreeTime.of(slot, row, with_day=True) for slot in free],
        "reasons": why_not(row, free),
    }
    return render(request, "booking/setup/visit_type.html", frame(row.location) | shown)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_visit_type(request: HttpRequest, location_id: int) -> HttpResponse:
    """A new kind of visit; what it takes is said on its own page."""
    place = get_object_or_404(Location, pk=location_id)
    form = VisitTypeForm(request.POST or None, instance=VisitType(location=place))
    back = reverse("setup:location", args=[place.pk])
    page = Page(_("A new kind of visit"), back, then="setup:visit_type")
    return edit(request, form, page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_visit_type(request: HttpRequest, visit_type_id: int) -> HttpResponse:
    """Length, notice, online or not."""
    row = _visit_type(visit_type_id)
    remove = reverse("setup:remove_visit_type", args=[row.pk])
    page = _page_of(row, _("Kind of visit"), remove)
    return edit(request, VisitTypeForm(request.POST or None, instance=row), page)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_visit_type(request: HttpRequest, visit_type_id: int) -> HttpResponse:
    """Where nothing hangs on it."""
    row = _visit_type(visit_type_id)
    back = reverse("setup:location", args=[row.location_id])
    return take_away(request, row, Page(_("Take away"), back, row.shown_name))


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_need(request: HttpRequest, visit_type_id: int) -> HttpResponse:
    """One more that it takes."""
    row = _visit_type(visit_type_id)
    form = _need_form(request, Need(visit_type=row))
    return edit(request, form, _page_of(row, _("It takes one of these")), _write_need)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_need(request: HttpRequest, visit_type_id: int, row_id: int) -> HttpResponse:
    """Others may be taken."""
    need = get_object_or_404(Need, pk=row_id, visit_type=visit_type_id)
    remove = reverse("setup:remove_need", args=[visit_type_id, row_id])
    page = _page_of(need.visit_type, _("It takes one of these"), remove)
    return edit(request, _need_form(request, need), page, _write_need)


@allow(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_need(request: HttpRequest, visit_type_id: int, row_id: int) -> HttpResponse:
    """It no longer takes any of these."""
    need = get_object_or_404(Need, pk=row_id, visit_type=visit_type_id)
    names = ", ".join(resource.name for resource in need.any_of.all())
    page = _page_of(need.visit_type, _("Take this need away"), name=names)
    return take_away(request, need, page)


def _need_form(request: HttpRequest, need: Need) -> NeedForm:
    """What is in use, and what it names already."""
    here = Resource.objects.filter(location=need.visit_type.location_id)
    choosable = here.filter(is_active=True)
    if need.pk:
        choosable = (choosable | here.filter(needs=need)).distinct()
    return NeedForm(request.POST or None, instance=need, choosable=choosable)


def _write_need(form: NeedForm, by, said: setup.Accepted) -> None:
    chosen = form.cleaned_data["any_of"]
    setup.save_need(form.instance, chosen, by=by, seen=form.seen_values)


def _visit_type(visit_type_id: int) -> VisitType:
    return get_object_or_404(VisitType.objects.select_related("location"), pk=visit_type_id)


def _page_of(row: VisitType, title: str, remove: str = "", name: str = "") -> Page:
    back = reverse("setup:visit_type", args=[row.pk])
    return Page(title, back, name or row.shown_name, remove)
