"""The clinic under load: p95 of each page and requests a second, 50 users, both databases.

    python -m benchmarks.clinic_pages

The server runs as `hipspine clinic serve` does; this process only asks. Target: p95 at most 150 ms
a page, 100 requests a second or more on public pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

USERS = 50  # and as many sessions in PREPARE
SECONDS_A_PAGE = 2.0
HIPSPINE = Path(sys.executable).with_name("hipspine")
POSTGRES = Path(__file__).parents[1] / "scripts" / "postgres_for_tests.py"
#: 300 charts; one signed-in session a user of the load; prints {role: [session]} and the pages.
PREPARE = """
import django, json; django.setup()
from datetime import date
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.models import User
from hipspine.clinic.chart import actions
desk = User.objects.get(email="desk@demo.example")
own = create_user("own@demo.example", "patient")
for n in range(300):
    chart = actions.create_patient(by=desk, given_name=f"G{n}", family_name=f"F{n}",
                                   birth_date=date(1950 + n % 50, 1, 1))
actions.link_account(chart, own, by=desk)
def sessions(user):
    made = []
    for _ in range(50):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        made.append(session.session_key)
    return made
of = lambda name: User.objects.get(email=name + "@demo.example")
here = [chart.pk]
pages = [["public", "/"], ["public", "/account/login/"], ["public", "/account/login/code/"],
    ["desk", "/"], ["desk", reverse("chart:search")], ["desk", reverse("chart:add")],
    ["desk", reverse("chart:patient", args=here)], ["desk", reverse("chart:arrivals")],
    ["clinician", reverse("chart:patient", args=here)],
    ["clinician", reverse("chart:add_finding", args=here)],
    ["admin", reverse("chart:erasures")], ["auditor", reverse("accounts:events")],
    ["auditor", reverse("accounts:verification")],
    ["own", reverse("chart:my_data", args=here)], ["own", reverse("chart:who_looked", args=here)]]
users = {role: sessions(of(role)) for role in ("desk", "clinician", "admin", "auditor", "own")}
print(json.dumps({"pages": pages, "sessions": users, "chart": str(chart.pk)}))
"""


async def _user(port: int, path: str, session: str, until: float, took: list[float]) -> int:
    """One keep-alive connection that asks again as soon as it is answered; how many failed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"Cookie: session={session}\r\n" if session else ""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n".encode()
    failed = 0
    while (start := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        took.append(time.perf_counter() - start)
        failed += not head.startswith(b"HTTP/1.1 200")
    writer.close()
    return failed


async def _load(port: int, path: str, sessions: list[str]) -> tuple[float, float, int]:
    """(p95 in ms, requests a second, answers other than 200)."""
    took: list[float] = []
    begin = time.perf_counter()
    until = begin + SECONDS_A_PAGE
    failed = await asyncio.gather(*(_user(port, path, s, until, took) for s in sessions))
    seconds = time.perf_counter() - begin
    return sorted(took)[int(0.95 * len(took))] * 1000, len(took) / seconds, sum(failed)


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
    for command in ("migrate", "demo"):
        subprocess.run([HIPSPINE, "clinic", command], env=given, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=given, check=True, capture_output=True, text=True
    )
    made = json.loads(done.stdout)
    with _served(given) as port:
        for role, path in made["pages"]:
            sessions = made["sessions"].get(role, [""] * USERS)
            p95, rate, failed = asyncio.run(_load(port, path, sessions))
            shown = path.replace(made["chart"], "<id>")
            wrong = f", {failed} answers were not 200" if failed else ""
            print(f"  {kind:10} {role:9} {shown:34} p95 {p95:6.0f} ms {rate:6.0f} /s{wrong}")


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("postgres_for_tests", POSTGRES)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        server = module.private_postgres()
        url = server.__enter__()
    except module.NoPostgres as reason:
        print(f"  postgresql not measured: {reason}")
        yield ""
        return
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


def main() -> None:
    """Both databases, about a minute and a half."""
    print(f"clinic, {USERS} users at once, {os.cpu_count()} cores shared with the load")
    given = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "HIPSPINE_ENV")}
    given |= {"HIPSPINE_SECOND_FACTOR": "0", "DJANGO_SETTINGS_MODULE": "hipspine.clinic.settings"}
    with tempfile.TemporaryDirectory() as place:
        _measure("sqlite", given | {"HIPSPINE_DATA_DIR": place})
    with _postgres() as url, tempfile.TemporaryDirectory() as place:
        if url:
            _measure("postgresql", given | {"HIPSPINE_DATA_DIR": place, "DATABASE_URL": url})


if __name__ == "__main__":
    main()
