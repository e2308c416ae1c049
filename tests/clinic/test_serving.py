"""Serving: a busy port is one line; what is queued goes out; nothing outlives the server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from hipspine.clinic.environment import read_environment
from hipspine.clinic.operations.serving import require_free
from hipspine.errors import InvalidInput
from tests.clinic.own_databases import makes_its_own_databases


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_busy_port_is_one_clear_line():
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InvalidInput, match=f"port {port} cannot be used .*--port {port + 1}"):
            require_free("127.0.0.1", port)


def test_tasks_are_done_at_once_only_where_no_consumer_runs(tmp_path):
    given = {"HIPSPINE_DATA_DIR": str(tmp_path)}
    assert not read_environment(given).tasks_queued
    assert read_environment(given | {"HIPSPINE_TASKS": "queued"}).tasks_queued
    with pytest.raises(InvalidInput, match="accepted: at_once or queued"):
        read_environment(given | {"HIPSPINE_TASKS": "later"})


def children_of(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as page:
            return page.status == 200
    except OSError:
        return False


@makes_its_own_databases
@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_try_makes_serves_and_leaves_nothing_running(tmp_path, how):
    given = {k: v for k, v in os.environ.items() if not k.startswith(("HIPSPINE", "DATABASE"))}
    given |= {
        "HIPSPINE_DATA_DIR": str(tmp_path),
        "HIPSPINE_SECOND_FACTOR": "0",
        "HIPSPINE_ONLINE_LIMITS": "0",
    }
    port = free_port()
    with (tmp_path / "out").open("wb") as out:
        server = subprocess.Popen(
            [Path(sys.executable).with_name("hipspine"), "clinic", "try", "--port", str(port)],
            env=given, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        wait_for(lambda: answers(port))
        children = children_of(server.pid)
        assert any(b"task_consumer" in Path(f"/proc/{c}/cmdline").read_bytes() for c in children)
        # Ctrl-C reaches a whole session: the server alone, which stops the others in order.
        assert len(children) > 1
        assert all(os.getsid(child) == child for child in children)
        server.send_signal(how)
        server.wait(20)
        wait_for(lambda: not any(map(alive, children)))
    finally:
        server.kill()
    assert "desk@demo.example" in (tmp_path / "out").read_text()


def test_a_consumer_whose_server_is_gone_before_it_looks_ends_too(tmp_path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    given = {k: v for k, v in os.environ.items() if not k.startswith(("HIPSPINE", "DATABASE"))}
    given["DJANGO_SETTINGS_MODULE"] = "hipspine.clinic.settings"
    given["HIPSPINE_DATA_DIR"] = str(tmp_path)
    consumer = [sys.executable, "-m", "hipspine.clinic.operations.task_consumer", gone]
    ended = subprocess.run(consumer, env=given, capture_output=True, timeout=30, check=False)
    assert ended.returncode in (0, -signal.SIGINT), ended.stderr
