"""Free slots of a busy week, and taking one: milliseconds in the process, on SQLite on disk.

    python -m benchmarks.booking_speed

Three clinicians, three rooms, 300 bookings in the week asked for;
durable commits (synchronous FULL).
The race itself is a test: tests/clinic/booking/test_race.py.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

TARGET_MS = 10
BOOKINGS, TAKEN = 300, 60
Row = tuple[str, list[float], str]


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each call took."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def busy_week():
    """(a visit type, its Monday): a clinic with `BOOKINGS` bookings of twenty minutes from then."""
    from datetime import date, timedelta
    from uuid import uuid4

    from tests.clinic.booking.clinic_for_tests import make_clinic

    from hipspine.clinic.booking import actions
    from hipspine.clinic.booking.models import Resource, WeeklyHours
    from hipspine.clinic.booking.slots import free_slots

    clinic = make_clinic()
    place, needs = clinic.location, list(clinic.follow_up.needs.order_by("pk"))
    third = Resource.objects.create(location=place, kind="practitioner", slug="roy", name="Dr Roy")
    room = Resource.objects.create(location=place, kind="room", slug="room-3", name="Room 3")
    for row in WeeklyHours.objects.filter(resource=clinic.haddad):
        WeeklyHours.objects.create(
            resource=third, weekday=row.weekday, opens=row.opens, closes=row.closes
        )
    needs[0].any_of.add(third)
    needs[1].any_of.add(room)
    monday: date = clinic.monday
    friday = monday + timedelta(days=4)
    people = actions.Details(given_name="Somebody", family_name="Invented")
    for slot in free_slots(clinic.follow_up, monday, friday):
        for _ in slot.practitioners:
            if clinic.follow_up.appointments.count() == BOOKINGS:
                break
            wanted = actions.Wanted(clinic.follow_up, slot.starts_at)
            actions.confirm(actions.hold(wanted, key=uuid4()), people)
    assert clinic.follow_up.appointments.count() == BOOKINGS
    return clinic.follow_up, monday


def measure() -> list[Row]:
    """In a process whose environment names a migrated, empty clinic."""
    from datetime import timedelta
    from uuid import uuid4

    from django.utils import timezone

    from hipspine.clinic.booking import actions, feed
    from hipspine.clinic.booking.slots import free_slots, nearest_slots

    visit, monday = busy_week()
    sunday, later = monday + timedelta(days=6), monday + timedelta(days=7)
    people = actions.Details(given_name="Somebody", family_name="Invented")
    taken = free_slots(visit, monday, monday)
    assert not taken  # Monday is full
    lost = actions.Wanted(visit, free_slots(visit, later, later)[0].starts_at - timedelta(days=7))
    free = iter(free_slots(visit, later, later + timedelta(days=30)))

    def book() -> None:
        wanted = actions.Wanted(visit, next(free).starts_at)
        actions.confirm(actions.hold(wanted, key=uuid4()), people)

    def lose() -> None:
        try:
            actions.hold(lost, key=uuid4())
        except actions.SlotTaken:
            return
        raise AssertionError("it was free")

    return [
        ("free slots of the week", milliseconds(lambda: free_slots(visit, monday, sunday), 50),
         f"< {TARGET_MS}"),
        ("three nearest to a time that is taken",
         milliseconds(lambda: nearest_slots(visit, lost.starts_at), 50), ""),
        ("hold and confirm", milliseconds(book, TAKEN), ""),
        ("a hold that comes too late", milliseconds(lose, 50), ""),
        ("feed of two weeks", milliseconds(
            lambda: feed.as_lines(feed.slots(visit.location, timezone.now())), 20), ""),
    ]  # fmt: skip


def main() -> None:
    """Print the table; the clinic it needs is made in a folder that is gone afterwards."""
    if not find_spec("django"):
        Console().print("booking: Django is not installed (pip install hipspine[clinic]), left out")
        return
    with tempfile.TemporaryDirectory(prefix="hipspine-booking-") as folder:
        given = {k: v for k, v in os.environ.items() if not k.startswith(("HIPSPINE", "DATABASE"))}
        given |= {
            "HIPSPINE_DATA_DIR": folder,
            "HIPSPINE_TASKS": "queued",
            "DJANGO_SETTINGS_MODULE": "hipspine.clinic.settings",
        }
        command = [sys.executable, "-m", "benchmarks.booking_speed", "here"]
        subprocess.run(command, cwd=Path(__file__).parents[1], env=given, check=True)


def here() -> None:
    """The part that needs Django's settings."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    table = Table(title=f"Booking, one process: a week with {BOOKINGS} bookings, ms")
    for heading in ("what", "best", "median", "p95", "target"):
        table.add_column(heading)
    for name, taken, target in measure():
        p95 = statistics.quantiles(taken, n=20)[-1]
        middle = statistics.median(taken)
        table.add_row(name, f"{min(taken):.1f}", f"{middle:.1f}", f"{p95:.1f}", target)
    Console(width=100).print(table)


if __name__ == "__main__":
    here() if "here" in sys.argv else main()
