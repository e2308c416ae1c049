"""Set-up of clinics and holidays: what is taken, what is refused and where, and what is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking.models import Appointment, Holiday, Location
from hipspine.clinic.booking.slots import free_slots
from tests.clinic.booking.setup_for_tests import Tab

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Hill Clinic", "address_line": "2 Hill", "city": "Hillton", "country": "us",
    "phone": "+1 555 010 0110", "time_zone": "America/Denver", "is_active": "on",
}  # fmt: skip


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.CLINIC_ADMIN)


def wrong(response, field):
    """Refused beside that field."""
    return response.status_code == 400 and f'id="id_{field}_error"' in response.text


def test_a_new_clinic_gets_its_short_name_from_its_name(admin):
    response = Tab(admin, "add_location").send(**NEW)
    place = Location.objects.get()
    assert response["Location"] == reverse("setup:location", args=[place.pk])
    assert (place.slug, place.country, place.time_zone) == ("hill-clinic", "US", "America/Denver")
    event = AuditEvent.objects.get(action="setup.changed")
    assert event.target == f"booking.Location:{place.pk}"
    assert event.detail["what"] == "added" and "Hill" not in str(event.detail)
    assert "Hill Clinic" in admin.get(reverse("setup:home")).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((("slug", word)) for word in ("held", "mine", "waiting", "with", "Held", "a b", "ñ/")),
        ("name", ""), ("name", "a" * 201), ("name", "\x00"), ("name", "王"), ("phone", "\x1b"),
        ("time_zone", "Mars/Olympus"), ("time_zone", ""), ("country", "1"), ("country", "USA"),
        ("email", "nobody"),
    ],
)  # fmt: skip
def test_what_is_no_profile_is_said_beside_the_field(admin, field, value):
    response = Tab(admin, "add_location").send(**NEW | {field: value})
    assert wrong(response, "slug" if value == "王" else field) and not Location.objects.exists()
    assert field == "city" or 'value="Hillton"' in response.text  # nothing typed is lost


def test_two_clinics_never_have_one_short_name(admin, clinic):
    assert wrong(Tab(admin, "add_location").send(**NEW | {"slug": "RIVER"}), "slug")


def test_two_tabs_change_two_fields_and_both_stay(admin, clinic):
    one, two = (Tab(admin, "change_location", clinic.location.pk) for _ in range(2))
    assert one.send(phone="+1 555 010 0111").status_code == 302
    assert two.send(city="Elsewhere").status_code == 302
    clinic.location.refresh_from_db()
    assert (clinic.location.phone, clinic.location.city) == ("+1 555 010 0111", "Elsewhere")
    fields = [e.detail["fields"] for e in AuditEvent.objects.filter(action="setup.changed")]
    assert fields == ["phone", "city"]


def test_two_tabs_change_one_field_and_the_later_is_told_then_wins(admin, clinic):
    one, two = (Tab(admin, "change_location", clinic.location.pk) for _ in range(2))
    one.send(city="Here")
    told = two.send(city="There")
    clinic.location.refresh_from_db()
    assert (
        told.status_code == 409
        and "Here" in told.text
        and "Someone changed this" in told.text
        and clinic.location.city == "Here"
    )
    assert 'value="There"' in told.text
    assert two.again(told).status_code == 302
    clinic.location.refresh_from_db()
    assert clinic.location.city == "There"


def test_saving_what_is_unchanged_leaves_no_event(admin, clinic):
    assert Tab(admin, "change_location", clinic.location.pk).send().status_code == 302
    assert not AuditEvent.objects.filter(action="setup.changed").exists()


def test_a_new_time_zone_moves_no_visit_and_has_to_be_ticked(admin, clinic, booked):
    visit = booked(9)
    tab = Tab(admin, "change_location", clinic.location.pk)
    asked = tab.send(time_zone="America/New_York")
    assert wrong(asked, "keep_instants") and "Visits to come: 1." in asked.text
    clinic.location.refresh_from_db()
    assert clinic.location.time_zone == "America/Chicago"
    assert tab.again(asked, keep_instants="on").status_code == 302  # 10:00 there: within hours
    clinic.location.refresh_from_db()
    visit.refresh_from_db()
    assert clinic.location.time_zone == "America/New_York"
    assert visit.starts_at == clinic.at(10) != clinic.at(9)


def test_a_new_time_zone_that_leaves_a_visit_outside_the_hours_lists_it(admin, clinic, booked):
    booked(16, 40)
    tab = Tab(admin, "change_location", clinic.location.pk)
    told = tab.send(time_zone="America/New_York", keep_instants="on")
    assert told.status_code == 409 and "16:40–17:00" in told.text
    saved = tab.all_the_same(told, keep_instants="on")
    assert saved.status_code == 302
    assert "17:40–18:00" in admin.get(saved["Location"]).text  # and it stays to be seen


def test_without_visits_a_new_time_zone_is_a_field_like_others(admin, clinic):
    tab = Tab(admin, "change_location", clinic.location.pk)
    assert "keep_instants" not in tab.fields
    assert tab.send(time_zone="Europe/Madrid").status_code == 302


def test_a_clinic_with_people_is_not_taken_away_but_closed(admin, clinic):
    address = reverse("setup:remove_location", args=[clinic.location.pk])
    page = admin.get(address)
    assert "It cannot be taken away" in page.text and 'value="retire"' in page.text
    assert admin.post(address, {"what": "remove"}).status_code == 409
    assert admin.post(address, {"what": "retire"}).status_code == 302
    clinic.location.refresh_from_db()
    assert not clinic.location.is_active


def test_an_empty_clinic_is_taken_away(admin):
    Tab(admin, "add_location").send(**NEW)
    address = reverse("setup:remove_location", args=[Location.objects.get().pk])
    assert admin.post(address, {"what": "remove"}).status_code == 302
    assert not Location.objects.exists()
    assert admin.post(address, {"what": "remove"}).status_code == 404  # the second press


def test_a_holiday_closes_its_day_and_may_move_and_go(admin, clinic):
    def free():
        return len(free_slots(clinic.follow_up, clinic.monday, clinic.monday))

    before, place = free(), clinic.location.pk
    tab = Tab(admin, "add_holiday", place)
    assert tab.send(day=clinic.monday, name="Founders' day").status_code == 302
    assert before > 0 == free()
    assert wrong(tab.send(day=clinic.monday, name="again"), "day")
    row = Holiday.objects.get()
    tuesday = clinic.monday + timedelta(1)
    assert Tab(admin, "change_holiday", place, row.pk).send(day=tuesday).status_code == 302
    assert free() == before
    remove = reverse("setup:remove_holiday", args=[place, row.pk])
    assert "Founders" in admin.get(remove).text
    assert admin.post(remove).status_code == 302 and not Holiday.objects.exists()


@pytest.mark.parametrize("day", ["", "2026-02-30", "9999-12-31", "0001-01-01", "tomorrow"])
def test_what_is_no_day(admin, clinic, day):
    assert wrong(Tab(admin, "add_holiday", clinic.location.pk).send(day=day, name="x"), "day")


def test_a_holiday_on_a_day_with_visits_lists_them_and_cancels_nothing(admin, clinic, booked):
    visit = booked(9)
    tab = Tab(admin, "add_holiday", clinic.location.pk)
    told = tab.send(day=clinic.monday, name="Founders' day")
    assert told.status_code == 409 and not Holiday.objects.exists()
    assert "1 booked visit lies outside" in told.text and f"#visit-{visit.pk}" in told.text
    booked(10)  # someone books while the administrator reads: what was read is no longer all
    told = tab.all_the_same(told)
    assert told.status_code == 409 and "2 booked visits lie outside" in told.text
    assert tab.all_the_same(told).status_code == 302
    assert Appointment.objects.filter(status="booked").count() == 2
    page = admin.get(reverse("setup:location", args=[clinic.location.pk])).text
    assert "2 booked visits lie outside" in page


def test_a_holiday_of_another_clinic_is_not_found(admin, clinic):
    from tests.clinic.booking.clinic_for_tests import make_clinic

    other = make_clinic(slug="hill").location
    row = Holiday.objects.create(location=other, day=clinic.monday, name="theirs")
    for name in ("change_holiday", "remove_holiday"):
        address = reverse(f"setup:{name}", args=[clinic.location.pk, row.pk])
        assert admin.get(address).status_code == admin.post(address).status_code == 404
    assert admin.get(reverse("setup:location", args=[2**70])).status_code == 404


def test_the_page_of_a_clinic_is_a_few_queries(
    admin, clinic, booked, django_assert_max_num_queries
):
    for hour in (9, 10, 11, 13):
        booked(hour)
    Holiday.objects.create(location=clinic.location, day=clinic.monday, name="all outside")
    with django_assert_max_num_queries(22):
        admin.get(reverse("setup:location", args=[clinic.location.pk]))


def test_a_browser_that_sends_lines_its_own_way_has_changed_nothing(admin, clinic):
    Location.objects.update(about="one\ntwo")
    tab = Tab(admin, "change_location", clinic.location.pk)
    assert tab.send(about="one\r\ntwo").status_code == 302
    assert not AuditEvent.objects.filter(action="setup.changed").exists()
