"""Have you been here before? A code to the address in the chart says who it is.

Whether a chart fits is never shown: the sentence is the same, and the work is done elsewhere.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.accounts.letter_limits import OF_CHARTS, may_write
from hipspine.clinic.booking.forms_public import CodeForm
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.views.public.own import facts_of, of_link
from hipspine.clinic.chart.actions import confirm_by_code
from hipspine.clinic.chart.tasks import send_code_letter


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@of_link
def who(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """POST without a code sends one; with a code it is tried."""
    facts = facts_of(appointment)
    if not facts["may_confirm"]:
        return redirect("booking:mine", token_of(appointment))
    shown = {**facts, "form": None}
    if request.method == "POST" and "code" in request.POST:
        form = CodeForm(request.POST)
        if form.is_valid():
            if confirm_by_code(appointment.person, form.cleaned_data["code"]):
                messages.success(request, _("Thank you, we know you now."))
                return redirect("booking:mine", token_of(appointment))
            form.add_error("code", _("This code is not right, or it is too old."))
        shown["form"] = form
    elif request.method == "POST":
        if may_write(request, appointment.person.email, OF_CHARTS):
            send_code_letter(appointment.person.pk)
        shown |= {"form": CodeForm(), "sent": True}
    return render(request, "booking/public/who.html", shown)
