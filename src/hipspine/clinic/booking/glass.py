"""What those who treat see of visits of other clinicians, where charts are not open to all."""

from collections.abc import Iterable

from django.conf import settings

from hipspine.clinic.accounts.roles import TREATING
from hipspine.clinic.booking.models import Appointment, Resource
from hipspine.clinic.chart.access import treats


def is_behind_glass(
    user, visit: Appointment, resources: Iterable[Resource], *, in_list: bool = False
) -> bool:
    """Whether birth date, contact and what the visit is about stay hidden from this user.

    Open are one's own visits and those of charts one treats. `resources`: what the visit takes.
    `in_list`: by own visits alone, without a query; the page of the visit asks further.
    """
    if not settings.CHARTS_BEHIND_GLASS or user.role not in TREATING:
        return False
    if any(resource.user_id == user.pk for resource in resources):
        return False
    return in_list or visit.chart is None or not treats(user, visit.chart.pk)
