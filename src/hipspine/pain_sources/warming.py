"""Whether the compiled sweep is loaded: loading takes a second, compiling half a minute once.

A single assessment does without; a server calls `warm` when it starts. What is found is the same.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_HOME = "hipspine.pain_sources.compiled_sweep"
_loaded: list[ModuleType] = []


def warm() -> bool:
    """Load (the first time here: compile) the sweep; False without numba."""
    if find_spec("numba") is None:
        return False
    if not _loaded:
        module = import_module(_HOME)
        module.try_out()
        _loaded.append(module)
    return True


def cool() -> None:
    """Do without the compiled sweep again: for comparing the two."""
    _loaded.clear()


def compiled() -> ModuleType | None:
    """The compiled sweep, when it is loaded."""
    return _loaded[0] if _loaded else None
