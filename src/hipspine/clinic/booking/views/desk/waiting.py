"""The waiting list: who waits for what, and the offers made to them."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions.waiting import fits
from hipspine.clinic.booking.clock_words import clock, day_words, read_instant, zone_words
from hipspine.clinic.booking.forms_desk import WishForm
from hipspine.clinic.booking.models import Location, VisitType, WaitingListEntry
from hipspine.clinic.booking.models.waiting import WaitingStatus
from hipspine.clinic.booking.slots import free_slots
from hipspine.clinic.booking.views.desk.asked import (
    address,
    at_a_clinic,
    read_day,
    visit_type_at,
)
from hipspine.clinic.booking.views.desk.times import FreeTime
from hipspine.clinic.booking.views.desk.who import (
    caller_of,
    find_charts,
    keep_choice,
    key_of,
    must_ask,
)
from hipspine.errors import InvalidInput

OPEN = (WaitingStatus.WAITING, WaitingStatus.OFFERED)
MOST_SHOWN = 200
#: Days of free times on the page of an offer.
DAYS_SHOWN = 7


@allow(Role.FRONT_DESK)
@require_safe
@at_a_clinic
def waiting(request: HttpRequest, location: Location) -> HttpResponse:
    """Who waits, the first come first; `visit` one kind alone; `all` also those who no longer wait
    and those whose last day is over, the newest first."""
    visit_type = visit_type_at(location, request.GET.get("visit", ""))
    everyone = "all" in request.GET
    entries = _entries().filter(location=location)
    if visit_type:
        entries = entries.filter(visit_type=visit_type)
    if everyone:
        entries = entries.order_by("-created_at")
    else:
        entries = entries.filter(status__in=OPEN, latest__gte=location.today)
    found = list(entries[:MOST_SHOWN])
    actions.note_waiting_read(location, by=request.user, entries=len(found))
    shown = {
        "location": location,
        "locations": request.clinics,
        "types": VisitType.objects.filter(location=location, is_active=True),
        "visit_type": visit_type,
        "everyone": everyone,
        "entries": [(entry, _offer_words(entry, location)) for entry in found],
        "is_cut": len(found) == MOST_SHOWN,
        "zone_words": zone_words(location.zone, location.today),
    }
    return render(request, "booking/desk/waiting.html", shown)


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_clinic
def add(request: HttpRequest, location: Location) -> HttpResponse:
    """Someone on the telephone wants to wait."""
    today = location.today
    caller = caller_of(request, without=("channel", "reminders"))
    initial = {"earliest": today, "latest": today + timedelta(30), "part_of_day": "any"}
    form = WishForm(request.POST or None, location=location, initial=initial)
    status = 200
    if "find" in request.POST:
        form.is_valid()
        find_charts(request, caller)
    elif request.method == "POST":
        status = 400
        if form.is_valid() & caller.form.is_valid():
            status = 200
            if not must_ask(request, caller):
                actions.join(form.wish, caller.details, key=key_of(request), by=request.user)
                messages.success(request, _("On the waiting list."))
                return redirect(address("desk:waiting", location))
    keep_choice(request, caller)
    shown = {"location": location, "form": form, "caller": caller, "key": key_of(request)}
    return render(request, "booking/desk/add_waiting.html", shown, status=status)


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, entry_id) -> HttpResponse:
    """Choose a free time that fits; it is held for them until they answer."""
    entry = get_object_or_404(_entries(), pk=entry_id)
    if entry.status != WaitingStatus.WAITING:
        raise InvalidInput(_("this entry no longer waits"))
    status, lost = 200, False
    if request.method == "POST":
        start = read_instant(request.POST.get("start", ""))
        if start is None:
            raise InvalidInput(_("choose one of the times"))
        try:
            held = actions.offer(
                entry,
                actions.Wanted(entry.visit_type, start, entry.practitioner),
                by=request.user,
            )
        except actions.SlotTaken:
            status, lost = 409, True
        else:
            until = clock(held.expires_at, entry.location.zone)
            messages.success(
                request, _("Offered; the time is held until {until}.").format(until=until)
            )
            return redirect(address("desk:waiting", entry.location))
    actions.note_waiting_read(entry.location, by=request.user, entries=1)
    first = max(read_day(request.GET.get("on", "")) or entry.earliest, entry.location.today)
    shown = {
        "entry": entry,
        "location": entry.location,
        "lost": lost,
        "first": first,
        "days": fitting(entry, first),
        "zone_words": zone_words(entry.location.zone, first),
    }
    return render(request, "booking/desk/offer.html", shown, status=status)


@allow(Role.FRONT_DESK)
@require_POST
def answer(request: HttpRequest, entry_id) -> HttpResponse:
    """What they say on the telephone: yes, no, or take me off the list."""
    entry = get_object_or_404(_entries(), pk=entry_id)
    said = request.POST.get("answer", "")
    if said == "yes":
        actions.accept(entry, by=request.user)
        messages.success(request, _("The visit is booked."))
    elif said == "no":
        actions.decline(entry)
        messages.success(request, _("The time is free again; they wait on."))
    elif said == "withdraw":
        actions.withdraw(entry, by=request.user)
        messages.success(request, _("Off the waiting list."))
    else:
        raise InvalidInput(_("press one of the buttons of the entry"))
    return redirect(address("desk:waiting", entry.location))


def fitting(entry: WaitingListEntry, first: date) -> list[tuple[str, list[FreeTime]]]:
    """(day, free times) that this entry waits for, a week from `first`; days without are left
    out."""
    last = min(entry.latest, first + timedelta(DAYS_SHOWN - 1))
    if first > last:
        return []
    zone = entry.location.zone
    days: dict[str, list[FreeTime]] = {}
    for slot in free_slots(entry.visit_type, first, last, entry.practitioner):
        wanted = actions.Wanted(entry.visit_type, slot.starts_at, entry.practitioner)
        if fits(entry, wanted):
            words = day_words(slot.starts_at.astimezone(zone).date())
            days.setdefault(words, []).append(FreeTime.of(slot, entry.visit_type))
    return list(days.items())


def _entries():
    """With everything a line shows."""
    return WaitingListEntry.objects.select_related(
        "location",
        "visit_type__location",
        "practitioner",
        "person__patient__merged_into",
        "patient__merged_into",
        "offer",
    )


def _offer_words(entry: WaitingListEntry, location: Location) -> str:
    """The time that is offered, and until when it is held."""
    if entry.status != WaitingStatus.OFFERED or entry.offer is None:
        return ""
    zone = location.zone
    day = day_words(entry.offer.starts_at.astimezone(zone).date())
    time, until = clock(entry.offer.starts_at, zone), clock(entry.offer.expires_at, zone)
    return _("{day}, {time}; held until {until}").format(day=day, time=time, until=until)
