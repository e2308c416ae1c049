"""What can be booked: how long it lasts and what it takes."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.models.location import Bilingual, Location
from hipspine.clinic.booking.models.resource import Resource

TICK_MINUTES = 5


def whole_ticks(minutes: int) -> None:
    """Lengths and grids are whole multiples of five minutes."""
    if minutes % TICK_MINUTES:
        raise ValidationError(_("Accepted: a multiple of 5 minutes."))


class VisitType(Bilingual, models.Model):
    """A kind of visit (FHIR serviceType) of one clinic."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="visit_types")
    slug = models.SlugField(_("short name in addresses"))
    name = models.CharField(_("name"), max_length=100)
    name_es = models.CharField(_("name in Spanish"), max_length=100, blank=True)
    about = models.TextField(_("what happens, what to bring"), max_length=2000, blank=True)
    about_es = models.TextField(_("the same in Spanish"), max_length=2000, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        validators=[MinValueValidator(5), MaxValueValidator(480), whole_ticks],
    )
    grid_minutes = models.PositiveSmallIntegerField(
        _("starts every ... minutes"),
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(240), whole_ticks],
    )
    notice_minutes = models.PositiveIntegerField(_("shortest notice online, minutes"), default=120)
    horizon_days = models.PositiveSmallIntegerField(
        _("bookable online for ... days"), default=90, validators=[MaxValueValidator(400)]
    )
    is_online = models.BooleanField(_("bookable online"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint("location", "slug", name="one_visit_type_a_slug"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="visit_length_in_range"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """The visit takes one of these for its whole length; every need of a visit must be met."""

    visit_type = models.ForeignKey(VisitType, on_delete=models.CASCADE, related_name="needs")
    any_of = models.ManyToManyField(Resource, verbose_name=_("one of"), related_name="needs")

    def __str__(self) -> str:
        return f"Need {self.pk}"
