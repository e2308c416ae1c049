"""Set-up of clinicians, rooms, machines, their hours and the days that differ."""
# ruff: noqa: F401, F811  (the administrator is the fixture of the other tests)

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking.actions import setup
from hipspine.clinic.booking.models import HoursException, Resource, WeeklyHours
from hipspine.clinic.booking.slots import free_slots
from hipspine.errors import InvalidInput
from tests.clinic.booking.clinic_for_tests import make_clinic
from tests.clinic.booking.setup_for_tests import Tab, read
from tests.clinic.booking.test_setup_places import admin, wrong

pytestmark = pytest.mark.django_db
MONDAY = {"weekday": "0", "opens": "18:00", "closes": "19:00"}


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


def test_new_hours_give_new_times(admin, clinic):
    assert Tab(admin, "add_hours", clinic.haddad.pk).send(**MONDAY).status_code == 302
    starts = [s.starts_at for s in free_slots(clinic.follow_up, clinic.monday, clinic.monday)]
    assert clinic.at(18) in starts and clinic.at(18, 40) in starts and clinic.at(19) not in starts
    page = admin.get(reverse("setup:resource", args=[clinic.haddad.pk]))
    assert "18:00–19:00" in page.text and "America/Chicago" in page.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"opens": "11:00", "closes": "12:30"}, "opens"),  # 09:00-12:00 is there
        ({"opens": "08:00", "closes": "20:00"}, "opens"),
        ({"opens": "19:00", "closes": "18:00"}, "closes"),
        ({"opens": "18:00", "closes": "18:00"}, "closes"),
        ({"opens": "18:03"}, "opens"),
        ({"closes": "25:00"}, "closes"),
        ({"opens": ""}, "opens"),
        ({"weekday": "7"}, "weekday"),
        ({"weekday": ""}, "weekday"),
        ({"valid_from": "2026-02-02", "valid_until": "2026-02-01"}, "valid_until"),
        ({"valid_from": "9999-02-02"}, "valid_from"),
        ({"valid_until": "2026-02-31"}, "valid_until"),
    ],
)
def test_hours_that_cannot_be(admin, clinic, changed, field):
    count = WeeklyHours.objects.count()
    assert wrong(Tab(admin, "add_hours", clinic.haddad.pk).send(**MONDAY | changed), field)
    assert WeeklyHours.objects.count() == count


def test_hours_may_touch_and_may_follow_each_other_in_the_calendar(admin, clinic):
    touching = {"weekday": "0", "opens": "12:00", "closes": "13:00"}
    assert Tab(admin, "add_hours", clinic.haddad.pk).send(**touching).status_code == 302
    first = MONDAY | {"valid_until": "2030-05-31"}
    then = MONDAY | {"valid_from": "2030-06-01"}
    for sent in (first, then):
        assert Tab(admin, "add_hours", clinic.haddad.pk).send(**sent).status_code == 302
    meets = MONDAY | {"valid_from": "2030-05-31", "valid_until": "2030-05-31"}
    assert wrong(Tab(admin, "add_hours", clinic.haddad.pk).send(**meets), "opens")


def test_two_tabs_each_right_alone_are_not_wrong_together(admin, clinic):
    row = clinic.haddad.weekly_hours.filter(weekday=0, opens=time(13)).get()  # 13:00-17:00
    one, two = (Tab(admin, "change_hours", clinic.haddad.pk, row.pk) for _ in range(2))
    assert one.send(opens="16:00").status_code == 302
    assert wrong(two.send(closes="15:00"), "closes")
    row.refresh_from_db()
    assert (row.opens, row.closes) == (time(16), time(17))


def test_the_second_press_adds_no_second_row(admin, clinic):
    tab = Tab(admin, "add_hours", clinic.haddad.pk)
    tab.send(**MONDAY)
    assert wrong(tab.send(**MONDAY), "opens")
    assert clinic.haddad.weekly_hours.filter(opens=time(18)).count() == 1


def test_shorter_hours_list_the_visits_they_leave_outside(admin, clinic, booked):
    visit = booked(16, 40, who=clinic.haddad)
    row = clinic.haddad.weekly_hours.filter(weekday=0, opens=time(13)).get()
    tab = Tab(admin, "change_hours", clinic.haddad.pk, row.pk)
    told = tab.send(closes="16:30")
    assert told.status_code == 409 and f"#visit-{visit.pk}" in told.text
    assert 'value="16:30"' in told.text  # nothing typed is lost
    row.refresh_from_db()
    assert row.closes == time(17)
    assert tab.all_the_same(told).status_code == 302
    assert (
        Tab(admin, "change_hours", clinic.haddad.pk, row.pk).send(closes="16:00").status_code == 302
    )
    visit.refresh_from_db()
    assert visit.status == "booked"  # and it is told once: it lay outside before the second change
    page = admin.get(reverse("setup:resource", args=[clinic.haddad.pk])).text
    assert "1 booked visit lies outside" in page


