"""The clinic under load, on both databases: how long each page takes, how much the server bears.

    python -m benchmarks.clinic_pages [sqlite] [postgresql]

The server runs as `hipspine clinic serve` does; this process only asks. Two loads, first on all
pages mixed, as in a clinic, with the p95 of each page; then on one page at a time, the harder test:

at work     50 people, each thinking for an exponential time of mean 0.4 s before each request:
            about 120 requests a second. Target: p95 at most 150 ms on every page.
saturated   50 connections that ask again as soon as they are answered: the most the server bears,
            and how long one waits then (50 divided by that rate, or more). Target: at least 100
            requests a second on public pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.clinic_load import Answers, Asked, load

USERS = 50  # as in clinic_people, whose import needs Django
PAUSE_S = 0.4  # fixed: a person at work reads for seconds; 0.4 s asks for 120 pages a second
SECONDS_AT_WORK, SECONDS_SATURATED, SECONDS_MIXED = 4.0, 2.0, 45.0
MOST_MS = 150
SECRET = re.compile(r"(?<=/book/mine/)[^/]+")
HIPSPINE = Path(sys.executable).with_name("hipspine")
POSTGRES = Path(__file__).parents[1] / "scripts" / "postgres_for_tests.py"


@contextlib.contextmanager
def _served(given: dict[str, str]) -> Iterator[int]:
    """The port of a clinic that answers."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [HIPSPINE, "clinic", "serve", "--port", str(port)],
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _measure(kind: str, given: dict[str, str]) -> None:
    """Prepares the database, starts a server, prints a line a page and one for all mixed."""
    for command in ("migrate", "demo"):
        subprocess.run([HIPSPINE, "clinic", command], env=given, check=True, capture_output=True)
    prepare = [sys.executable, "-m", "benchmarks.clinic_people"]
    done = subprocess.run(prepare, env=given, check=True, capture_output=True, text=True)
    made = json.loads(done.stdout)
    everything: list[list[Asked]] = [[] for _ in range(USERS)]
    with _served(given) as port:
        alone: list[list[list[Asked]]] = []
        for role, path in made["pages"]:
            shown = f"{role:9} {SECRET.sub('<link>', path.replace(made['chart'], '<id>'))}"
            sessions = made["sessions"].get(role, [""] * USERS)
            alone.append([[Asked(shown, path, session)] for session in sessions])
            for own, asked in zip(everything, alone[-1], strict=True):
                own.extend(asked)
        mixed = _both(kind, port, f"{len(alone)} pages mixed", everything, SECONDS_MIXED)
        for people in alone:
            name = people[0][0].page
            in_mix = mixed.p95_ms(name)
            _both(kind, port, name, people, SECONDS_AT_WORK, in_mix)


def _both(
    kind: str,
    port: int,
    name: str,
    people: Sequence[Sequence[Asked]],
    seconds: float,
    in_mix: float | None = None,
) -> Answers:
    """Both loads, and how the page fared among the others; what came back at work."""
    at_work = asyncio.run(load(port, people, PAUSE_S, seconds))
    saturated = asyncio.run(load(port, people, 0, SECONDS_SATURATED))
    among = f"{at_work.p95_ms() if in_mix is None else in_mix:6.0f} ms"
    slow = " over" if max(at_work.p95_ms(), in_mix or 0) > MOST_MS else ""
    line = f"{among}   {_line(at_work)}   {_line(saturated)}{slow}"
    print(f"  {kind:10} {name:44} {line}", flush=True)
    return at_work


def _line(answers: Answers) -> str:
    wrong = f", {answers.failed} answers were not 200" if answers.failed else ""
    return f"{answers.p95_ms():6.0f} ms {answers.per_second:5.0f} /s{wrong}"


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("postgres_for_tests", POSTGRES)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        server = module.private_postgres(())  # every commit on the disk, as in a clinic
        url = server.__enter__()
    except module.NoPostgres as reason:
        print(f"  postgresql not measured: {reason}")
        yield ""
        return
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


def main(kinds: Sequence[str] = ("sqlite", "postgresql")) -> None:
    """About five minutes a database."""
    busy = os.getloadavg()[0]  # others at work on this machine: figures are then theirs too
    print(f"clinic, p95 and rate, {USERS} users, {os.cpu_count()} cores shared with the load")
    print(f"  load average before: {busy:.1f}")
    print(f"  {'':55} {'in the mix':>9}   {'alone, at work':>16}   {'saturated':>16}")
    given = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "HIPSPINE_ENV")}
    given |= {"HIPSPINE_SECOND_FACTOR": "0", "DJANGO_SETTINGS_MODULE": "hipspine.clinic.settings"}
    for kind in kinds:
        database = _postgres() if kind == "postgresql" else contextlib.nullcontext("")
        with database as url, tempfile.TemporaryDirectory() as place:
            if url or kind == "sqlite":
                _measure(kind, given | {"HIPSPINE_DATA_DIR": place, "DATABASE_URL": url})


if __name__ == "__main__":
    main(sys.argv[1:] or ("sqlite", "postgresql"))
