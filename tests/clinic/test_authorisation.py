"""Every URL x role x own or foreign patient, made from the URL table itself.

The expected answer is written down here by hand, apart from the rules it checks: a new URL must be
added to a line of EXPECTED, else the first test fails.
"""

from datetime import date
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.accounts.rules import RULES
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement

pytestmark = pytest.mark.django_db

PATIENT, DESK, CLINICIAN, THERAPIST, ADMIN, AUDITOR, MACHINE = Role
NOBODY = "nobody"
EVERYONE = {NOBODY, *Role}
PEOPLE = {*Role} - {MACHINE}

#: URL name -> who may. "own" beside PATIENT: only for the own chart.
EXPECTED = {
    "home": EVERYONE,
    "healthz": EVERYONE,
    "readyz": EVERYONE,
    "accounts:account": PEOPLE,
    "accounts:sign_in_again": PEOPLE,
    "accounts:events": {AUDITOR},
    "accounts:verification": {AUDITOR},
    "chart:search": {DESK, CLINICIAN, THERAPIST},
    "chart:add": {DESK, CLINICIAN, THERAPIST},
    "chart:patient": {DESK, CLINICIAN, THERAPIST},
    "chart:change": {DESK, CLINICIAN, THERAPIST},
    "chart:add_finding": {CLINICIAN, THERAPIST},
    "chart:withdraw_finding": {CLINICIAN, THERAPIST},
    "chart:break_glass": {CLINICIAN, THERAPIST},
    "chart:arrivals": {DESK},
    "chart:arrival": {DESK},
    "chart:consent": {DESK},
    "chart:link_account": {DESK},
    "chart:merge": {DESK, ADMIN},
    "chart:undo_merge": {DESK, ADMIN},
    "chart:erasures": {ADMIN},
    "chart:decide_erasure": {ADMIN},
    "chart:my_data": {PATIENT},
    "chart:my_consent": {PATIENT},
    "chart:who_looked": {PATIENT},
    "chart:export": {PATIENT},
    "chart:ask_erasure": {PATIENT},
}
#: Rooms whose pages are listed above; the others have their own list beside their own tests.
ROOMS = {"chart", "accounts"}
OF_ONE_PATIENT = {"chart:my_data", "chart:my_consent", "chart:who_looked", "chart:export",
                  "chart:ask_erasure"}  # fmt: skip
FRESH = {"chart:export", "chart:ask_erasure", "chart:decide_erasure"}


def url_table(resolver=None, space=""):
    """(name with namespace, view) of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback
        else:
            yield from url_table(entry, space + (f"{entry.namespace}:" if entry.namespace else ""))


def names():
    return [name for name, _ in url_table() if name not in RULES]


def ours():
    return [n for n in names() if ":" not in n or n.split(":")[0] in ROOMS]


def test_every_address_has_a_rule():
    without = [n for n, view in url_table() if not hasattr(view, "access") and n not in RULES]
    assert without == []


def test_every_address_of_these_rooms_is_in_the_matrix():
    assert sorted(ours()) == sorted(EXPECTED)


@pytest.fixture
def address(make_user):
    """address(name, patient) -> a real address of that page."""
    clinician = make_user(Role.CLINICIAN, email="who@clinic.example")
    person = actions.note_arrival(given_name="A", family_name="B", birth_date=date(1970, 1, 1))
    other = actions.create_patient(
        by=clinician, given_name="O", family_name="P", birth_date=date(1960, 2, 2)
    )

    def make(name, patient):
        finding = actions.record_finding(
            patient,
            Statement("slr", True, date(2026, 1, 2)),
            source="clinician",
            by=clinician,
        )
        known = {
            "patient_id": patient.pk,
            "duplicate_id": other.pk,
            "person_id": person.pk,
            "finding_id": finding.pk,
            "merge_id": 0,
            "request_id": 0,
        }
        keys = {k for _, keys, _, _ in _forms(name) for k in keys}
        return reverse(name, kwargs={key: known[key] for key in keys})

    return make


def _forms(name):
    """What `reverse` knows about a name: the keyword arguments of its address."""
    resolver = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return [(f[0][0][0], f[0][0][1], f[1], f[2]) for f in [resolver.reverse_dict.getlist(last)[0]]]


@pytest.fixture
def chart_of(make_user):
    def make(user):
        patient = actions.create_patient(
            by=user, given_name="Given", family_name="Family", birth_date=date(1980, 5, 5)
        )
        if user.role == Role.PATIENT:
            actions.link_account(patient, user, by=user)
        return patient

    return make


def allowed(response):
    """Not refused, and not sent to sign in. A form may say 405 or 404 for what is not there."""
    to_sign_in = response.status_code == 302 and "/account/login/" in response["Location"]
    return response.status_code != 403 and not to_sign_in


@pytest.mark.parametrize("role", [NOBODY, *Role])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_matrix(signed_in, address, chart_of, make_user, role, method):
    client = Client() if role == NOBODY else signed_in(role)
    owner = make_user(Role.PATIENT, email="own@x.example") if role == NOBODY else client.user
    chart = chart_of(owner)
    for name in ours():
        if method == "post" and name in ("accounts:sign_in_again", "chart:ask_erasure"):
            continue  # these change the session or the chart; they have tests of their own
        response = getattr(client, method)(address(name, chart))
        assert allowed(response) == (role in EXPECTED[name]), (name, response.status_code)
        assert response.status_code < 500


@pytest.mark.parametrize("name", sorted(OF_ONE_PATIENT))
def test_a_foreign_chart_is_not_found(signed_in, address, chart_of, make_user, name):
    client = signed_in(Role.PATIENT)
    chart_of(client.user)
    foreign = chart_of(make_user(Role.PATIENT, email="other@x.example"))
    for method in (client.get, client.post):
        assert method(address(name, foreign)).status_code == 404
    missing = address(name, foreign).replace(str(foreign.pk), str(uuid4()))
    assert client.get(missing).status_code == 404  # the same: nobody learns who is a patient


@pytest.mark.parametrize("name", sorted(FRESH - {"chart:decide_erasure"}))
def test_an_old_sign_in_is_not_enough_for_what_leaves_the_house(signed_in, address, chart_of, name):
    client = signed_in(Role.PATIENT)
    response = client.get(address(name, chart_of(client.user)))
    assert response.status_code == 302 and "/me/again/" in response["Location"]


def test_a_page_without_a_rule_is_closed_to_everyone(signed_in, settings):
    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [*WITHOUT_RULE]})
    for role in PEOPLE:
        assert signed_in(role).get("/forgotten/").status_code == 403


def _forgotten(request):
    return HttpResponse("seen")


WITHOUT_RULE = [path("forgotten/", _forgotten, name="forgotten"), *get_resolver().url_patterns]


def test_a_machine_signs_in_to_no_page(make_user):
    machine = make_user(Role.MACHINE_CLIENT, password="long-enough-secret")
    client = Client()
    client.post("/account/login/", {"login": machine.email, "password": "long-enough-secret"})
    assert "_auth_user_id" not in client.session
