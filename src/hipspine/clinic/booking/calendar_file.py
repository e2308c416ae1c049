"""A visit as a calendar file (iCalendar, RFC 5545; published by RFC 5546).

Instants are written in UTC: an hour that comes twice when clocks change is then never the wrong
one, and every calendar shows it in the zone of whoever looks. Calendars are shared at work and at
home, so the file names the clinic but neither the kind of visit nor the signed link to cancel it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.models.appointment import Status

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
FILE_NAME = "visit.ics"


def ics_of(appointment: Appointment) -> bytes:
    """The file, in the language of the booking; a later version replaces an earlier one."""
    with translation.override(appointment.language):
        calendar = Calendar()
        calendar.add("PRODID", "-//hipspine//booking//EN")
        calendar.add("VERSION", "2.0")
        calendar.add("METHOD", "PUBLISH")
        calendar.add_component(_event(appointment))
    return calendar.to_ical()


def _event(appointment: Appointment) -> Event:
    location = appointment.location
    event = Event()
    event.add("UID", f"{appointment.pk}@{_host()}")
    event.add("SEQUENCE", appointment.version)
    event.add("DTSTAMP", timezone.now().replace(microsecond=0))
    event.add("DTSTART", appointment.starts_at)
    event.add("DTEND", appointment.ends_at)
    event.add("SUMMARY", _("Visit at %(clinic)s") % {"clinic": location.name})
    event.add("LOCATION", address_of(location))
    event.add("DESCRIPTION", _("Telephone: %(phone)s") % {"phone": location.phone})
    organizer = vCalAddress(f"mailto:{location.email or settings.DEFAULT_FROM_EMAIL}")
    organizer.params["CN"] = location.name
    event["ORGANIZER"] = organizer
    event.add("CLASS", "PRIVATE")
    cancelled = appointment.status == Status.CANCELLED
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def address_of(location: Location) -> str:
    """On one line, as it is written on a letter."""
    town = " ".join(part for part in (location.state, location.postal_code) if part)
    parts = (location.name, location.address_line, location.city, town)
    return ", ".join(part for part in parts if part)


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
