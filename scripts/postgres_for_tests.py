"""A private PostgreSQL for the tests: found or installed, started, and gone when they end.

    with private_postgres() as url: ...          # postgresql://tests@127.0.0.1:PORT/clinic

Its data lie in a folder of their own under the system's temporary folder, never in a home. As
root it runs as `postgres`, for PostgreSQL refuses root.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "postgresql")
#: Nothing to lose: the data live as long as the tests.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NoPostgres(RuntimeError):
    """No server can be had; the message says why."""


def find_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, newest version first."""
    found = [p for place in PLACES for p in Path("/").glob(place.lstrip("/"))]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    usable = [p for p in found if (p / "initdb").exists() and (p / "pg_ctl").exists()]
    return max(usable, key=lambda p: [int(n) for n in p.parts if n.isdigit()], default=None)


def binaries() -> Path:
    """Found, or installed where that is allowed (Debian, as root)."""
    found = find_binaries()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(INSTALL, env=quiet, capture_output=True, check=False, timeout=600)
        found = find_binaries()
    if found is None:
        raise NoPostgres("no PostgreSQL server here; on Debian: apt-get install postgresql")
    return found


@contextlib.contextmanager
def private_postgres(settings: Sequence[str] = FAST) -> Iterator[str]:
    """The URL of an empty database, on a free port of this machine only.

    `settings`: options of the server; with () it is as careful with its data as a clinic's.
    """
    programs = binaries()
    home = Path(tempfile.mkdtemp(prefix="hipspine-postgres-", dir="/tmp"))
    as_user = _as_server_user(home)
    port = _free_port()
    data, log = home / "data", home / "log"
    try:
        _run([programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8",
              "--locale=C", "--no-sync"], home, as_user)  # fmt: skip
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 {' '.join(settings)}"
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        _run([*control, "-l", log, "-o", options, "start"], home, as_user)
        try:
            _run([programs / "createdb", "-h", home, "-p", port, "-U", "tests", "clinic"],
                 home, as_user)  # fmt: skip
            yield f"postgresql://tests@127.0.0.1:{port}/clinic"
        finally:
            _run([*control, "-m", "immediate", "stop"], home, as_user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_server_user(home: Path) -> dict[str, object]:
    """As root: give the folder to `postgres` (or `nobody`) and start everything as them."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(LookupError):
            shutil.chown(home, user=name)
            return {"user": name, "group": None, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: list[object], home: Path, as_user: dict[str, object]) -> None:
    words = [str(word) for word in command]
    as_user = {key: value for key, value in as_user.items() if value is not None}
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(home),
        "HOME": str(home),
        "LC_ALL": "C",
    }
    # Output goes to a file: the server inherits it, and a pipe would never close.
    with (home / "start.log").open("ab") as log:
        done = subprocess.run(
            words, cwd=home, env=environment, stdout=log, stderr=log, timeout=120, check=False,
            **as_user,
        )  # fmt: skip
    if done.returncode:
        last = (home / "start.log").read_text(errors="replace").strip().splitlines()[-1:]
        raise NoPostgres(f"{Path(words[0]).name} failed: {' '.join(last)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
