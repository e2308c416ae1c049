"""Four processes set a clinic up while four book in it: nobody gets an error, every rule holds.

Once on a file of SQLite, once on a private PostgreSQL.
"""
# ruff: noqa: F401, F811  (the environment is the fixture of the other race)

import json

import pytest

from tests.clinic.booking.setup_racing import PROCESSES
from tests.clinic.booking.test_race import (
    environment,
    on_postgres,
    on_sqlite,
    postgres,
    python,
    start,
)
from tests.clinic.own_databases import makes_its_own_databases

pytestmark = [
    pytest.mark.slow,
    makes_its_own_databases,
]
CHECK = """
import django, json; django.setup()
from tests.clinic.booking import racing, setup_racing
print(json.dumps([setup_racing.overlapping_hours(), racing.faults()]))
"""


def test_setting_up_and_booking_at_once(environment):
    ended = start(environment, [], PROCESSES, module="setup_racing")
    known = {"booked", "lost", "refused", "add_hours", "change_hours", "remove_hours", "holiday",
             "capacity", "telephone"}  # fmt: skip
    assert set(ended) <= known and ended["booked"] >= 1 and ended["add_hours"] >= 1, ended
    assert json.loads(python(environment, CHECK)) == [0, []]
