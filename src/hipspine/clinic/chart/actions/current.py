"""The chart as it is now, and stays until the action is done: nobody merges or erases it meanwhile.

On PostgreSQL what is written while a merge commits would stay with the duplicate, where nobody
looks, and what is written while an erasure commits would outlive it.
"""

from django.utils.translation import gettext as _

from hipspine.clinic.chart.models import Patient
from hipspine.errors import InvalidInput


def locked_chart(patient: Patient) -> Patient:
    """As it is now. Not its key: who points at its row waits for nobody."""
    return Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)


def current_chart(patient: Patient) -> Patient:
    """The same person's chart: where it was merged meanwhile, the one it became.

    Before any resource is locked: the order of erasure. Raises `InvalidInput` for who is erased.
    """
    found = locked_chart(patient)
    while found.merged_into is not None:
        found = locked_chart(found.merged_into)
    if found.erased_at:
        raise InvalidInput(_("this chart was erased; nothing more is written into it"))
    return found
