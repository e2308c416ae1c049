"""People in front of a web server: keep-alive connections that ask, think, and ask again.

One cheap asyncio process, so that on a small machine the load leaves the cores to the server.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Asked:
    """A page and the session whose cookie is sent with it; the empty session is a visitor."""

    page: str
    path: str
    session: str = ""

    @property
    def request(self) -> bytes:
        """The bytes on the wire."""
        cookie = f"Cookie: session={self.session}\r\n" if self.session else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n".encode()


@dataclass
class Answers:
    """What came back: seconds from asking to the last byte, by page; answers other than 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: int = 0
    elapsed_s: float = 0.0

    def p95_ms(self, page: str | None = None) -> float:
        """Of one page, or of all together."""
        pages = [page] if page else list(self.seconds)
        took = sorted(s for name in pages for s in self.seconds[name])
        return took[int(0.95 * len(took))] * 1000

    @property
    def per_second(self) -> float:
        """Answers a second, all pages together."""
        return sum(map(len, self.seconds.values())) / self.elapsed_s


class Person(asyncio.Protocol):
    """One connection. Thinks for an exponential time with mean `pause_s` before each request;
    0: asks again as soon as it is answered."""

    def __init__(self, asks: Sequence[Asked], pause_s: float, until: float, answers: Answers):
        self._choices = [(asked.page, asked.request) for asked in asks]
        self._pause_s, self._until, self._answers = pause_s, until, answers
        self._got, self._missing = bytearray(), -1
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._think()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._missing < 0:
            end = self._got.find(HEAD_END)
            if end < 0:
                return
            head = bytes(self._got[:end]).lower()
            length = head[head.index(LENGTH) + len(LENGTH) :].split(b"\r\n", 1)[0]
            self._missing = end + len(HEAD_END) + int(length)
        if len(self._got) >= self._missing:
            self._answered()

    def _think(self) -> None:
        pause_s = random.expovariate(1 / self._pause_s) if self._pause_s else 0.0
        if time.perf_counter() + pause_s >= self._until:
            self.done.set_result(None)
            self._transport.close()
        elif pause_s:
            asyncio.get_running_loop().call_later(pause_s, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        self._page, request = random.choice(self._choices)
        self._asked_at = time.perf_counter()
        self._transport.write(request)

    def _answered(self) -> None:
        self._answers.seconds[self._page].append(time.perf_counter() - self._asked_at)
        self._answers.failed += not self._got.startswith(b"HTTP/1.1 200")
        self._got.clear()
        self._missing = -1
        self._think()


async def load(
    port: int, people: Sequence[Sequence[Asked]], pause_s: float, seconds: float
) -> Answers:
    """Everyone at once for `seconds`; each person asks for any of their own pages."""
    loop, answers, begin = asyncio.get_running_loop(), Answers(), time.perf_counter()
    connected = [
        await loop.create_connection(
            lambda asks=asks: Person(asks, pause_s, begin + seconds, answers), "127.0.0.1", port
        )
        for asks in people
    ]
    await asyncio.gather(*(person.done for _, person in connected))
    answers.elapsed_s = time.perf_counter() - begin
    return answers
