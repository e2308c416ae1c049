"""The roles, and which of them are staff."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """One a person; what each may open stands beside each page, in `@allow`."""

    PATIENT = "patient", _("patient")
    FRONT_DESK = "front_desk", _("front desk")
    CLINICIAN = "clinician", _("clinician")
    PHYSICAL_THERAPIST = "physical_therapist", _("physical therapist")
    CLINIC_ADMIN = "clinic_admin", _("clinic administrator")
    AUDITOR = "auditor", _("auditor")
    MACHINE_CLIENT = "machine_client", _("machine client")


TREATING = frozenset({Role.CLINICIAN, Role.PHYSICAL_THERAPIST})
STAFF = TREATING | {Role.FRONT_DESK, Role.CLINIC_ADMIN, Role.AUDITOR}
PEOPLE = STAFF | {Role.PATIENT}
