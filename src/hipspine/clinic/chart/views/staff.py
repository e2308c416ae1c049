"""What staff see of patients."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipspine.clinic.accounts.access import allow
from hipspine.clinic.accounts.roles import TREATING, Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.access import behind_glass
from hipspine.clinic.chart.forms import (
    BreakGlassForm,
    FindingForm,
    LinkAccountForm,
    PatientForm,
    SearchForm,
)
from hipspine.clinic.chart.matching import candidates_for
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.selectors import (
    consents_of,
    current_findings,
    search_patients,
    search_unknown_people,
)

DESK_AND_TREATING = (Role.FRONT_DESK, *sorted(TREATING))


@allow(*DESK_AND_TREATING)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find a patient; the words come by POST and are kept nowhere."""
    form = SearchForm(request.POST or None)
    found, unknown = None, []
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["words"], form.cleaned_data["birth_date"]
        found = search_patients(*asked)
        if request.user.role == Role.FRONT_DESK:
            unknown = search_unknown_people(*asked)
        actions.note_search(by=request.user, found=len(found) + len(unknown))
    shown = {"form": form, "found": found, "unknown": unknown}
    return render(request, "chart/search.html", shown)


@allow(*DESK_AND_TREATING)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Open a chart."""
    form = PatientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        patient = actions.create_patient(by=request.user, **form.cleaned_data)
        messages.success(request, _("The chart is open."))
        return redirect("chart:patient", patient.pk)
    return render(request, "chart/form.html", {"form": form, "title": _("New patient")})


@allow(*DESK_AND_TREATING)
@require_safe
@behind_glass
def patient(request: HttpRequest, patient_id) -> HttpResponse:
    """The chart. The desk sees who it is and the consents; findings are for those who treat."""
    chart = get_object_or_404(Patient.objects.select_related("account"), pk=patient_id)
    if chart.merged_into_id:
        return redirect("chart:patient", chart.merged_into_id)
    return chart_page(request, chart)


def chart_page(request: HttpRequest, chart: Patient, **forms) -> HttpResponse:
    """The page of a chart, the reading written down; `forms`: those sent back with an error."""
    treating = request.user.role in TREATING
    merges = chart.merges.filter(undone_at=None).select_related("duplicate")
    duplicates = candidates_for(chart) if chart.is_current else []
    actions.note_reading(chart, by=request.user, page="chart" if treating else "personal data")
    if not treating:  # who treats reads how many there are: others may not be their patients
        for twin in duplicates:
            actions.note_reading(twin.patient, by=request.user, page="perhaps the same person")
    shown = {
        "patient": chart,
        "treating": treating,
        "consents": consents_of(chart),
        "findings": current_findings(chart) if treating else [],
        "merges": [] if treating else merges,
        "duplicates": duplicates,
        "link_form": LinkAccountForm(),
    }
    return render(request, "chart/patient.html", shown | forms)


@allow(*DESK_AND_TREATING)
@require_http_methods(["GET", "HEAD", "POST"])
@behind_glass
def change(request: HttpRequest, patient_id) -> HttpResponse:
    """Correct personal data."""
    chart = get_object_or_404(Patient, pk=patient_id, merged_into=None, erased_at=None)
    # The form gets a copy: what fails to validate must not look saved.
    form = PatientForm(request.POST or None, instance=Patient.objects.get(pk=chart.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_patient(chart, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("chart:patient", chart.pk)
    actions.note_reading(chart, by=request.user, page="personal data")
    return render(
        request, "chart/form.html", {"form": form, "title": _("Personal data"), "patient": chart}
    )


@allow(*sorted(TREATING))
@require_http_methods(["GET", "HEAD", "POST"])
@behind_glass
def add_finding(request: HttpRequest, patient_id) -> HttpResponse:
    """Record what was found."""
    chart = get_object_or_404(Patient, pk=patient_id, merged_into=None, erased_at=None)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_finding(chart, form.statement(), source=Source.CLINICIAN, by=request.user)
        messages.success(request, _("Recorded."))
        return redirect("chart:patient", chart.pk)
    actions.note_reading(chart, by=request.user, page="a finding to record")
    return render(
        request, "chart/form.html", {"form": form, "title": _("Record a finding"), "patient": chart}
    )


@allow(*sorted(TREATING))
@require_POST
@behind_glass
def withdraw_finding(request: HttpRequest, patient_id, finding_id: int) -> HttpResponse:
    """Recorded in error: stays on record, no longer counts."""
    chart = get_object_or_404(Patient, pk=patient_id)
    wrong = get_object_or_404(chart.findings, pk=finding_id)
    actions.correct_finding(wrong, None, source=Source.CLINICIAN, by=request.user)
    messages.success(request, _("Withdrawn. It stays on record as withdrawn."))
    return redirect("chart:patient", chart.pk)


@allow(*sorted(TREATING))
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest, patient_id) -> HttpResponse:
    """A chart outside one's patients: open it for twelve hours, with a reason."""
    chart = get_object_or_404(Patient, pk=patient_id)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.break_glass(chart, form.cleaned_data["reason"], by=request.user)
        return redirect("chart:patient", chart.pk)
    return render(request, "chart/break_glass.html", {"form": form})
