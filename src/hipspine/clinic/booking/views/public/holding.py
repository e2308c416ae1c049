"""Who comes: the form behind a held time. Only the browser that holds it sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking import actions, limits
from hipspine.clinic.booking.forms_public import BookingForm, OwnBookingForm
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.slots import nearest_slots
from hipspine.clinic.booking.times_shown import clock, day_and_clock, zone_words
from hipspine.clinic.booking.views.public import visitor
from hipspine.clinic.booking.views.public.choosing import sentence_page
from hipspine.clinic.booking.week import ShownSlot, practitioners_of, read_value, shown
from hipspine.clinic.chart.models import Patient

#: So long after booking the form's address leads to the visit.
LEADS_ON = timedelta(minutes=10)


@dataclass(frozen=True)
class Asked:
    """A hold of this browser, whom they asked for, and whose form is shown."""

    appointment: Appointment
    asked_for: str
    chart: Patient | None
    someone_else: bool


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def held(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Fill in and book; `?for=other`: a signed-in patient books for somebody else."""
    known = visitor.hold_of(request, hold_id)
    if known is None:
        return _not_yours(request)
    appointment, asked_for = known
    if appointment.status != Status.PENDING:
        return _booked(request, appointment)
    chart = visitor.own_chart(request)
    someone_else = chart is not None and request.GET.get("for") == "other"
    asked = Asked(appointment, asked_for, None if someone_else else chart, someone_else)
    form = (OwnBookingForm if asked.chart else BookingForm)(request.POST or None)
    if asked.chart and not asked.chart.email:
        del form.fields["reminders"]  # there is no address to send one to
    if request.method == "POST" and form.is_valid():
        return _book(request, asked, form)
    near = _nearest(appointment) if request.POST.get("instead") else ()
    return _page(request, asked, form, near)


@allow(PUBLIC)
@require_POST
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Let it go and choose again."""
    known = visitor.hold_of(request, hold_id)
    if known is None:
        return _not_yours(request)
    appointment, _asked_for = known
    actions.release(appointment)
    if appointment.status == Status.PENDING:
        messages.success(request, _("The time is free again. Choose another one."))
    place, visit_type = appointment.location, appointment.visit_type
    day = appointment.starts_at.astimezone(place.zone).date()
    return redirect(f"{reverse('booking:week', args=[place.slug, visit_type.slug])}?week={day}")


def _book(request: HttpRequest, asked: Asked, form) -> HttpResponse:
    details, place = form.details(asked.chart), asked.appointment.location
    try:
        with limits.within_limits(limits.BOOK, visitor.asker_of(request), place):
            booked = _confirm_counted(asked, details, request.POST.get("instead", ""))
    except limits.TooMuch as refused:
        near = _nearest(asked.appointment) if request.POST.get("instead") else ()
        return _page(request, asked, form, near, status=429, refused=str(refused))
    except actions.SlotTaken as lost:
        near = tuple(
            shown(slot, lost.wanted.visit_type, lost.wanted.practitioner)
            for slot in lost.alternatives
        )
        return _page(request, asked, form, near, status=409)
    return redirect("booking:mine", token_of(booked))


@whole
def _confirm_counted(asked: Asked, details: actions.Details, instead: str) -> Appointment:
    """Counted and booked in one transaction: of many at once none slips past the count."""
    email = asked.chart.email if asked.chart else details.email
    limits.check_bookings_of(email, asked.appointment.location)
    return _confirm(asked, details, instead)


def _confirm(asked: Asked, details: actions.Details, instead: str) -> Appointment:
    """The time held, or the one chosen instead of it; raises `SlotTaken`.

    Who asked for anyone and held too long gets any clinician who is still free at that time.
    """
    held = asked.appointment
    wanted = _instead(held, instead)
    if wanted or asked.asked_for:
        return actions.confirm(held, details, instead=wanted)
    try:
        return actions.confirm(held, details)
    except actions.SlotTaken:
        anyone = actions.Wanted(held.visit_type, held.starts_at)
        return actions.confirm(held, details, instead=anyone)


def _instead(held: Appointment, value: str) -> actions.Wanted | None:
    """The time chosen from the three; None for anything else."""
    picked = read_value(value)
    if picked is None:
        return None
    starts_at, slug = picked
    who = next((r for r in practitioners_of(held.visit_type) if r.slug == slug), None)
    return actions.Wanted(held.visit_type, starts_at, who)


def _booked(request: HttpRequest, booked: Appointment) -> HttpResponse:
    """To the visit just booked; later not, as somebody else may sit at this computer."""
    since = booked.booked_at or booked.created_at
    if timezone.now() - since <= LEADS_ON:
        return redirect("booking:mine", token_of(booked))
    return sentence_page(
        request, 410, _("This time is booked"),
        _("To see, move or cancel the visit, use the link in our message to you."),
        booked.location,
    )  # fmt: skip


def _nearest(held: Appointment) -> tuple[ShownSlot, ...]:
    near = nearest_slots(held.visit_type, held.starts_at, held.practitioner)
    return tuple(shown(slot, held.visit_type, held.practitioner) for slot in near)


def _page(
    request: HttpRequest,
    asked: Asked,
    form,
    near: Sequence[ShownSlot],
    *,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    held = asked.appointment
    zone = held.location.zone
    chosen = request.POST.get("instead", "")
    if near and chosen not in {slot.value for slot in near}:
        chosen = near[0].value
    return render(
        request,
        "booking/public/held.html",
        {
            "appointment": held,
            "location": held.location,
            "asked": asked,
            "when": day_and_clock(held.starts_at, zone),
            "ends": clock(held.ends_at, zone),
            "zone": zone_words(held.starts_at, zone),
            "until": clock(held.expires_at, zone),
            "is_over": held.expires_at <= timezone.now(),
            "form": form,
            "near": near,
            "chosen": chosen,
            "refused": refused,
            "lost": status == 409 or bool(near),
        },
        status=status,
    )


def _not_yours(request: HttpRequest) -> HttpResponse:
    return sentence_page(
        request, 404, _("This time is not held in this browser"),
        _("Choose a time again. If you have booked already, use the link in our message to you."),
        None,
    )  # fmt: skip
