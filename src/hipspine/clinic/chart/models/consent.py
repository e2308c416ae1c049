"""What a patient agreed to or refused; rows are only added, the latest of a scope counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.chart.models.patient import Patient


class Scope(models.TextChoices):
    """What may be agreed to; nothing is agreed to by silence."""

    TREATMENT = "treatment", _("examination and treatment here")
    REMINDERS = "reminders", _("reminders by e-mail")
    SHARING = "sharing", _("sharing the record with my other clinicians")
    RESEARCH = "research", _("use of my pseudonymised record for research")


class Source(models.TextChoices):
    """Where a statement came from."""

    PATIENT = "patient", _("the patient, online")
    DESK = "desk", _("the front desk")
    CLINICIAN = "clinician", _("a clinician")
    IMPORT = "import", _("another system")


class Consent(models.Model):
    """One decision."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(_("what for"), max_length=16, choices=Scope.choices)
    permitted = models.BooleanField(_("permitted"))
    source = models.CharField(max_length=16, choices=Source.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("-recorded_at", "-pk")

    def __str__(self) -> str:
        return f"Consent {self.pk}"
