"""The day sheet as a file: there when nothing else is."""

import stat
from datetime import timedelta

import pytest
from django.db import connection

from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.booking.models import Location
from hipspine.clinic.booking.sheets_on_disk import write_day_sheets


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_by_day_today_and_from_six_in_the_evening_tomorrow_too(clinic):
    day, tomorrow = clinic.monday, clinic.monday + timedelta(days=1)
    assert [p.name for p in write_day_sheets(clinic.at(17, 59))] == [f"river-{day}.html"]
    names = [p.name for p in write_day_sheets(clinic.at(18))]
    assert names == [f"river-{day}.html", f"river-{tomorrow}.html"]


def test_each_clinic_has_its_own_evening(clinic):
    Location.objects.create(
        slug="bay", name="Bay", address_line="1 Bay", city="Bay", phone="+1 555 010 0111",
        time_zone="Pacific/Auckland",
    )  # fmt: skip
    tuesday = clinic.monday + timedelta(days=1)  # 10:00 in Chicago is 05:00 there, a day later
    names = {p.name for p in write_day_sheets(clinic.at(10))}
    assert names == {f"bay-{tuesday}.html", f"river-{clinic.monday}.html"}


def test_the_file_holds_who_comes_and_only_its_owner_may_read_it(clinic, booked):
    booked(9)
    [path] = write_day_sheets(clinic.at(8))
    assert "Ana Invented" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == [path.name]  # nothing half written


def test_it_is_written_anew_and_noted_once(clinic, booked):
    write_day_sheets(clinic.at(8))
    booked(9)
    [path] = write_day_sheets(clinic.at(8, 15))
    assert "Ana Invented" in path.read_text()
    assert AuditEvent.objects.filter(action="booking.day_sheet_written").count() == 1


def test_after_three_days_it_is_removed_and_other_files_are_left_alone(clinic):
    [path] = write_day_sheets(clinic.at(8))
    kept = path.with_name("notes.html")
    kept.write_text("ours")
    write_day_sheets(clinic.at(8) + timedelta(days=3))
    assert path.exists()
    write_day_sheets(clinic.at(8) + timedelta(days=4))
    assert not path.exists() and kept.exists()


def test_a_hundred_visits_cost_no_more_queries_than_one(clinic, booked):
    booked(9)
    write_day_sheets(clinic.at(8))
    before = _queries(lambda: write_day_sheets(clinic.at(8)))
    booked(10)
    booked(11)
    assert _queries(lambda: write_day_sheets(clinic.at(8))) == before


def _queries(act) -> int:
    seen = []

    def count(execute, *args):
        seen.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(count):
        act()
    return len(seen)
