"""A week of free times as the booking page shows it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hipspine.clinic.booking.models import Appointment, Resource, VisitType
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.slots import Slot, bookable_between, free_slots
from hipspine.clinic.booking.times_shown import clock, day_and_clock, day_words, short_day
from hipspine.clinic.booking.wall_clock import on_the_wall
from hipspine.clinic.web.rows import Row

WEEK = timedelta(days=7)
SATURDAY = 5
LOOK_AHEAD = timedelta(days=14)
#: Nothing is booked so far away; what an address or a form says beyond it is a mistake.
FARTHEST = timedelta(days=800)


@dataclass(frozen=True)
class TimeButton(Row):
    """`value` is what it sends: the instant in UTC and the clinician asked for."""

    template = "booking/public/time.html"
    value: str
    clock: str
    day: str  # in words, for whom does not see under which it stands


@dataclass(frozen=True)
class ShownSlot:
    """One that stands alone, among the alternatives, and so says the day and whose time it is."""

    value: str
    clock: str
    in_full: str
    who: str


@dataclass(frozen=True)
class ShownDay:
    """One column, or one paragraph on a phone."""

    day: date
    words: str
    short: str
    slots: tuple[TimeButton, ...]


@dataclass(frozen=True)
class ShownWeek:
    """`previous`, `following`: Mondays one may go to; `first_free`: the Monday of the first free
    time after an empty week."""

    monday: date
    days: tuple[ShownDay, ...]
    previous: date | None
    following: date | None
    first_free: date | None

    @property
    def is_empty(self) -> bool:
        return not any(day.slots for day in self.days)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def title(self) -> str:
        """October 12 to 18, in words."""
        return _("%(first)s to %(last)s") % {
            "first": day_words(self.monday),
            "last": day_words(self.sunday),
        }


def practitioners_of(visit_type: VisitType) -> list[Resource]:
    """The clinicians in use with whom the visit can be, by name."""
    found = Resource.objects.filter(
        needs__visit_type=visit_type, kind=Kind.PRACTITIONER, is_active=True
    )
    return list(found.distinct().order_by("name", "pk"))


def week_of(
    visit_type: VisitType,
    asked: date | None,
    who: Resource | None,
    moving: Appointment | None = None,
) -> ShownWeek:
    """The week that holds this day, or the nearest one that can be booked.

    Without a day: this week, or the first one with a free time. `moving`: where this visit may go.
    """
    first, last = _bookable_mondays(visit_type)
    monday = min(max(monday_of(asked) if asked else first, first), last)
    slots = _slots(visit_type, monday, who, moving)
    free = None if slots else first_free(visit_type, monday + WEEK, who)
    if free and asked is None:
        monday = monday_of(free)
        slots, free = _slots(visit_type, monday, who, moving), None
    return ShownWeek(
        monday,
        _days(visit_type, monday, slots, who),
        previous=monday - WEEK if monday > first else None,
        following=monday + WEEK if monday < last else None,
        first_free=monday_of(free) if free else None,
    )


def first_free(visit_type: VisitType, from_day: date, who: Resource | None) -> date | None:
    """The first day with a free time from this one on, within the horizon."""
    zone = visit_type.location.zone
    last = bookable_between(visit_type, timezone.now())[1].astimezone(zone).date()
    while from_day <= last:
        found = free_slots(visit_type, from_day, from_day + LOOK_AHEAD, who)
        if found:
            return found[0].starts_at.astimezone(zone).date()
        from_day += LOOK_AHEAD + timedelta(days=1)
    return None


def shown(slot: Slot, visit_type: VisitType, who: Resource | None) -> ShownSlot:
    """On its own; with anyone's name if it is not a time of the one who was asked for."""
    zone = visit_type.location.zone
    chosen = who if who in slot.practitioners else None
    return ShownSlot(
        value=_value(slot, chosen.slug if chosen else ""),
        clock=clock(slot.starts_at, zone),
        in_full=day_and_clock(slot.starts_at, zone),
        who=_(" or ").join(r.name for r in ([chosen] if chosen else slot.practitioners)),
    )


def read_value(value: str) -> tuple[datetime, str] | None:
    """(instant in UTC, slug of a clinician or "") of a button; None for anything else."""
    instant, _separator, slug = value.partition("/")
    try:
        starts_at = datetime.strptime(instant, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (starts_at, slug) if abs(starts_at - timezone.now()) < FARTHEST else None


def read_day(value: str) -> date | None:
    """A day of an address; None for anything else, and for what lies too far away to matter."""
    try:
        day = datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if abs(day - timezone.now().date()) < FARTHEST else None


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _value(slot: Slot, slug: str) -> str:
    return f"{slot.starts_at:%Y-%m-%dT%H:%M}Z/{slug}"


def _slots(
    visit_type: VisitType, monday: date, who: Resource | None, moving: Appointment | None
) -> list[Slot]:
    """Of a week. A visit may move into a part of its own time, but not to where it is."""
    found = free_slots(visit_type, monday, monday + timedelta(days=6), who, ignoring=moving)
    if moving is None or who not in (None, moving.practitioner):
        return found
    return [slot for slot in found if slot.starts_at != moving.starts_at]


def _bookable_mondays(visit_type: VisitType) -> tuple[date, date]:
    earliest, latest = bookable_between(visit_type, timezone.now())
    zone = visit_type.location.zone
    last = (latest - timedelta(seconds=1)).astimezone(zone).date()
    first = earliest.astimezone(zone).date()
    return monday_of(first), monday_of(max(first, last))


def _days(
    visit_type: VisitType, monday: date, slots: list[Slot], who: Resource | None
) -> tuple[ShownDay, ...]:
    """The days still to come; a weekend without a free time is left out."""
    zone = visit_type.location.zone
    today = visit_type.location.today
    of_day: dict[date, list[Slot]] = {monday + timedelta(days=n): [] for n in range(7)}
    for slot in slots:
        of_day[on_the_wall(slot.starts_at, zone)[0].date()].append(slot)
    return tuple(
        _day(day, free, zone, who)
        for day, free in of_day.items()
        if free or (day.weekday() < SATURDAY and day >= today)
    )


def _day(day: date, free: list[Slot], zone: ZoneInfo, who: Resource | None) -> ShownDay:
    words = capfirst(day_words(day))
    return ShownDay(day, words, short_day(day), tuple(_button(s, zone, who, words) for s in free))


def _button(slot: Slot, zone: ZoneInfo, who: Resource | None, day: str) -> TimeButton:
    """Under its day; `who` was asked for."""
    slug = who.slug if who in slot.practitioners else ""
    return TimeButton(_value(slot, slug), clock(slot.starts_at, zone), day)
