"""The sheet for the day the computers are down: paper, A4 or Letter, one clinician a page."""

from dataclasses import dataclass
from datetime import date

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.booking.clock_words import clock, day_words, span, zone_words
from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.selectors import appointments_between

STYLE = "clinic/day-sheet.css"


@dataclass(frozen=True)
class SheetLine:
    """One visit as it is printed."""

    visit: Appointment
    time: str

    @property
    def rooms(self) -> str:
        return ", ".join(place.name for place in self.visit.places)


@dataclass(frozen=True)
class SheetPage:
    """The visits of one clinician, by time."""

    name: str
    lines: tuple[SheetLine, ...]


def day_sheet_pages(location: Location, day: date) -> list[SheetPage]:
    """A page a clinician who has visits that day, by name; those without a clinician last."""
    pages: dict[tuple[bool, str, int], list[SheetLine]] = {}
    for visit in appointments_between(location, day):
        who = visit.practitioner
        key = (False, who.name, who.pk) if who else (True, _("Without a clinician"), 0)
        line = SheetLine(visit, span(visit.starts_at, visit.ends_at, location.zone))
        pages.setdefault(key, []).append(line)
    return [SheetPage(key[1], tuple(lines)) for key, lines in sorted(pages.items())]


def day_sheet_shown(location: Location, day: date) -> dict[str, object]:
    """What the template of the sheet needs."""
    now = timezone.now()
    local = now.astimezone(location.zone)
    pages = day_sheet_pages(location, day)
    return {
        "location": location,
        "pages": pages,
        "visits": sum(len(page.lines) for page in pages),
        "day_words": day_words(day),
        "zone_words": zone_words(location.zone, day),
        "printed": f"{local:%Y-%m-%d} {clock(now, location.zone)}",
    }


def day_sheet_html(location: Location, day: date) -> str:
    """The whole page with its style inside: it opens from a disk, without the server."""
    found = finders.find(STYLE)
    assert isinstance(found, str), STYLE
    with open(found, encoding="utf-8") as file:
        style = file.read()
    shown = day_sheet_shown(location, day) | {"style": style}
    return render_to_string("booking/desk/sheet.html", shown)
