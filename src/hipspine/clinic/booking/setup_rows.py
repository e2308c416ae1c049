"""What is known about one row of the set-up: whose it is, what it holds, what hangs on it."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from hipspine.clinic.booking.models import Location, Need, Resource, VisitType


def what_hangs_on(row: Model) -> str:
    """Why it cannot be taken away, in a sentence; empty if it can."""
    if isinstance(row, Location):
        full = any(
            getattr(row, name).exists()
            for name in ("appointments", "waiting", "resources", "visit_types")
        )
        return _("It has people, rooms, kinds of visit or visits.") if full else ""
    if isinstance(row, Resource):
        if row.appointments.exists() or row.waiting.exists() or row.ticks.exists():
            return _("There are visits or wishes with it.")
        types = VisitType.objects.filter(needs__any_of=row).distinct()
        names = ", ".join(kind.shown_name for kind in types)
        return _("These kinds of visit need it: %(names)s.") % {"names": names} if names else ""
    if isinstance(row, VisitType) and (row.appointments.exists() or row.waiting.exists()):
        return _("There are visits or wishes of this kind.")
    return ""


def plain(value: object) -> str:
    """What a field holds, as one text: for comparing what was seen with what is."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(sorted(str(row.pk) for row in value))
    return str(value).replace("\r\n", "\n")  # a browser sends lines its own way


def clinic_of(row: Model) -> Location:
    """The clinic it belongs to; a clinic belongs to itself."""
    if isinstance(row, Location):
        return row
    for parent in ("resource", "visit_type"):
        if hasattr(row, parent):
            return getattr(row, parent).location
    return row.location


def affected_by(row: Model) -> list[Resource] | None:
    """Whose being there depends on this row; None: nobody's."""
    if isinstance(row, VisitType | Need):
        return None
    if isinstance(row, Resource):
        return [row] if row.pk else None
    if hasattr(row, "resource"):
        return [row.resource]
    location = clinic_of(row)
    return list(location.resources.all()) if location.pk else None


def shown(row: Model, name: str) -> str:
    """What a field holds, in words."""
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else str(value)
