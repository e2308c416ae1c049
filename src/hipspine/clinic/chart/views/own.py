"""What a patient sees: own data, who looked, a copy, consent, the wish to be forgotten."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.access import owns_patient
from hipspine.clinic.chart.export import export_of
from hipspine.clinic.chart.forms import ConsentForm
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.selectors import LOOKS_A_PAGE, consents_of, looks_at
from hipspine.clinic.web.pages import before


@allow(Role.PATIENT, own=owns_patient)
@require_safe
def my_data(request: HttpRequest, patient_id) -> HttpResponse:
    """What the clinic holds about me, and what I agreed to."""
    chart = get_object_or_404(Patient, pk=patient_id)
    actions.note_reading(chart, by=request.user, page="my data")
    shown = {
        "patient": chart,
        "consents": consents_of(chart),
        "erasure": chart.erasures.filter(decided_at=None).first(),
    }
    return render(request, "chart/my_data.html", shown)


@allow(Role.PATIENT, own=owns_patient)
@require_safe
def who_looked(request: HttpRequest, patient_id) -> HttpResponse:
    """Everyone who opened my chart, a page at a time."""
    chart = get_object_or_404(Patient, pk=patient_id)
    looks = looks_at(chart, before=before(request), most=LOOKS_A_PAGE + 1)
    more = len(looks) > LOOKS_A_PAGE
    shown = {"patient": chart, "looks": looks[:LOOKS_A_PAGE], "more": more}
    return render(request, "chart/who_looked.html", shown)


@allow(Role.PATIENT, own=owns_patient, fresh=True)
@require_safe
def export(request: HttpRequest, patient_id) -> HttpResponse:
    """A copy of everything, as a file."""
    chart = get_object_or_404(Patient, pk=patient_id)
    actions.note_export(chart, by=request.user)
    answer = JsonResponse(export_of(chart), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="my-chart.json"'
    return answer


@allow(Role.PATIENT, own=owns_patient)
@require_POST
def my_consent(request: HttpRequest, patient_id) -> HttpResponse:
    """Agree or withdraw."""
    chart = get_object_or_404(Patient, pk=patient_id)
    form = ConsentForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        actions.record_consent(
            chart, data["scope"], data["permitted"], source=Source.PATIENT, by=request.user
        )
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose yes or no."))
    return redirect("chart:my_data", chart.pk)


@allow(Role.PATIENT, own=owns_patient, fresh=True)
@require_POST
def ask_erasure(request: HttpRequest, patient_id) -> HttpResponse:
    """Ask to be forgotten."""
    chart = get_object_or_404(Patient, pk=patient_id)
    actions.request_erasure(chart, by=request.user)
    messages.success(request, _("Your request was received. The clinic answers within a month."))
    return redirect("chart:my_data", chart.pk)
