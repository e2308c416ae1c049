"""What the desk types; errors stand beside the field, and what was typed comes back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions.waiting import LONGEST_WAIT
from hipspine.clinic.booking.clock_words import YEARS, read_instant
from hipspine.clinic.booking.models import Resource, VisitType
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.models.waiting import PartOfDay
from hipspine.clinic.booking.wall_clock import TICK, first_instant
from hipspine.clinic.chart.forms import LANGUAGES, DateInput, believable_birth_date
from hipspine.errors import InvalidInput


class MarkForm(forms.Form):
    """Which button was pressed, on which version of the visit."""

    status = forms.ChoiceField(
        choices=[(s, s) for s in (Status.ARRIVED, Status.NOSHOW, Status.FULFILLED, Status.BOOKED)]
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class CancelForm(forms.Form):
    """Why; kept with the visit, never sent."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("For the clinic only.")
    )
    version = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=True
    )


class TimeInput(forms.TimeInput):
    """The browser's own, in steps of five minutes; 24 hours whatever the language."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M", attrs={"step": 300})


class WhenForm(forms.Form):
    """A time: one of those shown (`start`), another (`on`, `time`), or one beyond the hours or
    on top of others (`overbook`), which needs a reason.

    After `is_valid()`: `starts_at` (UTC) and `terms`.
    """

    start = forms.CharField(required=False, max_length=20)
    overbook = forms.CharField(required=False, max_length=20)
    reason = forms.CharField(label=_("Reason of the overbooking"), max_length=200, required=False)
    on = forms.DateField(required=False)
    time = forms.TimeField(label=_("Another time"), required=False, widget=TimeInput)
    other = forms.CharField(required=False)

    def __init__(self, *args, zone, **more):
        super().__init__(*args, **more)
        self.zone = zone
        self.starts_at, self.terms = None, actions.STAFF

    def clean(self):
        data = super().clean()
        if data.get("other"):
            self._read_other(data)
        else:
            self.starts_at = read_instant(data.get("overbook") or data.get("start") or "")
            if self.starts_at is None:
                self.add_error(None, _("Choose one of the times."))
        if self.starts_at and self.starts_at < timezone.now() - TICK:
            self.add_error("time" if data.get("other") else None, _("This time is over."))
        if data.get("overbook"):
            try:
                self.terms = actions.overbooking(data.get("reason") or "")
            except InvalidInput:
                self.add_error("reason", _("Say why, in three letters or more."))
        return data

    def _read_other(self, data) -> None:
        """The first instant at which the wall shows it."""
        day, wall = data.get("on"), data.get("time")
        if wall is None:
            if "time" not in self.errors:
                self.add_error("time", _("Type a time, as 14:05."))
        elif wall.minute % 5 or wall.second:
            self.add_error("time", _("Visits begin at a multiple of five minutes, as 14:05."))
        elif day is None or day.year not in YEARS:
            self.add_error(None, _("Choose a day."))
        else:
            self.starts_at = first_instant(day, wall, self.zone)


class WhoForm(forms.Form):
    """Who calls: enough to find the chart, or to write down someone new."""

    given_name = forms.CharField(label=_("Given name"), max_length=200)
    family_name = forms.CharField(label=_("Family name"), max_length=200)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The confirmation is sent there; without one nothing is sent."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    comment = forms.CharField(
        label=_("What it is about"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    reminders = forms.BooleanField(label=_("Agrees to be reminded by e-mail"), required=False)
    channel = forms.ChoiceField(
        label=_("How they ask"),
        choices=[(c, c.label) for c in (Channel.TELEPHONE, Channel.DESK)],
        required=False,
    )

    def __init__(self, *args, known: bool = False, **more):
        """`known`: a chart is chosen, so nothing about the person has to be typed."""
        super().__init__(*args, **more)
        self.known = known
        if known:
            for name in ("given_name", "family_name"):
                self.fields[name].required = False

    def clean_birth_date(self):
        return believable_birth_date(self.cleaned_data["birth_date"])

    def clean(self):
        data = super().clean()
        reachable = data.get("phone") or data.get("email")
        if not self.known and not reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Give a telephone number or an e-mail address."))
        return data

    def details(self, patient=None) -> actions.Details:
        """What is written down; with a chart only what belongs to the visit."""
        data = self.cleaned_data
        visit = {
            "comment": data.get("comment", ""),
            "reminders": bool(data.get("reminders")),
            "language": data.get("language") or "en",
        }
        if patient is not None:
            return actions.Details(patient=patient, **visit | {"language": patient.language})
        names = ("given_name", "family_name", "birth_date", "phone", "email")
        return actions.Details(**{name: data[name] for name in names}, **visit)


class ResourceChoice(forms.ModelChoiceField):
    """Rows of this clinic, by name in the language of the request."""

    def __init__(self, **more):
        super().__init__(queryset=Resource.objects.none(), **more)

    def label_from_instance(self, obj) -> str:
        return obj.shown_name if isinstance(obj, VisitType) else obj.name


class VisitForm(forms.Form):
    """A kind of visit, and with whom."""

    visit = ResourceChoice(label=_("Visit"), to_field_name="slug")
    who = ResourceChoice(
        label=_("Clinician"), to_field_name="slug", required=False, empty_label=_("anyone")
    )

    def __init__(self, *args, location, **more):
        super().__init__(*args, **more)
        self.location = location
        here = {"location": location, "is_active": True}
        self.fields["visit"].queryset = VisitType.objects.filter(**here)
        self.fields["who"].queryset = Resource.objects.filter(kind=Kind.PRACTITIONER, **here)

    def clean(self):
        data = super().clean()
        visit, who = data.get("visit"), data.get("who")
        if visit and who and not visit.needs.filter(any_of=who).exists():
            self.add_error("who", _("This clinician does not do this kind of visit."))
        return data


class WishForm(VisitForm):
    """What someone waits for."""

    earliest = forms.DateField(label=_("From"), widget=DateInput)
    latest = forms.DateField(label=_("Until"), widget=DateInput)
    part_of_day = forms.ChoiceField(label=_("Time of day"), choices=PartOfDay.choices)

    def clean(self):
        data = super().clean()
        first, last = data.get("earliest"), data.get("latest")
        if first and last and not first <= last <= first + LONGEST_WAIT:
            self.add_error(
                "latest", _("Accepted: a day from the first on, at most 180 days later.")
            )
        return data

    @property
    def wish(self) -> actions.Wish:
        """What is waited for."""
        data = self.cleaned_data
        return actions.Wish(
            data["visit"], data["earliest"], data["latest"], data["who"], data["part_of_day"]
        )
