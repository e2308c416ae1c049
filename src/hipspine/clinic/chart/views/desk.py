"""The front desk: who is who."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.again import typed_before
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.erasure import charts_of_wish, may_be_theirs
from hipspine.clinic.chart.forms import (
    ConsentForm,
    ContactForm,
    LinkAccountForm,
    ReasonForm,
    SearchForm,
)
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import ErasureRequest, Patient, PatientMerge, UnconfirmedPerson
from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.selectors import search_patients, unknown_people
from hipspine.clinic.chart.views.staff import chart_page
from hipspine.clinic.web.errors import as_sentence
from hipspine.errors import InvalidInput

ARRIVALS_A_PAGE = 100
DESK = (Role.FRONT_DESK, Role.CLINIC_ADMIN)


@allow(Role.FRONT_DESK)
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """People who wrote or called and are not yet known to be a patient, the newest first."""
    page = Paginator(unknown_people(), ARRIVALS_A_PAGE).get_page(request.GET.get("page"))
    actions.note_arrivals(by=request.user, shown=len(page.object_list))
    return render(request, "chart/arrivals.html", {"waiting": page})


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, person_id) -> HttpResponse:
    """Choose the chart this person belongs to, or open a new one; correct how they are reached."""
    person = get_object_or_404(UnconfirmedPerson, pk=person_id)
    if person.confirmed_at:
        return _known_already(request, person)
    sent = request.POST
    typed = {name: getattr(person, name) for name in ContactForm.base_fields}
    contact = ContactForm(_if_about(ContactForm, sent), initial=typed)
    search, found = SearchForm(_if_about(SearchForm, sent)), []
    if contact.is_bound:
        if contact.is_valid():
            letters = actions.correct_arrival(person, by=request.user, **contact.cleaned_data)
            messages.success(request, _("Corrected."))
            if letters:
                messages.info(request, _written_again(letters))
            return redirect("chart:arrival", person.pk)
    elif request.method == "POST" and not search.is_bound:
        try:
            chart = _chosen(request, person)
        except InvalidInput:  # of two presses at once the second
            person.refresh_from_db()
            if not person.confirmed_at:
                raise
            return _known_already(request, person)
        if chart is not None:
            return redirect("chart:patient", chart.pk)
        messages.error(request, _("Choose one of the charts, or a new one."))
    elif search.is_bound and search.is_valid():
        found = search_patients(search.cleaned_data["words"], search.cleaned_data["birth_date"])
        actions.note_search(by=request.user, found=len(found))
    candidates = candidates_for(person)
    for candidate in candidates:
        actions.note_reading(candidate.patient, by=request.user, page="who is this")
    shown = {"person": person, "candidates": candidates, "search": search, "found": found}
    return render(request, "chart/arrival.html", shown | {"contact": contact})


def _written_again(letters: int) -> str:
    return ngettext(
        "%(n)d message is sent again, to the new address only.",
        "%(n)d messages are sent again, to the new address only.",
        letters,
    ) % {"n": letters}


def _if_about(form: type[Form], sent: QueryDict) -> QueryDict | None:
    """What was sent, if it has a field of this form: several stand on the page."""
    return sent if any(name in sent for name in form.base_fields) else None


def _known_already(request: HttpRequest, person: UnconfirmedPerson) -> HttpResponse:
    messages.info(request, _("It is known already who this is."))
    return redirect("chart:patient", person.patient_id)


def _chosen(request: HttpRequest, person: UnconfirmedPerson) -> Patient | None:
    """The chart that the desk says is theirs, or a new one; None if it chose nothing."""
    chosen = request.POST.get("patient", "")
    if chosen == "new":
        return actions.confirm_as_new(person, by=request.user)
    try:
        chart = Patient.objects.filter(pk=UUID(chosen), merged_into=None, erased_at=None).first()
    except ValueError:
        return None
    if chart is not None:
        actions.confirm_by_desk(person, chart, by=request.user)
    return chart


@allow(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, patient_id, duplicate_id) -> HttpResponse:
    """Two charts side by side; merging asks for a reason."""
    survivor = get_object_or_404(Patient, pk=patient_id, merged_into=None, erased_at=None)
    duplicate = get_object_or_404(Patient, pk=duplicate_id, merged_into=None, erased_at=None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.merge_patients(
            survivor, duplicate, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("Merged. This can be undone from the chart."))
        return redirect("home")
    for chart in (survivor, duplicate):
        actions.note_reading(chart, by=request.user, page="merge")
    shown = {"survivor": survivor, "duplicate": duplicate, "form": form}
    return render(request, "chart/merge.html", shown)


@allow(*DESK)
@require_POST
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Two charts again."""
    done = get_object_or_404(PatientMerge, pk=merge_id)
    actions.undo_merge(done, by=request.user)
    messages.success(request, _("The charts are apart again."))
    return redirect("home")


