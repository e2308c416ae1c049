"""Find a clinic and a week of free times; nothing here is booked."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone, translation

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import Holiday, HoursException, WeeklyHours
from hipspine.clinic.booking.opening import opening_of, union
from hipspine.clinic.booking.times_shown import clock, day_words, zone_words
from hipspine.clinic.booking.week import read_day, read_value, week_of
from tests.clinic.booking.clinic_for_tests import make_clinic

pytestmark = pytest.mark.django_db
WEEK = "/book/river/follow-up/"


def text(address, status=200):
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_a_clinic_is_found_by_a_word_of_its_name_or_city(clinic):
    make_clinic(slug="hill").location.__class__.objects.filter(slug="hill").update(
        name="Hill Road Clinic", city="Shelbyville"
    )
    assert {"River Street Clinic", "Hill Road Clinic"} <= names(text("/book/"))
    assert names(text("/book/?q=shelby")) == {"Hill Road Clinic"}
    assert names(text("/book/?q=street+RIVER")) == {"River Street Clinic"}
    nothing = text("/book/?q=elsewhere")
    assert names(nothing) == set() and "tel:" in nothing


def names(page):
    return {name for name in ("River Street Clinic", "Hill Road Clinic") if name in page}


def test_a_closed_clinic_is_not_shown(clinic):
    clinic.location.is_active = False
    clinic.location.save()
    assert names(text("/book/")) == set()
    for address in ("/book/river/", WEEK, f"{WEEK}waiting/", "/book/river/with/haddad/"):
        text(address, 404)


def test_the_profile_says_where_when_who_and_what(clinic):
    Holiday.objects.create(location=clinic.location, day=clinic.monday, name="Founders' day")
    clinic.follow_up.about = "Bring earlier pictures."
    clinic.follow_up.save()
    clinic.osei.is_active = False
    clinic.osei.save()
    page = text("/book/river/")
    for expected in (
        "1 River Street", "tel:+15550100100", "Monday to Friday",
        "9:00 AM to 12:00 PM, 1:00 PM to 5:00 PM", "closed", "Founders&#x27; day", "Dr Noor Haddad",
        "Follow-up", "20 minutes", "Bring earlier pictures.",
    ):  # fmt: skip
        assert expected in page, expected
    assert "Dr Ama Osei" not in page
    person = text("/book/river/with/haddad/")
    assert "Injection" in person and "?with=haddad" in person
    text("/book/river/with/osei/", 404)


def test_what_is_not_booked_online_has_a_telephone_number_instead(clinic):
    clinic.injection.is_online = False
    clinic.injection.save()
    assert "/book/river/injection/" not in text("/book/river/")
    assert "booked by telephone" in text("/book/river/injection/")
    assert "booked by telephone" in text("/book/river/injection/waiting/")


def test_overlapping_and_touching_hours_are_one_stretch():
    nine, ten, noon, one = time(9), time(10), time(12), time(13)
    assert union([(ten, noon), (nine, ten), (nine, time(9, 30)), (one, time(17))]) == (
        (nine, noon), (one, time(17)),
    )  # fmt: skip


def test_hours_that_are_over_or_not_begun_are_not_told(clinic):
    today = date(2026, 10, 1)
    WeeklyHours.objects.all().update(valid_until=today - timedelta(days=1))
    assert opening_of(clinic.location, today) == []
    WeeklyHours.objects.create(
        resource=clinic.osei, weekday=5, opens=time(9), closes=time(11), valid_from=today
    )
    lines = opening_of(clinic.location, today)
    assert [(line.days, line.hours) for line in lines] == [
        ("Monday to Friday", "closed"), ("Saturday", "9:00 AM to 11:00 AM"), ("Sunday", "closed"),
    ]  # fmt: skip


def test_the_week_shows_each_free_time_once_by_the_clock_of_the_clinic(clinic):
    actions.hold(clinic.wanted(9, 0, who=clinic.haddad), key=uuid4())
    monday = f"?week={clinic.monday}"
    both, one = text(WEEK + monday), text(f"{WEEK}{monday}&with=haddad")
    nine = f'value="{clinic.at(9):%Y-%m-%dT%H:%M}Z/'
    assert both.count(nine) == 1 and one.count(nine) == 0  # with the other one it is free
    assert "America/Chicago, C" in both
    assert f'value="{clinic.at(9, 20):%Y-%m-%dT%H:%M}Z/haddad"' in one


def test_an_empty_week_leads_to_the_first_free_time(clinic):
    for who in (clinic.haddad, clinic.osei):
        for n in range(7):
            HoursException.objects.create(resource=who, day=clinic.monday + timedelta(days=n))
    page = text(f"{WEEK}?week={clinic.monday}")
    assert "No free time in this week" in page
    assert f"?week={clinic.monday + timedelta(days=7)}&amp;with=" in page
    assert f"{WEEK}waiting/" in page and "tel:+15550100100" in page


def test_without_a_week_the_first_with_a_free_time_is_shown(clinic):
    WeeklyHours.objects.all().update(valid_from=clinic.monday)
    week = week_of(clinic.follow_up, None, None)
    assert week.monday == clinic.monday and not week.is_empty


def test_a_clinic_without_any_hours_says_so(clinic):
    WeeklyHours.objects.all().delete()
    assert "Nor in any week" in text(WEEK)


@pytest.mark.parametrize(
    "week", ["2020-01-01", "0001-01-01", "9999-12-31", "tomorrow", "2026-02-30", "", "\x00", "٣"]
)
def test_a_week_that_cannot_be_is_answered_with_one_that_can(clinic, week):
    answer = Client().get(WEEK, {"week": week, "with": "nobody\x00"})
    assert answer.status_code == 200 and "times" in answer.content.decode()


def test_one_cannot_leaf_beyond_what_can_be_booked(clinic):
    today = timezone.now().date()
    assert week_of(clinic.follow_up, today, None).previous is None
    last = week_of(clinic.follow_up, today + timedelta(days=400), None)
    assert last.following is None and last.previous is not None
    assert last.monday <= today + timedelta(days=clinic.follow_up.horizon_days)


def test_a_button_is_read_back_and_anything_else_is_not(clinic):
    value = f"{clinic.at(9):%Y-%m-%dT%H:%M}Z/haddad"
    assert read_value(value) == (clinic.at(9), "haddad")
    for wrong in ("", "9:00", "2026-13-01T09:00Z/", "0001-01-01T00:00Z/", "9999-12-31T23:59Z/"):
        assert read_value(wrong) is None and read_day(wrong) is None


def test_an_hour_that_comes_twice_is_told_apart():
    from datetime import UTC
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("America/Chicago")
    shown = [clock(datetime(2026, 11, 1, h, 30, tzinfo=UTC), zone) for h in (6, 7, 8)]
    assert shown == ["1:30 AM CDT", "1:30 AM CST", "2:30 AM"]


def test_zones_without_letters_and_spanish_days():
    from datetime import UTC
    from zoneinfo import ZoneInfo

    noon = datetime(2026, 10, 12, 12, tzinfo=UTC)
    assert zone_words(noon, ZoneInfo("America/Sao_Paulo")) == "America/Sao Paulo, UTC-03"
    with translation.override("es"):
        assert day_words(date(2026, 10, 12)) == "lunes 12 de octubre"
        assert clock(noon, ZoneInfo("Europe/Madrid")) == "14:00"


def test_pages_take_few_queries(clinic, django_assert_max_num_queries):
    for address, most in (
        ("/book/", 1), ("/book/river/", 5), (f"{WEEK}?week={clinic.monday}", 8),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            text(address)
