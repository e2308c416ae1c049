"""Hostile and clumsy input: a clear answer, nothing lost, never a 5xx, never a script that runs."""

import re
from datetime import date

import pytest
from django.test import Client

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.chart.models import Patient

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
GOOD = {
    "given_name": "Ana",
    "family_name": "Ruiz",
    "birth_date": "1980-02-29",
    "gender": "female",
    "language": "es",
    "email": "ana@x.example",
    "phone": "1",
    "address": "x",
}
TEXTS = [
    SCRIPT,
    "مريم العلي",
    "🦴🦵",
    "a\u202eb",
    "O'Brien; --",
    "{{ 7 * 7 }}",
    "\x00",
]


def test_an_oversized_body_is_refused():
    answer = Client().post("/account/login/", data="x" * 1_000_001, content_type="text/plain")
    assert answer.status_code == 413


def test_an_upload_is_refused(signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.pdf", b"%PDF")
    answer = signed_in(Role.FRONT_DESK).post("/patients/new/", GOOD | {"file": file})
    assert (answer.status_code < 500 and not Patient.objects.exists()) or answer.status_code == 302


def test_a_form_from_elsewhere_is_refused(make_user):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403 and "reload the page" in answer.content.decode()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", ["given_name", "family_name", "phone", "address"])
def test_any_text_is_kept_as_it_is_or_refused_beside_its_field(signed_in, field, text):
    client = signed_in(Role.FRONT_DESK)
    answer = client.post("/patients/new/", GOOD | {field: text}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and SCRIPT not in page
    if Patient.objects.exists():
        assert getattr(Patient.objects.get(), field) == text
    else:
        assert f'id="id_{field}_error"' in page


@pytest.mark.parametrize("field", ["given_name", "family_name", "phone", "address", "email"])
def test_ten_thousand_characters_are_refused_beside_the_field(signed_in, field):
    answer = signed_in(Role.FRONT_DESK).post("/patients/new/", GOOD | {field: "a" * 10_000})
    page = answer.content.decode()
    assert answer.status_code == 200 and f'id="id_{field}_error"' in page
    assert 'value="Ana"' in page or field == "given_name"  # nothing typed is lost


@pytest.mark.parametrize("day", ["2026-02-29", "9999-01-01", "1850-01-01", "yesterday", ""])
def test_a_birth_date_that_cannot_be(signed_in, day):
    answer = signed_in(Role.FRONT_DESK).post("/patients/new/", GOOD | {"birth_date": day})
    assert 'id="id_birth_date_error"' in answer.content.decode()


def test_a_search_never_puts_a_name_into_an_address(signed_in, make_user):
    client = signed_in(Role.FRONT_DESK)
    actions.create_patient(
        by=client.user, given_name="Ana", family_name="Ruiz", birth_date=date(1980, 2, 29)
    )
    answer = client.post("/patients/", {"words": "rui"})
    assert "Ana Ruiz" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == "" and "rui" not in answer.request["PATH_INFO"]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "1 OR 1=1", "٣"])
def test_a_strange_page_number(signed_in, before):
    assert signed_in(Role.AUDITOR).get("/me/events/", {"before": before}).status_code == 200


def test_two_tabs_withdraw_one_finding(signed_in):
    client = signed_in(Role.CLINICIAN)
    chart = actions.create_patient(
        by=client.user, given_name="Ana", family_name="Ruiz", birth_date=date(1980, 2, 29)
    )
    said = Statement("log_roll", True, date(2026, 1, 1))
    finding = actions.record_finding(chart, said, source="clinician", by=client.user)
    address = f"/patients/{chart.pk}/findings/{finding.pk}/withdraw/"
    assert client.post(address).status_code == 302
    answer = client.post(address)
    assert answer.status_code == 409 and "corrected already" in answer.content.decode()
    assert chart.findings.count() == 2


def test_two_charts_with_accounts_are_not_merged(signed_in, make_user):
    client = signed_in(Role.FRONT_DESK)
    charts = []
    for n in range(2):
        chart = actions.create_patient(
            by=client.user, given_name="Ana", family_name="Ruiz", birth_date=date(1980, 2, 29)
        )
        account = make_user(Role.PATIENT, email=f"{n}@x.example")
        actions.link_account(chart, account, by=client.user)
        charts.append(chart)
    address = f"/patients/{charts[0].pk}/merge/{charts[1].pk}/"
    answer = client.post(address, {"reason": "same"})
    assert answer.status_code == 409 and "close one account first" in answer.content.decode()
    assert client.get(f"/patients/{charts[0].pk}/merge/{charts[0].pk}/").status_code == 200
    assert (
        client.post(f"/patients/{charts[0].pk}/merge/{charts[0].pk}/", {"reason": "x"}).status_code
        == 409
    )


def token_of(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[1]


def test_a_second_tab_from_before_signing_in_is_told_to_reload(make_user):
    user = make_user(Role.FRONT_DESK, password="a-long-enough-secret")
    client = Client(enforce_csrf_checks=True)
    first, second = (token_of(client.get("/account/login/")) for _ in range(2))
    given = {"login": user.email, "password": "a-long-enough-secret"}
    done = client.post("/account/login/", given | {"csrfmiddlewaretoken": first})
    assert done.status_code == 302
    late = client.post("/patients/new/", GOOD | {"csrfmiddlewaretoken": second})
    assert late.status_code == 403 and "reload the page" in late.content.decode()
    assert not Patient.objects.exists()
    fresh = token_of(client.get("/patients/new/"))
    client.post("/patients/new/", GOOD | {"csrfmiddlewaretoken": fresh})
    assert Patient.objects.count() == 1


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.PATIENT, Role.AUDITOR])
def test_the_back_button_after_signing_out_shows_nothing(signed_in, role):
    client = signed_in(role)
    for address in ("/", "/me/", "/account/2fa/", "/patients/"):
        assert "no-store" in client.get(address).get("Cache-Control", ""), address
    client.post("/account/logout/")
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("name", ["session", "csrf", "language", "messages"])
@pytest.mark.parametrize("value", ["", "x", "a" * 3000, "é", "../../x", '"\\000"', "1:[1]:x"])
def test_a_forged_cookie_is_nobody(name, value):
    client = Client()
    client.cookies[name] = value
    for address in ("/", "/account/login/"):
        answer = client.get(address)
        assert answer.status_code == 200 and "/account/logout/" not in answer.content.decode()
    assert client.get("/patients/").status_code == 302
    assert client.post("/account/login/", {"login": "a", "password": "b"}).status_code < 500


def test_a_body_that_misstates_its_length_is_refused():
    for length, status in (("x", 400), ("99999999999999999999", 413)):
        answer = Client().post(
            "/account/login/", "a=b", "application/x-www-form-urlencoded", CONTENT_LENGTH=length
        )
        assert answer.status_code == status


@pytest.mark.parametrize("text", ["a\x07b", "a\x1b[2Jb", "a\x7fb", "a\x85b", "a\x00b"])
def test_control_characters_are_refused_beside_the_field(signed_in, text):
    answer = signed_in(Role.FRONT_DESK).post("/patients/new/", GOOD | {"address": text})
    assert 'id="id_address_error"' in answer.content.decode() and not Patient.objects.exists()
