"""Two charts of one person, made one; kept so that it can be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.chart.models.patient import Patient


class PatientMerge(models.Model):
    """`moved` holds [model label, primary key] of every row that changed its patient."""

    survivor = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merges")
    duplicate = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merged_by")
    reason = models.CharField(_("reason"), max_length=500)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.UUIDField()
    moved = models.JSONField(default=list)
    account_moved = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"PatientMerge {self.pk}"
