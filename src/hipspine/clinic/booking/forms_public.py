"""What people type when they book; errors stand beside the field and nothing typed is lost.

Any text is taken as it is, of any script and direction; control characters are not text.
"""

import uuid
from datetime import date, timedelta

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.booking.actions import Details, Wish
from hipspine.clinic.booking.actions.waiting import LONGEST_WAIT
from hipspine.clinic.booking.models import Resource, VisitType
from hipspine.clinic.booking.models.waiting import PartOfDay
from hipspine.clinic.chart.forms import DateInput, believable_birth_date
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.web.plain_text import one_line

FEWEST_DIGITS = 5
#: An e-mail address or a telephone number: one of the two is needed.
EITHER = "booking/public/either.html"
LONGEST_COMMENT = 500
FARTHEST_DAYS = 400


def line(label, longest: int, autocomplete: str, **more) -> forms.CharField:
    """One line of text that the browser may fill in."""
    widget = forms.TextInput({"autocomplete": autocomplete})
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=widget,
        validators=[one_line],
        **more,
    )


class CommentForm(forms.Form):
    """What the visit is for."""

    comment = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A few words are enough. The clinicians read it before the visit."),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def details(self, patient: Patient | None = None) -> Details:
        """Of a form without errors; with a chart, whose it is stands there."""
        data = {k: v for k, v in self.cleaned_data.items() if k in Details.__dataclass_fields__}
        return Details(**data, language=(get_language() or "en")[:2], patient=patient)


class PersonForm(forms.Form):
    """Who it is, for someone without an account."""

    given_name = line(_("Given name"), 200, "given-name")
    family_name = line(_("Family name"), 200, "family-name")
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("To it we send the link with which you can move or cancel the visit."),
        template_name=EITHER,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = line(_("Telephone"), 40, "tel", required=False, template_name=EITHER)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].widget.attrs["autocomplete"] = "bday"
        self.fields["phone"].widget.input_type = "tel"

    def clean_birth_date(self) -> date:
        return believable_birth_date(self.cleaned_data["birth_date"])

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and sum(c.isdigit() for c in phone) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Accepted: a telephone number, as +1 555 010 0199."))
        return phone

    def clean(self) -> dict:
        data = super().clean()
        if not {"email", "phone"} & set(self.errors) and not (data["email"] or data["phone"]):
            self.add_error(
                "email", _("Give an e-mail address or a telephone number, so we can reach you.")
            )
        return data


class RemindersForm(forms.Form):
    """Consent to reminders, never ticked beforehand."""

    reminders = forms.BooleanField(
        label=_("Remind me of this visit by e-mail"),
        required=False,
        template_name="booking/public/tick.html",
    )

    def clean(self) -> dict:
        data = super().clean()
        no_address = data.get("email") == ""  # of a form that asks for it
        if data.get("reminders") and no_address and "email" not in self.errors:
            self.add_error("email", _("For reminders we need your e-mail address."))
        return data


class BookingForm(RemindersForm, CommentForm, PersonForm):
    """All that a booking asks for."""

    field_order = (
        "given_name",
        "family_name",
        "birth_date",
        "email",
        "phone",
        "comment",
        "reminders",
    )


class OwnBookingForm(RemindersForm, CommentForm):
    """Of a patient who is signed in: who it is stands in the chart."""

    field_order = ("comment", "reminders")


class WishForm(forms.Form):
    """When someone on the waiting list could come."""

    earliest = forms.DateField(label=_("From"), widget=DateInput)
    latest = forms.DateField(label=_("Until"), widget=DateInput)
    part_of_day = forms.ChoiceField(label=_("Time of day"), choices=PartOfDay.choices)
    practitioner = forms.ChoiceField(label=_("With whom"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, visit_type: VisitType, practitioners: list[Resource], **kwargs):
        super().__init__(*args, **kwargs)
        self.visit_type = visit_type
        self.practitioners = {who.slug: who for who in practitioners}
        names = [(slug, who.name) for slug, who in self.practitioners.items()]
        self.fields["practitioner"].choices = [("", _("anyone")), *names]
        self.today = visit_type.location.today
        self.fields["earliest"].initial = self.today
        self.fields["latest"].initial = self.today + timedelta(days=60)

    def clean(self) -> dict:
        data = super().clean()
        earliest, latest = data.get("earliest"), data.get("latest")
        if latest and latest < self.today:
            self.add_error("latest", _("This day is over."))
        elif earliest and latest and latest < earliest:
            self.add_error("latest", _("The last day lies before the first."))
        elif latest and (latest - self.today).days > FARTHEST_DAYS:
            self.add_error("latest", _("Accepted: a day within the next year."))
        elif earliest and latest and latest - earliest > LONGEST_WAIT:
            self.add_error("latest", _("Accepted: at most 180 days after the first day."))
        return data

    def wish(self) -> Wish:
        """Of a form without errors."""
        data = self.cleaned_data
        return Wish(
            self.visit_type,
            data["earliest"],
            data["latest"],
            self.practitioners.get(data["practitioner"]),
            PartOfDay(data["part_of_day"]),
        )


class WaitingForm(CommentForm, PersonForm, WishForm):
    """Everything, for someone without an account."""

    field_order = (
        "earliest",
        "latest",
        "part_of_day",
        "practitioner",
        "given_name",
        "family_name",
        "birth_date",
        "email",
        "phone",
        "comment",
    )


class OwnWaitingForm(CommentForm, WishForm):
    """Of a patient who is signed in."""

    field_order = ("earliest", "latest", "part_of_day", "practitioner", "comment")


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        validators=[one_line],
    )
