"""To be forgotten: names go, the pseudonym and the clinical record under it stay."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from hipspine.clinic.accounts.actions import close_account
from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.chart.models import ErasureRequest, Patient, UnconfirmedPerson
from hipspine.errors import InvalidInput

#: Rooms above add what they keep in a person's own words: called with the chart and who decides.
FORGET: list[Callable[[Patient, Actor], None]] = []
FORGOTTEN = {
    "given_name": "",
    "family_name": "",
    "birth_date": None,
    "email": "",
    "phone": "",
}


@transaction.atomic
def request_erasure(patient: Patient, *, by: Actor) -> ErasureRequest:
    """The open request of this patient; asking twice is asking once."""
    request, new = ErasureRequest.objects.get_or_create(patient=patient, decided_at=None)
    if new:
        record("erasure.requested", actor=by, patient=patient.pseudonym)
    return request


@transaction.atomic
def decide_erasure(request: ErasureRequest, *, granted: bool, reason: str, by: Actor) -> None:
    """Grant: the person is forgotten in this chart and in every chart merged into it."""
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at:
        raise InvalidInput("this request was decided already")
    request.decided_at, request.decided_by = timezone.now(), by.pseudonym
    request.granted, request.reason = granted, reason
    request.save()
    patient = request.patient
    record("erasure.granted" if granted else "erasure.refused", actor=by, patient=patient.pseudonym)
    if granted:
        _forget(patient, by)


def _forget(patient: Patient, by: Actor) -> None:
    """Blank every column that names the person; ids, findings and pseudonyms stay."""
    for duplicate in patient.duplicates.all():
        _forget(duplicate, by)
    for forget in FORGET:
        forget(patient, by)
    UnconfirmedPerson.objects.filter(patient=patient).update(**FORGOTTEN, code_hash="")
    account, patient.account = patient.account, None
    for name, nothing in (FORGOTTEN | {"address": "", "gender": "unknown"}).items():
        setattr(patient, name, nothing)
    patient.erased_at = timezone.now()
    patient.save()
    if account is not None:
        close_account(account, by=by)
    record("erasure.done", actor=by, patient=patient.pseudonym)
