"""The table where the rate limits of signing in are counted: one for all processes."""

from django.core.management import call_command
from django.db import migrations

from hipspine.clinic.accounts.limits import TABLE


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    """One table, of no model."""

    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
