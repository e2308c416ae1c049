"""To be forgotten: names go, the pseudonym and the clinical record under it stay."""

from collections.abc import Callable, Collection
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.actions import close_account
from hipspine.clinic.accounts.models import User
from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.actions.identity import note_confirmed
from hipspine.clinic.chart.matching import Arrival, arrivals_like
from hipspine.clinic.chart.merged import current_id, ids_of_person
from hipspine.clinic.chart.models import ErasureRequest, Patient, UnconfirmedPerson
from hipspine.clinic.chart.models.identity import HowConfirmed
from hipspine.errors import InvalidInput

#: Rooms above add what they keep in a person's own words: called once, with the chart that is
#: current and who decides; they lock all they need before they record an event.
FORGET: list[Callable[[Patient, Actor], None]] = []
FORGOTTEN = {
    "given_name": "",
    "family_name": "",
    "birth_date": None,
    "email": "",
    "phone": "",
}


class _MergedMeanwhile(Exception):
    """The charts that were locked are not those of the person any more."""


@whole
def request_erasure(patient: Patient, *, by: Actor) -> ErasureRequest:
    """The open request of this patient; asking twice is asking once."""
    request, new = ErasureRequest.objects.get_or_create(patient=patient, decided_at=None)
    if new:
        record("erasure.requested", actor=by, patient=patient.pseudonym)
    return request


@whole
def decide_erasure(
    request: ErasureRequest,
    *,
    granted: bool,
    reason: str,
    by: Actor,
    seen: Collection[str] | None = None,
) -> None:
    """Grant: the person is forgotten, in the chart that is current and all merged into it.

    `seen`: the charts that whoever decides read of; `InvalidInput` if they are others by now.
    All rows are locked before the first event is: whoever writes an event holds the one lock of
    the chain until the end, and must not wait for anybody then.
    """
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at:
        raise InvalidInput(_("this request was decided already"))
    charts = _locked_charts(request.patient_id) if granted else []
    if granted and seen is not None and set(seen) != {str(chart.pk) for chart in charts}:
        raise InvalidInput(_("the charts of this person were merged or parted meanwhile"))
    answered = [chart.pk for chart in charts] or [request.patient_id]
    # Merged charts may have a wish each: forgotten is who is forgotten, nothing is left to decide.
    ErasureRequest.objects.filter(patient__in=answered, decided_at=None).update(
        decided_at=timezone.now(), decided_by=by.pseudonym, granted=granted, reason=reason
    )
    if granted:
        _grant(request, charts, by)
    else:
        record("erasure.refused", actor=by, patient=request.patient.pseudonym)


def charts_of_wish(request: ErasureRequest) -> list[Patient]:
    """What granting it forgets: the chart that is current, then all merged into it."""
    current = current_id(request.patient_id)
    charts = Patient.objects.filter(pk__in=ids_of_person(current))
    return sorted(charts, key=lambda chart: (chart.pk != current, chart.created_at))


def may_be_theirs(charts: list[Patient]) -> list[Arrival]:
    """Who booked or waits and is not confirmed yet, and may be this person: the sure ones first.

    The sure ones are forgotten with the charts; the others only if the desk confirms them before.
    """
    return arrivals_like(charts, UnconfirmedPerson.objects.all())


def _grant(request: ErasureRequest, charts: list[Patient], by: Actor) -> None:
    current = next(chart for chart in charts if chart.merged_into_id is None)
    arrivals = _take_arrivals(current, charts, by)
    for forget in FORGET:
        forget(current, by)
    record("erasure.granted", actor=by, patient=request.patient.pseudonym)
    for person in arrivals:
        note_confirmed(person, current, HowConfirmed.ERASURE, by)
    for chart in charts:
        _forget(chart, by)


def _locked_charts(patient_id: UUID) -> list[Patient]:
    """The charts of this person and their accounts; nobody changes either until we are done.

    A merge may be undone while we wait: which charts they are is asked again behind the lock.
    """
    while True:
        person = ids_of_person(current_id(patient_id))
        # Who may be a stranger by now is let go, and the next try locks in the order of the keys.
        with suppress(_MergedMeanwhile), transaction.atomic():
            charts = Patient.objects.select_for_update(no_key=True).filter(pk__in=person)
            found = list(charts.order_by("pk"))
            if ids_of_person(current_id(patient_id)) != person:
                raise _MergedMeanwhile
            accounts = User.objects.select_for_update(no_key=True).filter(patient__in=person)
            list(accounts.order_by("pk").values_list("pk"))
            return found


def _take_arrivals(patient: Patient, charts: list[Patient], by: Actor) -> list[UnconfirmedPerson]:
    """The sure ones become the chart's, so that what they booked is forgotten with it."""
    people = UnconfirmedPerson.objects.select_for_update(no_key=True)
    sure = [found.person for found in arrivals_like(charts, people) if found.is_sure]
    UnconfirmedPerson.objects.filter(pk__in=[person.pk for person in sure]).update(
        patient=patient,
        confirmed_at=timezone.now(),
        confirmed_how=HowConfirmed.ERASURE,
        confirmed_by=by.pseudonym,
    )
    return sure


def _forget(patient: Patient, by: Actor) -> None:
    """Blank every column that names the person; ids, findings and pseudonyms stay."""
    UnconfirmedPerson.objects.filter(patient=patient).update(**FORGOTTEN, code_hash="")
    account, patient.account = patient.account, None
    for name, nothing in (FORGOTTEN | {"address": "", "gender": "unknown"}).items():
        setattr(patient, name, nothing)
    patient.erased_at = timezone.now()
    patient.save()
    if account is not None:
        close_account(account, by=by)
    record("erasure.done", actor=by, patient=patient.pseudonym)
