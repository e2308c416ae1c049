"""The first page, by who is asking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart.models import ErasureRequest, Patient
from hipspine.clinic.chart.selectors import unknown_people


@allow(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Visitors learn what the clinic is; patients and staff start their work here."""
    user = request.user
    if not user.is_authenticated:
        return render(request, "home_public.html")
    if user.role == Role.PATIENT:
        return render(
            request,
            "chart/home_patient.html",
            {"patient": Patient.objects.filter(account=user).first()},
        )
    shown = {
        "arrivals": unknown_people().count(),
        "erasures": ErasureRequest.objects.filter(decided_at=None).count(),
        "desk": user.role == Role.FRONT_DESK,
        "admin": user.role == Role.CLINIC_ADMIN,
        "auditor": user.role == Role.AUDITOR,
        "sees_patients": user.role not in (Role.AUDITOR, Role.CLINIC_ADMIN),
    }
    return render(request, "chart/home_staff.html", shown)
