"""Which day it is where the clinic is: at nine in the evening in Chicago it is not yet tomorrow."""

from collections.abc import Callable
from datetime import date, tzinfo

from django.utils import timezone

#: The room that knows where the clinics are adds its answer.
ZONES: list[Callable[[], list[tzinfo]]] = []


def today() -> date:
    """By the clock of the clinic, of several the last; UTC where none is known."""
    zones = [zone for ask in ZONES for zone in ask()]
    return min((timezone.localdate(timezone=zone) for zone in zones), default=timezone.localdate())
