"""Asking: everything a page shows of a chart; nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart.event_words import words_for
from hipspine.clinic.chart.merged import ids_of_person
from hipspine.clinic.chart.models import (
    Consent,
    Patient,
    RecordedFinding,
    UnconfirmedPerson,
)
from hipspine.clinic.chart.models.consent import Scope
from hipspine.clinic.chart.telephone import digits_of, has_digits
from hipspine.clinic.chart.vocabulary import finding_row

MOST_FOUND = 50
LOOKS_A_PAGE = 50


@dataclass(frozen=True)
class ConsentState:
    """The decision that counts for a scope; None: never asked, which permits nothing."""

    scope: Scope
    latest: Consent | None

    @property
    def permitted(self) -> bool:
        return self.latest is not None and self.latest.permitted


@dataclass(frozen=True)
class Look:
    """One line of "who looked": the event, and who it was as far as still known."""

    event: AuditEvent
    who: str

    @property
    def what(self) -> str:
        """The action in words."""
        return words_for(self.event.action)

    @property
    def role(self) -> str:
        """The role at that time, in words."""
        role = self.event.actor_role
        return str(Role(role).label) if role in Role else "–"


def unknown_people() -> QuerySet[UnconfirmedPerson]:
    """Who wrote or called and is not yet known to be a patient, the newest first."""
    people = UnconfirmedPerson.objects.filter(confirmed_at=None)
    return people.exclude(given_name="", family_name="").order_by("-created_at", "pk")


def search_patients(words: str, birth_date=None) -> list[Patient]:
    """Current charts by name."""
    current = Patient.objects.filter(merged_into=None, erased_at=None)
    found = _matching(current, words, birth_date)
    return list(found.order_by("family_name", "given_name", "pk")[:MOST_FOUND])


def search_unknown_people(words: str, birth_date=None) -> list[UnconfirmedPerson]:
    """The same among those who are not yet known to be a patient."""
    return list(_matching(unknown_people(), words, birth_date)[:MOST_FOUND])


def _matching(found: QuerySet, words: str, birth_date) -> QuerySet:
    """Names that begin with every word, or a telephone number with these digits in this order."""
    digits = digits_of(words)
    if digits and not any(c.isalpha() for c in words):
        return _born(found.filter(has_digits(digits)), birth_date)
    for word in words.split()[:6]:
        found = found.filter(Q(family_name__istartswith=word) | Q(given_name__istartswith=word))
    return _born(found, birth_date)


def _born(found: QuerySet, birth_date) -> QuerySet:
    return found.filter(birth_date=birth_date) if birth_date else found


def consents_of(patient: Patient) -> list[ConsentState]:
    """One state a scope, in the order of the scopes."""
    latest: dict[str, Consent] = {}
    for consent in patient.consents.all():  # newest first
        latest.setdefault(consent.scope, consent)
    return [ConsentState(scope, latest.get(scope)) for scope in Scope]


def has_consented(patient: Patient, scope: str) -> bool:
    """Whether the latest decision permits it; silence does not."""
    latest = patient.consents.filter(scope=scope).first()
    return latest is not None and latest.permitted


def current_findings(patient: Patient) -> Iterable[RecordedFinding]:
    """What counts now: not corrected, not withdrawn; newest observation first."""
    rows = patient.findings.filter(corrected_by=None, withdrawn=False)
    for row in rows:
        row.name = finding_row(row.finding).name
    return rows


def looks_at(patient: Patient, *, before: int | None = None, most: int | None = None) -> list[Look]:
    """Everyone who read, exported or changed this chart, or one merged into it; newest first.

    `before`: only events with a lower sequence. `most`: how many at most; None: all.
    """
    charts = Patient.objects.filter(pk__in=ids_of_person(patient.pk))
    pseudonyms = list(charts.values_list("pseudonym", flat=True))
    found = AuditEvent.objects.filter(patient__in=pseudonyms).order_by("-sequence")
    if before is not None:
        found = found.filter(sequence__lt=before)
    events = list(found[:most])
    names = _names({event.actor for event in events if event.actor})
    return [Look(event, names.get(event.actor, "")) for event in events]


def _names(pseudonyms: set[UUID]) -> dict[UUID, str]:
    users = get_user_model().objects.filter(pseudonym__in=pseudonyms)
    return {user.pseudonym: user.name or user.email for user in users}
