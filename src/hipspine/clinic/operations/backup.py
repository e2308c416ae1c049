"""Copying the database while it runs, and writing down the hash of every row beside it."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

import hipspine
from hipspine.clinic.audit.chain import verify
from hipspine.clinic.operations import postgres_programs
from hipspine.clinic.operations.row_hashes import row_hashes
from hipspine.clinic.operations.second_database import opened
from hipspine.errors import InvalidInput

FORMAT = "hipspine clinic backup 1"
FILES = {"sqlite": "clinic.sqlite3", "postgresql": "clinic.pgdump"}


def make_backup(folder: Path) -> str:
    """Write the copy and manifest.json into an empty folder; the line to show."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(f"{folder}: accepted: an empty folder, or one that does not exist")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / FILES[connection.vendor]
    facts = _of_sqlite(target) if connection.vendor == "sqlite" else _of_postgres(target)
    target.chmod(0o600)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "hipspine": getattr(hipspine, "__version__", ""),
        "vendor": connection.vendor,
        "file_sha256": file_hash(target),
        **facts,
    }
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    rows = sum(table["rows"] for table in facts["tables"].values())
    return f"{target}: {rows} rows; audit head {facts['audit_head']}"


def file_hash(path: Path) -> str:
    """SHA-256 of the file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _of_sqlite(target: Path) -> dict[str, object]:
    """SQLite's online backup (one moment, writers go on), then VACUUM INTO: small and whole."""
    rough = target.with_suffix(".part")
    connection.ensure_connection()
    with closing(sqlite3.connect(rough)) as copy:
        connection.connection.backup(copy)
        copy.execute("VACUUM INTO ?", (str(target),))
    for part in rough.parent.glob(rough.name + "*"):
        part.unlink()
    with opened(str(target)) as alias:
        return _facts(alias)


def _of_postgres(target: Path) -> dict[str, object]:
    """pg_dump and the hashes look at one and the same snapshot."""
    program = postgres_programs.find("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        arguments = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
        postgres_programs.run(program, [*arguments, str(connection.settings_dict["NAME"])])
        return _facts("default")


def _facts(alias: str) -> dict[str, object]:
    chain = verify(using=alias)
    if chain.fault:
        raise InvalidInput(
            f"the audit chain is broken ({chain.fault}); find out why before copying"
        )
    return {"tables": row_hashes(alias), "audit_head": chain.head, "audit_events": chain.events}
