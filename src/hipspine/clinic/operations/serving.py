"""The web server: granian, one process a core up to four; beside it the one that sends mails."""

import importlib
import signal
import socket

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from hipspine.clinic.operations.parent_watch import forks_end_with_parent
from hipspine.clinic.operations.task_consumer import TaskConsumer
from hipspine.errors import InvalidInput

STOP_SECONDS = 8  # for requests being answered; what was not committed then is rolled back


def serve(host: str, port: int, workers: int) -> None:
    """Until a signal stops it; the tasks' consumer ends with it."""
    require_free(host, port)
    if settings.SECURE:
        from django.core.management import call_command  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)
    # Once, and before the forks: they share its memory, and stop when told to. A worker that is
    # still loading would not hear the signal.
    importlib.import_module("hipspine.clinic.wsgi")
    connections.close_all()  # the workers are forks: no connection may be shared with them
    consumer = TaskConsumer()
    forks_end_with_parent(signal.SIGTERM)
    try:
        _server(host, port, workers).serve()
    finally:
        consumer.stop()


def require_free(host: str, port: int) -> None:
    """One clear line where another program listens there, or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise InvalidInput(f"port {port}: only root may use it; accepted: 1024 up") from None
        except OverflowError:
            raise InvalidInput(f"port {port}: accepted: 1 to 65535") from None
        except OSError as error:
            raise InvalidInput(
                f"{host} port {port} cannot be used ({error.strerror}); "
                f"accepted: a free port, as with --port {port + 1} or make run PORT={port + 1}"
            ) from None


def _server(host: str, port: int, workers: int) -> Granian:
    return Granian(
        "hipspine.clinic.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        log_access=False,  # it would write addresses; ours are in web/request_log.py
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
