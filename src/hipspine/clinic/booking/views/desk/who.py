"""Who is it that calls? A chart the desk picks, or someone new; asked once where it matters."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hipspine.clinic.booking.actions import Details
from hipspine.clinic.booking.clock_words import span
from hipspine.clinic.booking.forms_desk import WhoForm
from hipspine.clinic.booking.models import Appointment, Location
from hipspine.clinic.booking.models.appointment import KEPT
from hipspine.clinic.booking.selectors import appointments_of_patient, with_people
from hipspine.clinic.booking.wall_clock import day_bounds
from hipspine.clinic.chart.actions import note_search
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.chart.selectors import search_patients
from hipspine.clinic.chart.telephone import digits_of

NEW = "new"
#: Fields that find a chart.
PERSON = ("given_name", "family_name", "birth_date", "email", "phone")
MOST_SHOWN = 12


@dataclass
class Caller:
    """What was typed and picked so far, over the pages of one booking."""

    form: WhoForm
    picked: str = ""  # the id of a chart, "new", or nothing yet
    patient: Patient | None = None
    charts: list[Patient] = field(default_factory=list)
    searched: bool = False
    unanswered: bool = False  # charts were offered, and none was picked
    seen: frozenset[str] = frozenset()  # questions asked already
    same_day: list[str] = field(default_factory=list)
    other_reach: bool = False  # another number or address was typed than the chart has

    @property
    def seen_words(self) -> str:
        return " ".join(sorted(self.seen))

    @property
    def about_person(self) -> list[BoundField]:
        return [bound for bound in self.form if bound.name in PERSON]

    @property
    def about_visit(self) -> list[BoundField]:
        return [bound for bound in self.form if bound.name not in PERSON]

    @property
    def details(self) -> Details:
        return self.form.details(self.patient)


def caller_of(request: HttpRequest, *, without: tuple[str, ...] = ()) -> Caller:
    """From what was sent, at first an empty form; `without` these fields."""
    caller = _caller(request)
    for name in without:
        del caller.form.fields[name]
    return caller


def _caller(request: HttpRequest) -> Caller:
    if request.method != "POST":
        return Caller(WhoForm(initial={"channel": "telephone"}))
    picked = request.POST.get("patient", "")
    patient = _current_chart(picked)
    asked = frozenset(request.POST.get("seen", "").split()[:4])
    form = WhoForm(request.POST, known=patient is not None)
    return Caller(form, picked, patient, seen=asked)


def find_charts(request: HttpRequest, caller: Caller) -> None:
    """Charts that fit what was typed so far; a search leaves its event, not its words."""
    caller.form.is_valid()
    data = caller.form.cleaned_data
    words = f"{data.get('given_name', '')} {data.get('family_name', '')}".strip()
    typed = UnconfirmedPerson(**{name: data.get(name) or "" for name in PERSON if name in data})
    typed.birth_date = data.get("birth_date")
    likely = [candidate.patient for candidate in candidates_for(typed)]
    if words or typed.birth_date:
        likely += search_patients(words, typed.birth_date)
    caller.charts = list(dict.fromkeys(likely))[:MOST_SHOWN]
    note_search(by=request.user, found=len(caller.charts))
    caller.searched = True
    if "find" in request.POST and not {"birth_date", "email"} & set(caller.form.errors):
        _forgive(caller, request)
    caller.seen |= {"charts"}


def _forgive(caller: Caller, request: HttpRequest) -> None:
    """Who only looks for a chart need not have typed everything yet."""
    fields = caller.form.fields
    caller.form = WhoForm(initial=request.POST.dict(), known=caller.form.known)
    caller.form.fields = {name: caller.form.fields[name] for name in fields}


def keep_choice(request: HttpRequest, caller: Caller) -> None:
    """The charts that were offered before are offered again, with the one that was picked."""
    if "charts" in caller.seen and not caller.searched:
        find_charts(request, caller)
    if caller.patient and caller.patient not in caller.charts:
        caller.charts.insert(0, caller.patient)


def must_ask(
    request: HttpRequest, caller: Caller, location: Location | None = None, day: date | None = None
) -> bool:
    """Asked before a booking: is it one of these charts? And once: a second visit that day? Is what
    was typed a new number or address, which the chart does not have?"""
    if not caller.patient and caller.picked != NEW:
        caller.unanswered = "charts" in caller.seen
        find_charts(request, caller)
        if caller.charts:
            return True
    if location and day and "same_day" not in caller.seen:
        caller.same_day = [
            f"{span(v.starts_at, v.ends_at, location.zone)} {v.visit_type.shown_name}"
            for v in _visits_of(caller, location, day)
        ]
        caller.seen |= {"same_day"}
    if "reach" not in caller.seen and _is_reached_otherwise(caller):
        caller.other_reach = True
        caller.seen |= {"reach"}
    return bool(caller.same_day) or caller.other_reach


def key_of(request: HttpRequest) -> UUID:
    """One a form (idempotency); a new one where there is none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def booked_before(request: HttpRequest) -> Appointment | None:
    """The visit that this very form made, when it is sent again: by a second press, or from the
    page before with something else in it. Then the desk is told that nothing new was booked."""
    known = with_people(Appointment.objects.filter(key=key_of(request))).first()
    if known:
        messages.info(request, _("This form was sent before; this is the visit it made."))
    return known


def _is_reached_otherwise(caller: Caller) -> bool:
    """With a chart picked letters and calls go where the chart says: not where was typed."""
    if caller.patient is None:
        return False
    email, phone = (caller.form.cleaned_data.get(name) or "" for name in ("email", "phone"))
    another = email and email.casefold() != caller.patient.email.casefold()
    # The last digits are enough to be the same: they are often typed to find the chart.
    known = digits_of(caller.patient.phone).endswith(digits_of(phone) or phone)
    return bool(another or (phone and not known))


def _visits_of(caller: Caller, location: Location, day: date) -> list[Appointment]:
    """The visits the same person already has that day; someone new: by name and birth date."""
    if caller.patient:
        found = appointments_of_patient(caller.patient.pk)
    else:
        data = caller.form.cleaned_data
        same = UnconfirmedPerson.objects.filter(
            given_name__iexact=data["given_name"],
            family_name__iexact=data["family_name"],
            birth_date=data["birth_date"],
        )
        found = with_people(Appointment.objects.filter(person__in=same))
    begin, end = day_bounds(day, location.zone)
    return list(found.filter(starts_at__gte=begin, starts_at__lt=end, status__in=KEPT))


def _current_chart(picked: str) -> Patient | None:
    try:
        pk = UUID(picked)
    except ValueError:
        return None
    return Patient.objects.filter(pk=pk, merged_into=None, erased_at=None).first()
