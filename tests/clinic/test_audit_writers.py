"""Many writers at once: one chain, no gap, no error."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from hipspine.clinic.audit import actions
from hipspine.clinic.audit.actions import record
from hipspine.clinic.audit.chain import verify
from tests.clinic.own_databases import makes_its_own_databases

WRITE = """
import django; django.setup()
from hipspine.clinic.audit.actions import record
for n in range(25): record("race", actor=None, detail={"n": n})
"""


@makes_its_own_databases
def test_four_processes_on_sqlite_write_one_chain(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"HIPSPINE_DATA_DIR": str(tmp_path)}
    hipspine = [sys.executable, "-c", "from hipspine.cli import main; main()", "clinic"]
    subprocess.run([*hipspine, "migrate"], env=environment, check=True, capture_output=True)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE], env=environment, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [w.communicate()[1] for w in writers] == [b""] * 4
    done = subprocess.run(
        [*hipspine, "audit", "verify"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("100 events, unbroken")


@pytest.mark.django_db(transaction=True)
def test_eight_connections_on_postgres_write_one_chain():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's test database lives in one connection; see the test above")

    def write(_):
        for n in range(25):
            record("race", actor=None, detail={"n": n})
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert (verify().events, verify().fault) == (200, None)


def log_position(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_current_wal_{name}_lsn() - '0/0'::pg_lsn")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_an_event_on_postgres_is_on_the_disk_when_record_returns(monkeypatch):
    """The lock is given back before, so that writers wait for the disk together."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes to the disk before it gives the pen back")
    connection.cursor().execute("SET synchronous_commit = on")  # the tests' server has it off
    waiting, event_at = actions._wait_for_the_disk, []

    def noted():
        event_at.append(log_position("insert"))
        waiting()

    monkeypatch.setattr(actions, "_wait_for_the_disk", noted)
    for _ in range(20):
        record("race", actor=None)
        assert log_position("flush") >= event_at[-1]
    assert len(event_at) == 20
    with transaction.atomic():  # beside other changes: the caller's commit waits, as ever
        record("race", actor=None)
        assert len(event_at) == 20
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
    connection.close()
