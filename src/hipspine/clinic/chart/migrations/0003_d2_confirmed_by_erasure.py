"""One more way in which it becomes known who someone is: when they are forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The words only; the table stays as it is."""

    dependencies = [("chart", "0002_treating_relation")]

    operations = [
        migrations.AlterField(
            model_name="unconfirmedperson",
            name="confirmed_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("desk", "the front desk"),
                    ("code", "a code sent to the address in the chart"),
                    ("new", "a new chart"),
                    (
                        "erasure",
                        "the same name, birth date and address, when they were forgotten",
                    ),
                ],
                max_length=8,
            ),
        ),
    ]
