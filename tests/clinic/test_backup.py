"""A backup restores to what it was, and a drill notices when it would not."""

import json
import re
import sqlite3
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.audit.models import AuditEvent
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.operations.backup import file_hash, make_backup
from hipspine.clinic.operations.restore import drill_backup, restore_backup
from hipspine.clinic.operations.row_hashes import row_hashes
from hipspine.errors import InvalidInput

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("second_database"),
]


@pytest.fixture
def someone():
    user = create_user("desk@clinic.example", "front_desk")
    return actions.create_patient(
        by=user, given_name="Zoë", family_name="Nuñez 🦴", birth_date=date(1971, 2, 28)
    )


def test_a_drill_proves_a_backup_and_touches_nothing(someone, tmp_path):
    line = make_backup(tmp_path / "b")
    before, head = row_hashes(), AuditEvent.objects.order_by("-sequence").first().hash
    assert head in line
    assert re.match(
        r"sound: \d+ rows as in the manifest, 2 audit events", drill_backup(tmp_path / "b")
    )
    assert row_hashes() == before


def test_what_was_written_after_the_backup_is_gone_and_the_rest_is_back(someone, tmp_path):
    make_backup(tmp_path / "b")
    before = row_hashes()
    Patient.objects.filter(pk=someone.pk).update(given_name="Other")
    with pytest.raises(InvalidInput, match="--replace"):
        restore_backup(tmp_path / "b", replace=False)
    restore_backup(tmp_path / "b", replace=True)
    assert row_hashes() == before
    assert Patient.objects.get().given_name == "Zoë"


def test_going_back_leaves_no_table_of_a_newer_release(someone, tmp_path):
    make_backup(tmp_path / "b")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE booking_newer (id integer PRIMARY KEY)")
    restore_backup(tmp_path / "b", replace=True)
    assert "booking_newer" not in connection.introspection.table_names()
    assert Patient.objects.filter(pk=someone.pk).exists()


def test_who_had_signed_out_since_the_backup_stays_signed_out(someone, tmp_path):
    later = timezone.now() + timedelta(hours=12)
    Session.objects.create(session_key="k", session_data="d", expire_date=later)
    make_backup(tmp_path / "b")
    restore_backup(tmp_path / "b", replace=True)
    assert not Session.objects.exists()


def test_a_changed_file_is_refused(someone, tmp_path):
    make_backup(tmp_path / "b")
    copy = next(p for p in (tmp_path / "b").iterdir() if p.name != "manifest.json")
    copy.write_bytes(copy.read_bytes() + b"x")
    with pytest.raises(InvalidInput, match="changed since"):
        drill_backup(tmp_path / "b")


def test_a_changed_row_is_found_by_its_hash_though_the_manifest_vouches_for_the_file(
    someone, tmp_path
):
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL dump cannot be edited in place")
    make_backup(tmp_path / "b")
    copy, notes = tmp_path / "b" / "clinic.sqlite3", tmp_path / "b" / "manifest.json"
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE chart_patient SET family_name = 'Other'")
    manifest = json.loads(notes.read_text())
    notes.write_text(json.dumps(manifest | {"file_sha256": file_hash(copy)}))
    with pytest.raises(InvalidInput, match=r"chart\.patient"):
        drill_backup(tmp_path / "b")


def test_not_a_backup(tmp_path):
    with pytest.raises(InvalidInput, match="not of a backup"):
        drill_backup(tmp_path)
    (tmp_path / "x").write_text("")
    with pytest.raises(InvalidInput, match="empty folder"):
        make_backup(tmp_path)
