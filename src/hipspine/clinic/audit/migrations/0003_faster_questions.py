"""Indexes for who looked at a chart, and for the latest walk along the chain.

Added, never altered: on SQLite altering remakes the table, and its triggers would be gone.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    dependencies = (("audit", "0002_append_only"),)
    operations = (
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["patient", "sequence"], name="audit_of_a_patient"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["sequence"],
                condition=models.Q(("action", "audit.walked")),
                name="audit_walks",
            ),
        ),
    )
