"""What a clinic may be set up like. `faults(row)`: {field: sentence}, empty where all is well.

Asked inside the transaction that writes, about the row as it would become: two tabs that are each
right alone cannot be wrong together.
"""

from collections.abc import Callable
from datetime import date, time

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.roles import STAFF
from hipspine.clinic.booking.clock_words import YEARS
from hipspine.clinic.booking.models import (
    BookingTick,
    Holiday,
    HoursException,
    Location,
    Resource,
    VisitType,
    WeeklyHours,
)
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.slots import expired

Faults = dict[str, str]
#: Words that addresses below /book/ mean something else by.
RESERVED = frozenset({"held", "mine", "waiting", "with"})
LAST_POSITION = 1000
LONGEST_NOTICE_MINUTES = 90 * 24 * 60


def faults(row: Model) -> Faults:
    """By field, in the order of the form; a need is judged by `faults_of_need`."""
    return _RULES[type(row)](row)


def _location(row: Location) -> Faults:
    found = _slug(row, Location.objects.all())
    if len(row.country) != 2 or not row.country.isascii() or not row.country.isalpha():
        found["country"] = _("Accepted: the two letters of the country, as US.")
    return found


def _resource(row: Resource) -> Faults:
    here = Resource.objects.filter(location=row.location_id)
    found = _slug(row, here)
    side_by_side = _side_by_side(row)
    if side_by_side > row.capacity:
        found["capacity"] = _(
            "%(count)s visits are booked at the same time; move or cancel some first."
        ) % {"count": side_by_side}
    if row.user_id is None:
        return found
    if row.kind != Kind.PRACTITIONER:
        found["user"] = _("Only a clinician has an account.")
    elif row.user.role not in STAFF or not row.user.is_active:
        found["user"] = _("This is not the account of someone who works here.")
    elif here.filter(user=row.user_id).exclude(pk=row.pk).exists():
        found["user"] = _("Another clinician of this clinic has this account.")
    return found


def _side_by_side(row: Resource) -> int:
    """The most visits to come that take it at once; overbooked ones do not count."""
    ticks = BookingTick.objects.filter(
        resource=row.pk, tick_start__gt=timezone.now(), appointment__overbook_reason=""
    ).exclude(expired(timezone.now()))
    most = ticks.values("tick_start").annotate(visits=Count("pk")).order_by("-visits").first()
    return most["visits"] if most else 0


def _visit_type(row: VisitType) -> Faults:
    found = _slug(row, VisitType.objects.filter(location=row.location_id))
    if row.notice_minutes > LONGEST_NOTICE_MINUTES:
        found["notice_minutes"] = _("Accepted: at most 129600 minutes, which is 90 days.")
    if row.position > LAST_POSITION:
        found["position"] = _("Accepted: a number from 0 to 1000.")
    return found


def _holiday(row: Holiday) -> Faults:
    if row.day.year not in YEARS:
        return {"day": _not_a_year()}
    same = Holiday.objects.filter(location=row.location_id, day=row.day).exclude(pk=row.pk)
    return {"day": _("The clinic is closed on this day already.")} if same.exists() else {}


def _weekly(row: WeeklyHours) -> Faults:
    found = _stretch(row.opens, row.closes)
    days = {"valid_from": row.valid_from, "valid_until": row.valid_until}
    found |= {name: _not_a_year() for name, day in days.items() if day and day.year not in YEARS}
    if row.valid_from and row.valid_until and row.valid_from > row.valid_until:
        found["valid_until"] = _("Accepted: the first day or a later one.")
    if found:
        return found
    others = WeeklyHours.objects.filter(resource=row.resource_id, weekday=row.weekday)
    overlapping = _meeting(others, row).filter(
        Q(valid_from=None) | Q(valid_from__lte=row.valid_until or date.max),
        Q(valid_until=None) | Q(valid_until__gte=row.valid_from or date.min),
    )
    other = overlapping.first()
    return {"opens": _("This overlaps %(hours)s.") % {"hours": str(other)}} if other else {}


def _exception(row: HoursException) -> Faults:
    if row.day.year not in YEARS:
        return {"day": _not_a_year()}
    all_day = row.opens is None and row.closes is None and not row.is_open
    found = {} if all_day else _stretch(row.opens, row.closes)
    if found:
        return found
    others = HoursException.objects.filter(resource=row.resource_id, day=row.day)
    if all_day:
        meets = others.exclude(pk=row.pk).exists()
    else:
        meets = _meeting(others, row).exists() or others.exclude(pk=row.pk).filter(opens=None)
    if meets:
        day = row.day.isoformat()
        return {"day": _("Another exception of %(day)s overlaps this one.") % {"day": day}}
    return {}


def faults_of_need(visit_type: VisitType, chosen: list[Resource], own: int | None) -> Faults:
    """`own`: the id of the need these become; None for a new one."""
    if not chosen:
        return {"any_of": _("Tick one or more.")}
    if any(resource.location_id != visit_type.location_id for resource in chosen):
        return {"any_of": _("Accepted: what belongs to this clinic.")}
    clinicians = {resource.kind == Kind.PRACTITIONER for resource in chosen}
    if len(clinicians) > 1:
        return {"any_of": _("Clinicians are one need; rooms and equipment are another.")}
    others = visit_type.needs.exclude(pk=own).prefetch_related("any_of")
    for other in others:
        theirs = list(other.any_of.all())
        if {r.pk for r in theirs} == {r.pk for r in chosen}:
            return {"any_of": _("Another need of this visit is the same.")}
        # Someone who chooses a clinician would choose them for both needs, and never find a time.
        if clinicians == {True} and any(r.kind == Kind.PRACTITIONER for r in theirs):
            return {"any_of": _("Another need names the clinicians; change that one.")}
    return {}


def _slug(row: Model, there: QuerySet) -> Faults:
    if row.slug in RESERVED:
        return {"slug": _("This word is taken by the system; choose another.")}
    if there.filter(slug__iexact=row.slug).exclude(pk=row.pk).exists():
        return {"slug": _("Another one has this short name; choose another.")}
    return {}


def _stretch(opens: time | None, closes: time | None) -> Faults:
    found = {}
    for name, wall in (("opens", opens), ("closes", closes)):
        if wall is None:
            found[name] = _("Type a time, as 14:05.")
        elif wall.minute % 5 or wall.second or wall.microsecond:
            found[name] = _("Accepted: a multiple of five minutes, as 14:05.")
    if not found and opens >= closes:
        found["closes"] = _("Accepted: a time after the beginning, on the same day.")
    return found


def _meeting(others: QuerySet, row: WeeklyHours | HoursException) -> QuerySet:
    """Those that share a minute with it; touching is no overlap."""
    return others.exclude(pk=row.pk).filter(opens__lt=row.closes, closes__gt=row.opens)


def _not_a_year() -> str:
    return _("Accepted: a day from the year 2000 to 2100.")


_RULES: dict[type[Model], Callable[..., Faults]] = {
    Location: _location,
    Resource: _resource,
    VisitType: _visit_type,
    Holiday: _holiday,
    WeeklyHours: _weekly,
    HoursException: _exception,
}
