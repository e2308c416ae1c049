"""What an administrator types about hours: every week, on a day that differs, on a holiday."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.forms_desk import TimeInput
from hipspine.clinic.booking.forms_setup import SetupForm
from hipspine.clinic.booking.models import Holiday, HoursException, WeeklyHours
from hipspine.clinic.booking.models.resource import Weekday
from hipspine.clinic.chart.forms import DateInput

LONGEST_ABSENCE = timedelta(days=62)


class HolidayForm(SetupForm):
    """A day on which the clinic is closed."""

    class Meta:
        model = Holiday
        fields = ("day", "name")
        widgets: ClassVar = {"day": DateInput}


class WeeklyHoursForm(SetupForm):
    """Open every week on this day, from then to then. New ones may be those of several days:
    `rows()` has one a day."""

    also = forms.TypedMultipleChoiceField(
        label=_("The same hours on"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WeeklyHours
        fields = ("weekday", "opens", "closes", "valid_from", "valid_until")
        widgets: ClassVar = {
            "opens": TimeInput, "closes": TimeInput,
            "valid_from": DateInput, "valid_until": DateInput,
        }  # fmt: skip

    field_order = ("weekday", "also")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        if self.instance.pk:
            del self.fields["also"]

    def rows(self) -> list[WeeklyHours]:
        """One a day, of new hours."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.written}
        return [
            WeeklyHours(resource=self.instance.resource, **values | {"weekday": weekday})
            for weekday in sorted({data["weekday"], *data["also"]})
        ]


class ExceptionForm(SetupForm):
    """A day that differs. A new one may last some days: `rows()` has one a day."""

    AWAY, AWAY_FROM, THERE = "away", "away_from", "there"
    what = forms.ChoiceField(
        label=_("On this day"),
        widget=forms.RadioSelect,
        choices=[
            (AWAY, _("away all day")),
            (AWAY_FROM, _("away between these times")),
            (THERE, _("also there between these times")),
        ],
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("For an absence of several days; at most 62 days later."),
    )

    class Meta:
        model = HoursException
        fields = ("day", "opens", "closes", "reason")
        widgets: ClassVar = {"day": DateInput, "opens": TimeInput, "closes": TimeInput}

    field_order = ("day", "last_day", "what", "opens", "closes", "reason")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        row = self.instance
        if row.pk:
            del self.fields["last_day"]
            away = self.AWAY if row.opens is None else self.AWAY_FROM
            self.initial["what"] = self.THERE if row.is_open else away
        else:
            self.initial["what"] = self.AWAY
        self.fields["reason"].help_text = _("For the clinic only.")

    @property
    def written(self) -> tuple[str, ...]:
        return (*self._meta.fields, "is_open")

    def clean(self):
        data = super().clean()
        data["is_open"] = data.get("what") == self.THERE
        if data.get("what") == self.AWAY:
            data["opens"] = data["closes"] = None
            for name in ("opens", "closes"):
                self.errors.pop(name, None)
        first, last = data.get("day"), data.get("last_day")
        if first and last and not first <= last <= first + LONGEST_ABSENCE:
            self.add_error("last_day", _("Accepted: the first day or one at most 62 days later."))
        return data

    def rows(self) -> list[HoursException]:
        """One a day, of a new exception."""
        data = self.cleaned_data
        days = ((data.get("last_day") or data["day"]) - data["day"]).days
        values = {name: data[name] for name in self.written}
        return [
            HoursException(
                resource=self.instance.resource, **values | {"day": data["day"] + timedelta(n)}
            )
            for n in range(days + 1)
        ]
