"""Putting a backup in place, or only proving that it could be."""

import contextlib
import json
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from hipspine.clinic.audit.chain import verify
from hipspine.clinic.operations import postgres_programs
from hipspine.clinic.operations.backup import FILES, FORMAT, file_hash, make_backup
from hipspine.clinic.operations.row_hashes import row_hashes
from hipspine.clinic.operations.second_database import opened
from hipspine.errors import InvalidInput

#: Every table of the clinic's schema.
EMPTY = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', t);
  END LOOP;
END $$
"""


def drill_backup(folder: Path) -> str:
    """Restore into a place of its own, compare every row hash and walk the audit chain."""
    manifest = _manifest(folder)
    drilled = _in_sqlite if manifest["vendor"] == "sqlite" else _in_postgres
    with drilled(folder / FILES[manifest["vendor"]]) as alias:
        found = row_hashes(alias)
        different = sorted(
            name for name, table in manifest["tables"].items() if found.get(name) != table
        )
        if different:
            raise InvalidInput(f"{folder}: these tables differ from the manifest: {different}")
        chain = verify(manifest["audit_head"], using=alias)
    if chain.fault:
        raise InvalidInput(f"{folder}: the audit chain is broken: {chain.fault}")
    rows = sum(table["rows"] for table in found.values())
    return f"sound: {rows} rows as in the manifest, {chain.events} audit events unbroken"


def restore_backup(folder: Path, *, replace: bool) -> str:
    """Drill first; what was live is backed up beside the data before it is replaced."""
    proof = drill_backup(folder)
    manifest = _manifest(folder)
    has_data = bool(connection.introspection.table_names())
    if has_data and not replace:
        raise InvalidInput("there are live data; --replace puts the backup in their place")
    kept = ""
    if has_data:
        place = settings.DATA_DIR / f"before-restore-{timezone.now():%Y%m%dT%H%M%S%f}"
        make_backup(place)
        kept = f"; what was live is in {place}"
    source = folder / FILES[manifest["vendor"]]
    if manifest["vendor"] == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
    else:
        _replace_in_postgres(source)
    Session.objects.all().delete()  # who has signed out since is not signed in again
    return f"restored ({proof}){kept}"


def _replace_in_postgres(source: Path) -> None:
    """Everything that is there goes, also tables of a newer release, which the copy does not know
    and `migrate` would stumble over; then the copy: both in one transaction."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with tempfile.TemporaryDirectory(prefix="hipspine-restore-") as place:
        script = Path(place) / "restore.sql"
        arguments = ["--clean", "--if-exists", "--no-owner", f"--file={script}", str(source)]
        postgres_programs.run(postgres_programs.find("pg_restore"), arguments)
        quiet = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        arguments = [*quiet, f"--dbname={name}", f"--command={EMPTY}", f"--file={script}"]
        postgres_programs.run(postgres_programs.find("psql"), arguments)


def _manifest(folder: Path) -> dict:
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        known = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise InvalidInput(f"{path}: not there, or not of a backup; accepted: what `backup` wrote")
    if manifest["vendor"] != connection.vendor:
        raise InvalidInput(
            f"{folder}: a backup of {manifest['vendor']}; this clinic is on {connection.vendor}"
        )
    copy = folder / FILES[manifest["vendor"]]
    if not copy.exists() or file_hash(copy) != manifest["file_sha256"]:
        raise InvalidInput(f"{copy}: missing, or changed since it was written")
    return manifest


@contextlib.contextmanager
def _in_sqlite(source: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="hipspine-drill-") as place:
        copy = Path(place) / source.name
        shutil.copyfile(source, copy)
        with closing(sqlite3.connect(copy)) as raw:
            (answer,) = raw.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            raise InvalidInput(f"{source}: SQLite finds it damaged: {answer}")
        with opened(str(copy)) as alias:
            yield alias


@contextlib.contextmanager
def _in_postgres(source: Path) -> Iterator[str]:
    """A database of its own on the same server, dropped again."""
    name = f"hipspine_drill_{uuid.uuid4().hex[:8]}"
    postgres_programs.run(postgres_programs.find("createdb"), [name])
    try:
        program = postgres_programs.find("pg_restore")
        postgres_programs.run(program, ["--no-owner", f"--dbname={name}", str(source)])
        with opened(name) as alias:
            yield alias
    finally:
        postgres_programs.run(postgres_programs.find("dropdb"), ["--if-exists", name])