def test_taking_hours_away_warns_too(admin, clinic, booked):
    booked(9, who=clinic.haddad)
    row = clinic.haddad.weekly_hours.filter(weekday=0, opens=time(9)).get()
    address = reverse("setup:remove_hours", args=[clinic.haddad.pk, row.pk])
    told = admin.post(address)
    assert told.status_code == 409 and WeeklyHours.objects.filter(pk=row.pk).exists()
    assert admin.post(address, {"accept": read(told)}).status_code == 302
    assert not WeeklyHours.objects.filter(pk=row.pk).exists()


def test_the_first_hours_of_a_room_say_what_they_take_away(admin, clinic):
    page = admin.get(reverse("setup:add_hours", args=[clinic.rooms[0].pk])).text
    assert "with the first, only then" in page


def test_a_holiday_of_two_weeks_is_one_form(admin, clinic, booked):
    visit = booked(9, who=clinic.haddad)
    tab = Tab(admin, "add_exception", clinic.haddad.pk)
    sent = {"day": clinic.monday, "last_day": clinic.monday + timedelta(13), "what": "away"}
    told = tab.send(**sent, reason="holiday")
    assert told.status_code == 409 and not HoursException.objects.exists()
    assert f"#visit-{visit.pk}" in told.text
    assert tab.all_the_same(told).status_code == 302
    assert clinic.haddad.exceptions.filter(opens=None, is_open=False).count() == 14
    assert not free_slots(clinic.injection, clinic.monday, clinic.monday + timedelta(13))
    fields = AuditEvent.objects.filter(action="setup.changed").values_list("detail", flat=True)
    assert len(fields) == 14 and "holiday" not in str(list(fields))


def test_a_day_with_other_hours(admin, clinic):
    sunday = clinic.monday - timedelta(1)
    sent = {"day": sunday, "what": "there", "opens": "10:00", "closes": "11:00"}
    tab = Tab(admin, "add_exception", clinic.haddad.pk)
    assert tab.send(**sent).status_code == 302
    starts = [s.starts_at for s in free_slots(clinic.follow_up, sunday, sunday)]
    assert starts == [clinic.at(10, m, sunday) for m in (0, 20, 40)]
    row = HoursException.objects.get()
    tab = Tab(admin, "change_exception", clinic.haddad.pk, row.pk)
    assert tab.fields["what"] == "there" or tab.fields["what"] == ["there"]
    assert tab.send(what="away").status_code == 302  # the times typed before no longer count
    row.refresh_from_db()
    assert (row.opens, row.closes, row.is_open) == (None, None, False)
    assert admin.post(
        reverse("setup:remove_exception", args=[clinic.haddad.pk, row.pk])
    ).status_code == 302  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"what": ""}, "what"), ({"what": "asleep"}, "what"), ({"day": ""}, "day"),
     ({"day": "9999-12-31"}, "day"), ({"opens": ""}, "opens"), ({"closes": "09:00"}, "closes"),
     ({"closes": "10:01"}, "closes"), ({"reason": "a" * 201}, "reason"),
     ({"reason": "\x07"}, "reason"), ({"last_day": "2030-01-01"}, "last_day"),
     ({"last_day": "2031-01-01"}, "last_day")],
)  # fmt: skip
def test_a_day_that_cannot_be(admin, clinic, changed, field):
    sent = {"day": "2030-06-03", "what": "away_from", "opens": "10:00", "closes": "11:00"}
    tab = Tab(admin, "add_exception", clinic.haddad.pk)
    assert wrong(tab.send(**sent | changed), field)
    assert not HoursException.objects.exists()


@pytest.mark.parametrize("first", ["away", "away_from", "there"])
@pytest.mark.parametrize("then", ["away", "away_from", "there"])
def test_two_exceptions_of_a_day_do_not_overlap(admin, clinic, first, then):
    tab = Tab(admin, "add_exception", clinic.haddad.pk)
    times = {"day": date(2030, 6, 3), "opens": "10:00", "closes": "11:00"}
    assert tab.send(**times, what=first).status_code == 302
    assert wrong(tab.send(**times, what=then), "day")


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


def test_exceptions_of_the_past_are_kept_and_shown_when_asked_for(admin, clinic):
    HoursException.objects.create(resource=clinic.haddad, day=date(2020, 1, 2), reason="flu")
    address = reverse("setup:resource", args=[clinic.haddad.pk])
    page = admin.get(address).text
    assert "and 1 of the past" in page and "flu" not in page
    assert "flu" in admin.get(address, {"all": "yes"}).text
