"""The day and the week at the desk, and the sheet to print."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import TREATING, Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import day_words, short_day, span, zone_words
from hipspine.clinic.booking.day_book import DayBook, clinicians_of, day_book, working_days
from hipspine.clinic.booking.day_sheet import day_sheet_shown
from hipspine.clinic.booking.glass import is_behind_glass
from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.timetable import Timetable
from hipspine.clinic.booking.timetable_rows import KeysRow, hour_rows, place_rows, rows_of
from hipspine.clinic.booking.views.desk.asked import (
    address,
    at_a_clinic,
    clinician_at,
    read_day,
)
from hipspine.clinic.booking.visit_rows import Reader
from hipspine.clinic.booking.week_lines import DAYS, lines_of_week, week_days

SEE_THE_DAY = (Role.FRONT_DESK, Role.CLINIC_ADMIN, *sorted(TREATING))


@allow(*SEE_THE_DAY)
@require_safe
@at_a_clinic
def day(request: HttpRequest, location: Location) -> HttpResponse:
    """Who comes when, to whom: `on` (today if left out), `at` a clinic."""
    frame = _frame(request, location)
    on = frame["day"]
    book, reader = day_book(location, on), Reader.of(request)
    own = [r for r in book.clinicians if r.user_id == request.user.pk]
    table = Timetable(book, own)
    actions.note_day_read(location, on, by=request.user, visits=len(book.visits))
    shown = {
        "previous": address("desk:day", location, on=on - timedelta(1)),
        "following": address("desk:day", location, on=on + timedelta(1)),
        "day_words": day_words(on),
        "table": table,
        "columns": [(column, rows_of(column, table, reader)) for column in table.columns],
        "own": own,
        "cancelled": [_cancelled(visit, book, reader) for visit in book.cancelled],
        "numbers": numbers(book),
        "hours": hour_rows(table),
        "places": place_rows(table),
        "keys": [KeysRow()],
    }
    return render(request, "booking/desk/day.html", frame | shown)


@allow(*SEE_THE_DAY)
@require_safe
@at_a_clinic
def week(request: HttpRequest, location: Location) -> HttpResponse:
    """Monday to Sunday around `on`; `who`: one clinician alone."""
    frame = _frame(request, location)
    monday = frame["day"] - timedelta(frame["day"].weekday())
    who = clinician_at(location, request.GET.get("who", ""))
    lines = lines_of_week(location, monday, who)
    clinicians = clinicians_of(location)
    working = working_days(location, [who] if who else clinicians, monday, DAYS)
    days = [
        {
            "words": short_day(day),
            "is_today": day == frame["today"],
            "address": address("desk:day", location, on=day),
            "visits": lines[day],
            "is_open": day in working,
        }
        for day in week_days(monday)
    ]
    visits = sum(len(d["visits"]) for d in days)
    actions.note_day_read(location, monday, by=request.user, visits=visits, days=DAYS)
    more = {"who": who.slug} if who else {}
    shown = {
        "previous": address("desk:week", location, on=monday - timedelta(7), **more),
        "following": address("desk:week", location, on=monday + timedelta(7), **more),
        "monday_words": day_words(monday),
        "sunday_words": day_words(monday + timedelta(6)),
        "days": days,
        "who": who,
        "clinicians": clinicians,
        "visits": visits,
    }
    return render(request, "booking/desk/week.html", frame | shown)


@allow(*SEE_THE_DAY)
@require_safe
@at_a_clinic
def sheet(request: HttpRequest, location: Location) -> HttpResponse:
    """The day on paper, for when the computers are down."""
    on = _frame(request, location)["day"]
    shown = day_sheet_shown(location, on)
    actions.note_day_read(location, on, by=request.user, visits=shown["visits"])
    back = address("desk:day", location, on=on)
    return render(request, "booking/desk/sheet.html", shown | {"back": back})


def numbers(book: DayBook) -> dict[str, int]:
    """How many are expected, here, done, missing; all kept visits together; holds."""
    count = dict.fromkeys(("booked", "arrived", "fulfilled", "noshow"), 0)
    for visit in book.visits:
        count[visit.status] += 1
    return count | {"all": len(book.visits), "held": len(book.holds)}


def _cancelled(visit: Appointment, book: DayBook, reader: Reader) -> dict[str, object]:
    """A line; the reason only where the reader may know it."""
    resources = book.takes.get(visit.pk, ())
    is_sealed = is_behind_glass(reader.user, visit, resources, in_list=True)
    return {
        "time": span(visit.starts_at, visit.ends_at, book.location.zone),
        "visit": visit,
        "reason": "" if is_sealed else visit.cancel_reason,
    }


def _frame(request: HttpRequest, location: Location) -> dict[str, object]:
    """What every page of a day has: the clinic, the day asked for, the picker, the zone."""
    today = location.today
    typed = request.GET.get("on", "")
    asked = read_day(typed) if typed else today
    return {
        "location": location,
        "locations": request.clinics,
        "day": asked or today,
        "day_is_wrong": asked is None,
        "today": today,
        "zone_words": zone_words(location.zone, asked or today),
        "is_desk": request.user.role == Role.FRONT_DESK,
        "treats": request.user.role in TREATING,
    }
