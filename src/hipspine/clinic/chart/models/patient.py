"""A patient, in FHIR's words, and the wish to be forgotten."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """FHIR's administrative genders."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class Person(models.Model):
    """What someone is known by; shared by patients and by people not yet confirmed."""

    given_name = models.CharField(_("given name"), max_length=200)
    family_name = models.CharField(_("family name"), max_length=200)
    birth_date = models.DateField(_("date of birth"), null=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Patient(Person):
    """One chart. The id is for addresses of pages, the pseudonym for the audit chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gender = models.CharField(
        _("sex"), max_length=8, choices=Gender.choices, default=Gender.UNKNOWN
    )
    address = models.CharField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="patient"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("family_name", "given_name")),)

    def __str__(self) -> str:
        return f"Patient {self.id}"  # never a name: this ends up in logs

    @property
    def is_current(self) -> bool:
        """Neither merged away nor erased."""
        return self.merged_into_id is None and self.erased_at is None


class ErasureRequest(models.Model):
    """A patient asks to be forgotten; an administrator decides, with a reason."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="erasures")
    requested_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    granted = models.BooleanField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "patient",
                condition=models.Q(decided_at__isnull=True),
                name="one_open_erasure_request",
            ),
        )

    def __str__(self) -> str:
        return f"ErasureRequest {self.pk}"
