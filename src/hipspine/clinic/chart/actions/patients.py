"""Opening and changing a chart."""

from django.utils.translation import gettext as _

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import TREATING
from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.actions.treating import begin_treating
from hipspine.clinic.chart.models import Patient
from hipspine.errors import InvalidInput

CHANGEABLE = frozenset(
    ["given_name", "family_name", "birth_date", "email", "phone", "gender", "address", "language"]
)


@whole
def create_patient(*, by: Actor, **fields) -> Patient:
    """A new chart; `fields` are those of CHANGEABLE."""
    _only_changeable(fields)
    patient = Patient.objects.create(**fields)
    record("chart.created", actor=by, patient=patient.pseudonym)
    if isinstance(by, User) and by.role in TREATING:
        begin_treating(patient, by, by=by)
    return patient


@whole
def change_patient(patient: Patient, *, by: Actor, **fields) -> Patient:
    """Set these fields; the chain keeps which were changed, not what they said."""
    _only_changeable(fields)
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    if not locked.is_current:
        raise InvalidInput(_("this chart was merged or erased; it can no longer be changed"))
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save(update_fields=changed)
        record(
            "chart.changed",
            actor=by,
            patient=locked.pseudonym,
            detail={"fields": ",".join(changed)},
        )
    return locked


def _only_changeable(fields: dict[str, object]) -> None:
    unknown = set(fields) - CHANGEABLE
    assert not unknown, f"not fields of a patient that may be set: {unknown}"
