"""Setting up a clinic: the one writer of clinics, who works there, hours, holidays, kinds of visit.

Changes of one clinic queue up behind its row. A change is written field by field: what another tab
changed meanwhile stays, and where both changed the same field the later is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.booking.actions.taking import lock
from hipspine.clinic.booking.models import Location, Need, Resource
from hipspine.clinic.booking.outside import visits_outside, visits_to_come
from hipspine.clinic.booking.setup_rows import affected_by, clinic_of, plain, shown, what_hangs_on
from hipspine.clinic.booking.setup_rules import Faults, faults, faults_of_need
from hipspine.errors import InvalidInput

SEVERAL = "__all__"
#: The fields of a clinic or a resource on which it depends when something is there.
HOURS = frozenset({"time_zone", "is_active"})


class Refused(InvalidInput):
    """`faults`: {field: sentence}; `now`: {field: plain value} where someone else was faster."""

    def __init__(self, found: Faults, now: Mapping[str, str] | None = None) -> None:
        super().__init__(_("this cannot be saved"))
        self.faults, self.now = found, dict(now or {})


class LeavesOutside(InvalidInput):
    """Booked visits (ids, by time) would lie outside the hours; nothing was saved."""

    def __init__(self, visits: list[UUID]) -> None:
        super().__init__(_("booked visits would lie outside the hours"))
        self.visits = visits


@dataclass(frozen=True)
class Accepted:
    """What was read and ticked: these visits (ids; None: any) stay outside the hours; a new zone
    moves no visit."""

    visits_outside: frozenset[str] | None = frozenset()
    keep_instants: bool = False


NOTHING = Accepted()


@transaction.atomic
def save(
    row: Model,
    values: Mapping[str, object],
    *,
    by: Actor,
    seen: Mapping[str, str] | None = None,
    accepted: Accepted = NOTHING,
) -> Model:
    """Add `row`, or write these fields of it. Raises `Refused` or `LeavesOutside`.

    `seen`: what the fields held (`plain`) when the page was made; None: whatever it is now.
    """
    location = _lock_clinic(row)
    moves_hours = not isinstance(row, Location | Resource) or bool(HOURS & set(values))
    before = _outside(row, location) if moves_hours else set()
    current = row if row.pk is None else _fresh(row)
    _no_one_was_faster(current, values, seen or {})
    changed = [
        name for name, value in values.items() if plain(getattr(current, name)) != plain(value)
    ]
    for name, value in values.items():
        setattr(current, name, value)
    if isinstance(current, Location):
        _keep_instants(row, current, accepted)
    found = faults(current)
    if found:
        raise Refused(found)
    adding = current.pk is None
    if isinstance(current, Location):
        _save_clinic(current)
    else:
        current.save()
    if moves_hours:
        _nothing_left_outside(current, before, accepted)
    if adding:
        _record(current, "added", sorted(values), by)
    elif changed:
        _record(current, "changed", sorted(changed), by)
    return current


@transaction.atomic
def save_need(
    need: Need,
    chosen: Iterable[Resource],
    *,
    by: Actor,
    seen: Mapping[str, str] | None = None,
) -> Need:
    """The visit takes one of these. Raises `Refused`."""
    chosen = list(chosen)
    _lock_clinic(need)
    adding = need.pk is None
    if not adding:
        _fresh(need)
        now = plain(need.any_of.all())
        if seen and now not in (seen.get("any_of", now), plain(chosen)):
            raise Refused(
                {"any_of": _changed_meanwhile(_names(need.any_of.all()))}, {"any_of": now}
            )
    found = faults_of_need(need.visit_type, chosen, need.pk)
    if found:
        raise Refused(found)
    need.save()
    need.any_of.set(chosen)
    _record(need, "added" if adding else "changed", ["any_of"], by)
    return need


@transaction.atomic
def add_all(rows: Sequence[Model], *, by: Actor, accepted: Accepted = NOTHING) -> None:
    """Rows of one resource, all or none: the days of a holiday. Raises as `save` does."""
    location = _lock_clinic(rows[0])
    before = _outside(rows[0], location)
    for row in rows:
        save(row, {}, by=by, accepted=Accepted(visits_outside=None))
    _nothing_left_outside(rows[0], before, accepted)


@transaction.atomic
def remove(row: Model, *, by: Actor, accepted: Accepted = NOTHING) -> None:
    """Take away what nothing hangs on; else `Refused` says what does. Raises `LeavesOutside`."""
    location = _lock_clinic(row)
    before = _outside(row, location)
    current = _fresh(row)
    hanging = what_hangs_on(current)
    if hanging:
        raise Refused({SEVERAL: hanging})
    _record(current, "removed", [], by)
    affected = affected_by(current)
    current.delete()
    if affected is not None:
        _compare(visits_outside(location, affected), before, accepted)


def _lock_clinic(row: Model) -> Location | None:
    """One change of a clinic at a time, and no booking of what changes while it does.

    NO KEY: a booking that names the clinic does not wait here, so the two never wait in a ring.
    """
    location = clinic_of(row)
    if location is None or location.pk is None:
        return None
    found = Location.objects.select_for_update(no_key=True).filter(pk=location.pk).first()
    parent = getattr(row, "resource", None) or getattr(row, "visit_type", None)
    if found is None or (parent and not type(parent).objects.filter(pk=parent.pk).exists()):
        raise InvalidInput(_("this was removed meanwhile"))
    affected = affected_by(row)
    if affected is not None:
        lock(affected)
    return found


def _outside(row: Model, location: Location | None) -> set[UUID]:
    affected = affected_by(row)
    if location is None or affected is None:
        return set()
    return set(visits_outside(location, affected))


def _nothing_left_outside(current: Model, before: set[UUID], accepted: Accepted) -> None:
    affected = affected_by(current)
    if affected is not None:
        clinic = Location.objects.get(pk=clinic_of(current).pk)
        _compare(visits_outside(clinic, affected), before, accepted)


def _compare(after: list[UUID], before: set[UUID], accepted: Accepted) -> None:
    left = [visit for visit in after if visit not in before]
    read = accepted.visits_outside
    if read is not None and any(str(visit) not in read for visit in left):
        raise LeavesOutside(left)


def _fresh(row: Model) -> Model:
    """As it is now."""
    found = type(row).objects.filter(pk=row.pk).first()
    if found is None:
        raise InvalidInput(_("this was removed meanwhile"))
    return found


def _no_one_was_faster(current: Model, values: Mapping, seen: Mapping[str, str]) -> None:
    """Of the fields to be written none holds what neither tab meant."""
    found, now = {}, {}
    for name, value in values.items():
        holds = plain(getattr(current, name))
        if name in seen and holds not in (seen[name], plain(value)):
            found[name], now[name] = _changed_meanwhile(shown(current, name)), holds
    if found:
        raise Refused(found, now)


def _changed_meanwhile(value: str) -> str:
    sentence = _("Someone changed this meanwhile to “%(value)s”. Save again to write yours.")
    return sentence % {"value": f"\u2068{value}\u2069"}  # isolated, whatever its direction


def _names(resources: Iterable[Resource]) -> str:
    return ", ".join(resource.name for resource in resources)


def _keep_instants(old: Location, new: Location, accepted: Accepted) -> None:
    """A new zone shows the visits at other times of day: that has to be said and ticked."""
    if new.pk is None or accepted.keep_instants:
        return
    known = Location.objects.values_list("time_zone", flat=True).get(pk=old.pk)
    count = visits_to_come(new).count() if new.time_zone != known else 0
    if count:
        sentence = _(
            "Visits to come: %(count)s. In the new time zone the clock shows other times for them."
            " Tick this to go on."
        )
        raise Refused({"keep_instants": sentence % {"count": count}})


def _save_clinic(location: Location) -> None:
    """Two clinics are not locked against each other: the unique key decides."""
    try:
        with transaction.atomic():
            location.save()
    except IntegrityError as error:
        taken = _("Another one has this short name; choose another.")
        raise Refused({"slug": taken}) from error


def _record(row: Model, what: str, fields: list[str], by: Actor) -> None:
    """Names of fields only: what they hold is in the tables."""
    record(
        "setup.changed",
        actor=by,
        target=f"booking.{type(row).__name__}:{row.pk}",
        detail={"what": what, "fields": ", ".join(fields), "location": clinic_of(row).pk},
    )
