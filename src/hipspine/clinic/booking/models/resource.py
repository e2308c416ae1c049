"""Who and what a visit takes: clinicians, rooms, equipment; and the hours they keep."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.models.location import Bilingual, Location


class Kind(models.TextChoices):
    """What it is."""

    PRACTITIONER = "practitioner", _("clinician")
    ROOM = "room", _("room")
    EQUIPMENT = "equipment", _("equipment")


class Weekday(models.IntegerChoices):
    """Monday is 0, as in `date.weekday()`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Resource(Bilingual, models.Model):
    """One clinician, room or machine; `capacity` visits may take it at the same time."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    slug = models.SlugField(_("short name in addresses"))
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("profession"), max_length=200, blank=True)
    title_es = models.CharField(_("profession, in Spanish"), max_length=200, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    about_es = models.TextField(_("about, in Spanish"), max_length=2000, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("visits at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("kind", "name")
        constraints = (
            models.UniqueConstraint("location", "slug", name="one_resource_a_slug"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="capacity_at_least_one"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_title(self) -> str:
        return self.text("title")


class WeeklyHours(models.Model):
    """Open every week from `opens` to `closes`, wall clock of the clinic.

    A resource without any row keeps no hours of its own: it is there whenever a clinician is.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ("weekday", "opens")
        constraints = (
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="opens_before_closes"),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class HoursException(models.Model):
    """One day that differs: away (all day, or in a stretch), or open beyond the weekly hours."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField(_("day"))
    is_open = models.BooleanField(_("open"), default=False)
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("day", "opens")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True, is_open=False)
                | Q(opens__lt=F("closes")),
                name="exception_has_a_stretch_or_is_all_day_away",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {'open' if self.is_open else 'away'}"
