"""A server killed outright cannot stop its children: they notice and end by themselves."""

import os
import threading
import time

LOOK_SECONDS = 1
GRACE_SECONDS = 5


def end_with_parent(signal_number: int, parent: int | None = None) -> None:
    """In a child: when the parent is gone, this signal to oneself; after five seconds, the end.

    A child that is slow to start is told its `parent`: it may be gone before the child can ask.
    """
    parent = os.getppid() if parent is None else parent

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal_number)
        time.sleep(GRACE_SECONDS)
        os._exit(0)  # what was not committed is rolled back by the database

    threading.Thread(target=watch, daemon=True).start()
