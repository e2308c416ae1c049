"""From someone who wrote or called to a patient: only the desk or a code says who it is."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.matching import code_target
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.chart.models.identity import HowConfirmed
from hipspine.errors import InvalidInput

CODE_LIVES = timedelta(minutes=15)
CODE_TRIES = 5
ARRIVAL_FIELDS = frozenset(
    ["given_name", "family_name", "birth_date", "email", "phone", "language"]
)


def note_arrival(**fields) -> UnconfirmedPerson:
    """Keep what someone typed about themselves; no chart is read, opened or changed."""
    assert set(fields) <= ARRIVAL_FIELDS
    with transaction.atomic():
        person = UnconfirmedPerson.objects.create(**fields)
        record("identity.arrived", actor=None, target=_target(person))
    return person


@whole
def confirm_by_desk(person: UnconfirmedPerson, patient: Patient, *, by: Actor) -> None:
    """The desk saw or heard enough to say: this is that patient."""
    if not patient.is_current:
        raise InvalidInput("this chart was merged or erased; choose the current one")
    _locked(person)
    _confirm(person, patient, HowConfirmed.DESK, by)


@whole
def confirm_as_new(person: UnconfirmedPerson, *, by: Actor) -> Patient:
    """Nobody we know: a new chart from what was typed."""
    locked = _locked(person)
    if locked.confirmed_at:
        raise InvalidInput("this person was confirmed already")
    known = {name: getattr(locked, name) for name in ARRIVAL_FIELDS}
    patient = Patient.objects.create(**known)
    record("chart.created", actor=by, patient=patient.pseudonym)
    _confirm(person, patient, HowConfirmed.NEW, by)
    return patient


@whole
def send_code(person: UnconfirmedPerson) -> str | None:
    """A six-digit code to be sent to the address **in the chart**; None if no chart fits fully.

    Whoever sends it says so afterwards: `note_code_sent`.
    The caller says the same sentence either way, so that nobody learns who is a patient here.
    """
    patient = code_target(person)
    if patient is None or person.confirmed_at is not None:
        return None
    code = f"{secrets.randbelow(10**6):06d}"
    UnconfirmedPerson.objects.filter(pk=person.pk).update(
        code_hash=make_password(code),
        code_expires_at=timezone.now() + CODE_LIVES,
        code_tries_left=CODE_TRIES,
    )
    return code


@whole
def note_code_sent(person: UnconfirmedPerson, patient: Patient) -> None:
    """The letter has left; only such a code counts."""
    record("identity.code_sent", actor=None, patient=patient.pseudonym, target=_target(person))


@whole
def confirm_by_code(person: UnconfirmedPerson, code: str) -> bool:
    """True and confirmed if the code is right, alive and not tried too often; else False."""
    locked = _locked(person)
    alive = locked.code_expires_at is not None and locked.code_expires_at > timezone.now()
    if not alive or not locked.code_tries_left or locked.confirmed_at:
        return False
    locked.code_tries_left -= 1
    locked.save(update_fields=["code_tries_left"])
    patient = code_target(locked)  # the chart may have changed since
    if patient is None or not check_password(code.strip(), locked.code_hash):
        record("identity.code_failed", actor=None, target=_target(person))
        return False
    _confirm(locked, patient, HowConfirmed.CODE, None)
    person.refresh_from_db()
    return True


@whole
def link_account(patient: Patient, user, *, by: Actor) -> None:
    """From now on this account sees this chart."""
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    taken = Patient.objects.filter(account=user).exclude(pk=patient.pk).exists()
    if taken or locked.account_id not in (None, user.pk) or not locked.is_current:
        raise InvalidInput("the account or the chart is linked to another already")
    record(
        "identity.account_linked",
        actor=by,
        patient=patient.pseudonym,
        target=f"accounts.User:{user.pseudonym}",
    )
    locked.account = user
    locked.save(update_fields=["account"])  # last: changing an account locks the key
    patient.account = user


def _locked(person: UnconfirmedPerson) -> UnconfirmedPerson:
    """The person before the first event, in every action: nobody waits for a row with the chain."""
    return UnconfirmedPerson.objects.select_for_update(no_key=True).get(pk=person.pk)


def _confirm(
    person: UnconfirmedPerson, patient: Patient, how: HowConfirmed, by: Actor | None
) -> None:
    """Compare-and-swap: a person is confirmed once."""
    done = UnconfirmedPerson.objects.filter(pk=person.pk, confirmed_at=None).update(
        patient=patient,
        confirmed_at=timezone.now(),
        confirmed_how=how,
        confirmed_by=getattr(by, "pseudonym", None),
        code_hash="",
    )
    if not done:
        raise InvalidInput("this person was confirmed already")
    person.refresh_from_db()
    record(
        "identity.confirmed",
        actor=by,
        patient=patient.pseudonym,
        target=_target(person),
        detail={"how": str(how)},
    )


def _target(person: UnconfirmedPerson) -> str:
    return f"chart.UnconfirmedPerson:{person.pk}"
