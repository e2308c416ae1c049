"""Who an arriving person may be. Candidates are for the desk to judge; nothing is decided here."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.chart.models.patient import Person
from hipspine.clinic.chart.telephone import digits_of, is_number, is_same

LIKE_ENOUGH = 80.0
MOST_CANDIDATES = 10


@dataclass(frozen=True)
class Candidate:
    """A chart and what speaks for it; `likeness` of the names is 0 to 100."""

    patient: Patient
    likeness: float
    same_birth_date: bool
    same_email: bool
    same_phone: bool


@dataclass(frozen=True)
class Arrival:
    """Someone not yet known to be a patient who may be one, and what speaks for it."""

    person: UnconfirmedPerson
    same_name: bool
    same_birth_date: bool
    same_email: bool
    same_phone: bool

    @property
    def is_possible(self) -> bool:
        """Relatives share an address or a number, strangers a name or a birth date."""
        return (self.same_name and self.same_birth_date) or self.same_email or self.same_phone

    @property
    def is_sure(self) -> bool:
        """Name, birth date, and an address or number too."""
        reached = self.same_email or self.same_phone
        return self.same_name and self.same_birth_date and reached


def folded(text: str) -> str:
    """Lower case, without accents, single spaces: José  PÉREZ -> jose perez."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def candidates_for(person: Person) -> list[Candidate]:
    """Current charts that share a birth date, address or number, most alike first."""
    found = Patient.objects.filter(_shared_with(person), merged_into=None, erased_at=None)
    if isinstance(person, Patient):
        found = found.exclude(pk=person.pk)
    rated = [_rate(person, patient) for patient in found[:500]]
    likely = [c for c in rated if c.likeness >= LIKE_ENOUGH or c.same_email or c.same_phone]
    likely.sort(key=lambda c: (-c.same_birth_date, -c.likeness))
    return likely[:MOST_CANDIDATES]


def arrivals_like(charts: Iterable[Patient], people: QuerySet[UnconfirmedPerson]) -> list[Arrival]:
    """Those of `people` who may be the person of these charts, the sure ones first.

    Each is compared with each chart and stands once, with what speaks most for it.
    """
    best: dict[UUID, Arrival] = {}
    for chart in charts:
        for person in people.filter(_shared_with(chart), confirmed_at=None).order_by("pk"):
            found = _rate(person, chart)
            arrival = Arrival(
                person,
                same_name=folded(person.full_name) == folded(chart.full_name) != "",
                same_birth_date=found.same_birth_date,
                same_email=found.same_email,
                same_phone=found.same_phone,
            )
            known = best.get(person.pk)
            if arrival.is_possible and (known is None or arrival.is_sure > known.is_sure):
                best[person.pk] = arrival
    return sorted(best.values(), key=lambda a: (not a.is_sure, a.person.created_at))


def code_target(person: Person) -> Patient | None:
    """The one chart whose name, birth date and e-mail are all those given; None if not exactly one.

    Only to it, at the address in the chart, may a code be sent.
    """
    if not person.email or not person.birth_date:
        return None
    same = Patient.objects.filter(
        email__iexact=person.email,
        birth_date=person.birth_date,
        merged_into=None,
        erased_at=None,
    )
    exact = [patient for patient in same if folded(patient.full_name) == folded(person.full_name)]
    return exact[0] if len(exact) == 1 else None


def _shared_with(person: Person) -> Q:
    """Rows with the same birth date, address or number."""
    shared = Q(pk__in=[])
    if person.birth_date:
        shared |= Q(birth_date=person.birth_date)
    if person.email:
        shared |= Q(email__iexact=person.email)
    if person.phone:
        digits = digits_of(person.phone)
        shared |= is_number(digits) if digits else Q(phone=person.phone)
    return shared


def _rate(person: Person, patient: Patient) -> Candidate:
    names = folded(person.full_name), folded(patient.full_name)
    return Candidate(
        patient,
        likeness=fuzz.token_sort_ratio(*names),
        same_birth_date=person.birth_date == patient.birth_date is not None,
        same_email=bool(person.email) and person.email.lower() == patient.email.lower(),
        same_phone=bool(person.phone) and is_same(person.phone, patient.phone),
    )
