"""The waiting list: who would come earlier, or at all, if something becomes free."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.models.appointment import Appointment
from hipspine.clinic.booking.models.location import Location
from hipspine.clinic.booking.models.reach import Somebodys
from hipspine.clinic.booking.models.resource import Resource
from hipspine.clinic.booking.models.visit_type import VisitType
from hipspine.clinic.chart.merged import ids_of_person
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson


class PartOfDay(models.TextChoices):
    """When they can come; noon of the clinic divides."""

    ANY = "any", _("any time")
    MORNING = "morning", _("mornings")
    AFTERNOON = "afternoon", _("afternoons")


class WaitingStatus(models.TextChoices):
    """Where the wish stands."""

    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("a time is offered")
    BOOKED = "booked", _("booked")
    WITHDRAWN = "withdrawn", _("withdrawn")


class WaitingListEntries(models.QuerySet):
    """Questions about the list."""

    def of_patient(self, patient_id: uuid.UUID) -> "WaitingListEntries":
        """Of this chart or one merged into it, or typed and then confirmed as theirs."""
        charts = ids_of_person(patient_id)
        return self.filter(
            models.Q(patient__in=charts) | models.Q(person__patient__in=charts)
        ).select_related("visit_type__location", "location", "offer")


class WaitingListEntry(Somebodys, models.Model):
    """One wish; the oldest that fits is offered what becomes free, as a hold with a deadline."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="waiting")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="waiting")
    practitioner = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="waiting"
    )
    person = models.ForeignKey(
        UnconfirmedPerson, null=True, on_delete=models.PROTECT, related_name="waiting"
    )
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="waiting"
    )
    earliest = models.DateField(_("from"))
    latest = models.DateField(_("until"))
    part_of_day = models.CharField(
        _("time of day"), max_length=16, choices=PartOfDay.choices, default=PartOfDay.ANY
    )
    comment = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=8, default="en")
    status = models.CharField(
        max_length=16, choices=WaitingStatus.choices, default=WaitingStatus.WAITING
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    offer = models.OneToOneField(
        Appointment, null=True, on_delete=models.SET_NULL, related_name="offered_to"
    )
    offer_owed = models.BooleanField(default=False)  # they are still to be told of the offer
    link_version = models.PositiveSmallIntegerField(default=0)  # links of an earlier one are void
    declined = models.PositiveSmallIntegerField(default=0)  # offers let go
    let_go = models.JSONField(default=list)  # their times (UTC), never offered again
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WaitingListEntries.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(earliest__lte=models.F("latest")), name="waits_forward"
            ),
        )

    def __str__(self) -> str:
        return f"WaitingListEntry {self.id}"
