"""From here on the database refuses UPDATE, DELETE and TRUNCATE of audit events."""

from django.db import migrations

from hipspine.clinic.audit.triggers import create_triggers, drop_triggers


class Migration(migrations.Migration):
    """Triggers, for each kind of database."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(create_triggers, drop_triggers),)
