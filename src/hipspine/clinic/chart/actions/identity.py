"""From someone who wrote or called to a patient: only the desk or a code says who it is."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.actions.current import locked_chart
from hipspine.clinic.chart.matching import code_target
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.chart.models.identity import HowConfirmed
from hipspine.errors import InvalidInput

#: Rooms above add what they write again to someone whose e-mail address was corrected, each
#: saying how many letters; the person is locked.
EMAIL_CORRECTED: list[Callable[[UnconfirmedPerson, Actor], int]] = []
CODE_LIVES = timedelta(minutes=15)
CODE_TRIES = 5
NO_CODE = "none"  # in the place of a hash: nothing that is typed has it
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
    if not locked_chart(patient).is_current:
        raise InvalidInput(_("this chart was merged or erased; choose the current one"))
    _locked(person)
    _confirm(person, patient, HowConfirmed.DESK, by)


@whole
def confirm_as_new(person: UnconfirmedPerson, *, by: Actor) -> Patient:
    """Nobody we know: a new chart from what was typed."""
    locked = _locked(person)
    if locked.confirmed_at:
        raise InvalidInput(_("this person was confirmed already"))
    known = {name: getattr(locked, name) for name in ARRIVAL_FIELDS}
    patient = Patient.objects.create(**known)
    record("chart.created", actor=by, patient=patient.pseudonym)
    _confirm(person, patient, HowConfirmed.NEW, by)
    return patient


@whole
def correct_arrival(person: UnconfirmedPerson, *, by: Actor, email: str, phone: str) -> int:
    """The desk heard how this person is reached; a code sent before confirms nothing any more.

    How many letters go out again, to a corrected e-mail address.
    """
    locked, new = _locked(person), {"email": email, "phone": phone}
    if locked.confirmed_at:
        raise InvalidInput(_("this person was confirmed already; change the chart"))
    changed = sorted(name for name, value in new.items() if getattr(locked, name) != value)
    letters = 0
    if changed:
        UnconfirmedPerson.objects.filter(pk=locked.pk).update(
            **new, code_hash="", code_tries_left=0
        )
        person.refresh_from_db()
        if "email" in changed:
            letters = sum(write_again(person, by) for write_again in EMAIL_CORRECTED)
        record(
            "identity.corrected",
            actor=by,
            target=_target(person),
            detail={"fields": ",".join(changed)},
        )
    person.refresh_from_db()
    return letters


@whole
def send_code(person: UnconfirmedPerson, *, may: bool = True) -> str | None:
    """A six-digit code to be sent to the address **in the chart**; None if no chart fits fully.

    The caller says the same sentence either way, so that nobody learns who is a patient here; and
    a code is waited for either way, so that nobody learns it from how long a try takes. Not `may`:
    this chart has had enough codes; the one it has still works.
    Whoever sends it says so afterwards: `note_code_sent`.
    """
    locked = _locked(person)
    patient = code_target(locked)
    if locked.confirmed_at is not None or (not may and _is_alive(locked)):
        return None
    code = f"{secrets.randbelow(10**6):06d}"
    is_sent = may and patient is not None
    locked.code_hash = _hash_of(locked, code) if is_sent else NO_CODE
    locked.code_expires_at, locked.code_tries_left = timezone.now() + CODE_LIVES, CODE_TRIES
    locked.save(update_fields=["code_hash", "code_expires_at", "code_tries_left"])
    return code if is_sent else None


@whole
def note_code_sent(person: UnconfirmedPerson, patient: Patient) -> None:
    """The letter has left; only such a code counts."""
    record("identity.code_sent", actor=None, patient=patient.pseudonym, target=_target(person))


@whole
def confirm_by_code(person: UnconfirmedPerson, code: str) -> bool:
    """True and confirmed if the code is right, alive and not tried too often; else False.

    A wrong code costs the same work and leaves the same event whether there is a chart or not.
    """
    locked = _locked(person)
    if not _is_alive(locked) or locked.confirmed_at:
        return False
    locked.code_tries_left -= 1
    locked.save(update_fields=["code_tries_left"])
    is_right = constant_time_compare(_hash_of(locked, code.strip()), locked.code_hash)
    patient = code_target(locked)  # the chart may have changed since
    if patient is None or not is_right or not locked_chart(patient).is_current:
        record("identity.code_failed", actor=None, target=_target(person))
        return False
    _confirm(locked, patient, HowConfirmed.CODE, None)
    person.refresh_from_db()
    return True


def _is_alive(person: UnconfirmedPerson) -> bool:
    """A code is waited for."""
    expires = person.code_expires_at
    return expires is not None and expires > timezone.now() and person.code_tries_left > 0


def _hash_of(person: UnconfirmedPerson, code: str) -> str:
    """Keyed, and of this person only; a slow hash is for what lives longer than 15 minutes."""
    said = f"{person.pk}:{code}"
    return salted_hmac("hipspine.chart.code", said, algorithm="sha256").hexdigest()


@whole
def link_account(patient: Patient, user, *, by: Actor) -> None:
    """From now on this account sees this chart."""
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    taken = Patient.objects.filter(account=user).exclude(pk=patient.pk).exists()
    if taken or locked.account_id not in (None, user.pk) or not locked.is_current:
        raise InvalidInput(_("the account or the chart is linked to another already"))
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
        raise InvalidInput(_("this person was confirmed already"))
    person.refresh_from_db()
    note_confirmed(person, patient, how, by)


def note_confirmed(
    person: UnconfirmedPerson, patient: Patient, how: HowConfirmed, by: Actor | None
) -> None:
    """Who it is was written down just now."""
    record(
        "identity.confirmed",
        actor=by,
        patient=patient.pseudonym,
        target=_target(person),
        detail={"how": str(how)},
    )


def _target(person: UnconfirmedPerson) -> str:
    return f"chart.UnconfirmedPerson:{person.pk}"
