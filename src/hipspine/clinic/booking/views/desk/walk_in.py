"""Someone stands at the desk without an appointment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import clock, zone_words
from hipspine.clinic.booking.forms_desk import VisitForm
from hipspine.clinic.booking.models import Location
from hipspine.clinic.booking.views.desk.asked import at_a_clinic, place_in_day
from hipspine.clinic.booking.views.desk.who import (
    Caller,
    booked_before,
    caller_of,
    find_charts,
    keep_choice,
    key_of,
    must_ask,
)


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_clinic
def walk_in(request: HttpRequest, location: Location) -> HttpResponse:
    """What for, to whom, who it is; from now on, whether or not it is free."""
    caller = caller_of(request, without=("channel", "reminders"))
    form = VisitForm(request.POST or None, location=location)
    if request.method != "POST":
        return _page(request, location, form, caller)
    if before := booked_before(request):
        return redirect(place_in_day(before))
    if "find" in request.POST:
        form.is_valid()
        find_charts(request, caller)
        return _page(request, location, form, caller)
    if not form.is_valid() or not caller.form.is_valid():
        return _page(request, location, form, caller, status=400)
    if must_ask(request, caller, location, location.today):
        return _page(request, location, form, caller)
    data = form.cleaned_data
    try:
        came = actions.walk_in(
            data["visit"], data["who"], caller.details, key=key_of(request), by=request.user
        )
    except actions.SlotTaken:
        form.add_error("who", _("Nobody in use does this kind of visit; choose another."))
        return _page(request, location, form, caller, status=409)
    messages.success(request, _("Written down as arrived."))
    return redirect(place_in_day(came))


def _page(
    request: HttpRequest, location: Location, form: VisitForm, caller: Caller, status: int = 200
) -> HttpResponse:
    keep_choice(request, caller)
    shown = {
        "location": location,
        "form": form,
        "caller": caller,
        "key": key_of(request),
        "now_words": clock(timezone.now(), location.zone),
        "zone_words": zone_words(location.zone, location.today),
    }
    return render(request, "booking/desk/walk_in.html", shown, status=status)
