"""Set-up of weekly hours and of the days that differ."""
# ruff: noqa: F401, F811  (the administrator is the fixture of the other tests)

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking.models import HoursException, WeeklyHours
from hipspine.clinic.booking.slots import free_slots
from tests.clinic.booking.setup_for_tests import Tab, read
from tests.clinic.booking.test_setup_places import admin, wrong

pytestmark = pytest.mark.django_db
MONDAY = {"weekday": "0", "opens": "18:00", "closes": "19:00"}


def test_new_hours_give_new_times(admin, clinic):
    assert Tab(admin, "add_hours", clinic.haddad.pk).send(**MONDAY).status_code == 302
    starts = [s.starts_at for s in free_slots(clinic.follow_up, clinic.monday, clinic.monday)]
    assert clinic.at(18) in starts and clinic.at(18, 40) in starts and clinic.at(19) not in starts
    page = admin.get(reverse("setup:resource", args=[clinic.haddad.pk]))
    assert "18:00–19:00" in page.text and "America/Chicago" in page.text


def test_a_week_of_hours_alike_is_one_form(admin, clinic):
    evening = {"resource": clinic.haddad, "opens": time(18), "closes": time(19)}
    week = MONDAY | {"also": ["0", "1", "4"]}
    assert Tab(admin, "add_hours", clinic.haddad.pk).send(**week).status_code == 302
    found = WeeklyHours.objects.filter(**evening)
    assert list(found.values_list("weekday", flat=True)) == [0, 1, 4]
    assert wrong(Tab(admin, "add_hours", clinic.haddad.pk).send(**MONDAY, also=["5", "4"]), "opens")
    assert found.count() == 3  # all days or none


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"also": ["7"]}, "also"),
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


def test_exceptions_of_the_past_are_kept_and_shown_when_asked_for(admin, clinic):
    HoursException.objects.create(resource=clinic.haddad, day=date(2020, 1, 2), reason="flu")
    address = reverse("setup:resource", args=[clinic.haddad.pk])
    page = admin.get(address).text
    assert "and 1 of the past" in page and "flu" not in page
    assert "flu" in admin.get(address, {"all": "yes"}).text
