"""Free times for those who search them across clinics: SMART Scheduling Links, in FHIR R4.

Manifest, then one JSON object a line: clinics (Location), kinds of visit (Schedule), free times
(Slot). What it says is public on the booking pages too; nothing about a person is in it.

Specification: https://github.com/smart-on-fhir/smart-scheduling-links/blob/master/specification.md
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from hipspine.clinic.booking.links import full_address
from hipspine.clinic.booking.models import Location, VisitType
from hipspine.clinic.booking.places import places_in
from hipspine.clinic.booking.slots import Slot, free_slots, requirements_of

DAYS = 14
EXTENSION = "http://fhir-registry.smarthealthit.org/StructureDefinition/"
Resource = dict[str, object]


def manifest(now: datetime) -> Resource:
    """What there is to fetch. The time is that of the minute: within it nothing is sent twice."""
    files = [
        {"type": "Location", "url": full_address("scheduling:locations")},
        {"type": "Schedule", "url": full_address("scheduling:schedules")},
    ]
    for location in Location.objects.filter(is_active=True).order_by("pk"):
        slots = {
            "type": "Slot",
            "url": full_address("scheduling:slots", location_slug=location.slug),
        }
        if location.state:
            slots["extension"] = {"state": [location.state]}
        files.append(slots)
    return {
        "transactionTime": now.replace(second=0, microsecond=0).isoformat(),
        "request": full_address("scheduling:manifest"),
        "output": files,
        "error": [],
    }


def locations() -> Iterator[Resource]:
    """The clinics that take bookings."""
    for location in Location.objects.filter(is_active=True).order_by("pk"):
        address = {
            "line": [location.address_line],
            "city": location.city,
            "state": location.state,
            "postalCode": location.postal_code,
            "country": location.country,
        }
        resource = {
            "resourceType": "Location",
            "id": str(location.pk),
            "status": "active",
            "name": location.name,
            "description": location.directions,
            "telecom": [
                {"system": "phone", "value": location.phone},
                {
                    "system": "url",
                    "value": full_address("booking:location", location_slug=location.slug),
                },
            ],
            "address": {name: value for name, value in address.items() if value},
        }
        yield {name: value for name, value in resource.items() if value}


def schedules() -> Iterator[Resource]:
    """The kinds of visit that are booked online."""
    for visit_type in _visits().order_by("pk"):
        coding = {
            "system": full_address("scheduling:schedules"),
            "code": f"{visit_type.location.slug}.{visit_type.slug}",
            "display": visit_type.name,
        }
        yield {
            "resourceType": "Schedule",
            "id": str(visit_type.pk),
            "active": True,
            "serviceType": [{"coding": [coding], "text": visit_type.name}],
            "actor": [
                {
                    "reference": f"Location/{visit_type.location_id}",
                    "display": visit_type.location.name,
                }
            ],
        }


def slots(location: Location, now: datetime) -> Iterator[Resource]:
    """The free times of two weeks from today, by kind of visit and time."""
    first = now.astimezone(location.zone).date()
    last = first + timedelta(days=DAYS - 1)
    for visit_type in _visits().filter(location=location).order_by("position", "pk"):
        found = free_slots(visit_type, first, last, now=now)
        for slot, places in places_in(found, requirements_of(visit_type), now):
            yield _slot(slot, visit_type, places)


def as_lines(resources: Iterator[Resource]) -> str:
    """NDJSON: an object a line."""
    return "".join(
        json.dumps(resource, ensure_ascii=False, separators=(",", ":")) + "\n"
        for resource in resources
    )


def _slot(slot: Slot, visit_type: VisitType, places: int) -> Resource:
    zone = visit_type.location.zone
    extension: list[Resource] = [
        {"url": EXTENSION + "booking-deep-link", "valueUrl": booking_link(slot, visit_type)},
        {"url": EXTENSION + "booking-phone", "valueString": visit_type.location.phone},
    ]
    if places > 1:
        extension.append({"url": EXTENSION + "slot-capacity", "valueInteger": places})
    return {
        "resourceType": "Slot",
        "id": f"{visit_type.pk}.{slot.starts_at:%Y%m%dT%H%MZ}",
        "schedule": {"reference": f"Schedule/{visit_type.pk}"},
        "status": "free",
        "start": slot.starts_at.astimezone(zone).isoformat(),
        "end": slot.ends_at.astimezone(zone).isoformat(),
        "extension": extension,
    }


def booking_link(slot: Slot, visit_type: VisitType) -> str:
    """The week of this time, with the clinician if it can be only one."""
    asked = {"week": slot.starts_at.astimezone(visit_type.location.zone).date().isoformat()}
    if len(slot.practitioners) == 1:
        asked["with"] = slot.practitioners[0].slug
    page = full_address(
        "booking:week", location_slug=visit_type.location.slug, visit_slug=visit_type.slug
    )
    return f"{page}?{urlencode(asked)}"


def _visits():
    bookable = {"is_active": True, "is_online": True, "location__is_active": True}
    return VisitType.objects.filter(**bookable).select_related("location")
