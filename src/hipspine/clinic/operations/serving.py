"""The web server: granian, one process a core up to four."""

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces


def serve(host: str, port: int, workers: int) -> None:
    """Until a signal stops it."""
    if settings.SECURE:
        from django.core.management import call_command  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)
    Granian(
        "hipspine.clinic.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        log_access=False,  # it would write addresses; ours are in web/request_log.py
        respawn_failed_workers=True,
    ).serve()
