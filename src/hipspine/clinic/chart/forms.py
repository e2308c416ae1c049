"""What may be typed into a chart; errors stand beside the field."""

from functools import cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.chart.actions.treating import SHORTEST_REASON
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.chart.models.consent import Scope
from hipspine.clinic.chart.models.finding import Side
from hipspine.clinic.chart.today import today
from hipspine.clinic.chart.vocabulary import check_value, choices, finding_row
from hipspine.errors import InvalidInput

OLDEST_YEARS = 125
LANGUAGES = [(code, get_language_info(code)["name_local"]) for code in ("en", "es")]


class DateInput(forms.DateInput):
    """The browser's own date picker; ISO whatever the language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def not_in_future(day):
    """For dates that have been."""
    if day and day > today():
        raise forms.ValidationError(_("This date is in the future."))
    return day


def believable_birth_date(day):
    """A date that has been, of somebody who may be alive; None stays None."""
    day = not_in_future(day)
    if day and today().year - day.year > OLDEST_YEARS:
        raise forms.ValidationError(_("Is the year right? Nobody is that old."))
    return day


class LongSelect(forms.Select):
    """A list of hundreds that never changes: its text is made once, not for each form.

    `known` yields the (key, label) pairs, the same each time, without an empty one.
    """

    def __init__(self, known, attrs=None):
        super().__init__(attrs)
        self.known = known

    def use_required_attribute(self, initial):
        """As Select without an empty choice; it would look through all choices to find out."""
        return False

    def render(self, name, value, attrs=None, renderer=None):
        """The same element as Select's, without groups."""
        tag = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        options = _options(self.known)
        if value is not None:
            chosen = format_html('value="{}"', str(value))
            options = mark_safe(options.replace(f"{chosen}>", f"{chosen} selected>", 1))
        return format_html("<select{}>{}</select>", tag, options)


@cache
def _options(known):
    return format_html_join("", '<option value="{}">{}</option>', known())


class PatientForm(forms.ModelForm):
    """Personal data of a chart."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput)

    class Meta:
        model = Patient
        fields = (
            "given_name",
            "family_name",
            "birth_date",
            "gender",
            "email",
            "phone",
            "address",
            "language",
        )

    def clean_birth_date(self):
        return believable_birth_date(self.cleaned_data["birth_date"])

    def save(self, commit=True):
        raise AssertionError("charts are written by chart.actions")


class SearchForm(forms.Form):
    """Sent by POST: a name never stands in an address."""

    words = forms.CharField(label=_("Name or telephone"), max_length=200, required=False)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DateInput, required=False)

    def clean(self):
        if not any(self.cleaned_data.values()) and not self.errors:
            raise forms.ValidationError(_("Give the beginning of a name, or a date of birth."))
        return self.cleaned_data


class ContactForm(forms.Form):
    """How someone not yet known to be a patient is reached."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class FindingForm(forms.Form):
    """One finding, as seen today or earlier."""

    finding = forms.ChoiceField(label=_("Finding"), choices=choices, widget=LongSelect(choices))
    present = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("present")), ("no", _("absent")), ("unclear", _("unclear"))],
        coerce={"yes": True, "no": False, "unclear": None}.get,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    value = forms.FloatField(label=_("Value"), required=False)
    side = forms.ChoiceField(
        label=_("Side"), choices=[("", _("not stated")), *Side.choices], required=False
    )
    observed_on = forms.DateField(label=_("Observed on"), widget=DateInput, initial=today)

    def clean_observed_on(self):
        return not_in_future(self.cleaned_data["observed_on"])

    def clean(self):
        data = self.cleaned_data
        if data.get("finding"):
            try:
                check_value(finding_row(data["finding"]), data.get("value"))
            except InvalidInput as error:
                self.add_error("value", str(error))
        return data

    def statement(self) -> Statement:
        """What was said."""
        data = self.cleaned_data
        return Statement(
            data["finding"], data["present"], data["observed_on"], data["value"], data["side"]
        )


class ConsentForm(forms.Form):
    """One decision for one purpose."""

    scope = forms.ChoiceField(choices=Scope.choices, widget=forms.HiddenInput)
    permitted = forms.TypedChoiceField(
        choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
        coerce={"yes": True, "no": False}.get,
    )


class LinkAccountForm(forms.Form):
    """The account that shall see a chart."""

    email = forms.EmailField(
        label=_("E-mail address of the patient's account"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        self.account = User.objects.filter(email=email, role=Role.PATIENT, is_active=True).first()
        if self.account is None:
            raise forms.ValidationError(_("No patient has an account with this address."))
        return email


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class BreakGlassForm(forms.Form):
    """Why a chart outside one's own patients is opened."""

    reason = forms.CharField(
        label=_("Why do you need this chart?"),
        help_text=_(
            "For example: called from the emergency room about new numbness; covering for a"
            " colleague who is ill; the patient telephoned about yesterday's injection."
        ),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
