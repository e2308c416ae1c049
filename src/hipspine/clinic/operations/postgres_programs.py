"""PostgreSQL's own programs, told where the database is without a password on the command line."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from hipspine.errors import InvalidInput


def find(name: str) -> str:
    """The program on the PATH or where Debian puts it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, places), None)
    if found is None:
        raise InvalidInput(
            f"{name} is not here; on Debian and Ubuntu: apt-get install postgresql-client"
        )
    return found


def run(program: str, arguments: list[str]) -> None:
    """Run it against the clinic's server; its last line of complaint becomes ours."""
    settings = connection.settings_dict
    where = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(settings[key]) for name, key in where.items() if settings[key]}
    done = subprocess.run(
        [program, *arguments],
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["failed"])[-1]
        raise InvalidInput(f"{Path(program).name}: {last}")
