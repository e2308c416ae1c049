"""The tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("action", models.CharField(max_length=64)),
                ("actor", models.UUIDField(db_index=True, null=True)),
                ("actor_role", models.CharField(max_length=32)),
                ("patient", models.UUIDField(db_index=True, null=True)),
                ("target", models.CharField(max_length=128)),
                ("detail", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("sequence",),
            },
        ),
    ]
