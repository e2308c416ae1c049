"""A served clinic: a race over HTTP, and kill -9 in the middle of two hundred bookings."""

import json
import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from tests.clinic.booking.racing import PROCESSES
from tests.clinic.booking.test_race import (
    after,
    begun,
    environment,
    on_postgres,
    on_sqlite,
    postgres,
    python,
)
from tests.clinic.booking.visitor import Visitor, served
from tests.clinic.own_databases import makes_its_own_databases

__all__ = ["environment", "on_postgres", "on_sqlite", "postgres"]
pytestmark = [
    pytest.mark.slow,
    makes_its_own_databases,
]
WEEK = "/book/river/race/"
BOOKINGS, VISITORS = 200, 8
KILL_AFTER = 70  # confirmed answers
STARTS = """
import django, json; django.setup()
from hipspine.clinic.booking.models import VisitType
from tests.clinic.booking import racing
visit = VisitType.objects.select_related("location").get(slug="race")
print(json.dumps([f"{s:%Y-%m-%dT%H:%M}Z/" for s in racing.instants(visit, 4)]))
"""
#: Visits of five minutes with either clinician: 84 starts a day each, more than 200 in a week.
SHORT_VISITS = """
import django; django.setup()
from hipspine.clinic.booking.models import Need, Resource, VisitType
visit = VisitType.objects.get(slug="race")
VisitType.objects.filter(pk=visit.pk).update(minutes=5)
visit.needs.first().any_of.set(Resource.objects.filter(kind="practitioner"))
"""


BOOKED = """
import django; django.setup()
from hipspine.clinic.booking.models import Appointment
whole = Appointment.objects.filter(status="booked", ticks__isnull=False)
print(*whole.values_list("pk", flat=True))
"""


@pytest.fixture
def clinic_environment(environment):
    return environment | {"HIPSPINE_SECOND_FACTOR": "0", "HIPSPINE_ONLINE_LIMITS": "0"}


def starts_of(given):
    return json.loads(python(given, STARTS))


def test_a_race_over_http_has_one_winner_and_no_error(clinic_environment):
    starts, held = starts_of(clinic_environment), set()
    with served(clinic_environment) as (base, _):

        def visit(number):
            visitor, ended = Visitor(base), Counter()
            assert visitor.get(WEEK).status == 200
            for n in range(20):
                answer = visitor.hold(WEEK, starts[(number + n) % 4])
                ended[answer.status] += 1
                held.add(answer.location)
                if answer.status == 409:
                    # in every losing answer: three other times as buttons
                    assert answer.page.split('class="alternatives"')[1].split("</ul>")[0].count(
                        "<button") == 3  # fmt: skip
            return ended

        with ThreadPoolExecutor(16) as pool:
            ended = sum(pool.map(visit, range(16)), Counter())
    # The winner presses the same button four times more, and is led to the one hold there is.
    assert ended == {302: 5, 409: 315} and len(held - {""}) == 1
    assert after(clinic_environment)["faults"] == []


def test_kill_9_of_all_who_write_leaves_every_booking_whole(environment, tmp_path):
    """Without HTTP: sixteen processes book five-minute visits and are killed at the same moment."""
    python(environment, SHORT_VISITS)
    running = begun(environment, ["until_killed"], PROCESSES)
    try:
        wait_for(lambda: len(said(tmp_path)) >= 10)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
    assert running.communicate()[0] == ""  # in the middle of it: none had come to its end
    assert after(environment)["faults"] == []
    booked = set(python(environment, BOOKED).split())
    assert set(said(tmp_path)) <= booked


def said(folder):
    """Ids of the bookings of which the processes were certain."""
    whole = [f.read_text().rpartition("\n")[0] for f in folder.glob("booked-*")]
    return [line for text in whole for line in text.splitlines()]


def wait_for(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


def test_kill_9_during_two_hundred_bookings_loses_none_and_halves_none(clinic_environment):
    given = clinic_environment
    python(given, SHORT_VISITS)
    first = starts_of(given)[0]
    starts = _five_minutes_apart(first, BOOKINGS)
    confirmed, lock, enough = [], threading.Lock(), threading.Event()

    def book(number, base):
        visitor = Visitor(base)
        try:
            visitor.get(WEEK)
            for start in starts[number::VISITORS]:
                answer = visitor.book(WEEK, start, f"Visitor {number}")
                if answer.status == 302 and "/book/mine/" in answer.location:
                    with lock:
                        confirmed.append(answer.location)
                        if len(confirmed) >= KILL_AFTER:
                            enough.set()
        except OSError:
            return  # the server is dead: what a browser would see as an error

    with served(given) as (base, server):
        visitors = [threading.Thread(target=book, args=(n, base)) for n in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        assert enough.wait(60)
        os.killpg(server.pid, signal.SIGKILL)
        for visitor in visitors:
            visitor.join(60)
    assert KILL_AFTER <= len(confirmed) < BOOKINGS
    assert after(given)["faults"] == []
    with served(given) as (base, _):
        again = Visitor(base)
        lost = [link for link in confirmed if again.get(link).status != 200]
        assert lost == []
        # and what was not booked can be: the clinic goes on
        assert again.get(WEEK).status == 200
        assert again.book(WEEK, starts[-1], "Later").status in (302, 409)


def _five_minutes_apart(first, count):
    """That many starts as buttons send them: seven hours a day from Monday, either clinician."""
    begin = datetime.strptime(first, "%Y-%m-%dT%H:%MZ/")
    days = [begin + timedelta(days=d, minutes=5 * n) for d in range(5) for n in range(36)]
    both = [start for start in days for _ in range(2)]
    return [f"{start:%Y-%m-%dT%H:%M}Z/" for start in both[:count]]
