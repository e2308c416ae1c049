"""Free times as the desk sees them, and what it sees when a time was lost."""

from dataclasses import dataclass
from datetime import date, time

from hipspine.clinic.booking.actions import SlotTaken
from hipspine.clinic.booking.clock_words import clock, day_words, instant_words
from hipspine.clinic.booking.models import Resource, VisitType
from hipspine.clinic.booking.slots import Slot, free_slots, nearest_slots
from hipspine.clinic.booking.wall_clock import first_instant


@dataclass(frozen=True)
class FreeTime:
    """One free start: its words, and the value a button sends."""

    words: str
    value: str
    names: str

    @classmethod
    def of(cls, slot: Slot, visit_type: VisitType, *, with_day: bool = False) -> "FreeTime":
        """`with_day`: the words say the day too."""
        zone = visit_type.location.zone
        words = clock(slot.starts_at, zone)
        if with_day:
            words = f"{day_words(slot.starts_at.astimezone(zone).date())}, {words}"
        names = ", ".join(who.name for who in slot.practitioners)
        return cls(words, instant_words(slot.starts_at), names)


def times_of(visit_type: VisitType, day: date, who: Resource | None) -> list[FreeTime]:
    """The free times of a day for the desk."""
    slots = free_slots(visit_type, day, day, who, for_staff=True)
    return [FreeTime.of(slot, visit_type) for slot in slots]


def nearest_of(visit_type: VisitType, day: date, who: Resource | None) -> list[FreeTime]:
    """When a day has none: the three free times nearest to its noon."""
    noon = first_instant(day, time(12), visit_type.location.zone)
    slots = nearest_slots(visit_type, noon, who, for_staff=True)
    return [FreeTime.of(slot, visit_type, with_day=True) for slot in slots]


def lost(taken: SlotTaken) -> dict[str, object]:
    """The three nearest times and the one that was lost, for the page that says so."""
    visit_type = taken.wanted.visit_type
    local = taken.wanted.starts_at.astimezone(visit_type.location.zone)
    words = clock(taken.wanted.starts_at, visit_type.location.zone)
    return {
        "lost": f"{day_words(local.date())}, {words}",
        "lost_value": instant_words(taken.wanted.starts_at),
        "alternatives": [
            FreeTime.of(slot, visit_type, with_day=True) for slot in taken.alternatives
        ],
    }
