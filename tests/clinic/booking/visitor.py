"""Someone who books over HTTP, as a browser without JavaScript does."""

import contextlib
import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.clinic.test_serving import answers, free_port, wait_for

HIPSPINE = Path(sys.executable).with_name("hipspine")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer to look at."""

    def redirect_request(self, *args):
        return None


@dataclass(frozen=True)
class Answer:
    """Status, where a redirect leads, and the page."""

    status: int
    location: str
    page: str


class Visitor:
    """One browser: its cookies, and the last form's token."""

    def __init__(self, base: str) -> None:
        self.base, self.csrf = base, ""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open = urllib.request.build_opener(_Stay, jar).open

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.base + path))

    def post(self, path: str, **fields: str) -> Answer:
        fields["csrfmiddlewaretoken"] = self.csrf
        body = urllib.parse.urlencode(fields).encode()
        return self._ask(urllib.request.Request(self.base + path, data=body))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._open(request, timeout=30) as response:
                answer = Answer(response.status, "", response.read().decode())
        except urllib.error.HTTPError as refused:
            with refused:
                where = urllib.parse.urlsplit(refused.headers.get("Location", "")).path
                answer = Answer(refused.code, where, refused.read().decode())
        self.csrf = next(iter(TOKEN.findall(answer.page)), self.csrf)
        return answer

    def hold(self, week: str, start: str) -> Answer:
        """Press the button of that time on the week's page."""
        return self.post(week, start=start, key=str(uuid4()))

    def book(self, week: str, start: str, name: str) -> Answer:
        """Hold and fill in; the answer that ended it: 302 to the own visit when it is booked."""
        held = self.hold(week, start)
        if held.status != 302:
            return held
        return self.post(
            held.location, given_name=name, family_name="Invented", birth_date="1980-02-29",
            email=f"{name.lower().replace(' ', '.')}@invented.example",
        )  # fmt: skip


@contextlib.contextmanager
def served(given: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A clinic served as in life: (its address, the process at the head of its own group)."""
    port = free_port()
    server = subprocess.Popen(
        [HIPSPINE, "clinic", "serve", "--port", str(port)],
        env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(port))
        yield base, server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)
