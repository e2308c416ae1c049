"""Visits on pages of the chart and on the first page: the rooms below do not know of booking."""

from django import template
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from hipspine.clinic.accounts.roles import TREATING, Role
from hipspine.clinic.booking.clock_words import day_words, span
from hipspine.clinic.booking.glass import is_behind_glass
from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.models.appointment import KEPT, Status
from hipspine.clinic.booking.selectors import appointments_of_patient, with_people
from hipspine.clinic.booking.wall_clock import day_bounds

register = template.Library()
MOST_SHOWN = 30
#: Reasons of cancelling that no person typed; kept in English, shown in the reader's language.
OUR_REASONS = frozenset({gettext_noop("by the patient, online")})


@register.inclusion_tag("booking/desk/todays_numbers.html")
def todays_numbers(user) -> dict[str, object]:
    """How many are expected, here and done today, at each clinic; no names."""
    if user.role not in (Role.FRONT_DESK, Role.CLINIC_ADMIN, *TREATING):
        return {"clinics": []}
    return {"clinics": [_numbers(place) for place in Location.objects.filter(is_active=True)[:6]]}


@register.inclusion_tag("booking/desk/visits_of.html")
def visits_of_chart(patient) -> dict[str, object]:
    """The visits of a chart, the next ones first, then the latest."""
    visits = list(appointments_of_patient(patient.pk).order_by("-starts_at")[:MOST_SHOWN])
    now = timezone.now()
    coming = [v for v in reversed(visits) if v.ends_at > now and v.status != Status.CANCELLED]
    return _shown(coming + [v for v in visits if v not in coming])


@register.inclusion_tag("booking/desk/visits_of.html")
def visits_of_person(person) -> dict[str, object]:
    """What someone not yet confirmed has booked: it helps to know who they are."""
    visits = with_people(Appointment.objects.filter(person=person).exclude(status=Status.PENDING))
    return _shown(list(visits[:MOST_SHOWN]))


@register.filter
def shown_reason(reason: str) -> str:
    """Why a visit was cancelled: as typed, or our own words."""
    return gettext(reason) if reason in OUR_REASONS else reason


@register.simple_tag(takes_context=True)
def sealed(context, visit: Appointment) -> bool:
    """Behind the glass? On a page of many visits: every one but one's own (no query a line)."""
    user = context.get("user")
    in_list = not context.get("one_visit")
    return bool(user) and is_behind_glass(user, visit, visit.resources.all(), in_list=in_list)


def _line(visit: Appointment) -> dict[str, object]:
    zone = visit.location.zone
    day = visit.starts_at.astimezone(zone).date()
    when = f"{day_words(day)}, {span(visit.starts_at, visit.ends_at, zone)}"
    return {"visit": visit, "when": when, "zone": zone.key}


def _shown(visits: list[Appointment]) -> dict[str, object]:
    """The lines; the zone is named once, or in each line if they differ."""
    lines = [_line(visit) for visit in visits]
    zones = {line["zone"] for line in lines}
    return {"lines": lines, "one_zone": zones.pop() if len(zones) == 1 else ""}


def _numbers(location: Location) -> dict[str, object]:
    day = location.today
    begin, end = day_bounds(day, location.zone)
    counted = (
        Appointment.objects.filter(
            location=location, starts_at__gte=begin, starts_at__lt=end, status__in=KEPT
        )
        .order_by()
        .values_list("status")
        .annotate(Count("pk"))
    )
    count = dict(counted)
    return {
        "location": location,
        "day_words": day_words(day),
        "all": sum(count.values()),
        "expected": count.get(Status.BOOKED, 0),
        "here": count.get(Status.ARRIVED, 0),
        "done": count.get(Status.FULFILLED, 0),
        "missing": count.get(Status.NOSHOW, 0),
    }
