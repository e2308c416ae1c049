"""Processes that book at the same moment: what the race tests start, and what must hold after.

    python -m tests.clinic.booking.racing race PROCESSES   (in the environment of a migrated clinic)

Each process has its own connection, waits for the file `go`, and prints one JSON line. They are
forks of one that has loaded everything and opened nothing.
"""

import importlib
import json
import os
import random
import sys
import time
import traceback
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, REQUESTS = 16, 20
STARTS = 4  # 09:00, 09:05, 09:10, 09:15 of 20 minutes: each overlaps all others
MIXED_STEPS, MIXED_SECONDS = 40, 40  # of each process, whichever comes first


def prepare(grid_minutes: int = 5):
    """One clinician, two rooms, visits of 20 minutes; returns the visit type."""
    from hipspine.clinic.booking.models import Need, VisitType
    from tests.clinic.booking.clinic_for_tests import make_clinic

    clinic = make_clinic()
    visit = VisitType.objects.create(
        location=clinic.location, slug="race", name="Race", minutes=20, grid_minutes=grid_minutes
    )
    for any_of in ((clinic.haddad,), clinic.rooms):
        Need.objects.create(visit_type=visit).any_of.set(any_of)
    return visit


def instants(visit, count: int = STARTS):
    """The overlapping starts, from 09:00 on the Monday after next."""
    from hipspine.clinic.booking.wall_clock import TICK
    from tests.clinic.booking.clinic_for_tests import SmallClinic

    at = SmallClinic.at
    day = _monday(visit)
    begin = at(type("Here", (), {"location": visit.location, "monday": day})(), 9)
    return [begin + n * TICK for n in range(count)]


def _monday(visit) -> date:
    from django.utils import timezone

    today = timezone.now().astimezone(visit.location.zone).date()
    return today + timedelta(days=14 - today.weekday())


def details(number: int):
    """Somebody plainly invented."""
    from hipspine.clinic.booking.actions import Details

    return Details(
        given_name=f"Racer {number}", family_name="Invented", birth_date=date(1980, 1, 1),
        email=f"racer{number}@invented.example",
    )  # fmt: skip


def race(number: int) -> Counter:
    """Twenty times: hold one of the four starts, confirm it; how each attempt ended."""
    from hipspine.clinic.booking import actions
    from hipspine.clinic.booking.models import VisitType

    visit = VisitType.objects.select_related("location").get(slug="race")
    starts, ended = instants(visit), Counter()
    wait_for_go()
    for n in range(REQUESTS):
        wanted = actions.Wanted(visit, starts[(number + n) % STARTS])
        try:
            held = actions.hold(wanted, key=uuid4())
            actions.confirm(held, details(number))
            ended["booked"] += 1
        except actions.SlotTaken:
            ended["lost"] += 1
        except Exception as error:  # anything else is what the race must not show
            ended[f"{type(error).__name__}: {error}"] += 1
    return ended


def until_killed(number: int) -> Counter:
    """Books one time after the other; says which, on a line, once it has it for certain."""
    from hipspine.clinic.booking import actions
    from hipspine.clinic.booking.models import VisitType

    visit = VisitType.objects.select_related("location").get(slug="race")
    starts, ended = instants(visit, 400), Counter()
    wait_for_go()
    for start in starts[number::PROCESSES]:
        try:
            held = actions.hold(actions.Wanted(visit, start), key=uuid4())
            booked = actions.confirm(held, details(number))
        except actions.SlotTaken:
            ended["lost"] += 1
            continue
        with (Path(os.environ["RACE_FOLDER"]) / f"booked-{os.getpid()}").open("a") as file:
            file.write(f"{booked.pk}\n")
        ended["booked"] += 1
    return ended


def naive(number: int) -> Counter:
    """The control: look whether it is free, then insert, each by itself, without ticks."""
    from django.utils import timezone

    from hipspine.clinic.booking.models import Appointment, VisitType
    from hipspine.clinic.booking.models.appointment import Status
    from hipspine.clinic.chart.actions import note_arrival

    visit = VisitType.objects.select_related("location").get(slug="race")
    starts, ended = instants(visit), Counter()
    person = note_arrival(given_name="Racer", family_name="Invented")
    wait_for_go()
    for n in range(REQUESTS):
        begin = starts[(number + n) % STARTS]
        end = begin + timedelta(minutes=visit.minutes)
        kept = Appointment.objects.filter(status=Status.BOOKED)
        if kept.filter(starts_at__lt=end, ends_at__gt=begin).exists():
            ended["lost"] += 1
            continue
        Appointment.objects.create(
            location=visit.location, visit_type=visit, starts_at=begin, ends_at=end,
            status=Status.BOOKED, person=person, booked_at=timezone.now(),
        )  # fmt: skip
        ended["booked"] += 1
    return ended


def mixed(number: int) -> Counter:
    """At random over one morning, whatever people and the desk do."""
    from hipspine.errors import InvalidInput

    chance, ended = random.Random(number), Counter()
    steps = steps_of(number, chance)
    wait_for_go()
    end = time.monotonic() + MIXED_SECONDS
    for _ in range(MIXED_STEPS):
        if time.monotonic() > end:
            break
        step = chance.choices(list(steps), list(steps.values()))[0]
        try:
            step()
            ended[step.__name__] += 1
        except InvalidInput:  # taken, changed meanwhile, an offer that is over
            ended["refused"] += 1
        except Exception as error:  # anything else is what the race must not show
            ended[f"{type(error).__name__}: {error}"] += 1
    return ended


