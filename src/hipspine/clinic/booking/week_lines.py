"""The desk's week: one line a visit, read as columns, for hundreds of visits are on one page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from hipspine.clinic.booking.clock_words import span
from hipspine.clinic.booking.models import Appointment, Location, Resource, VisitType
from hipspine.clinic.booking.models.appointment import KEPT
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.wall_clock import day_bounds
from hipspine.clinic.web.rows import Row

DAYS = 7
#: Whose it is: the chart, the chart that what was typed was confirmed for, or what was typed.
NAMES = ("patient", "person__patient", "person")
_COLUMNS = ("pk", "starts_at", "ends_at", "status", "visit_type")


class LineKind(NamedTuple):
    """What decides which parts a line has."""

    status: str
    has_who: bool


@dataclass(frozen=True)
class WeekLine(Row):
    """What is read of one visit; `at` and `day`: the page of its day. `state` in words."""

    template = "booking/desk/week_line.html"
    kind: LineKind
    pk: UUID
    at: str
    day: date
    when: str
    name: str
    what: str
    who: str
    state: str


def lines_of_week(
    location: Location, monday: date, who: Resource | None = None
) -> dict[date, list[WeekLine]]:
    """Day -> kept visits by time; `who`: of one clinician alone. Three queries."""
    begin, end = day_bounds(monday, location.zone, DAYS)
    kept = Appointment.objects.filter(
        location=location, status__in=KEPT, starts_at__gte=begin, starts_at__lt=end
    )
    clinicians = _clinicians_of(location, begin, end)
    kinds = {
        kind.pk: kind.shown_name for kind in VisitType.objects.filter(location=location).order_by()
    }
    states = {str(s): str(s.label) for s in KEPT}
    zone = location.zone
    names = [f"{path}__{part}_name" for path in NAMES for part in ("given", "family")]
    found: dict[date, list[WeekLine]] = defaultdict(list)
    for pk, starts, ends, status, kind, *words in kept.order_by(
        "starts_at", "created_at"
    ).values_list(*_COLUMNS, *names):
        with_whom = clinicians.get(pk)
        if who is None or (with_whom and with_whom[0] == who.pk):
            shown_who = with_whom[1] if with_whom and who is None else ""
            day = starts.astimezone(zone).date()
            line = WeekLine(
                LineKind(status, bool(shown_who)),
                pk=pk,
                at=location.slug,
                day=day,
                when=span(starts, ends, zone),
                name=_name(words),
                what=kinds[kind],
                who=shown_who,
                state=states[status],
            )
            found[day].append(line)
    return found


def week_days(monday: date) -> list[date]:
    """Monday to Sunday."""
    return [monday + timedelta(days=n) for n in range(DAYS)]


def _clinicians_of(
    location: Location, begin: datetime, end: datetime
) -> dict[UUID, tuple[int, str]]:
    """{appointment: (id, name) of its clinician}."""
    rows = Appointment.resources.through.objects.filter(
        appointment__location=location,
        appointment__starts_at__gte=begin,
        appointment__starts_at__lt=end,
        resource__kind=Kind.PRACTITIONER,
    ).values_list("appointment", "resource", "resource__name")
    return {appointment: (resource, name) for appointment, resource, name in rows}


def _name(words: list[str | None]) -> str:
    """The first of the three that is there: (given, family) of each."""
    for given, family in zip(words[::2], words[1::2], strict=True):
        if given is not None:
            return f"{given} {family}".strip()
    return ""
