"""Whether a kind of visit can be booked, in sentences, and the next times at which it is free."""

from datetime import timedelta

from django.utils.translation import gettext as _

from hipspine.clinic.booking.models import VisitType, WeeklyHours
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.slots import Requirements, Slot, assign, free_slots, requirements_of

SHOWN = 8
LOOK_AHEAD = (7, 31)


def next_free(visit_type: VisitType) -> list[Slot]:
    """The next free times online; for the desk where it is not offered online."""
    today = visit_type.location.today
    found: list[Slot] = []
    for days in (*LOOK_AHEAD, visit_type.horizon_days):
        last = today + timedelta(min(days, visit_type.horizon_days))
        found = free_slots(visit_type, today, last, for_staff=not visit_type.is_online)
        if len(found) >= SHOWN:
            break
    return found[:SHOWN]


def why_not(visit_type: VisitType, free: list[Slot]) -> list[str]:
    """Why nobody, or no patient, can book it; empty where all is well. `free`: `next_free`."""
    wanted = requirements_of(visit_type)
    found = [*_switched_off(visit_type), *_needs(visit_type, wanted)]
    if not found and visit_type.is_online and _notice_is_too_long(visit_type):
        found.append(_("The notice is as long as the days for which it can be booked online."))
    if not free and not found:
        words = _(
            "No time is free in the next %(days)s days: all is taken or closed, or no stretch of"
            " hours is as long as the visit."
        )
        found.append(words % {"days": visit_type.horizon_days})
    return found


def _switched_off(visit_type: VisitType) -> list[str]:
    found = []
    if not visit_type.location.is_active:
        found.append(_("The clinic is not open for booking: patients do not see it."))
    if not visit_type.is_active:
        found.append(_("This kind of visit is no longer in use."))
    elif not visit_type.is_online:
        found.append(_("It is not offered online: only the desk books it."))
    return found


def _needs(visit_type: VisitType, wanted: Requirements) -> list[str]:
    """What is missing in what the visit takes."""
    if not wanted.needs:
        return [_("It needs nobody and nothing yet: add who or what it takes.")]
    if not all(wanted.needs):
        return [_("One of its needs is empty: nothing in it is in use.")]
    if assign(wanted.needs, {r.pk for r in wanted.resources}) is None:
        return [_("Two of its needs share what they take; one of them always goes without.")]
    clinicians = [r for r in wanted.resources if r.kind == Kind.PRACTITIONER]
    rows = WeeklyHours.objects.filter(resource__in=wanted.resources).exclude(
        valid_until__lt=visit_type.location.today
    )
    keep_hours = set(rows.values_list("resource", flat=True))
    if clinicians and not keep_hours & {r.pk for r in clinicians}:
        return [_("No clinician it needs keeps weekly hours.")]
    if not clinicians and not keep_hours:
        return [_("It needs no clinician, and nothing it takes keeps hours: it is offered"
                  " day and night.")]  # fmt: skip
    return []


def _notice_is_too_long(visit_type: VisitType) -> bool:
    return visit_type.notice_minutes >= (visit_type.horizon_days + 1) * 24 * 60
