"""From SQLite to PostgreSQL: every row the same, or nothing is moved."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clinic.own_databases import makes_its_own_databases
from tests.clinic.test_on_postgres import SCRIPT, load

pytestmark = makes_its_own_databases
HIPSPINE = Path(sys.executable).with_name("hipspine")
SOME_CHARTS = """
import django; django.setup()
from datetime import date
from hipspine.clinic.accounts.models import User
from hipspine.clinic.chart import actions
by = User.objects.get(email="desk@demo.example")
for n in range(600):
    actions.create_patient(by=by, given_name=f"Zoë {n} \\u202eabc", family_name="Nuñez 🦴",
                           birth_date=date(1972, 2, 29))
"""
HASHES = """
import django, json; django.setup()
from hipspine.clinic.operations.row_hashes import row_hashes
print(json.dumps(row_hashes()))
"""
WRITE_ON = """
import django; django.setup()
from hipspine.clinic.accounts.actions import create_user
print(create_user("new@demo.example", "auditor").pk)
"""


def run(given, *command):
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def server():
    postgres = load(SCRIPT)
    try:
        with postgres.private_postgres() as url:
            yield url
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.mark.postgres
@pytest.mark.slow
def test_every_row_arrives_and_a_second_move_is_refused(server, tmp_path):
    given = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "HIPSPINE_ENV")}
    old = given | {"HIPSPINE_DATA_DIR": str(tmp_path)}
    new = old | {"DATABASE_URL": server}
    for command in ("migrate", "demo"):
        assert run(old, HIPSPINE, "clinic", command).returncode == 0
    assert run(old, sys.executable, "-c", SOME_CHARTS).stderr == ""

    moved = run(old, HIPSPINE, "clinic", "move", "--to", server)
    assert moved.returncode == 0, moved.stderr
    assert "every table's hash the same" in moved.stdout

    there, here = (json.loads(run(g, sys.executable, "-c", HASHES).stdout) for g in (new, old))
    assert there == here
    assert there["chart.patient"]["rows"] == 600 + 40  # of the demonstration
    assert "unbroken" in run(new, HIPSPINE, "clinic", "audit", "verify").stdout
    # New rows take numbers of their own: the sequences know where the old ones ended.
    assert run(new, sys.executable, "-c", WRITE_ON).stderr == ""

    again = run(old, HIPSPINE, "clinic", "move", "--to", server)
    assert again.returncode == 2
    assert "has rows already" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1


def test_only_from_sqlite_to_postgres(tmp_path):
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    given |= {"HIPSPINE_DATA_DIR": str(tmp_path)}
    refused = run(given, HIPSPINE, "clinic", "move", "--to", "sqlite:////tmp/x")
    assert refused.returncode == 2
    assert "accepted: from SQLite to --to postgresql://" in refused.stderr
