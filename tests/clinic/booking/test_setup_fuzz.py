"""Any text in any field of any form of the set-up: saved, or refused in words; never a 5xx."""
# ruff: noqa: F401, F811  (the administrator is the fixture of the other tests)

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking.models import Holiday, HoursException
from tests.clinic.booking.setup_for_tests import Tab
from tests.clinic.booking.test_setup_places import admin

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CLUMSY = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.dates().map(str),
    st.times().map(lambda t: f"{t:%H:%M}"),
    st.sampled_from(
        ["", "on", "off", "\x00", "9" * 400, "-1", "0001-01-01", "9999-12-31", "24:00", "00:00",
         "23:55", "with", "Europe/Madrid", "../../etc/passwd", "{{ 7 }}", "null", "[]", '{"a": 1}']
    ),
)  # fmt: skip


@pytest.fixture
def forms(clinic):
    """{name of the page: the ids in its address}, with a row behind each."""
    place, haddad = clinic.location.pk, clinic.haddad.pk
    holiday = Holiday.objects.create(location=clinic.location, day=clinic.monday, name="x")
    away = HoursException.objects.create(resource=clinic.haddad, day=clinic.monday)
    return {
        "add_location": (),
        "change_location": (place,),
        "add_holiday": (place,),
        "change_holiday": (place, holiday.pk),
        "add_resource": (place,),
        "change_resource": (haddad,),
        "add_hours": (haddad,),
        "change_hours": (haddad, clinic.haddad.weekly_hours.first().pk),
        "add_exception": (haddad,),
        "change_exception": (haddad, away.pk),
        "add_visit_type": (place,),
        "change_visit_type": (clinic.follow_up.pk,),
        "add_need": (clinic.follow_up.pk,),
        "change_need": (clinic.follow_up.pk, clinic.follow_up.needs.first().pk),
    }


def test_any_text_in_any_field(admin, forms, clinic):
    tabs = [Tab(admin, name, *ids) for name, ids in forms.items()]

    @BOUNDED
    @given(st.data())
    def clumsy(data):
        tab = data.draw(st.sampled_from(tabs))
        names = sorted({*tab.fields, "accept", "keep_instants", "any_of", "what", "user"})
        some = data.draw(st.dictionaries(st.sampled_from(names), CLUMSY, min_size=1, max_size=5))
        answer = tab.send(**some)
        assert answer.status_code in (302, 400, 409), (tab.address, some)
        if answer.status_code == 302:
            assert admin.get(answer["Location"]).status_code == 200
        else:
            assert "error" in answer.text

    clumsy()
    for page in ("home", "location"):
        ids = [clinic.location.pk] if page == "location" else []
        assert admin.get(reverse(f"setup:{page}", args=ids)).status_code == 200


@pytest.mark.parametrize("seen", ["", "{", "[]", "null", '{"city": 7}', '{"city": null}', "\x00"])
def test_a_form_that_says_nothing_of_what_it_showed_never_fails(admin, clinic, seen):
    tab = Tab(admin, "change_location", clinic.location.pk)
    assert tab.send(seen=seen, city="New").status_code in (302, 409, 400)


@pytest.mark.parametrize("accept", ["-1", "x", "9" * 30, "٣", "", ",,,", "None"])
def test_a_strange_consent_is_none(admin, clinic, booked, accept):
    booked(9)
    tab = Tab(admin, "add_holiday", clinic.location.pk)
    sent = tab.send(day=clinic.monday, name="x", accept=accept)
    assert sent.status_code == 409 and not Holiday.objects.exists()


def test_an_empty_form_is_refused(admin, forms):
    for name, ids in forms.items():
        answer = admin.post(reverse(f"setup:{name}", args=ids))
        assert answer.status_code == 400, name
