"""The front desk: who is who."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.forms import ConsentForm, LinkAccountForm, ReasonForm
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import ErasureRequest, Patient, PatientMerge, UnconfirmedPerson
from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.views.staff import chart_page

DESK = (Role.FRONT_DESK, Role.CLINIC_ADMIN)


@allow(Role.FRONT_DESK)
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """People who wrote or called and are not yet known to be a patient."""
    waiting = UnconfirmedPerson.objects.filter(confirmed_at=None).order_by("created_at")[:100]
    return render(request, "chart/arrivals.html", {"waiting": waiting})


@allow(Role.FRONT_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, person_id) -> HttpResponse:
    """Choose the chart this person belongs to, or open a new one."""
    person = get_object_or_404(UnconfirmedPerson, pk=person_id, confirmed_at=None)
    candidates = candidates_for(person)
    if request.method == "POST":
        chosen = request.POST.get("patient", "")
        known = {str(c.patient.pk): c.patient for c in candidates}
        if chosen == "new":
            chart = actions.confirm_as_new(person, by=request.user)
            return redirect("chart:patient", chart.pk)
        if chosen in known:
            actions.confirm_by_desk(person, known[chosen], by=request.user)
            return redirect("chart:patient", chosen)
        messages.error(request, _("Choose one of the charts, or a new one."))
    return render(request, "chart/arrival.html", {"person": person, "candidates": candidates})


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
    """Each wish with its form; the one answered wrongly keeps what was typed."""
    waiting = ErasureRequest.objects.filter(decided_at=None).order_by("requested_at")
    pairs = [
        (wish, answered if answered and wish.pk == about else ReasonForm(auto_id=f"w{wish.pk}_%s"))
        for wish in waiting
    ]
    return render(request, "chart/erasures.html", {"waiting": pairs})


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
    actions.decide_erasure(
        wish, granted=answer == "grant", reason=form.cleaned_data["reason"], by=request.user
    )
    messages.success(request, _("Decided."))
    return redirect("chart:erasures")
