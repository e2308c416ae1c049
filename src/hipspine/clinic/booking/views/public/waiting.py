"""The waiting list: get onto it, and by the signed link accept, decline or leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.booking import actions, limits
from hipspine.clinic.booking.forms_public import OwnWaitingForm, WaitingForm
from hipspine.clinic.booking.links import token_of, waiting_of, waiting_token_of
from hipspine.clinic.booking.models import WaitingListEntry
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.times_shown import clock, day_and_clock, full_day, zone_words
from hipspine.clinic.booking.views.public import visitor
from hipspine.clinic.booking.views.public.choosing import by_telephone
from hipspine.clinic.booking.views.public.finding import open_visit
from hipspine.clinic.booking.views.public.own import link_over, private
from hipspine.clinic.booking.week import practitioners_of
from hipspine.clinic.chart.models import Patient


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_waiting(request: HttpRequest, location_slug: str, visit_slug: str) -> HttpResponse:
    """When one could come, with whom, and who one is."""
    visit_type = open_visit(location_slug, visit_slug)
    if not visit_type.is_online:
        return by_telephone(request, visit_type.location)
    chart = visitor.own_chart(request)
    form = (OwnWaitingForm if chart else WaitingForm)(
        request.POST or None,
        visit_type=visit_type,
        practitioners=practitioners_of(visit_type),
        initial={"practitioner": request.GET.get("with", "")},
    )
    status, refused = 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            entry = _join(request, form, chart)
        except limits.TooMuch as reason:
            status, refused = 429, str(reason)
        else:
            return redirect("booking:waiting", waiting_token_of(entry))
    shown = {"visit_type": visit_type, "location": visit_type.location, "form": form}
    shown |= {"chart": chart, "refused": refused}
    return render(request, "booking/public/join_waiting.html", shown, status=status)


def _join(request: HttpRequest, form, chart: Patient | None) -> WaitingListEntry:
    """Once more within the limits, or `TooMuch`; the same form sent twice is one wish."""
    wish, details, key = form.wish(), form.details(chart), form.cleaned_data["key"]
    known = WaitingListEntry.objects.filter(key=key).first()
    if known:
        return known
    place = wish.visit_type.location
    with limits.within_limits(limits.JOIN, visitor.asker_of(request), place):
        return _join_counted(wish, details, key)


@whole
def _join_counted(wish: actions.Wish, details: actions.Details, key: UUID) -> WaitingListEntry:
    """Counted and written in one transaction: of many at once none slips past the count."""
    email = details.patient.email if details.patient else details.email
    limits.check_wishes_of(email, wish.visit_type.location)
    return actions.join(wish, details, key=key)


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """Where the wish stands; POST `answer` accept, decline or leave."""
    entry = waiting_of(token)
    if entry is None:
        return link_over(request, token)
    status = 200
    if request.method == "POST":
        try:
            booked = _answer(request, entry)
        except actions.SlotTaken:
            actions.decline(entry)
            status = 409
            messages.error(request, _("Somebody else has just taken this time. You wait on."))
        else:
            return redirect(booked or request.path)
    entry = WaitingListEntry.objects.get(pk=entry.pk)
    return render(request, "booking/public/waiting.html", _facts(entry, token), status=status)


def _answer(request: HttpRequest, entry: WaitingListEntry) -> str | None:
    """Do it; the address of the booking if there is one now."""
    answer = request.POST.get("answer", "")
    if answer == "accept":
        if entry.status == WaitingStatus.BOOKED:  # the second press
            return _booking_of(entry)
        if entry.offer is None:
            if _state(entry) != "waits":
                return None
            messages.error(request, _("This offer is over. You are still on the waiting list."))
            return None
        actions.accept(entry)
        messages.success(request, _("Booked."))
        return _booking_of(WaitingListEntry.objects.get(pk=entry.pk))
    if answer == "decline":
        actions.decline(entry)
        messages.success(request, _("The time goes to the next. You wait on."))
    elif answer == "leave":
        actions.withdraw(entry)
        messages.success(request, _("You are no longer on the waiting list."))
    return None


def _booking_of(entry: WaitingListEntry) -> str | None:
    return reverse("booking:mine", args=[token_of(entry.offer)]) if entry.offer else None


def _state(entry: WaitingListEntry) -> str:
    """What is true now: offer, waits, past, stopped, booked, cancelled, left.

    `past`: the last day is over; `stopped`: the clinic no longer offers this.
    """
    now, offer, state = timezone.now(), entry.offer, "left"
    if entry.status == WaitingStatus.BOOKED and offer:
        if offer.status == Status.CANCELLED:
            state = "cancelled"
        elif offer.status == Status.BOOKED and offer.ends_at > now:
            state = "booked"
    elif entry.status in (WaitingStatus.WAITING, WaitingStatus.OFFERED):
        in_use = entry.visit_type.is_active and entry.location.is_active
        if not in_use:
            state = "stopped"
        elif offer and offer.status == Status.PENDING and offer.starts_at > now:
            state = "offer"
        else:
            today = now.astimezone(entry.location.zone).date()
            state = "waits" if entry.latest >= today else "past"
    return state


def _facts(entry: WaitingListEntry, token: str) -> dict[str, object]:
    zone, state = entry.location.zone, _state(entry)
    shown = {
        "entry": entry,
        "location": entry.location,
        "token": token,
        "earliest": full_day(entry.earliest),
        "latest": full_day(entry.latest),
        "state": state,
        "booking": _booking_of(entry) if state in ("booked", "cancelled") else None,
    }
    if state == "offer":
        offer = entry.offer
        shown |= {
            "offer": offer,
            "when": day_and_clock(offer.starts_at, zone),
            "ends": clock(offer.ends_at, zone),
            "until": day_and_clock(offer.expires_at, zone),
            "zone": zone_words(offer.starts_at, zone),
            "is_over": offer.expires_at <= timezone.now(),
        }
    return shown
