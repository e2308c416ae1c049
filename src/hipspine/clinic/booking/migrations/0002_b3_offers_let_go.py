"""Times someone let go are never offered to them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("booking", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="waitinglistentry",
            name="let_go",
            field=models.JSONField(default=list),
        ),
    ]