@allow(Role.FRONT_DESK)
@require_POST
def consent(request: HttpRequest, patient_id) -> HttpResponse:
    """Write down what the patient said at the desk."""
    chart = get_object_or_404(Patient, pk=patient_id, merged_into=None, erased_at=None)
    form = ConsentForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        actions.record_consent(
            chart, data["scope"], data["permitted"], source=Source.DESK, by=request.user
        )
        messages.success(request, _("Recorded."))
    else:
        messages.error(request, _("Choose yes or no."))
    return redirect("chart:patient", chart.pk)


@allow(Role.FRONT_DESK)
@require_POST
def link_account(request: HttpRequest, patient_id) -> HttpResponse:
    """Let an account see this chart, once the desk knows whose both are."""
    chart = get_object_or_404(Patient, pk=patient_id, merged_into=None, erased_at=None)
    form = LinkAccountForm(request.POST)
    if not form.is_valid():
        return chart_page(request, chart, link_form=form)
    actions.link_account(chart, form.account, by=request.user)
    messages.success(request, _("The account now sees this chart."))
    return redirect("chart:patient", chart.pk)


@allow(Role.CLINIC_ADMIN)
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Wishes to be forgotten that wait for a decision."""
    return _erasures_page(request)


def _erasures_page(request: HttpRequest, answered: ReasonForm | None = None, about: int = 0):
    """Each wish with its form, the charts it is about now, and who may be the same person but is
    not confirmed yet; the one answered wrongly keeps what was typed."""
    waiting = ErasureRequest.objects.filter(decided_at=None).order_by("requested_at")
    asked, listed = [], 0
    for wish in waiting:
        typed = typed_before(request, reverse("chart:decide_erasure", args=[wish.pk]))
        form = ReasonForm(initial=typed, auto_id=f"w{wish.pk}_%s")
        charts = charts_of_wish(wish)
        actions.note_reading(charts[0], by=request.user, page="wishes to be forgotten")
        arrivals = may_be_theirs(charts)
        listed += len(arrivals)
        form = answered if answered and wish.pk == about else form
        asked.append({"wish": wish, "form": form, "charts": charts, "arrivals": arrivals})
    if listed:
        actions.note_arrivals(by=request.user, shown=listed)
    return render(request, "chart/erasures.html", {"waiting": asked})


@allow(Role.CLINIC_ADMIN, fresh=True)
@require_POST
def decide_erasure(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant or refuse, with a reason."""
    wish = get_object_or_404(ErasureRequest, pk=request_id, decided_at=None)
    form = ReasonForm(request.POST, auto_id=f"w{wish.pk}_%s")
    answer = request.POST.get("answer")
    if not form.is_valid() or answer not in ("grant", "refuse"):
        messages.error(request, _("Give a reason, and grant or refuse."))
        return _erasures_page(request, form, wish.pk)
    try:
        actions.decide_erasure(
            wish,
            granted=answer == "grant",
            reason=form.cleaned_data["reason"],
            by=request.user,
            seen=request.POST.getlist("chart"),
        )
    except InvalidInput as refusal:
        messages.error(request, as_sentence(refusal))
        return _erasures_page(request, form, wish.pk)
    messages.success(request, _("Decided."))
    return redirect("chart:erasures")
