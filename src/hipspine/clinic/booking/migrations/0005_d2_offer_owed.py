"""Whether who waits is still to be told of the offer made to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; who holds an offer already was told, or is not told twice."""

    dependencies = [("booking", "0004_f1_online_use")]

    operations = [
        migrations.AddField(
            model_name="waitinglistentry",
            name="offer_owed",
            field=models.BooleanField(default=False),
        ),
    ]
