"""Set-up of clinicians, rooms and machines; rows of another parent; what was removed meanwhile."""
# ruff: noqa: F401, F811  (the administrator is the fixture of the other tests)

from datetime import time

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.actions import setup
from hipspine.clinic.booking.models import HoursException, Resource, WeeklyHours
from hipspine.errors import InvalidInput
from tests.clinic.booking.clinic_for_tests import make_clinic
from tests.clinic.booking.setup_for_tests import Tab, read
from tests.clinic.booking.test_setup_places import admin, wrong

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "more"),
    [("practitioner", {"title": "Physician", "languages": "English"}), ("room", {}),
     ("equipment", {})],
)  # fmt: skip
def test_each_kind_is_added_with_its_own_fields(admin, clinic, kind, more):
    tab = Tab(admin, "add_resource", clinic.location.pk, query=f"?kind={kind}")
    assert ("title" in tab.fields) == (kind == "practitioner")
    response = tab.send(name="New One", capacity="2", **more)
    made = Resource.objects.get(slug="new-one")
    assert response["Location"] == reverse("setup:resource", args=[made.pk])
    assert (made.kind, made.capacity, made.is_active) == (kind, 2, True)
    assert "New One" in admin.get(reverse("setup:location", args=[clinic.location.pk])).text


def test_a_kind_that_is_none_is_not_found(admin, clinic):
    address = reverse("setup:add_resource", args=[clinic.location.pk])
    assert admin.get(address, {"kind": "spaceship"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("capacity", "0"), ("capacity", "51"), ("capacity", "x"), ("capacity", "9" * 40),
     ("capacity", ""), ("name", ""), ("slug", "osei"), ("slug", "OSEI"), ("slug", "with"),
     ("user", "999999"), ("user", "x")],
)  # fmt: skip
def test_what_is_no_profile_of_a_clinician(admin, clinic, field, value):
    tab = Tab(admin, "change_resource", clinic.haddad.pk)
    assert wrong(tab.send(**{field: value}), field)
    clinic.haddad.refresh_from_db()
    assert (clinic.haddad.capacity, clinic.haddad.slug) == (1, "haddad")


def test_an_account_belongs_to_staff_and_to_one_clinician_of_a_clinic(admin, clinic, make_user):
    doctor, patient = make_user(Role.CLINICIAN), make_user(Role.PATIENT)
    tab = Tab(admin, "change_resource", clinic.haddad.pk)
    assert wrong(tab.send(user=patient.pk), "user")
    assert tab.send(user=doctor.pk).status_code == 302
    clinic.haddad.refresh_from_db()
    assert clinic.haddad.user == doctor
    assert wrong(Tab(admin, "change_resource", clinic.osei.pk).send(user=doctor.pk), "user")
    assert Tab(admin, "change_resource", clinic.haddad.pk).send(user="").status_code == 302
    clinic.haddad.refresh_from_db()
    assert clinic.haddad.user is None


def test_who_is_booked_or_needed_is_put_out_of_use_after_a_warning(admin, clinic, booked):
    visit = booked(9, who=clinic.haddad)
    address = reverse("setup:remove_resource", args=[clinic.haddad.pk])
    assert 'value="retire"' in admin.get(address).text
    assert admin.post(address, {"what": "remove"}).status_code == 409
    told = admin.post(address, {"what": "retire"})
    assert told.status_code == 409 and f"#visit-{visit.pk}" in told.text
    assert 'value="retire"' in told.text
    assert admin.post(address, {"what": "retire", "accept": read(told)}).status_code == 302
    clinic.haddad.refresh_from_db()
    visit.refresh_from_db()
    assert not clinic.haddad.is_active and visit.status == "booked"


def test_a_room_that_only_a_kind_of_visit_needs_says_which(admin, clinic):
    address = reverse("setup:remove_resource", args=[clinic.fluoroscope.pk])
    assert "Injection" in admin.post(address, {"what": "remove"}).text
    assert Resource.objects.filter(pk=clinic.fluoroscope.pk).exists()
    spare = Resource.objects.create(
        location=clinic.location, kind="room", slug="spare", name="Spare"
    )
    address = reverse("setup:remove_resource", args=[spare.pk])
    assert admin.post(address, {"what": "remove"}).status_code == 302
    assert not Resource.objects.filter(pk=spare.pk).exists()


def test_rows_of_another_parent_are_not_found(admin, clinic):
    other = make_clinic(slug="hill")
    hours = other.haddad.weekly_hours.first()
    away = HoursException.objects.create(resource=other.haddad, day=clinic.monday)
    for name, row in (("hours", hours), ("exception", away)):
        for what in ("change", "remove"):
            address = reverse(f"setup:{what}_{name}", args=[clinic.haddad.pk, row.pk])
            assert admin.get(address).status_code == admin.post(address).status_code == 404


def test_the_page_of_a_clinician_is_few_queries(
    admin, clinic, booked, django_assert_max_num_queries
):
    for hour in (9, 10, 11, 13):
        booked(hour, who=clinic.haddad)
    with django_assert_max_num_queries(20):
        admin.get(reverse("setup:resource", args=[clinic.haddad.pk]))


def test_what_was_removed_meanwhile_is_told(clinic, make_user):
    """Between the page and the press: no row without its parent, and no fault of the server."""
    by = make_user(Role.CLINIC_ADMIN)
    spare = Resource.objects.create(location=clinic.location, kind="room", slug="s", name="Spare")
    row = WeeklyHours(resource=spare, weekday=0, opens=time(9), closes=time(10))
    gone = Resource.objects.get(pk=spare.pk)
    setup.remove(gone, by=by)
    for late in (lambda: setup.save(row, {}, by=by), lambda: setup.remove(spare, by=by),
                 lambda: setup.save(spare, {"name": "x"}, by=by)):  # fmt: skip
        with pytest.raises(InvalidInput, match="removed meanwhile"):
            late()


def test_a_capacity_is_not_lowered_below_what_is_booked_side_by_side(
    clinic, held, booked, make_user
):
    admin = make_user(Role.CLINIC_ADMIN)
    setup.save(clinic.haddad, {"capacity": 2}, by=admin)
    setup.save(clinic.rooms[0], {"capacity": 2}, by=admin)
    for _ in range(2):
        booked(9, 0, who=clinic.haddad)
    with pytest.raises(setup.Refused) as refused:
        setup.save(clinic.haddad, {"capacity": 1}, by=admin)
    assert "2 visits are booked at the same time" in refused.value.faults["capacity"]
    setup.save(clinic.haddad, {"capacity": 3}, by=admin)
