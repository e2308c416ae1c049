"""One visit: what it is now; arrived, done, moved, cancelled."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import TREATING, Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import day_words, span, zone_words
from hipspine.clinic.booking.forms_desk import CancelForm, MarkForm, WhenForm
from hipspine.clinic.booking.models import Appointment, Resource
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.views.desk.asked import (
    address,
    appointment_or_404,
    clinician_at,
    place_in_day,
    read_day,
)
from hipspine.clinic.booking.views.desk.day import SEE_THE_DAY
from hipspine.clinic.booking.views.desk.times import lost, nearest_of, times_of
from hipspine.clinic.booking.visit_rows import Reader, visit_row
from hipspine.clinic.booking.week import practitioners_of
from hipspine.errors import InvalidInput

#: What those who treat may note, and only of their own visits; the rest is the desk's.
NOTED_BY_TREATING = (Status.FULFILLED, Status.ARRIVED)


@allow(*SEE_THE_DAY)
@require_safe
def visit(request: HttpRequest, appointment_id) -> HttpResponse:
    """What it is now."""
    found = appointment_or_404(appointment_id)
    actions.note_visit_read(found, by=request.user)
    return _visit_page(request, found)


@allow(Role.FRONT_DESK, *sorted(TREATING))
@require_POST
def mark(request: HttpRequest, appointment_id) -> HttpResponse:
    """Arrived, did not come, done, or one step back."""
    found = appointment_or_404(appointment_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_("press one of the buttons of the visit"))
    status, version = form.cleaned_data["status"], form.cleaned_data["version"]
    if request.user.role in TREATING:
        _check_own(request, found, status)
    try:
        marked = actions.mark(found, Status(status), by=request.user, version=version)
    except actions.Changed:
        return _changed(request, appointment_id)
    messages.success(request, f"{_when(marked)}: {marked.shown_status}.")
    return redirect(place_in_day(marked))


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, appointment_id) -> HttpResponse:
    """Ask once, with a reason if there is one."""
    found = appointment_or_404(appointment_id)
    if found.status != Status.BOOKED:
        return _changed(request, appointment_id)
    form = CancelForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.cancel(found, version=data["version"], reason=data["reason"], by=request.user)
        except actions.Changed:
            return _changed(request, appointment_id)
        messages.success(request, _("The visit is cancelled; its time is free again."))
        return redirect(place_in_day(found).split("#")[0])
    actions.note_visit_read(found, by=request.user)
    return render(request, "booking/desk/cancel.html", _shown(request, found) | {"form": form})


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, appointment_id) -> HttpResponse:
    """Another day, time or clinician; the old time is kept until the new one is taken."""
    found = appointment_or_404(appointment_id)
    if found.status != Status.BOOKED:
        return _changed(request, appointment_id)
    sent = request.POST if request.method == "POST" else request.GET
    zone = found.location.zone
    own_day = found.starts_at.astimezone(zone).date()
    on = read_day(sent.get("on", "")) or max(own_day, found.location.today)
    who = _asked_clinician(sent, found)
    form = WhenForm(request.POST or None, zone=zone)
    shown = {"form": form, "day": on, "who": who, "status": 200}
    if request.method == "POST" and form.is_valid():
        try:
            moved = _move(request, found, form, who)
        except actions.Changed:
            return _changed(request, appointment_id)
        except actions.SlotTaken as taken:
            shown |= lost(taken) | {"status": 409}
        else:
            messages.success(request, _("The visit is moved."))
            return redirect(place_in_day(moved))
    elif request.method == "POST":
        shown |= _kept_overbooking(request, zone)
    times = times_of(found.visit_type, on, who)
    here = reverse("desk:move", args=[found.pk])
    chosen = f"who={who.slug}" if who else "who="
    shown |= {
        "day_words": day_words(on),
        "times": times,
        "nearest": [] if times else nearest_of(found.visit_type, on, who),
        "previous": f"{here}?on={on - timedelta(1)}&{chosen}",
        "following": f"{here}?on={on + timedelta(1)}&{chosen}",
        "clinicians": practitioners_of(found.visit_type),
        "version": sent.get("version") or found.version,
    }
    actions.note_visit_read(found, by=request.user)
    page = _shown(request, found) | shown
    return render(request, "booking/desk/move.html", page, status=shown["status"])


def _move(
    request: HttpRequest, found: Appointment, form: WhenForm, who: Resource | None
) -> Appointment:
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > len(str(2**31)):
        raise actions.Changed
    wanted = actions.Wanted(found.visit_type, form.starts_at, who)
    return actions.reschedule(
        found, wanted, version=int(version), by=request.user, terms=form.terms
    )


def _kept_overbooking(request: HttpRequest, zone) -> dict[str, object]:
    """A reason was missing: the same question again, for the same time."""
    form = WhenForm(request.POST, zone=zone)
    form.is_valid()
    if not request.POST.get("overbook") or form.starts_at is None:
        return {"status": 400}
    local = form.starts_at.astimezone(zone)
    return {
        "status": 400,
        "lost": f"{day_words(local.date())}, {local:%H:%M}",
        "lost_value": request.POST["overbook"],
    }


def _asked_clinician(sent, found: Appointment) -> Resource | None:
    """Who is asked for; at first the one it is with; "anyone" is an answer too."""
    if "who" not in sent:
        return found.practitioner
    return clinician_at(found.location, sent["who"])


def _check_own(request: HttpRequest, found: Appointment, status: str) -> None:
    own = found.practitioner is not None and found.practitioner.user_id == request.user.pk
    back = status == Status.ARRIVED and found.status in (Status.FULFILLED, Status.ARRIVED)
    if not own or status not in NOTED_BY_TREATING or not (back or status == Status.FULFILLED):
        raise InvalidInput(_("the clinician of a visit notes that it is done; the desk the rest"))


def _shown(request: HttpRequest, found: Appointment) -> dict[str, object]:
    local = found.starts_at.astimezone(found.location.zone)
    return {
        "visit": found,
        "one_visit": True,
        "who_is": found.whose,
        "when_words": f"{day_words(local.date())}, "
        + span(found.starts_at, found.ends_at, found.location.zone),
        "zone_words": zone_words(found.location.zone, local.date()),
        "back": place_in_day(found),
        "day_address": address("desk:day", found.location, on=local.date()),
        "is_desk": request.user.role == Role.FRONT_DESK,
        "treats": request.user.role in TREATING,
    }


def _when(visit: Appointment) -> str:
    """The visit in a notice: by its time, no name; a notice may be shown to whoever comes next."""
    return span(visit.starts_at, visit.ends_at, visit.location.zone)


def _changed(request: HttpRequest, appointment_id) -> HttpResponse:
    """Nothing was done; this is what the visit is now."""
    now = appointment_or_404(appointment_id)
    actions.note_visit_read(now, by=request.user)
    return _visit_page(request, now, changed=True)


def _visit_page(request: HttpRequest, found: Appointment, *, changed: bool = False) -> HttpResponse:
    resources = found.resources.all()
    more = visit_row(found, Reader.of(request), resources, in_list=False)
    page = _shown(request, found) | {"changed": changed, "more": [more]}
    return render(request, "booking/desk/visit.html", page, status=409 if changed else 200)
