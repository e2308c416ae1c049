"""A second connection, to a copy: to hash and verify it without touching the live data."""

import contextlib
import uuid
from collections.abc import Iterator

from django.db import connections


@contextlib.contextmanager
def opened(name: str) -> Iterator[str]:
    """The alias of a connection like the default one, to another file or database."""
    default = connections["default"].settings_dict
    options = {k: v for k, v in default["OPTIONS"].items() if k != "init_command"}
    with opened_as(default | {"NAME": name, "OPTIONS": options}) as alias:
        yield alias


@contextlib.contextmanager
def opened_as(description: dict[str, object]) -> Iterator[str]:
    """The alias of a connection described as in DATABASES."""
    alias = f"copy_{uuid.uuid4().hex[:8]}"
    filled = connections.configure_settings({"default": {}, alias: dict(description)})
    connections.databases[alias] = filled[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]
