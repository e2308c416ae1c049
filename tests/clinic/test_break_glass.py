"""Where charts stand behind glass, a clinician opens another's patient giving a reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.access import TREATS
from hipspine.clinic.chart.models import TreatingRelation
from hipspine.clinic.chart.selectors import looks_at
from hipspine.errors import InvalidInput

pytestmark = pytest.mark.django_db
REASON = "Called from the emergency room about new numbness"


@pytest.fixture
def glass(settings):
    settings.CHARTS_BEHIND_GLASS = True


def chart_made_by(user):
    return actions.create_patient(
        by=user, given_name="A", family_name="B", birth_date=date(1970, 1, 1)
    )


def page(name, chart):
    return reverse(f"chart:{name}", args=[chart.pk])


def test_without_the_setting_who_treats_sees_every_chart(signed_in, make_user):
    chart = chart_made_by(make_user(Role.FRONT_DESK))
    assert signed_in(Role.CLINICIAN).get(page("patient", chart)).status_code == 200


@pytest.mark.parametrize("name", ["patient", "change", "add_finding"])
@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.PHYSICAL_THERAPIST])
def test_a_foreign_chart_asks_for_a_reason_and_nothing_is_shown(
    glass, signed_in, make_user, role, name
):
    chart = chart_made_by(make_user(Role.FRONT_DESK))
    client = signed_in(role)
    answer = client.get(page(name, chart))
    assert answer.status_code == 302 and answer["Location"] == page("break_glass", chart)
    assert not AuditEvent.objects.filter(action="chart.read").exists()


def test_the_glass_is_broken_with_a_reason_for_twelve_hours(glass, signed_in, make_user):
    chart, client = chart_made_by(make_user(Role.FRONT_DESK)), signed_in(Role.CLINICIAN)
    short = client.post(page("break_glass", chart), {"reason": "ill"})
    assert short.status_code == 200 and not TreatingRelation.objects.exists()
    client.post(page("break_glass", chart), {"reason": REASON})
    assert client.get(page("patient", chart)).status_code == 200
    assert "chart.glass_broken" in [look.event.action for look in looks_at(chart)]
    kept = TreatingRelation.objects.get()
    assert kept.reason == REASON
    event = AuditEvent.objects.get(action="chart.glass_broken")
    assert event.target == str(kept.pk) and REASON not in str(event.detail)
    TreatingRelation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert client.get(page("patient", chart)).status_code == 302


def test_breaking_it_for_one_opens_no_other_and_for_nobody_else(glass, signed_in, make_user):
    desk = make_user(Role.FRONT_DESK)
    one, other = chart_made_by(desk), chart_made_by(desk)
    client = signed_in(Role.CLINICIAN)
    client.post(page("break_glass", one), {"reason": REASON})
    assert client.get(page("patient", other)).status_code == 302
    colleague = signed_in(user=make_user(Role.CLINICIAN, email="second@clinic.example"))
    assert colleague.get(page("patient", one)).status_code == 302


def test_ones_own_patients_need_no_reason(glass, signed_in, make_user):
    client = signed_in(Role.CLINICIAN)
    assert client.get(page("patient", chart_made_by(client.user))).status_code == 200
    booked = chart_made_by(make_user(Role.FRONT_DESK))
    TREATS.append(lambda user, patient_id: patient_id == booked.pk)
    try:
        assert client.get(page("patient", booked)).status_code == 200
    finally:
        TREATS.pop()


def test_the_desk_is_not_asked(glass, signed_in):
    client = signed_in(Role.FRONT_DESK)
    assert client.get(page("patient", chart_made_by(client.user))).status_code == 200


def test_a_reason_of_blanks_is_refused_by_the_action_too(make_user):
    clinician = make_user(Role.CLINICIAN)
    with pytest.raises(InvalidInput, match="10 characters or more"):
        actions.break_glass(chart_made_by(clinician), "    a      b      ", by=clinician)


def test_nothing_is_written_into_a_foreign_chart(glass, signed_in, make_user):
    chart = chart_made_by(make_user(Role.FRONT_DESK))
    client = signed_in(Role.CLINICIAN)
    for name in ("change", "add_finding"):
        client.post(page(name, chart), {"given_name": "C", "family_name": "D", "finding": "slr"})
    client.post(reverse("chart:withdraw_finding", args=[chart.pk, 1]))
    chart.refresh_from_db()
    assert chart.given_name == "A" and not chart.findings.exists()
