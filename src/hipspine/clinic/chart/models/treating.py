"""Whose patient it is: what lets a clinician open a chart where charts are not open to all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TreatingRelation(models.Model):
    """A clinician treats a patient; with a reason and an end where the glass was broken."""

    patient = models.ForeignKey(
        "chart.Patient", on_delete=models.PROTECT, related_name="treating_relations"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    def __str__(self) -> str:
        return f"TreatingRelation {self.pk}"
