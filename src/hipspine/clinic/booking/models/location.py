"""A clinic: where it is, in which time zone it lives, and when it is closed."""

import zoneinfo
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def check_time_zone(name: str) -> None:
    """An IANA zone this machine knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Not a time zone. Accepted: an IANA name, as Europe/Madrid."))


class Bilingual:
    """Texts a clinic writes itself: `about` and `about_es`; the English one where there is none."""

    def text(self, field: str) -> str:
        """The text in the language of the request."""
        language = (get_language() or "en")[:2]
        own = getattr(self, f"{field}_{language}", "") if language != "en" else ""
        return own or getattr(self, field)

    @property
    def shown_name(self) -> str:
        return self.text("name")

    @property
    def shown_about(self) -> str:
        return self.text("about")


class Location(Bilingual, models.Model):
    """One clinic (FHIR Location). Every wall-clock time in it is read in `time_zone`."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("about the clinic"), max_length=2000, blank=True)
    about_es = models.TextField(_("about the clinic, in Spanish"), max_length=2000, blank=True)
    address_line = models.CharField(_("street and number"), max_length=200)
    city = models.CharField(_("city"), max_length=100)
    state = models.CharField(_("state or province"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, default="US")
    phone = models.CharField(_("telephone"), max_length=40)
    email = models.EmailField(_("e-mail address"), blank=True)
    directions = models.CharField(_("how to get there"), max_length=500, blank=True)
    directions_es = models.CharField(_("how to get there, in Spanish"), max_length=500, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[check_time_zone])
    is_active = models.BooleanField(_("open for booking"), default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def today(self) -> date:
        """What the calendar on its wall shows."""
        return timezone.now().astimezone(self.zone).date()

    @property
    def shown_directions(self) -> str:
        return self.text("directions")


class Holiday(models.Model):
    """A day on which the whole clinic is closed."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint("location", "day", name="one_holiday_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
