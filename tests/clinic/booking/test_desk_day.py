"""The day, the week and the grid behind them."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import clock, day_words, instant_words, read_instant
from hipspine.clinic.booking.day_book import day_book
from hipspine.clinic.booking.models import Holiday, HoursException, Location, WeeklyHours
from hipspine.clinic.booking.timetable import Block, Free, Timetable, lanes_of
from tests.clinic.booking.clinic_for_tests import make_clinic
from tests.clinic.booking.desk_for_tests import full_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_if_today")]


@pytest.fixture
def desk(signed_in):
    return signed_in(Role.FRONT_DESK)


def table(clinic, day=None, own=(), now=None):
    return Timetable(day_book(clinic.location, day or clinic.monday, now=now), own)


def grid_css():
    """One class a row, a length and a column: no style in the page (CSP)."""
    lines = [
        "/* Places in the timetable: a row is five minutes. Tested to be what grid_css() makes. */"
    ]
    lines += [f".from-{n}{{grid-row-start:{n + 2}}}" for n in range(301)]
    lines += [f".for-{n}{{grid-row-end:span {n}}}" for n in range(1, 301)]
    lines += [f".lane-{n}{{grid-column-start:{n + 2}}}" for n in range(60)]
    lines += [f".wide-{n}{{grid-column-end:span {n}}}" for n in range(1, 62)]
    return "\n".join(lines) + "\n"


def test_the_classes_of_the_grid_are_all_there():
    assert Path(finders.find("clinic/timetable.css")).read_text() == grid_css()


def test_a_visit_stands_at_its_time_and_is_as_long_as_it_lasts(clinic, booked):
    visit = booked(10, 20, who=clinic.haddad)
    osei, haddad = table(clinic).columns  # by name
    assert (osei.who, haddad.who) == (clinic.osei, clinic.haddad)
    [block] = [e for e in haddad.entries if isinstance(e, Block)]
    # the grid begins at 09:00: 80 minutes are 16 rows, and 20 minutes 4
    assert (block.visit, block.place, block.time) == (visit, (16, 4, 1), "10:20–10:40")
    assert [e.time for e in haddad.entries if isinstance(e, Free)] == [
        "09:00–10:20", "10:40–12:00", "13:00–17:00"]  # fmt: skip


def test_ones_own_column_comes_first(clinic):
    assert [c.who for c in table(clinic, own=[clinic.haddad]).columns] == [
        clinic.haddad, clinic.osei]  # fmt: skip


def test_an_overbooked_visit_stands_beside_the_other(clinic, make_user):
    full_day(clinic, make_user(Role.FRONT_DESK), clinic.monday)
    osei, haddad = table(clinic).columns
    assert (osei.first, osei.lanes, haddad.first, haddad.lanes) == (0, 1, 1, 2)
    beside = [(e.place.column, e.wide) for e in haddad.entries if e.time == "09:20–09:40"]
    assert beside == [(1, 1), (2, 1)]
    alone = next(e for e in haddad.entries if e.time == "11:00–11:20")
    assert (alone.place.column, alone.wide) == (1, 2)


def test_only_what_lies_ahead_is_offered_as_free(clinic):
    now = clinic.at(14, 2)
    free = [e.time for e in table(clinic, now=now).columns[0].entries]
    assert free == ["14:05–17:00"]
    assert table(clinic, now=now).now_row == 60


def test_away_and_holiday_are_not_free(clinic):
    HoursException.objects.create(resource=clinic.haddad, day=clinic.monday)
    osei, haddad = table(clinic).columns
    assert not haddad.entries and osei.entries
    Holiday.objects.create(location=clinic.location, day=clinic.monday, name="Fair")
    empty = table(clinic)
    assert empty.is_empty
    assert all(not c.entries for c in empty.columns)
    assert empty.hours[0] == ("08:00", 0) and empty.rows == 120  # the usual hours


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12))
def test_blocks_in_one_lane_never_overlap_and_no_lane_is_wasted(spans):
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    spans = sorted((noon + timedelta(minutes=5 * a), noon + timedelta(minutes=5 * (a + n)))
                   for a, n in spans)  # fmt: skip
    lanes = lanes_of(spans)
    for n, (begin, _) in enumerate(spans):
        for m in range(n):
            if lanes[m] == lanes[n]:
                assert spans[m][1] <= begin
    # as many lanes as there are visits at the busiest moment: a naive count at each start
    busiest = max((sum(a <= t < b for a, b in spans) for t, _ in spans), default=0)
    assert max(lanes, default=-1) + 1 == busiest


@pytest.mark.parametrize(("day", "rows", "labels"), [
    (date(2026, 11, 1), 12 * 6, ["00:00", "01:00 CDT", "01:00 CST", "02:00", "03:00", "04:00"]),
    (date(2027, 3, 14), 12 * 4, ["00:00", "01:00", "03:00", "04:00"]),
])  # fmt: skip
def test_the_day_the_clock_changes_has_the_hours_it_has(db, day, rows, labels):
    clinic = make_clinic()
    WeeklyHours.objects.create(resource=clinic.haddad, weekday=6, opens="00:00", closes="05:00")
    grid = table(clinic, day, now=clinic.at(12, day=day - timedelta(30)))
    assert grid.rows == rows and [label for label, _ in grid.hours] == labels
    assert [row for _, row in grid.hours] == list(range(0, rows, 12))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_an_instant_survives_its_words(moment):
    instant = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert read_instant(instant_words(instant)) == instant


def test_words_of_times_and_days(clinic):
    zone = clinic.location.zone
    assert clock(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), zone) == "01:30 CDT"
    assert clock(datetime(2026, 11, 1, 7, 30, tzinfo=UTC), zone) == "01:30 CST"
    assert clock(datetime(2026, 11, 1, 9, 30, tzinfo=UTC), zone) == "03:30"
    assert day_words(date(2026, 12, 7)) == "Monday, Dec. 7, 2026"


def test_the_day_shows_everything_the_desk_needs(desk, clinic):
    full_day(clinic, desk.user, clinic.monday)
    page = desk.get(reverse("desk:day"), {"on": clinic.monday, "at": "river"}).text
    for word in ("America/Chicago (CST, UTC-06:00)", "held until", "overbooked",
                 "cannot walk since yesterday", "did not come", "1 visit was cancelled",
                 "pain in the left buttock", "Fluoroscope", "Who is this?", "نور حداد", "🦴",
                 "O&#x27;Neil &lt;b&gt;Bold&lt;/b&gt;", "+1 555 010 0007"):  # fmt: skip
        assert word in page
    assert "style=" not in page and "<script>" not in page
    assert len(re.findall(r' id="visit-', page)) == 25  # 24 visits and a hold


def test_what_is_not_ours_is_not_shown(desk, clinic, booked, db):
    booked(9, 0)
    make_clinic(zone="Europe/Madrid", slug="sol")
    page = desk.get(reverse("desk:day"), {"on": clinic.monday, "at": "sol"}).text
    assert "Ana Invented" not in page and "Europe/Madrid" in page


def test_reading_the_day_is_one_event_without_a_name(desk, clinic, booked):
    booked(9, 0)
    desk.get(reverse("desk:day"), {"on": clinic.monday})
    event = AuditEvent.objects.get(action="booking.day_read")
    assert event.detail == {"day": clinic.monday.isoformat(), "days": 1, "location": "river",
                            "visits": 1}  # fmt: skip
    assert event.actor == desk.user.pseudonym
    desk.get(reverse("desk:week"), {"on": clinic.monday})
    desk.get(reverse("desk:sheet"), {"on": clinic.monday})
    days = AuditEvent.objects.filter(action="booking.day_read").order_by("sequence")
    assert [e.detail["days"] for e in days] == [1, 7, 1]


@pytest.mark.parametrize("on", ["2026-02-30", "x" * 9000, "0001-01-01", "9999-12-31", "١٢"])
def test_a_day_that_is_none_is_today_and_says_so(desk, clinic, on):
    for name in ("desk:day", "desk:week"):
        page = desk.get(reverse(name), {"on": on})
        assert page.status_code == 200 and "Not a day" in page.text
    assert desk.get(reverse("desk:sheet"), {"on": on}).status_code == 200


def test_the_first_and_the_last_day_open(desk, clinic):
    for on in ("2000-01-01", "2100-12-31"):
        assert desk.get(reverse("desk:day"), {"on": on}).status_code == 200
        assert desk.get(reverse("desk:week"), {"on": on}).status_code == 200


def test_another_clinic_is_not_found_and_none_at_all_is_said(desk, clinic):
    assert desk.get(reverse("desk:day"), {"at": "nowhere"}).status_code == 404
    WeeklyHours.objects.all().delete()
    Location.objects.filter(pk=clinic.location.pk).update(is_active=False)
    assert desk.get(reverse("desk:day")).status_code == 200  # its past days can still be seen


@pytest.mark.parametrize("name", ["desk:day", "desk:week", "desk:sheet", "desk:book",
                                  "desk:walk_in", "desk:waiting", "desk:add_waiting"])  # fmt: skip
def test_before_there_is_a_clinic_every_page_says_so(desk, name):
    page = desk.get(reverse(name))
    assert page.status_code == 200 and "There is no clinic yet" in page.text


def test_the_week_counts_and_leads_to_the_day(desk, clinic, booked):
    visit = booked(9, 0, who=clinic.haddad)
    booked(9, 0, who=clinic.osei, day=clinic.monday + timedelta(4))
    page = desk.get(reverse("desk:week"), {"on": clinic.monday + timedelta(2)}).text
    assert "2 visits" in page and page.count(">closed<") == 2  # the weekend
    assert f"/desk/day/?at=river&amp;on={clinic.monday}#visit-{visit.pk}" in page
    alone = desk.get(reverse("desk:week"), {"on": clinic.monday, "who": "osei"}).text
    assert "1 visit<" in alone and f"visit-{visit.pk}" not in alone


def test_a_full_day_costs_no_query_a_visit(desk, clinic, django_assert_max_num_queries):
    full_day(clinic, desk.user, clinic.monday)
    for name in ("desk:day", "desk:week", "desk:sheet"):
        with django_assert_max_num_queries(20):
            desk.get(reverse(name), {"on": clinic.monday, "at": "river"})


def test_an_expired_hold_is_free_again(desk, clinic, held):
    hold = held(9, 0, who=clinic.haddad)
    assert table(clinic).columns[1].entries[0].visit == hold
    later = timezone.now() + timedelta(minutes=11)
    assert table(clinic, now=later).columns[1].entries[0].is_free


def test_todays_numbers_and_the_visits_of_a_chart(desk, clinic, booked, details):
    visit = booked(9, 0)
    assert "0 visits" in desk.get("/").text
    arrival = desk.get(f"/patients/arrivals/{visit.person_id}/").text
    assert "09:00–09:20" in arrival and "Follow-up" in arrival and "my left hip" in arrival
    desk.post(f"/patients/arrivals/{visit.person_id}/", {"patient": "new"})
    visit.refresh_from_db()
    chart = desk.get(f"/patients/{visit.chart.pk}/").text
    assert "09:00–09:20" in chart and reverse("desk:visit", args=[visit.pk]) in chart
    actions.cancel(visit)
    assert "cancelled" in desk.get(f"/patients/{visit.chart.pk}/").text


def test_a_day_on_which_nobody_works_says_so(desk, clinic):
    saturday = desk.get(reverse("desk:day"), {"on": clinic.monday + timedelta(5)}).text
    assert "nobody works on this day" in saturday and "column-back" not in saturday
    monday = desk.get(reverse("desk:day"), {"on": clinic.monday}).text
    assert "No visits on this day yet" in monday and "09:00–12:00 free" in monday
