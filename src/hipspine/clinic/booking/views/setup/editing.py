"""One row of the set-up: the page that changes it, and the page that takes it away."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hipspine.clinic.booking.actions import setup
from hipspine.clinic.booking.clock_words import day_words, span, zone_words
from hipspine.clinic.booking.forms_setup import SetupForm
from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.booking.setup_rows import clinic_of
from hipspine.clinic.booking.views.desk.asked import place_in_day

MOST_LISTED = 20


@dataclass(frozen=True)
class Page:
    """What stands around the form. `name`: of what is changed, as a person typed it.

    `then`: the page of the row that was saved, if that is where one goes next; else `back`.
    """

    title: str
    back: str
    name: str = ""
    remove: str = ""
    hint: str = ""
    then: str = ""


def frame(location: Location) -> dict[str, object]:
    """The clinic and its clock."""
    return {
        "location": location,
        "zone_words": zone_words(location.zone, location.today),
    }


def lines_of(visits: list[UUID]) -> dict[str, object]:
    """Visits outside the hours: how many, and the first of them with their place in the day."""
    lines = []
    for visit in with_people(Appointment.objects.filter(pk__in=visits[:MOST_LISTED])):
        zone = visit.location.zone
        day = day_words(visit.starts_at.astimezone(zone).date())
        words = f"{day}, {span(visit.starts_at, visit.ends_at, zone)}"
        lines.append((words, place_in_day(visit), visit))
    return {
        "count": len(visits),
        "lines": lines,
        "more": max(len(visits) - MOST_LISTED, 0),
        "accept": ",".join(map(str, visits)),
    }


def accepted(request: HttpRequest, *, keep_instants: bool = False) -> setup.Accepted:
    """What was read before the button was pressed."""
    read = frozenset(request.POST.get("accept", "").split(","))
    return setup.Accepted(visits_outside=read, keep_instants=keep_instants)


def edit(request: HttpRequest, form: SetupForm, page: Page, write=None) -> HttpResponse:
    """GET: the form; POST: write and go back. `write(form, accepted)` saves the row."""
    status, outside = 200, None
    if request.method == "POST":
        try:
            if form.is_valid():
                ticked = bool(form.cleaned_data.get("keep_instants"))
                said = accepted(request, keep_instants=ticked)
                saved = (write or _write)(form, request.user, said)
                messages.success(request, _("Saved."))
                return redirect(reverse(page.then, args=[saved.pk]) if page.then else page.back)
            status = 400
        except setup.Refused as refused:
            form.show(refused.faults, refused.now)
            status = 409 if refused.now else 400
        except setup.LeavesOutside as left:
            outside, status = lines_of(left.visits), 409
    shown = {"form": form, "page": page, "outside": outside}
    location = _clinic(form.instance)
    around = frame(location) if location else {}
    return render(request, "booking/setup/form.html", around | shown, status=status)


def take_away(request: HttpRequest, row: Model, page: Page) -> HttpResponse:
    """GET: asks; POST: takes away, or says what hangs on it and offers to switch it off."""
    status, outside = 200, None
    retiring = request.POST.get("what") == "retire" and hasattr(row, "is_active")
    hanging = setup.what_hangs_on(row)
    if request.method == "POST":
        try:
            if retiring:
                setup.save(row, {"is_active": False}, by=request.user, accepted=accepted(request))
                messages.success(request, _("It is no longer in use."))
            else:
                setup.remove(row, by=request.user, accepted=accepted(request))
                messages.success(request, _("Taken away."))
            return redirect(page.back)
        except setup.Refused as refused:
            hanging, status = " ".join(refused.faults.values()), 409
        except setup.LeavesOutside as left:
            outside, status = lines_of(left.visits), 409
    can_retire = getattr(row, "is_active", False)
    shown = {
        "page": page,
        "outside": outside,
        "hanging": hanging,
        "can_retire": can_retire,
        "retiring": retiring,
    }
    return render(
        request, "booking/setup/remove.html", frame(clinic_of(row)) | shown, status=status
    )


def _write(form: SetupForm, by, said: setup.Accepted) -> Model:
    return setup.save(form.instance, form.changes, by=by, seen=form.seen_values, accepted=said)


def _clinic(row: Model) -> Location | None:
    """As it is in the database: what is typed may be no time zone at all."""
    location = clinic_of(row)
    return Location.objects.filter(pk=location.pk).first() if location.pk else None
