"""Pairs of actions that meet at their worst moment: what the test of collisions starts.

python -m tests.clinic.booking.colliding       (in the environment of a migrated clinic)
"""

import json
import sys
import threading
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4


def meeting(barrier, original):
    """`original`, begun only when the other side has come as far as its own meeting."""

    def met(*args, **kwargs):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(2)  # where locks keep the two apart, the first goes on alone
        return original(*args, **kwargs)

    return met


def meet(places, *works) -> list[str]:
    """Both at once, each in a thread and connection of its own; how they ended."""
    from django.db import connection

    from hipspine.errors import InvalidInput

    ended, barrier = [], threading.Barrier(2)

    def run(work):
        try:
            work()
            ended.append("done")
        except InvalidInput:
            ended.append("refused")
        except Exception as error:  # whatever else it is, the test must see it
            ended.append(type(error).__name__)
        finally:
            connection.close()

    with ExitStack() as stack:
        for module, name in places:
            stack.enter_context(patch.object(module, name, meeting(barrier, getattr(module, name))))
        threads = [threading.Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    return sorted(ended)


def person(name: str) -> dict:
    return {
        "given_name": name, "family_name": "Invented", "birth_date": date(1980, 2, 29),
        "email": f"{name}@invented.example",
    }  # fmt: skip


def four_bookings_and_two_more(clinic) -> dict[str, object]:
    """One e-mail address has four visits to come; two more are sent at once, one with a +tag."""
    from hipspine.clinic.booking import actions, limits
    from hipspine.clinic.booking.models import Appointment
    from hipspine.clinic.booking.views.public import holding

    def details(tag=""):
        return actions.Details(**person("hal") | {"email": f"hal{tag}@invented.example"})

    def held(hour, minute):
        return actions.hold(clinic.wanted(hour, minute), key=uuid4())

    for minute in (0, 20, 40):
        actions.confirm(held(13, minute), details())
    actions.confirm(held(14, 0), details("+x"))
    asked = [holding.Asked(held(14, minute), "", None, False) for minute in (20, 40)]
    ended = meet(
        [(holding, "_confirm")],
        *[
            lambda one=one, tag=tag: holding._confirm_counted(one, details(tag), "")
            for one, tag in zip(asked, ("", "+y"), strict=True)
        ],
    )
    booked = Appointment.objects.filter(person__given_name="hal", status="booked")
    assert limits.MOST_TO_COME == 5
    return {"two at the limit": ended, "visits of hal": booked.count()}


def letters_at_once(many: int) -> int:
    """So many ask at one moment for a code to one address; how many letters may be written."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection
    from django.test import RequestFactory

    from hipspine.clinic.accounts.letter_limits import OF_ACCOUNTS, may_write

    together = threading.Barrier(many)

    def ask(n):
        request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
        together.wait(10)
        try:
            return may_write(request, f"ivy+{n}@invented.example", OF_ACCOUNTS)
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        return sum(pool.map(ask, range(many)))


def main() -> dict[str, object]:
    from django.utils import timezone

    from hipspine.clinic.accounts.actions import create_user
    from hipspine.clinic.booking import actions
    from hipspine.clinic.booking.actions import forgetting, online, waiting
    from hipspine.clinic.booking.models import Appointment
    from hipspine.clinic.chart import actions as chart
    from hipspine.clinic.chart.actions import identity, merging
    from hipspine.clinic.chart.models import Patient
    from tests.clinic.booking.clinic_for_tests import make_clinic

    clinic, out = make_clinic(slug="collisions"), {}
    desk, admin = (
        create_user("d@c.example", "front_desk"),
        create_user("a@c.example", "clinic_admin"),
    )

    def details(name):
        return actions.Details(**person(name))

    ana = chart.create_patient(by=desk, **person("ana"))
    actions.book_by_staff(clinic.wanted(9), actions.Details(patient=ana), key=uuid4(), by=desk)
    request, held = (
        chart.request_erasure(ana, by=desk),
        actions.hold(clinic.wanted(10), key=uuid4()),
    )
    out["erasure and booking"] = meet(
        [(forgetting, "cancel"), (online, "note_arrival")],
        lambda: chart.decide_erasure(request, granted=True, reason="asked", by=admin),
        lambda: actions.confirm(held, details("bo")),
    )

    one, two = (chart.create_patient(by=desk, **person(name)) for name in ("cy", "di"))
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday)
    entry = actions.join(wish, actions.Details(patient=two), key=uuid4())
    actions.offer(entry, clinic.wanted(11))
    out["merge and accept"] = meet(
        [(merging, "_move_all"), (waiting, "confirm")],
        lambda: chart.merge_patients(one, two, reason="same", by=desk),
        lambda: actions.accept(entry),
    )

    key = uuid4()
    out["join and join"] = meet(
        [(online, "note_arrival")],
        *[lambda: actions.join(wish, details("ed"), key=key)] * 2,
    )

    out |= four_bookings_and_two_more(clinic)
    out["letters at once"] = letters_at_once(12)

    who, known = chart.note_arrival(**person("flo")), person("flo")
    chart.create_patient(by=desk, **known)
    code = chart.send_code(who)
    out["desk and code"] = meet(
        [(identity, "_confirm")],
        lambda: chart.confirm_as_new(who, by=desk),
        lambda: chart.confirm_by_code(who, code),
    )
    out["charts of flo"] = Patient.objects.filter(given_name="flo").count()

    old = actions.hold(clinic.wanted(15), key=uuid4())
    long_ago = timezone.now() - timedelta(days=2)
    Appointment.objects.filter(pk=old.pk).update(expires_at=long_ago)
    from django.db.models.deletion import Collector

    out["forgetting and confirming"] = meet(
        [(Collector, "delete"), (online, "note_arrival")],
        actions.forget_what_is_old,
        lambda: actions.confirm(old, details("gus")),
    )
    left = Appointment.objects.filter(pk=old.pk).values_list("status", flat=True)
    out["what was confirmed is"] = list(left)
    return out


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(main()) + "\n")
