"""Who did what online, for a day: what the limits count."""

from django.db import models


class OnlineUse(models.Model):
    """One thing done by one stranger; `who` is a keyed hash and names nobody."""

    what = models.CharField(max_length=8)
    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["what", "who", "at"], name="online_use_of_whom"),)

    def __str__(self) -> str:
        return f"OnlineUse {self.pk}"
