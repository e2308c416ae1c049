"""The demonstration: forty invented patients, three clinicians, two rooms, a busy fortnight."""

from collections import Counter

import pytest
from django.core import mail

from hipspine.clinic.audit.chain import verify
from hipspine.clinic.booking.models import Appointment, Resource, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.operations.demonstration import make_demonstration
from tests.clinic.booking.racing import faults

pytestmark = pytest.mark.django_db


def test_it_is_made_once_of_plainly_invented_people_and_the_books_are_right():
    lines = make_demonstration()
    assert any("patient@demo.example" in line for line in lines)
    visits = Appointment.objects.count()
    make_demonstration()
    assert Appointment.objects.count() == visits
    assert Patient.objects.count() == 40 and 120 < visits < 400
    main = Resource.objects.filter(location__slug="riverside", is_active=True)
    assert Counter(main.values_list("kind", flat=True)) == {
        "practitioner": 3, "room": 2, "equipment": 1,
    }  # fmt: skip
    assert Appointment.objects.filter(status=Status.CANCELLED).count() >= 4
    assert Appointment.objects.exclude(overbook_reason="").count() >= 1
    assert WaitingListEntry.objects.count() == 5
    assert UnconfirmedPerson.objects.filter(confirmed_at=None).count() == 6
    assert Patient.objects.get(account__email="patient@demo.example").appointments.exists()
    assert faults() == [] and verify().fault is None
    assert mail.outbox == []  # nobody is told of what is invented
    families = set(Patient.objects.values_list("family_name", flat=True))
    assert families == {"Example", "Sample", "Pretend", "Invented"}
    emails = Patient.objects.values_list("email", flat=True)
    assert all(email.endswith("@invented.example") for email in emails)
    kept = Appointment.objects.exclude(patient=None).exclude(status=Status.CANCELLED)
    days = Counter(kept.values_list("patient", "starts_at__date"))
    assert max(days.values()) <= 2  # the one with an account may have booked one more
