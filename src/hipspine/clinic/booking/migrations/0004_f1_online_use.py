"""What strangers did online, for a day: what the limits count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("booking", "0003_f3_moved_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnlineUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=8)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["what", "who", "at"], name="online_use_of_whom")],
            },
        ),
    ]
