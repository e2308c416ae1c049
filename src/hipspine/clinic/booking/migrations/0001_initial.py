"""Booking: the first tables."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hipspine.clinic.booking.models.location
import hipspine.clinic.booking.models.visit_type


class Migration(migrations.Migration):
    """Tables as in models."""

    initial = True

    dependencies = [
        ("chart", "0002_treating_relation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="short name in addresses")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "about",
                    models.TextField(blank=True, max_length=2000, verbose_name="about the clinic"),
                ),
                (
                    "about_es",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="about the clinic, in Spanish"
                    ),
                ),
                (
                    "address_line",
                    models.CharField(max_length=200, verbose_name="street and number"),
                ),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                (
                    "state",
                    models.CharField(blank=True, max_length=100, verbose_name="state or province"),
                ),
                (
                    "postal_code",
                    models.CharField(blank=True, max_length=20, verbose_name="postal code"),
                ),
                ("country", models.CharField(default="US", max_length=2, verbose_name="country")),
                ("phone", models.CharField(max_length=40, verbose_name="telephone")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "directions",
                    models.CharField(blank=True, max_length=500, verbose_name="how to get there"),
                ),
                (
                    "directions_es",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="how to get there, in Spanish"
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        max_length=64,
                        validators=[hipspine.clinic.booking.models.location.check_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="open for booking")),
            ],
            options={
                "ordering": ("name",),
            },
            bases=(hipspine.clinic.booking.models.location.Bilingual, models.Model),
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "held"),
                            ("booked", "booked"),
                            ("arrived", "arrived"),
                            ("fulfilled", "done"),
                            ("cancelled", "cancelled"),
                            ("noshow", "did not come"),
                        ],
                        default="pending",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("expires_at", models.DateTimeField(null=True)),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("origin", models.CharField(blank=True, max_length=64)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("telephone", "by telephone"),
                            ("desk", "at the desk"),
                            ("walk_in", "without appointment"),
                            ("waiting_list", "from the waiting list"),
                        ],
                        default="online",
                        max_length=16,
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("reminders", models.BooleanField(default=False)),
                ("language", models.CharField(default="en", max_length=8)),
                ("overbook_reason", models.CharField(blank=True, max_length=200)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("booked_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                (
                    "letter",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("booked", "booked"),
                            ("moved", "moved"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "patient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="chart.patient",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="chart.unconfirmedperson",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="booking.location",
                    ),
                ),
            ],
            options={
                "ordering": ("starts_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("practitioner", "clinician"),
                            ("room", "room"),
                            ("equipment", "equipment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("slug", models.SlugField(verbose_name="short name in addresses")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="profession")),
                (
                    "title_es",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="profession, in Spanish"
                    ),
                ),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="about")),
                (
                    "about_es",
                    models.TextField(blank=True, max_length=2000, verbose_name="about, in Spanish"),
                ),
                (
                    "languages",
                    models.CharField(blank=True, max_length=200, verbose_name="languages spoken"),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="visits at the same time",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="booking.location",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "name"),
            },
            bases=(hipspine.clinic.booking.models.location.Bilingual, models.Model),
        ),
        migrations.CreateModel(
            name="HoursException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("is_open", models.BooleanField(default=False, verbose_name="open")),
                ("opens", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("closes", models.TimeField(blank=True, null=True, verbose_name="to")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="booking.resource",
                    ),
                ),
            ],
            options={
                "ordering": ("day", "opens"),
            },
        ),
        migrations.CreateModel(
            name="BookingTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tick_start", models.DateTimeField()),
                ("lane", models.PositiveSmallIntegerField()),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticks",
                        to="booking.appointment",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="booking.resource",
                    ),
                ),
            ],
            options={
                "db_table": "booking_tick",
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="resources",
            field=models.ManyToManyField(related_name="appointments", to="booking.resource"),
        ),
        migrations.CreateModel(
            name="VisitType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(verbose_name="short name in addresses")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_es",
                    models.CharField(blank=True, max_length=100, verbose_name="name in Spanish"),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what happens, what to bring"
                    ),
                ),
                (
                    "about_es",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="the same in Spanish"
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(480),
                            hipspine.clinic.booking.models.visit_type.whole_ticks,
                        ],
                        verbose_name="length in minutes",
                    ),
                ),
                (
                    "grid_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(240),
                            hipspine.clinic.booking.models.visit_type.whole_ticks,
                        ],
                        verbose_name="starts every ... minutes",
                    ),
                ),
                (
                    "notice_minutes",
                    models.PositiveIntegerField(
                        default=120, verbose_name="shortest notice online, minutes"
                    ),
                ),
                (
                    "horizon_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="bookable online for ... days",
                    ),
                ),
                ("is_online", models.BooleanField(default=True, verbose_name="bookable online")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_types",
                        to="booking.location",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "name"),
            },
            bases=(hipspine.clinic.booking.models.location.Bilingual, models.Model),
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "any_of",
                    models.ManyToManyField(
                        related_name="needs", to="booking.resource", verbose_name="one of"
                    ),
                ),
                (
                    "visit_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="booking.visittype",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="appointment",
            name="visit_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="booking.visittype",
            ),
        ),
        migrations.CreateModel(
            name="WaitingListEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("earliest", models.DateField(verbose_name="from")),
                ("latest", models.DateField(verbose_name="until")),
                (
                    "part_of_day",
                    models.CharField(
                        choices=[
                            ("any", "any time"),
                            ("morning", "mornings"),
                            ("afternoon", "afternoons"),
                        ],
                        default="any",
                        max_length=16,
                        verbose_name="time of day",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(default="en", max_length=8)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "a time is offered"),
                            ("booked", "booked"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("declined", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="booking.location",
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offered_to",
                        to="booking.appointment",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="chart.patient",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="chart.unconfirmedperson",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="booking.resource",
                    ),
                ),
                (
                    "visit_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="booking.visittype",
                    ),
                ),
            ],
            options={
                "ordering": ("created_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="WeeklyHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="from")),
                ("closes", models.TimeField(verbose_name="to")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weekly_hours",
                        to="booking.resource",
                    ),
                ),
            ],
            options={
                "ordering": ("weekday", "opens"),
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holidays",
                        to="booking.location",
                    ),
                ),
            ],
            options={
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("location"), models.F("day"), name="one_holiday_a_day"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.UniqueConstraint(
                models.F("location"), models.F("slug"), name="one_resource_a_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1)), name="capacity_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes__isnull", True), ("is_open", False), ("opens__isnull", True)),
                    ("opens__lt", models.F("closes")),
                    _connector="OR",
                ),
                name="exception_has_a_stretch_or_is_all_day_away",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingtick",
            constraint=models.UniqueConstraint(
                models.F("resource"),
                models.F("tick_start"),
                models.F("lane"),
                name="one_visit_a_tick",
            ),
        ),
        migrations.AddConstraint(
            model_name="visittype",
            constraint=models.UniqueConstraint(
                models.F("location"), models.F("slug"), name="one_visit_type_a_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="visittype",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 480)),
                name="visit_length_in_range",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                fields=["location", "starts_at"], name="booking_app_locatio_c9f5d2_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("letter", ""), _negated=True),
                fields=["letter"],
                name="letters_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "pending"), _negated=True),
                    ("expires_at__isnull", False),
                    _connector="OR",
                ),
                name="a_hold_expires",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("pending", "cancelled")),
                    ("person__isnull", False),
                    ("patient__isnull", False),
                    _connector="OR",
                ),
                name="a_booking_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitinglistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("earliest__lte", models.F("latest"))), name="waits_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklyhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lt", models.F("closes"))), name="opens_before_closes"
            ),
        ),
    ]
