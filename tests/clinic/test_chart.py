"""The chart: who a person is, merging, consent, findings, being forgotten."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.chain import verify
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.chart.export import export_of
from hipspine.clinic.chart.matching import candidates_for, code_target
from hipspine.clinic.chart.models import Consent, Patient, UnconfirmedPerson
from hipspine.clinic.chart.selectors import (
    LOOKS_A_PAGE,
    current_findings,
    has_consented,
    looks_at,
)
from hipspine.errors import InvalidFinding, InvalidInput

pytestmark = pytest.mark.django_db
JOSE = {
    "given_name": "José",
    "family_name": "Pérez",
    "birth_date": date(1970, 3, 4),
    "email": "jose@x.example",
}


@pytest.fixture
def desk(make_user):
    return make_user(Role.FRONT_DESK)


@pytest.fixture
def jose(desk):
    return actions.create_patient(by=desk, **JOSE)


def test_an_arrival_touches_no_chart(jose):
    before = Patient.objects.values().get()
    person = actions.note_arrival(**JOSE)
    assert person.patient is None and Patient.objects.values().get() == before
    assert not AuditEvent.objects.filter(action__startswith="chart.read").exists()


def test_candidates_are_found_without_accents_and_in_any_order(jose):
    person = actions.note_arrival(
        given_name="PEREZ", family_name="jose", birth_date=JOSE["birth_date"]
    )
    (candidate,) = candidates_for(person)
    assert candidate.patient == jose and candidate.likeness == 100 and candidate.same_birth_date


def test_another_person_of_the_same_day_is_no_candidate(jose):
    person = actions.note_arrival(
        given_name="Ingrid", family_name="Svensson", birth_date=JOSE["birth_date"]
    )
    assert candidates_for(person) == []


def test_the_desk_confirms_once(jose, desk):
    person = actions.note_arrival(**JOSE)
    actions.confirm_by_desk(person, jose, by=desk)
    assert person.patient == jose and person.confirmed_by == desk.pseudonym
    with pytest.raises(InvalidInput, match="confirmed already"):
        actions.confirm_as_new(person, by=desk)
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    "differs",
    [{"given_name": "Juan"}, {"birth_date": date(1970, 4, 3)}, {"email": "other@x.example"}],
)
def test_a_code_goes_only_where_name_birth_date_and_address_all_fit(jose, differs):
    person = actions.note_arrival(**(JOSE | differs))
    assert code_target(person) is None and actions.send_code(person) is None


def test_two_charts_that_fit_get_no_code(jose, desk):
    actions.create_patient(by=desk, **JOSE)
    assert actions.send_code(actions.note_arrival(**JOSE)) is None


def test_the_right_code_confirms_and_is_not_kept(jose):
    person = actions.note_arrival(**JOSE)
    code = actions.send_code(person)
    assert code not in str(UnconfirmedPerson.objects.values().get())
    assert actions.confirm_by_code(person, code) and person.patient == jose


def test_five_wrong_codes_close_the_door(jose):
    person = actions.note_arrival(**JOSE)
    code = actions.send_code(person)
    wrong = "000000" if code != "000000" else "000001"
    assert not any(actions.confirm_by_code(person, wrong) for _ in range(5))
    assert not actions.confirm_by_code(person, code)


def test_an_old_code_is_no_code(jose):
    person = actions.note_arrival(**JOSE)
    code = actions.send_code(person)
    UnconfirmedPerson.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))
    assert not actions.confirm_by_code(person, code)


def test_a_merge_can_be_undone_and_moves_only_what_it_moved(jose, desk):
    twin = actions.create_patient(by=desk, **JOSE)
    said = Statement("log_roll", True, date(2026, 1, 1), side="left")
    moved = actions.record_finding(twin, said, source="clinician", by=desk)
    actions.record_consent(twin, "reminders", True, source="desk", by=desk)
    merge = actions.merge_patients(jose, twin, reason="same person", by=desk)
    assert [f.pk for f in current_findings(jose)] == [moved.pk] and has_consented(jose, "reminders")
    later = actions.record_finding(jose, said, source="clinician", by=desk)
    actions.undo_merge(merge, by=desk)
    twin.refresh_from_db()
    assert [f.pk for f in current_findings(twin)] == [moved.pk]
    assert [f.pk for f in current_findings(jose)] == [later.pk]
    assert twin.is_current and not has_consented(jose, "reminders")
    with pytest.raises(InvalidInput, match="undone already"):
        actions.undo_merge(merge, by=desk)


def test_every_table_that_points_at_a_patient_is_merged(jose, desk):
    """Also those of apps that come later: the relations are read from the models."""
    twin = actions.create_patient(by=desk, **JOSE)
    person = actions.note_arrival(**JOSE)
    actions.confirm_by_desk(person, twin, by=desk)
    actions.merge_patients(jose, twin, reason="same", by=desk)
    person.refresh_from_db()
    assert person.patient == jose


def test_a_chart_is_not_merged_with_itself_or_twice(jose, desk):
    twin = actions.create_patient(by=desk, **JOSE)
    with pytest.raises(InvalidInput, match="itself"):
        actions.merge_patients(jose, jose, reason="x", by=desk)
    actions.merge_patients(jose, twin, reason="x", by=desk)
    with pytest.raises(InvalidInput, match="already"):
        actions.merge_patients(jose, twin, reason="x", by=desk)


def test_the_latest_consent_counts_and_silence_is_none(jose, desk):
    assert not has_consented(jose, "reminders")
    for permitted in (True, False):
        actions.record_consent(jose, "reminders", permitted, source="patient", by=desk)
        assert has_consented(jose, "reminders") is permitted
    assert Consent.objects.count() == 2


def test_a_finding_is_an_id_of_the_vocabulary_with_a_possible_value(jose, desk):
    with pytest.raises(InvalidFinding, match="did you mean log_roll"):
        actions.record_finding(
            jose, Statement("log_rol", True, date(2026, 1, 1)), source="clinician", by=desk
        )
    for value in (500.0, float("nan")):
        said = Statement("hip_ir_reduced", True, date(2026, 1, 1), value)
        with pytest.raises(InvalidFinding, match="-20 to 80"):
            actions.record_finding(jose, said, source="clinician", by=desk)


def test_a_correction_keeps_both_and_only_the_new_one_counts(jose, desk):
    said = Statement("log_roll", True, date(2026, 1, 1), side="left")
    wrong = actions.record_finding(jose, said, source="clinician", by=desk)
    right = actions.correct_finding(
        wrong, Statement("log_roll", False, date(2026, 1, 1)), source="clinician", by=desk
    )
    assert [f.pk for f in current_findings(jose)] == [right.pk] and jose.findings.count() == 2
    with pytest.raises(InvalidInput, match="corrected already"):
        actions.correct_finding(wrong, None, source="clinician", by=desk)
    actions.correct_finding(right, None, source="clinician", by=desk)
    assert list(current_findings(jose)) == []


def test_a_forgotten_person_is_nowhere_and_the_chain_is_whole(jose, desk, make_user):
    account = make_user(Role.PATIENT, email="jose@x.example", name="José Pérez")
    admin = make_user(Role.CLINIC_ADMIN)
    actions.link_account(jose, account, by=desk)
    actions.confirm_by_desk(actions.note_arrival(**JOSE), jose, by=desk)
    said = Statement("log_roll", True, date(2026, 1, 1))
    actions.record_finding(jose, said, source="clinician", by=desk)
    wish = actions.request_erasure(jose, by=account)
    assert actions.request_erasure(jose, by=account) == wish
    actions.decide_erasure(wish, granted=True, reason="asked", by=admin)
    everything = str(
        [
            list(model.objects.values())
            for model in (Patient, UnconfirmedPerson, User, AuditEvent, Consent)
        ]
    )
    for trace in ("José", "Pérez", "jose@x.example", "(1970, 3, 4)"):  # a random id may hold 1970
        assert trace not in everything
    jose.refresh_from_db()
    assert jose.findings.count() == 1 and jose.account is None and verify().fault is None
    with pytest.raises(InvalidInput, match="no longer"):
        actions.change_patient(jose, by=desk, given_name="José")


def test_the_chain_never_held_a_name(jose, desk):
    actions.change_patient(jose, by=desk, family_name="Gómez")
    actions.note_arrival(**JOSE)
    chain = str(list(AuditEvent.objects.values()))
    assert "Gómez" not in chain and "José" not in chain and "jose@x" not in chain


def test_a_patient_sees_who_looked(signed_in, jose, desk):
    clinician = signed_in(Role.CLINICIAN)
    assert clinician.get(f"/patients/{jose.pk}/").status_code == 200
    assert next((look.event.action, look.role) for look in looks_at(jose)) == (
        "chart.read",
        "clinician",
    )
    patient = signed_in(Role.PATIENT)
    actions.link_account(jose, patient.user, by=desk)
    page = patient.get(f"/patients/{jose.pk}/mine/who-looked/").content.decode()
    assert "clinician@clinic.example" in page and "read the chart" in page


@pytest.mark.parametrize("way", ["", "change/", "findings/new/"])
def test_no_page_names_a_patient_in_silence(signed_in, jose, way):
    client = signed_in(Role.CLINICIAN)
    before = len(looks_at(jose))
    assert "Pérez" in client.get(f"/patients/{jose.pk}/{way}").text
    assert [look.event.action for look in looks_at(jose)[:-before]] == ["chart.read"]


def test_who_looked_is_paged_and_the_copy_holds_all(signed_in, jose, desk):
    patient = signed_in(Role.PATIENT)
    actions.link_account(jose, patient.user, by=desk)
    for _ in range(2 * LOOKS_A_PAGE - len(looks_at(jose))):
        actions.note_reading(jose, by=desk, page="chart")
    address = f"/patients/{jose.pk}/mine/who-looked/"
    first = patient.get(address)
    last = first.context["looks"][-1].event.sequence
    assert f'href="?before={last}"' in first.content.decode()
    second = patient.get(address, {"before": last})
    assert "?before=" not in second.content.decode()
    seen = [look.event.pk for page in (first, second) for look in page.context["looks"]]
    assert seen == [look.event.pk for look in looks_at(jose)] and len(seen) == 2 * LOOKS_A_PAGE
    assert len(export_of(jose)["who_looked"]) == len(seen)
    assert patient.get(address, {"before": "x"}).context["looks"][0].event.pk == seen[0]


def test_the_desk_sees_no_findings(signed_in, jose, make_user):
    clinician = make_user(Role.CLINICIAN)
    said = Statement("log_roll", True, date(2026, 1, 1))
    actions.record_finding(jose, said, source="clinician", by=clinician)
    client = signed_in(user=User.objects.get(role=Role.FRONT_DESK))
    assert "Log roll" not in client.get(f"/patients/{jose.pk}/").content.decode()


def test_the_desk_links_an_account_of_a_patient_only(signed_in, make_user, jose):
    client = signed_in(user=User.objects.get(role=Role.FRONT_DESK))
    make_user(Role.CLINICIAN)
    account = make_user(Role.PATIENT, email="jose@x.example")
    for email, linked in (("clinician@clinic.example", None), ("JOSE@x.example ", account)):
        client.post(f"/patients/{jose.pk}/account/", {"email": email})
        jose.refresh_from_db()
        assert jose.account == linked


def test_what_was_read_before_two_merges_is_still_told(jose, desk):
    first, second = (actions.create_patient(by=desk, **JOSE) for _ in range(2))
    actions.note_reading(first, by=desk, page="chart")
    actions.merge_patients(second, first, reason="same", by=desk)
    actions.merge_patients(jose, second, reason="same", by=desk)
    assert first.pseudonym in {look.event.patient for look in looks_at(jose)}
    request = actions.request_erasure(jose, by=desk)
    actions.decide_erasure(request, granted=True, reason="asked", by=desk)
    assert not Patient.objects.filter(erased_at=None).exists()


def pages_read(patient):
    """On which pages somebody read of this person."""
    events = AuditEvent.objects.filter(action="chart.read", patient=patient.pseudonym)
    return [event.detail["page"] for event in events]


def test_who_reads_a_name_on_another_page_leaves_a_trace(jose, desk, signed_in):
    twin = actions.create_patient(by=desk, **JOSE | {"given_name": "Jose"})
    actions.request_erasure(jose, by=desk)
    signed_in(Role.CLINIC_ADMIN).get("/patients/erasures/")
    assert pages_read(jose) == ["wishes to be forgotten"]
    assert "<bdi>Jose Pérez" in signed_in(user=desk).get(f"/patients/{jose.pk}/").text
    assert pages_read(twin) == ["perhaps the same person"]


def test_who_treats_reads_that_there_is_a_twin_but_no_name(jose, desk, signed_in):
    twin = actions.create_patient(by=desk, **JOSE | {"given_name": "Jose"})
    page = signed_in(Role.CLINICIAN).get(f"/patients/{jose.pk}/").text
    assert "1 other chart looks like" in page and "<bdi>Jose Pérez" not in page
    assert pages_read(twin) == []
