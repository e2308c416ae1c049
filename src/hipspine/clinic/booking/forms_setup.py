"""What an administrator types when setting up a clinic; errors stand beside the field.

Every form of a row carries `seen`: what the fields held when the page was made. Only what was
changed since is written (`changes`), so that two tabs do not undo each other.
"""

import json
import zoneinfo

from django import forms
from django.forms.models import construct_instance
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import STAFF
from hipspine.clinic.booking.models import (
    Location,
    Need,
    Resource,
    VisitType,
)
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.booking.setup_rows import plain
from hipspine.clinic.chart.forms import LongSelect
from hipspine.clinic.web.plain_text import one_line

KEPT_SLUG = _("Stands in web addresses. Links given out before stop working when it changes.")


class SetupForm(forms.ModelForm):
    """A row of the set-up; the rules of the clinic are asked by the action that writes."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.initial["seen"] = json.dumps(self._held())
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            elif isinstance(field, forms.CharField):
                field.validators.append(one_line)
            if isinstance(field, forms.BooleanField):
                field.template_name = "booking/setup/tick.html"

    @property
    def written(self) -> tuple[str, ...]:
        """The fields of the row that this form decides."""
        return tuple(self._meta.fields)

    def _held(self) -> dict[str, str]:
        """What the row holds, as the page shows it."""
        row = self.instance
        return {name: plain(getattr(row, name)) for name in self.written} if row.pk else {}

    @property
    def seen_values(self) -> dict[str, str]:
        """As the page said; whatever it is now, if it said nothing."""
        try:
            said = json.loads(self.data.get("seen", ""))
        except ValueError:
            return {}
        said = said if isinstance(said, dict) else {}
        return {name: str(value) for name, value in said.items() if name in self.written}

    @property
    def changes(self) -> dict[str, object]:
        """What was changed on the page; everything for a new row."""
        data, seen = self.cleaned_data, self.seen_values
        return {
            name: data[name]
            for name in self.written
            if not self.instance.pk or name not in seen or seen[name] != plain(data[name])
        }

    def _post_clean(self):
        """Each field alone; what fields mean together the action asks, under its lock."""
        row = construct_instance(self, self.instance, self._meta.fields)
        try:
            row.clean_fields(exclude=self._get_validation_exclusions())
        except forms.ValidationError as error:
            self._update_errors(error)

    def show(self, fault_by_field: dict[str, str], now: dict[str, str]) -> None:
        """Put what the action refused beside its fields; with `now` a second press goes through."""
        for name, sentence in fault_by_field.items():
            self.add_error(name if name in self.fields else None, sentence)
        if now:
            self.data = self.data.copy()
            self.data["seen"] = json.dumps(self.seen_values | now)


class NamedForm(SetupForm):
    """With a short name in addresses, made from the name where none is typed."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = (
            KEPT_SLUG if self.instance.pk else _("Left empty, it is made from the name.")
        )

    def clean(self):
        data = super().clean()
        if "slug" not in self.errors:
            slug = (data.get("slug") or slugify(data.get("name") or "")[:50].strip("-")).lower()
            data["slug"] = slug
            if not slug and "name" not in self.errors:
                self.add_error("slug", _("Type one of letters a to z, digits and hyphens."))
        return data


def time_zones() -> list[tuple[str, str]]:
    """Every zone a clinic may live in, by name; none is chosen at first."""
    names = sorted(zoneinfo.available_timezones())
    return [("", "–"), *((name, name.replace("_", " ")) for name in names)]


class LocationForm(NamedForm):
    """The profile of a clinic."""

    keep_instants = forms.BooleanField(
        label=_("The visits keep their instants"),
        required=False,
        help_text=_("Only for a new time zone: booked visits stay at the same moment in time."),
    )

    class Meta:
        model = Location
        fields = (
            "name", "slug", "about", "about_es", "address_line", "city", "state", "postal_code",
            "country", "phone", "email", "directions", "directions_es", "time_zone", "is_active",
        )  # fmt: skip

    field_order = (*Meta.fields[:-1], "keep_instants", "is_active")

    def __init__(self, *args, has_visits: bool = False, **more):
        super().__init__(*args, **more)
        if not has_visits:
            del self.fields["keep_instants"]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=time_zones,
            widget=LongSelect(time_zones),
            help_text=_("All hours of the clinic are read on the clock of this zone."),
        )
        self.fields["country"].help_text = _("Two letters, as US or MX.")
        self.order_fields(self.field_order)

    def clean_country(self):
        return self.cleaned_data["country"].upper()


class ResourceForm(NamedForm):
    """A clinician, a room or a machine; what it is never changes."""

    class Meta:
        model = Resource
        fields = (
            "name", "slug", "title", "title_es", "about", "about_es", "languages", "user",
            "capacity", "is_active",
        )  # fmt: skip

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["is_active"].help_text = _("Visits booked already stay booked.")
        self.fields["capacity"].help_text = _("More than 1 for a group or a large room.")
        if self.instance.kind == Kind.PRACTITIONER:
            user = self.fields["user"]
            user.queryset = User.objects.filter(role__in=STAFF, is_active=True).order_by("email")
            user.empty_label = _("none")
            user.help_text = _("With it, they see their own visits as theirs.")
        else:
            for name in ("title", "title_es", "languages", "user"):
                del self.fields[name]

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(name for name in self._meta.fields if name in self.fields)


class VisitTypeForm(NamedForm):
    """A kind of visit."""

    class Meta:
        model = VisitType
        fields = (
            "name", "name_es", "slug", "about", "about_es", "minutes", "grid_minutes",
            "notice_minutes", "horizon_days", "position", "is_online", "is_active",
        )  # fmt: skip

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["minutes"].help_text = _(
            "A multiple of 5, at most 480. Booked visits keep theirs."
        )
        self.fields["grid_minutes"].help_text = _("20: at 9:00, 9:20, 9:40 and so on.")
        self.fields["is_online"].help_text = _("Without it only the desk books this visit.")
        self.fields["position"].help_text = _("The smallest number comes first.")
        for name in ("minutes", "grid_minutes"):
            self.fields[name].widget.attrs["step"] = 5


class NeedForm(SetupForm):
    """One of these is taken by the visit."""

    class Meta:
        model = Need
        fields = ("any_of",)

    def __init__(self, *args, **more):
        self.choosable = more.pop("choosable")
        super().__init__(*args, **more)
        self.fields["any_of"] = forms.ModelMultipleChoiceField(
            queryset=self.choosable,
            label=_("One of"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick one or more.")},
        )
        found = list(self.choosable)
        of_kind = {kind: [(r.pk, r.name) for r in found if r.kind == kind] for kind in Kind}
        self.fields["any_of"].choices = [
            (capfirst(k.label), rows) for k, rows in of_kind.items() if rows
        ]

    def _held(self):
        return {"any_of": plain(self.instance.any_of.all())} if self.instance.pk else {}

    def _post_clean(self):
        """Nothing is put into the row here: who is needed is written by the action."""
