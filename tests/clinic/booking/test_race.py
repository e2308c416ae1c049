"""Sixteen processes want the same four overlapping times: one gets it, nobody gets an error.

Once on a file of SQLite, once on a private PostgreSQL. The control shows that the test can fail.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.clinic.booking.racing import PROCESSES, REQUESTS, ROOT
from tests.clinic.own_databases import makes_its_own_databases
from tests.clinic.test_on_postgres import SCRIPT, load

pytestmark = [
    pytest.mark.slow,
    makes_its_own_databases,
]
CHECK = """
import django, json, sys; django.setup()
from tests.clinic.booking import racing
{}
print(json.dumps({{"overlaps": racing.overlaps(), "faults": racing.faults()}}))
"""
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from hipspine.clinic.accounts.actions import create_user
create_user("desk@race.example", "front_desk")
from tests.clinic.booking import racing
racing.prepare()
"""


@pytest.fixture(scope="module")
def postgres():
    """The URL of a private server; skips only where none can be had."""
    module = load(SCRIPT)
    with contextlib.ExitStack() as stack:
        try:
            yield stack.enter_context(module.private_postgres())
        except module.NoPostgres as reason:
            pytest.skip(str(reason))


def surroundings(folder):
    """The environment of a clinic in this folder."""
    given = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "HIPSPINE"))}
    return given | {
        "HIPSPINE_DATA_DIR": str(folder),
        "RACE_FOLDER": str(folder),
        "HIPSPINE_TASKS": "queued",  # letters wait in the queue, as where a clinic is served
        "DJANGO_SETTINGS_MODULE": "hipspine.clinic.settings",
    }


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    """The folder of a migrated clinic with one visit type to race for: to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    python(surroundings(folder), PREPARE)
    return folder


@pytest.fixture(scope="module")
def on_postgres(postgres, tmp_path_factory):
    """(a server's URL, the folder of the same clinic, whose database is to be copied)"""
    folder = tmp_path_factory.mktemp("prepared")
    python(surroundings(folder) | {"DATABASE_URL": postgres}, PREPARE)
    return postgres, folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def environment(request, tmp_path):
    """The environment of a copy of that clinic, on either database."""
    given = surroundings(tmp_path)
    if request.param == "postgresql":
        url, prepared = request.getfixturevalue("on_postgres")
        given["DATABASE_URL"] = copied(url, f"race_{time.monotonic_ns()}")
    else:
        prepared = request.getfixturevalue("on_sqlite")
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return given


def copied(url, name):
    """The URL of a copy, of this name, of the database at this URL."""
    psycopg = pytest.importorskip("psycopg")
    server, _, original = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {original}")
    return f"{server}/{name}"


def python(given, code):
    done = subprocess.run(
        [sys.executable, "-c", code], env=given, cwd=ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def start(given, kind, processes, module="racing"):
    """All at the same moment; how their attempts ended, together."""
    running = begun(given, kind, processes, module)
    out, wrong = running.communicate(timeout=240)
    assert running.returncode == 0, wrong[-2000:]
    ended = [Counter(json.loads(line)) for line in out.splitlines()]
    assert len(ended) == processes
    return sum(ended, Counter())


def begun(given, kind, processes, module="racing"):
    """They have begun, all at the same moment: the process whose forks they are."""
    running = subprocess.Popen(
        [sys.executable, "-m", f"tests.clinic.booking.{module}", *kind, str(processes)],
        env=given, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    folder = Path(given["RACE_FOLDER"])
    while len(list(folder.glob("ready-*"))) < processes and running.poll() is None:
        time.sleep(0.01)
    (folder / "go").touch()
    return running


def after(given, extra=""):
    return json.loads(python(given, CHECK.format(extra)).splitlines()[-1])


def test_of_320_requests_for_four_overlapping_times_one_wins(environment):
    ended = start(environment, ["race"], PROCESSES)
    assert ended == {"booked": 1, "lost": PROCESSES * REQUESTS - 1}
    assert after(environment) == {"overlaps": 0, "faults": []}


def test_whatever_they_do_at_the_same_time_the_books_are_right(environment):
    ended = start(environment, ["mixed"], 8)
    steps = {"book", "move", "cancel", "overbook", "release", "waiting", "answer"}
    assert set(ended) <= steps | {"refused"}, ended
    assert ended.total() > 100
    assert after(environment)["faults"] == []


def test_the_control_looking_first_and_inserting_then_overlaps(environment):
    start(environment, ["naive"], PROCESSES)
    assert after(environment)["overlaps"] > 0
