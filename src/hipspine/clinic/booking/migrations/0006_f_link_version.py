"""Links to a visit or a wish can be made void; those sent before carry no number, which is 0."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column each; every link there is goes on working."""

    dependencies = [("booking", "0005_d2_offer_owed")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="link_version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="link_version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
