"""Whose chart it is: the own= rules of pages that show one patient."""

from uuid import UUID

from hipspine.clinic.chart.models import Patient


def owns_patient(user, patient_id: UUID, **_) -> bool:
    """The chart linked to this account, and no other."""
    return Patient.objects.filter(pk=patient_id, account=user, erased_at=None).exists()
