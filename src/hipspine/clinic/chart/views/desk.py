"""The front desk: who is who."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.forms import ConsentForm, ReasonForm
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import ErasureRequest, Patient, PatientMerge, UnconfirmedPerson
from hipspine.clinic.chart.models.consent import Source

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
    email = request.POST.get("email", "").strip().lower()[:254]
    account = User.objects.filter(email=email, role=Role.PATIENT, is_active=True).first()
    if account is None:
        messages.error(request, _("No patient has an account with this address."))
    else:
        actions.link_account(chart, account, by=request.user)
        messages.success(request, _("The account now sees this chart."))
    return redirect("chart:patient", chart.pk)


@allow(Role.CLINIC_ADMIN)
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Wishes to be forgotten that wait for a decision."""
    waiting = ErasureRequest.objects.filter(decided_at=None).order_by("requested_at")
    return render(request, "chart/erasures.html", {"waiting": waiting, "form": ReasonForm()})


@allow(Role.CLINIC_ADMIN, fresh=True)
@require_POST
def decide_erasure(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant or refuse, with a reason."""
    wish = get_object_or_404(ErasureRequest, pk=request_id, decided_at=None)
    form = ReasonForm(request.POST)
    answer = request.POST.get("answer")
    if not form.is_valid() or answer not in ("grant", "refuse"):
        messages.error(request, _("Give a reason, and grant or refuse."))
    else:
        actions.decide_erasure(
            wish, granted=answer == "grant", reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("Decided."))
    return redirect("chart:erasures")
