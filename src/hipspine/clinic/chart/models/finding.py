"""A finding as recorded: what, who, when, from where. Corrected by a new row, never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.models.patient import Patient


class Side(models.TextChoices):
    """Of the patient."""

    LEFT = "left", _("left")
    RIGHT = "right", _("right")
    BOTH = "both", _("both sides")


class RecordedFinding(models.Model):
    """`finding` is an id of the vocabulary. `present` None with no value: looked for, unclear."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="findings")
    finding = models.CharField(_("finding"), max_length=100)
    present = models.BooleanField(_("present"), null=True)
    value = models.FloatField(_("value"), null=True)
    side = models.CharField(_("side"), max_length=8, choices=Side.choices, blank=True)
    observed_on = models.DateField(_("observed on"))
    source = models.CharField(_("source"), max_length=16, choices=Source.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.UUIDField()
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    withdrawn = models.BooleanField(default=False)  # a correction that says: was never so

    class Meta:
        ordering = ("-observed_on", "-pk")

    def __str__(self) -> str:
        return f"RecordedFinding {self.pk}"
