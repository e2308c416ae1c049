"""A server killed outright cannot stop its children: they notice and end by themselves."""

import os
import threading
import time

LOOK_SECONDS = 1
GRACE_SECONDS = 5


def end_with_parent(parent: int, signal_number: int) -> None:
    """In a child: when `parent` is gone, this signal to oneself; after five seconds, the end.

    The parent says its own number: a child that starts slowly may be an orphan before it asks.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal_number)
        time.sleep(GRACE_SECONDS)
        os._exit(0)  # what was not committed is rolled back by the database

    threading.Thread(target=watch, daemon=True).start()


def forks_end_with_parent(signal_number: int) -> None:
    """Every process forked from here on ends with the one that forked it, and is stopped by it
    alone: each is a session of its own, or Ctrl-C would reach all at once, and a server whose
    workers end while it hears the signal may wait for ever.
    """
    forking = os.getpid()

    def note() -> None:
        nonlocal forking
        forking = os.getpid()

    def begin() -> None:
        os.setsid()
        end_with_parent(forking, signal_number)

    os.register_at_fork(before=note, after_in_child=begin)
