"""The tables."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Patient",
            fields=[
                ("given_name", models.CharField(max_length=200, verbose_name="given name")),
                ("family_name", models.CharField(max_length=200, verbose_name="family name")),
                ("birth_date", models.DateField(null=True, verbose_name="date of birth")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "gender",
                    models.CharField(
                        choices=[
                            ("female", "female"),
                            ("male", "male"),
                            ("other", "other"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="sex",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="address")),
                ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patient",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="chart.patient",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="chart.patient",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("treatment", "examination and treatment here"),
                            ("reminders", "reminders by e-mail"),
                            ("sharing", "sharing the record with my other clinicians"),
                            ("research", "use of my pseudonymised record for research"),
                        ],
                        max_length=16,
                        verbose_name="what for",
                    ),
                ),
                ("permitted", models.BooleanField(verbose_name="permitted")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "the patient, online"),
                            ("desk", "the front desk"),
                            ("clinician", "a clinician"),
                            ("import", "another system"),
                        ],
                        max_length=16,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("recorded_by", models.UUIDField()),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="chart.patient",
                    ),
                ),
            ],
            options={
                "ordering": ("-recorded_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PatientMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("merged_at", models.DateTimeField(auto_now_add=True)),
                ("merged_by", models.UUIDField()),
                ("moved", models.JSONField(default=list)),
                ("account_moved", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
                (
                    "duplicate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_by",
                        to="chart.patient",
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="chart.patient",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordedFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=100, verbose_name="finding")),
                ("present", models.BooleanField(null=True, verbose_name="present")),
                ("value", models.FloatField(null=True, verbose_name="value")),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("left", "left"), ("right", "right"), ("both", "both sides")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                ("observed_on", models.DateField(verbose_name="observed on")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "the patient, online"),
                            ("desk", "the front desk"),
                            ("clinician", "a clinician"),
                            ("import", "another system"),
                        ],
                        max_length=16,
                        verbose_name="source",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("recorded_by", models.UUIDField()),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="chart.recordedfinding",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="chart.patient",
                    ),
                ),
            ],
            options={
                "ordering": ("-observed_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="UnconfirmedPerson",
            fields=[
                ("given_name", models.CharField(max_length=200, verbose_name="given name")),
                ("family_name", models.CharField(max_length=200, verbose_name="family name")),
                ("birth_date", models.DateField(null=True, verbose_name="date of birth")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(default="en", max_length=8)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("desk", "the front desk"),
                            ("code", "a code sent to the address in the chart"),
                            ("new", "a new chart"),
                        ],
                        max_length=8,
                    ),
                ),
                ("confirmed_by", models.UUIDField(null=True)),
                ("code_hash", models.CharField(blank=True, max_length=128)),
                ("code_expires_at", models.DateTimeField(null=True)),
                ("code_tries_left", models.PositiveSmallIntegerField(default=0)),
                (
                    "patient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="chart.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                fields=["family_name", "given_name"], name="chart_patie_family__d926ce_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.UniqueConstraint(
                models.F("patient"),
                condition=models.Q(("decided_at__isnull", True)),
                name="one_open_erasure_request",
            ),
        ),
    ]
