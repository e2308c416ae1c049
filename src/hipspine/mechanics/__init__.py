"""From a posture to the forces on each hip and on the lumbar spine.

from hipspine.mechanics import Posture, solve
solve(Posture(mass_kg=75, height_m=1.75, sex="M", stance="left_leg")).figures.left

Nothing heavy is imported before the first posture is solved (numpy, and numba for batches).
"""

from typing import TYPE_CHECKING, Any

__all__ = ["Loads", "Posture", "read_posture", "solve", "solve_arrays", "warm"]

if TYPE_CHECKING:
    from hipspine.mechanics.answer import solve
    from hipspine.mechanics.batch import solve_arrays
    from hipspine.mechanics.loads import Loads
    from hipspine.mechanics.posture import Posture, read_posture
    from hipspine.mechanics.solving import warm

_HOMES = {
    "Loads": "loads",
    "Posture": "posture",
    "read_posture": "posture",
    "solve": "answer",
    "solve_arrays": "batch",
    "warm": "solving",
}


def __getattr__(name: str) -> Any:
    """Files of this room are read when first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'hipspine.mechanics' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"hipspine.mechanics.{_HOMES[name]}"), name)
