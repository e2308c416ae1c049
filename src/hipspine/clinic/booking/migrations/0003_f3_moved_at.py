"""When a visit was last moved: who has just heard of the new time needs no reminder yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("booking", "0002_b3_offers_let_go")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="moved_at",
            field=models.DateTimeField(null=True),
        ),
    ]
