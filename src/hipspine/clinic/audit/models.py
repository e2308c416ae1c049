"""One row an event; each carries the hash of the one before it."""

from django.db import models

#: The action of the event that holds what a walk along the chain found.
WALKED = "audit.walked"


class AuditEvent(models.Model):
    """What happened; people appear as pseudonyms, whose names live outside and can be erased."""

    sequence = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.UUIDField(null=True, db_index=True)
    actor_role = models.CharField(max_length=32)
    patient = models.UUIDField(null=True, db_index=True)
    target = models.CharField(max_length=128)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)  # two heads cannot exist
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=["patient", "sequence"], name="audit_of_a_patient"),
            models.Index(
                fields=["sequence"], condition=models.Q(action=WALKED), name="audit_walks"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
