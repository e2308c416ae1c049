"""Someone who wrote or called, and is not yet known to be a certain patient."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.chart.models.patient import Patient, Person


class HowConfirmed(models.TextChoices):
    """Who said that this person is that patient."""

    DESK = "desk", _("the front desk")
    CODE = "code", _("a code sent to the address in the chart")
    NEW = "new", _("a new chart")
    ERASURE = "erasure", _("the same name, birth date and address, when they were forgotten")


class UnconfirmedPerson(Person):
    """Holds what was typed, apart from every chart, until the desk or a code confirms who it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=8, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(max_length=8, choices=HowConfirmed.choices, blank=True)
    confirmed_by = models.UUIDField(null=True)
    code_hash = models.CharField(max_length=128, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries_left = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"UnconfirmedPerson {self.id}"
