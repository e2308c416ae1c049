"""What a page costs: no more questions for a long list, and no stop for a first or a late request.

How long pages take is measured by `python -m benchmarks.clinic_pages`, not here.
"""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.operations.warming import COLLECT_EVERY
from tests.clinic.own_databases import makes_its_own_databases

BORN = date(1970, 3, 4)


def lengthen(chart, by, times):
    """Findings, merges, and looks by as many."""
    for n in range(times):
        said = Statement("log_roll", True, date(2026, 1, 1 + n))
        actions.record_finding(chart, said, source="clinician", by=by)
        twin = actions.create_patient(
            by=by, given_name=f"José {n}", family_name="Pérez", birth_date=BORN
        )
        actions.merge_patients(chart, twin, reason="the same person", by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN, Role.PATIENT])
def test_a_long_chart_asks_the_database_no_more_than_a_short_one(signed_in, make_user, role):
    by = make_user(Role.PHYSICAL_THERAPIST)
    chart = actions.create_patient(by=by, given_name="José", family_name="Pérez", birth_date=BORN)
    reader, asked = signed_in(role), []
    ending = ""
    if role == Role.PATIENT:
        actions.link_account(chart, reader.user, by=by)
        ending = "mine/who-looked/"
    reader.get("/")  # from here on the session remembers when it was last seen
    for times in (2, 6):
        lengthen(chart, by, times)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(f"/patients/{chart.pk}/{ending}").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


WORKER = """
import gc
gc.set_threshold(200_000)  # as the command line does
from hipspine.clinic.wsgi import application
from django.template import engines
kept = engines["django"].engine.template_loaders[0].get_template_cache
print(*gc.get_threshold(), gc.get_freeze_count() > 50_000, "chart/patient.html" in kept)
"""


@makes_its_own_databases
def test_a_worker_is_warm_and_collects_little_and_often(tmp_path):
    """200,000 objects collected at once stopped a worker for 250 ms."""
    given = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        env=given | {"HIPSPINE_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [*map(str, COLLECT_EVERY), "True", "True"]
