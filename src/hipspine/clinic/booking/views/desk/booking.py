"""Booking by telephone and at the counter: choose a time, say who it is, done."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import (
    day_words,
    instant_words,
    read_instant,
    span,
    zone_words,
)
from hipspine.clinic.booking.day_book import clinicians_of
from hipspine.clinic.booking.forms_desk import WhenForm
from hipspine.clinic.booking.models import Location, Resource, VisitType
from hipspine.clinic.booking.models.appointment import Channel
from hipspine.clinic.booking.slots import requirements_of
from hipspine.clinic.booking.views.desk.asked import (
    address,
    at_a_clinic,
    clinician_at,
    place_in_day,
    read_day,
    visit_type_at,
)
from hipspine.clinic.booking.views.desk.times import lost, nearest_of, times_of
from hipspine.clinic.booking.views.desk.who import (
    Caller,
    booked_before,
    caller_of,
    find_charts,
    keep_choice,
    key_of,
    must_ask,
)
from hipspine.clinic.booking.wall_clock import TICK

ONE_DAY = timedelta(days=1)


@dataclass
class Choice:
    """What is to be booked, as far as it is chosen."""

    location: Location
    visit_type: VisitType | None
    who: Resource | None
    day: date
    start: datetime | None = None
    since: datetime | None = None  # show the times of the day from here
    form: WhenForm | None = None
    lost: dict[str, object] = field(default_factory=dict)

    @property
    def wanted(self) -> actions.Wanted:
        assert self.visit_type is not None and self.start is not None
        return actions.Wanted(self.visit_type, self.start, self.who)


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_clinic
def book(request: HttpRequest, location: Location) -> HttpResponse:
    """`at`, `visit`, `who`, `on` choose; with a `start` the next question is who it is."""
    choice = _asked(request, location)
    if choice.visit_type is None or choice.start is None:
        return _choose(request, choice)
    caller = caller_of(request)
    if request.method != "POST":
        caller.form.fields["given_name"].widget.attrs["autofocus"] = True  # the next thing typed
        return _who(request, choice, caller)
    if before := booked_before(request):
        return redirect(place_in_day(before))
    when = WhenForm(_pressed(request, choice), zone=location.zone)
    valid = when.is_valid()
    choice.form, choice.start = when, when.starts_at or choice.start
    if "find" in request.POST:
        find_charts(request, caller)
        return _who(request, choice, caller)
    if "other" in request.POST:
        return _who(request, choice, caller, status=200 if valid else 400)
    if not valid:
        choice.lost = lost(actions.SlotTaken(choice.wanted, actions.STAFF))
    if not caller.form.is_valid() or not valid:
        return _who(request, choice, caller, status=400)
    if must_ask(request, caller, location, choice.start.astimezone(location.zone).date()):
        return _who(request, choice, caller)
    return _book(request, choice, caller)


def _book(request: HttpRequest, choice: Choice, caller: Caller) -> HttpResponse:
    channel = Channel(caller.form.cleaned_data["channel"] or Channel.TELEPHONE)
    try:
        booked = actions.book_by_staff(
            choice.wanted,
            caller.details,
            key=key_of(request),
            by=request.user,
            channel=channel,
            terms=choice.form.terms,
        )
    except actions.SlotTaken as taken:
        choice.lost = lost(taken)
        return _who(request, choice, caller, status=409)
    messages.success(request, _("The visit is booked."))
    return redirect(place_in_day(booked))


def _choose(request: HttpRequest, choice: Choice) -> HttpResponse:
    """The first page: kind of visit, clinician, day; then the free times of that day."""
    types = list(VisitType.objects.filter(location=choice.location, is_active=True))
    times, nearest = [], []
    if choice.visit_type:
        times = times_of(choice.visit_type, choice.day, choice.who)
        nearest = [] if times else nearest_of(choice.visit_type, choice.day, choice.who)
        if choice.since:
            times = [t for t in times if t.value >= instant_words(choice.since)] or times
    chosen = {
        "visit": choice.visit_type.slug if choice.visit_type else "",
        "who": choice.who.slug if choice.who else "",
    }
    shown = {
        **_frame(choice),
        "previous": address("desk:book", choice.location, on=choice.day - ONE_DAY, **chosen),
        "following": address("desk:book", choice.location, on=choice.day + ONE_DAY, **chosen),
        "types": types,
        "clinicians": clinicians_of(choice.location),
        "cannot": bool(choice.visit_type and choice.who) and not _can(choice),
        "times": times,
        "nearest": nearest,
        "day_words": day_words(choice.day),
        "locations": Location.objects.filter(is_active=True),
    }
    status = 400 if choice.form and choice.form.errors else 200
    return render(request, "booking/desk/book.html", shown, status=status)


def _who(request: HttpRequest, choice: Choice, caller: Caller, status: int = 200) -> HttpResponse:
    """The second page: who it is; with what was asked, lost or wrong."""
    keep_choice(request, caller)
    wanted = choice.wanted
    end = wanted.starts_at + wanted.visit_type.minutes // 5 * TICK
    zone = choice.location.zone
    day = wanted.starts_at.astimezone(zone).date()
    shown = {
        **_frame(choice),
        **choice.lost,
        "caller": caller,
        "key": key_of(request),
        "when_words": f"{day_words(day)}, {span(wanted.starts_at, end, zone)}",
        "wanted": instant_words(wanted.starts_at),
        "day": day,
    }
    return render(request, "booking/desk/who.html", shown, status=status)


def _asked(request: HttpRequest, location: Location) -> Choice:
    """From the address; another time (typed, wall clock) becomes an instant here."""
    get = request.GET
    since = read_instant(get.get("from", ""))
    day = read_day(get.get("on", "")) or location.today
    choice = Choice(
        location,
        visit_type_at(location, get.get("visit", "")),
        clinician_at(location, get.get("who", "")),
        day,
        start=read_instant(get.get("start", "")),
        since=since,
    )
    if "other" in get:
        choice.form = WhenForm(get, zone=location.zone)
        choice.start = choice.form.starts_at if choice.form.is_valid() else None
    return choice


def _can(choice: Choice) -> bool:
    """Whether this clinician does this kind of visit."""
    return requirements_of(choice.visit_type, choice.who).can_be_met


def _frame(choice: Choice) -> dict[str, object]:
    return {
        "location": choice.location,
        "choice": choice,
        "visit_type": choice.visit_type,
        "who": choice.who,
        "day": choice.day,
        "form": choice.form or WhenForm(zone=choice.location.zone),
        "zone_words": zone_words(choice.location.zone, choice.day),
    }


def _pressed(request: HttpRequest, choice: Choice) -> dict[str, str]:
    """The time that a button sent, else the one chosen before."""
    sent = request.POST.dict()
    return sent | {"start": sent.get("start") or sent.get("wanted") or instant_words(choice.start)}