def steps_of(number: int, chance: random.Random):
    """{step: how often}: hold and confirm, move, cancel, overbook, release; wait and be offered
    what is free; accept, decline or leave."""
    from hipspine.clinic.accounts.models import User
    from hipspine.clinic.booking import actions
    from hipspine.clinic.booking.models import Appointment, VisitType, WaitingListEntry
    from hipspine.clinic.booking.models.appointment import Status

    visit = VisitType.objects.select_related("location").get(slug="race")
    day = _monday(visit)
    desk = User.objects.get(email="desk@race.example")
    starts = instants(visit, 30)

    def booked():
        rows = list(Appointment.objects.filter(status=Status.BOOKED))
        return chance.choice(rows) if rows else None

    def wanted():
        return actions.Wanted(visit, chance.choice(starts))

    def book():
        held = actions.hold(wanted(), key=uuid4())
        if chance.random() < 0.8:
            actions.confirm(held, details(number))

    def move():
        row = booked()
        if row:
            actions.reschedule(row, wanted(), version=row.version)

    def cancel():
        row = booked()
        if row:
            actions.cancel(row, version=row.version)

    def overbook():
        actions.book_by_staff(
            wanted(), details(number), key=uuid4(), by=desk, terms=actions.overbooking("in pain")
        )

    def release():
        row = Appointment.objects.filter(status=Status.PENDING).order_by("?").first()
        if row:
            actions.release(row)

    def waiting():
        wish = actions.Wish(visit, day, day)
        actions.join(wish, details(number), key=uuid4())
        actions.offer_to_next(wanted())

    def answer():
        entry = WaitingListEntry.objects.filter(status="offered").order_by("?").first()
        if entry:
            chance.choice((actions.accept, actions.decline, actions.withdraw))(entry)
        actions.end_old_offers()

    return {book: 6, move: 4, cancel: 3, overbook: 1, release: 1, waiting: 2, answer: 2}


def overlaps() -> int:
    """Pairs of kept visits of one clinician that overlap, by looking at every pair."""
    from hipspine.clinic.booking.models import Appointment
    from hipspine.clinic.booking.models.appointment import KEPT

    rows = list(Appointment.objects.filter(status__in=KEPT).values_list("starts_at", "ends_at"))
    return sum(a[0] < b[1] and b[0] < a[1] for n, a in enumerate(rows) for b in rows[n + 1 :])


def faults() -> list[str]:
    """What must never be, in any database of bookings; empty if all is well."""
    from hipspine.clinic.audit.chain import verify
    from hipspine.clinic.audit.models import AuditEvent
    from hipspine.clinic.booking.models import Appointment, BookingTick, WaitingListEntry
    from hipspine.clinic.booking.models.appointment import KEPT, Status
    from hipspine.clinic.booking.wall_clock import TICK

    found = []
    events = set(
        AuditEvent.objects.filter(action="booking.booked").values_list("target", flat=True)
    )
    for row in Appointment.objects.prefetch_related("resources", "ticks"):
        length = (row.ends_at - row.starts_at) // TICK
        expected = {
            (r.pk, row.starts_at + n * TICK) for r in row.resources.all() for n in range(length)
        }
        has = [(t.resource_id, t.tick_start) for t in row.ticks.all()]
        if row.status in KEPT and (set(has) != expected or len(has) != len(expected) or not has):
            found.append(f"{row} is {row.status} and has {len(has)} ticks of {len(expected)}")
        if row.status == Status.CANCELLED and has:
            found.append(f"{row} is cancelled and still takes {len(has)} ticks")
        if row.status in KEPT and f"booking.Appointment:{row.pk}" not in events:
            found.append(f"{row} has no event")
        if row.status == Status.PENDING and (row.person_id or row.patient_id):
            found.append(f"{row} is half confirmed")
    ordinary = Counter(
        BookingTick.objects.filter(appointment__overbook_reason="").values_list(
            "resource", "tick_start"
        )
    )
    found += [f"{key} has {n} visits" for key, n in ordinary.items() if n > 1]
    for entry in WaitingListEntry.objects.select_related("offer"):
        if entry.status == "offered" and entry.offer is None:
            found.append(f"{entry} is offered nothing")
        if entry.status == "booked" and entry.offer.status == Status.PENDING:
            found.append(f"{entry} is booked and its time only held")
        if entry.status in ("waiting", "withdrawn") and entry.offer:
            found.append(f"{entry} is {entry.status} and keeps an offer")
    chain = verify()
    return found + ([f"audit: {chain.fault}"] if chain.fault else [])


def wait_for_go() -> None:
    """Ready, and then all at the same moment."""
    here = Path(os.environ["RACE_FOLDER"])
    (here / f"ready-{os.getpid()}").touch()
    while not (here / "go").exists():
        time.sleep(0.002)


def forked(work, count: int) -> int:
    """`work(number)` in so many processes, each of which prints what it returns; 1 if one failed.

    `work` is called in the forks only: each opens a connection of its own.
    """
    forks = []
    for number in range(count):
        fork = os.fork()
        if not fork:
            _work_and_end(work, number)
        forks.append(fork)
    ends = [os.waitpid(fork, 0)[1] for fork in forks]
    return int(any(ends))


def _work_and_end(work, number: int) -> NoReturn:
    """In a fork: one write a line, so that no two mix; what ends the parent is not done here."""
    status = 1
    try:
        os.write(1, (json.dumps(work(number)) + "\n").encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    import django

    django.setup()
    importlib.import_module("tests.clinic.booking.clinic_for_tests")  # once, not in each fork
    kind, count = sys.argv[1], int(sys.argv[2])
    kinds = {"race": race, "naive": naive, "mixed": mixed, "until_killed": until_killed}
    sys.exit(forked(kinds[kind], count))


if __name__ == "__main__":
    main()
