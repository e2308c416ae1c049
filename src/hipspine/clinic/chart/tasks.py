"""Done outside the request, so that its duration tells nobody whether someone is a patient here."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from huey.contrib.djhuey import db_task

from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart.actions import note_code_sent, send_code
from hipspine.clinic.chart.matching import code_target
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.web.posting import Posted, post

#: Code letters to one chart: so many within so long. One asker gets fewer (`letter_limits`), so
#: that a stranger does not use up the codes of who is meant.
MOST_CODES = ((9, timedelta(hours=1)), (24, timedelta(days=1)))


@db_task(retries=5, retry_delay=60)
def send_code_letter(person_id: UUID) -> None:
    """A code to the address in the chart, if one chart fits; at most nine an hour, 24 a day.

    They are counted by the chart: whoever knows a name, a birthday and an address fills nobody's
    letter box, however often they book.
    """
    person = UnconfirmedPerson.objects.filter(pk=person_id).first()
    if person is None:
        return
    patient = code_target(person)
    code = send_code(person, may=patient is None or not had_enough_codes(patient))
    if code is None or patient is None:
        return
    with translation.override(person.language):
        letter = EmailMessage(
            _("Your code: %(code)s") % {"code": code},
            _(
                "Someone who booked a visit gave your name and this address. If it was you, type "
                "this code on the page of the visit: %(code)s\n\nIt works for 15 minutes. If it "
                "was not you, do nothing.\n\n%(clinic)s, %(phone)s\n"
            )
            % {"code": code, "clinic": settings.CLINIC_NAME, "phone": settings.CLINIC_PHONE},
            to=[patient.email],
        )
    if post(letter) is Posted.LATER:
        raise ConnectionError("the mail server is away")  # the queue tries again, with a new code
    note_code_sent(person, patient)


def had_enough_codes(patient: Patient) -> bool:
    """By the audit chain."""
    sent = AuditEvent.objects.filter(action="identity.code_sent", patient=patient.pseudonym)
    now = timezone.now()
    return any(sent.filter(recorded_at__gt=now - time).count() >= most for most, time in MOST_CODES)
