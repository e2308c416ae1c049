"""`@whole`: an action happens entirely or not at all, and a collision is not its end."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

#: PostgreSQL undid it so that another could go on: deadlock_detected, serialization_failure.
COLLISIONS = frozenset(["40P01", "40001"])
MOST_TRIES = 3
P = ParamSpec("P")
R = TypeVar("R")


def whole(action: Callable[P, R]) -> Callable[P, R]:
    """One transaction; what PostgreSQL undid for a collision is done again, at most twice more.

    Within a transaction of somebody else it is a part of that, and only the outermost tries again.
    """
    atomic = transaction.atomic(action)

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else MOST_TRIES
        for _ in range(tries - 1):
            try:
                return atomic(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
                    raise
        return atomic(*args, **kwargs)

    return done
