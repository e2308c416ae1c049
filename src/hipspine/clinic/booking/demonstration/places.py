"""Two invented clinics in two time zones: three clinicians, two rooms, a fluoroscope."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from hipspine.clinic.accounts.models import User
from hipspine.clinic.booking.models import (
    Holiday,
    HoursException,
    Location,
    Need,
    Resource,
    VisitType,
    WeeklyHours,
)

WORKDAYS = range(5)


@dataclass(frozen=True)
class Places:
    """What the fortnight is made of."""

    main: Location
    branch: Location
    clinicians: dict[str, Resource]
    visits: dict[str, VisitType]


def make_places(today: date) -> Places:
    """Everything an administrator would set up."""
    main = Location.objects.create(
        slug="riverside", name="Riverside Spine and Hip", address_line="100 Example Quay",
        city="Exampleton", state="IL", postal_code="00000", phone="+1 555 010 0100",
        email="riverside@clinic.example", time_zone="America/Chicago",
        about="Pain of the back, hip and leg: we look for where it starts. An invented clinic.",
        about_es="Dolor de espalda, cadera y pierna: buscamos su origen. Una clínica inventada.",
        directions="Bus 7 to Example Quay. The entrance by the river has no steps.",
        directions_es="Autobús 7 hasta Example Quay. La entrada del río no tiene escalones.",
    )  # fmt: skip
    branch = Location.objects.create(
        slug="westhill", name="Westhill Telephone Clinic", address_line="2 Sample Hill",
        city="Samplefield", state="CO", postal_code="00000", phone="+1 555 010 0110",
        time_zone="America/Denver",
        about="Short talks by telephone after a visit. An invented clinic.",
        about_es="Charlas breves por teléfono después de una cita. Una clínica inventada.",
    )  # fmt: skip
    clinicians = _clinicians(main, branch, today)
    rooms = tuple(_resource(main, "room", f"room-{n}", f"Room {n}") for n in (1, 2))
    fluoroscope = _resource(main, "equipment", "fluoroscope", "Fluoroscope")
    haddad, castellanos = clinicians["haddad"], clinicians["castellanos"]
    visits = {
        "first": _visit(main, "first-visit", "First visit", "Primera cita", 40,
                        [(haddad, castellanos), rooms]),
        "follow": _visit(main, "follow-up", "Follow-up", "Revisión", 20,
                         [(haddad, castellanos), rooms]),
        "injection": _visit(main, "injection", "Injection under fluoroscopy",
                            "Infiltración con fluoroscopia", 30,
                            [(haddad, castellanos), (rooms[1],), (fluoroscope,)]),
        "therapy": _visit(main, "physical-therapy", "Physical therapy", "Fisioterapia", 30,
                          [(clinicians["okafor"],)]),
        "call": _visit(branch, "telephone", "Telephone follow-up", "Revisión por teléfono", 10,
                       [(clinicians["castellanos-branch"],)]),
    }  # fmt: skip
    VisitType.objects.filter(pk=visits["injection"].pk).update(is_online=False)
    for day, name in ((date(today.year, 12, 25), "Christmas Day"),
                      (date(today.year + 1, 1, 1), "New Year's Day")):  # fmt: skip
        Holiday.objects.create(location=main, day=day, name=name)
    return Places(main, branch, clinicians, visits)


def _clinicians(main: Location, branch: Location, today: date) -> dict[str, Resource]:
    def person(place: Location, slug: str, email: str, **profile) -> Resource:
        user = User.objects.get(email=email)
        return _resource(place, "practitioner", slug, user.name, user=user, **profile)

    spine = {"title": "Spine and pain physician", "title_es": "Médico de columna y dolor",
             "languages": "English, Arabic"}  # fmt: skip
    hip = {"title": "Hip and spine physician", "title_es": "Médica de cadera y columna",
           "languages": "English, Spanish"}  # fmt: skip
    found = {
        "haddad": person(main, "haddad", "clinician@demo.example", **spine,
                         about="Sees who has pain from the back into the leg.",
                         about_es="Atiende dolor de espalda que baja a la pierna."),
        "castellanos": person(main, "castellanos", "clinician2@demo.example", **hip,
                              about="Sees hips that hurt in backs, and backs that hurt in hips.",
                              about_es="Atiende caderas que duelen en la espalda, y al revés."),
        "okafor": person(main, "okafor", "therapist@demo.example", title="Physical therapist",
                         title_es="Fisioterapeuta", languages="English",
                         about="Standing, walking and sitting again, step by step.",
                         about_es="Volver a estar de pie, andar y sentarse, paso a paso."),
        "castellanos-branch": person(branch, "castellanos", "clinician2@demo.example", **hip),
    }  # fmt: skip
    _hours(found["haddad"], WORKDAYS, (time(8, 30), time(12)), (time(13), time(17)))
    _hours(found["castellanos"], (0, 1, 3, 4), (time(9), time(13)), (time(14), time(18)))
    _hours(found["okafor"], WORKDAYS, (time(8), time(12)), (time(12, 30), time(16, 30)))
    _hours(found["castellanos-branch"], (2,), (time(9), time(12)))
    monday = today - timedelta(days=today.weekday())
    HoursException.objects.create(
        resource=found["okafor"], day=monday + timedelta(days=8), reason="course"
    )
    HoursException.objects.create(
        resource=found["haddad"], day=monday + timedelta(days=5), is_open=True,
        opens=time(9), closes=time(12), reason="Saturday clinic",
    )  # fmt: skip
    return found


def _resource(place: Location, kind: str, slug: str, name: str, **more) -> Resource:
    return Resource.objects.create(location=place, kind=kind, slug=slug, name=name, **more)


def _hours(who: Resource, weekdays, *stretches: tuple[time, time]) -> None:
    WeeklyHours.objects.bulk_create(
        WeeklyHours(resource=who, weekday=day, opens=opens, closes=closes)
        for day in weekdays
        for opens, closes in stretches
    )


def _visit(place, slug, name, name_es, minutes, needs) -> VisitType:
    bring = {
        "about": "Bring your images and a list of your medicines.",
        "about_es": "Traiga sus imágenes y una lista de sus medicamentos.",
    }
    position = VisitType.objects.count()
    made = VisitType.objects.create(
        location=place, slug=slug, name=name, name_es=name_es, minutes=minutes,
        grid_minutes=minutes if minutes != 40 else 20, position=position, **bring,
    )  # fmt: skip
    for any_of in needs:
        Need.objects.create(visit_type=made).any_of.set(any_of)
    return made
