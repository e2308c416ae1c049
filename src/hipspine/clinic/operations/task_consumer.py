"""The process beside the web server that sends mails and reminders and runs periodic tasks."""

import os
import signal
import subprocess
import sys
import threading

from hipspine.clinic.operations.parent_watch import end_with_parent

STOP_SECONDS = 10
RESTART_SECONDS = 5


class TaskConsumer:
    """Started with the server, started again when it dies, stopped with the server."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = _start()
        threading.Thread(target=self._keep_running, daemon=True).start()

    def stop(self) -> None:
        """What it is doing is finished first; after ten seconds no more waiting."""
        self._stopping.set()
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(RESTART_SECONDS):
                self._process = _start()


def _start() -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches the server, and the server stops the consumer in order.
    command = [sys.executable, "-m", __name__, str(os.getpid())]
    return subprocess.Popen(command, start_new_session=True)


def main() -> None:
    """Consume until a signal, or until the server is gone."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    end_with_parent(signal.SIGINT, parent=int(sys.argv[1]))
    django.setup()
    call_command("run_huey", quiet=True, workers=1)


if __name__ == "__main__":
    main()
