"""Four processes set a clinic up while four book in it: nobody gets an error, every rule holds.

Once on a file of SQLite, once on a private PostgreSQL.
"""
# ruff: noqa: F401, F811  (the environment is the fixture of the other race)

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.clinic.booking.racing import ROOT
from tests.clinic.booking.setup_racing import PROCESSES
from tests.clinic.booking.test_race import environment, postgres, python
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
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.clinic.booking.setup_racing", str(number)],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    folder = Path(environment["RACE_FOLDER"])
    deadline = time.monotonic() + 60
    while len(list(folder.glob("ready-*"))) < PROCESSES and time.monotonic() < deadline:
        time.sleep(0.05)
    (folder / "go").touch()
    ended: Counter = Counter()
    for process in running:
        out, said = process.communicate(timeout=120)
        assert process.returncode == 0, said[-2000:]
        ended.update(json.loads(out))
    known = {"booked", "lost", "refused", "add_hours", "change_hours", "remove_hours", "holiday",
             "capacity", "telephone"}  # fmt: skip
    assert set(ended) <= known and ended["booked"] >= 1 and ended["add_hours"] >= 1, ended
    assert json.loads(python(environment, CHECK)) == [0, []]
