"""A backup taken during writes is one moment: each chart with its event, or neither."""

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
WRITER = """
import django, itertools; django.setup()
from datetime import date
from hipspine.clinic.accounts.models import User
from hipspine.clinic.chart import actions
by = User.objects.get(email="desk@demo.example")
for n in itertools.count():
    actions.create_patient(by=by, given_name="B", family_name="Busy", birth_date=date(1980, 1, 1))
    if n == 0: print("writing", flush=True)
"""
COUNTS = """
import django, json; django.setup()
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart.models import Patient
people = set(Patient.objects.values_list("pseudonym", flat=True))
events = set(AuditEvent.objects.filter(patient__isnull=False).values_list("patient", flat=True))
print(json.dumps([len(people), people == events]))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def clinic(request, tmp_path):
    """The environment of a clinic of its own on each kind of database."""
    given = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "HIPSPINE_ENV")}
    given |= {"HIPSPINE_DATA_DIR": str(tmp_path / "data")}
    if request.param == "sqlite":
        yield given
        return
    postgres = load(SCRIPT)
    try:
        with postgres.private_postgres() as url:
            yield given | {"DATABASE_URL": url}
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))


def hipspine(given, *words):
    done = subprocess.run(
        [HIPSPINE, "clinic", *words], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def counts(given):
    done = subprocess.run(
        [sys.executable, "-c", COUNTS], env=given, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_backup_during_writes_restores_to_one_moment(clinic, tmp_path):
    hipspine(clinic, "migrate")
    hipspine(clinic, "demo")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER], env=clinic, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    try:
        assert [w.stdout.readline() for w in writers] == [b"writing\n"] * 4
        for n in range(2):
            hipspine(clinic, "backup", str(tmp_path / f"b{n}"))
        assert [w.poll() for w in writers] == [None] * 4  # they wrote all along, without an error
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()

    written, _ = counts(clinic)
    for n in range(2):
        drill = hipspine(clinic, "restore", str(tmp_path / f"b{n}"), "--drill")
        assert "as in the manifest" in drill
    hipspine(clinic, "restore", str(tmp_path / "b0"), "--replace")
    restored, each_with_its_event = counts(clinic)
    assert each_with_its_event
    assert 4 <= restored <= written
    assert "unbroken" in hipspine(clinic, "audit", "verify")
