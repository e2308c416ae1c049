"""Whose chart it is: the own= rules of pages, and the glass before charts of other clinicians."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone

from hipspine.clinic.accounts.roles import TREATING
from hipspine.clinic.chart.merged import ids_of_person
from hipspine.clinic.chart.models import Patient, TreatingRelation

#: Rooms above add theirs, as an appointment with this clinician: (user, patient_id) -> bool.
TREATS: list[Callable[..., bool]] = []


def owns_patient(user, patient_id: UUID, **_) -> bool:
    """The chart linked to this account, and no other."""
    return Patient.objects.filter(pk=patient_id, account=user, erased_at=None).exists()


def treats(user, patient_id: UUID) -> bool:
    """Treats this patient, or one merged into it; or broke the glass less than 12 hours ago."""
    relations = TreatingRelation.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=timezone.now()),
        user=user,
        patient__in=ids_of_person(patient_id),
    )
    return relations.exists() or any(rule(user, patient_id) for rule in TREATS)


def behind_glass(view):
    """Where charts are not open to all, those who treat give a reason first. Below `@allow`."""

    @wraps(view)
    def asked(request, patient_id, **rest):
        closed = settings.CHARTS_BEHIND_GLASS and request.user.role in TREATING
        if closed and not treats(request.user, patient_id):
            return redirect("chart:break_glass", patient_id)
        return view(request, patient_id, **rest)

    return asked
