"""An appointment, and the five-minute ticks it takes: their unique key forbids double-booking."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.models.location import Location
from hipspine.clinic.booking.models.reach import Somebodys
from hipspine.clinic.booking.models.resource import Kind, Resource
from hipspine.clinic.booking.models.visit_type import VisitType
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson


class Status(models.TextChoices):
    """FHIR's states of an appointment; pending is a hold that is not confirmed yet."""

    PENDING = "pending", _("held")
    BOOKED = "booked", _("booked")
    ARRIVED = "arrived", _("arrived")
    FULFILLED = "fulfilled", _("done")
    CANCELLED = "cancelled", _("cancelled")
    NOSHOW = "noshow", _("did not come")


#: What still takes, or has taken, its place in the day.
KEPT = (Status.BOOKED, Status.ARRIVED, Status.FULFILLED, Status.NOSHOW)


class Channel(models.TextChoices):
    """How it came."""

    ONLINE = "online", _("online")
    TELEPHONE = "telephone", _("by telephone")
    DESK = "desk", _("at the desk")
    WALK_IN = "walk_in", _("without appointment")
    WAITING_LIST = "waiting_list", _("from the waiting list")


class Letter(models.TextChoices):
    """A message owed to the person: set with the change, cleared when sent."""

    NONE = "", ""
    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")


class Appointment(Somebodys, models.Model):
    """`starts_at`, `ends_at`: UTC. `version` grows with every change (compare-and-swap)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="appointments")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="appointments")
    resources = models.ManyToManyField(Resource, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.PENDING)
    version = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(null=True)  # of a hold
    key = models.UUIDField(unique=True, default=uuid.uuid4)  # idempotency: one booking a form
    origin = models.CharField(max_length=64, blank=True)  # keyed hash of who holds; not once booked
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.ONLINE)
    person = models.ForeignKey(
        UnconfirmedPerson, null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    comment = models.CharField(max_length=500, blank=True)  # what the person says it is for
    reminders = models.BooleanField(default=False)  # consent, for this appointment
    language = models.CharField(max_length=8, default="en")
    overbook_reason = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    booked_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)  # the last time
    arrived_at = models.DateTimeField(null=True)
    link_version = models.PositiveSmallIntegerField(default=0)  # links of an earlier one are void
    letter = models.CharField(max_length=16, choices=Letter.choices, blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = (
            models.Index(fields=("location", "starts_at")),
            models.Index(fields=("letter",), name="letters_owed", condition=~Q(letter="")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(expires_at__isnull=False),
                name="a_hold_expires",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("pending", "cancelled"))
                | Q(person__isnull=False)
                | Q(patient__isnull=False),
                name="a_booking_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"Appointment {self.id}"  # never a name: this ends up in logs

    @property
    def shown_status(self) -> str:
        """In words; cheaper than Django's own, which translates every choice to find one."""
        return str(Status(self.status).label)

    @property
    def practitioner(self) -> Resource | None:
        """The clinician; None where the visit needs none."""
        return next((r for r in self.resources.all() if r.kind == Kind.PRACTITIONER), None)

    @property
    def places(self) -> list[Resource]:
        """Rooms and equipment."""
        return [r for r in self.resources.all() if r.kind != Kind.PRACTITIONER]


class BookingTick(models.Model):
    """`resource` is taken for five minutes from `tick_start` (UTC), in this lane.

    Lanes below the capacity are ordinary; higher ones are overbookings by staff, with a reason.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="ticks")
    tick_start = models.DateTimeField()
    lane = models.PositiveSmallIntegerField()
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="ticks")

    class Meta:
        db_table = "booking_tick"
        constraints = (
            models.UniqueConstraint("resource", "tick_start", "lane", name="one_visit_a_tick"),
        )

    def __str__(self) -> str:
        return f"BookingTick {self.pk}"
