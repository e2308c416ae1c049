"""What the findings say about each source: single findings by themselves, correlated ones at once.

`heard` turns the findings of one group (or one finding) into a table in zeta form (see
`correlation`): for every linked source and each of its states none, left, right, both.
A midline source uses the first and the last.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.correlation import (
    QUADRATURE,
    Floats,
    moebius,
    spread,
    spread_many,
    zeta,
)
from hipspine.pain_sources.exact import Unit
from hipspine.pain_sources.graded import Parts
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.prior import UNLISTED_SOURCE
from hipspine.pain_sources.weighing import Weighed, Where

#: States of a lateral source, in order; a midline one has the first and the last.
STATES = ("none", "left", "right", "both")
#: A source on one side alone sets a finding seen on both sides this much less (judgement).
ONE_SIDE_OF_TWO = 0.15
#: Most correlated positive findings in one table; more are split into tables by themselves.
MOST_TOGETHER = 6

_REACH: dict[Where, tuple[float, float, float, float]] = {
    "unknown": (0.0, 1.0, 1.0, 1.0),
    "left": (0.0, 1.0, 0.0, 1.0),
    "right": (0.0, 0.0, 1.0, 1.0),
    "both": (0.0, ONE_SIDE_OF_TWO, ONE_SIDE_OF_TWO, 1.0),
}
_REACH_ABSENT: dict[Where, tuple[float, float, float, float]] = {
    **_REACH,
    "both": (0.0, 1.0, 1.0, 1.0),
}

#: What a statement asks of the model, at the published figures or in draws of them.
Parameters = Callable[[Weighed], Parts]
Rho = float | Floats
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Item:
    """One noisy-OR that a statement sets or leaves unset; `fire` (B, L) over the unit's leaves."""

    present: bool
    sure: float
    leak: Floats
    fire: Floats
    against: Floats
    reach: Floats
    correlated: bool


@dataclass(frozen=True)
class Heard:
    """Findings heard as one.

    zeta (B, L, 4, 2^n) over the linked `leaves`; factor (B, L, 4) multiplies the beliefs;
    unit is None when nothing in it is present: then the factor says it all, but for a number
    common to all sources, `unset_by_leak` (B,), the chance that the leaks set nothing.
    """

    entries: tuple[Weighed, ...]
    leaves: tuple[int, ...]
    unit: Unit | None
    zeta: Floats
    factor: Floats
    unset_by_leak: Floats = field(default_factory=lambda: np.ones(1))


def reach_of(where: Where, *, present: bool) -> Floats:
    """How far a source in each state reaches a finding there, (4,)."""
    return np.array((_REACH if present else _REACH_ABSENT)[where])


def something_hurts(network: Network) -> Heard:
    """The patient has pain: some source is true, or one that is not listed."""
    count = len(network.leaves)
    zeta = np.ones((1, count, len(STATES), 2))
    zeta[:, :, 1:, 0] = 0.0
    leak = np.array([[1 - UNLISTED_SOURCE, 1.0]])
    unit = Unit(leak, moebius(np.ones(1)))
    return Heard((), tuple(range(count)), unit, zeta, np.ones((1, count, len(STATES))))


def together(network: Network, weighed: Iterable[Weighed]) -> list[tuple[Weighed, ...]]:
    """The findings by group; a finding without known companions stands alone."""
    groups: dict[str, list[Weighed]] = {}
    for number, entry in enumerate(weighed):
        group = network.group_of(entry.model)
        groups.setdefault(group.id if group else f"#{number}", []).append(entry)
    return [part for entries in groups.values() for part in _parts(entries)]


def _parts(entries: Sequence[Weighed]) -> list[tuple[Weighed, ...]]:
    present = [e for e in entries if e.present]
    absent = [e for e in entries if not e.present]
    count = max(1, -(-len(present) // MOST_TOGETHER))
    return [(*present[i::count], *absent[i::count]) for i in range(count)]


def heard(
    network: Network,
    entries: tuple[Weighed, ...],
    parameters: Parameters,
    rho: Rho | None = None,
) -> Heard:
    """What these findings say; rho None takes the correlation of their group, (B,) one a row."""
    models = [network.findings[entry.model] for entry in entries]
    leaves = tuple(sorted({leaf for model in models for leaf in model.leaves}))
    column = {leaf: i for i, leaf in enumerate(leaves)}
    items = [
        item
        for entry, model in zip(entries, models, strict=True)
        for item in _items(
            entry,
            parameters(entry),
            np.array([column[leaf] for leaf in model.leaves], np.int64),
            len(leaves),
            correlated=len(entries) > 1,
        )
    ]
    if rho is None:
        group = network.group_of(entries[0].model)
        rho = group.rho if group else 0.0
    batch = max(item.fire.shape[0] for item in items)
    factor = np.ones((batch, len(leaves), len(STATES)))
    for item in items:
        if item.against.any():
            factor = factor * np.exp(item.sure * item.against[:, :, None] * item.reach)
    tables = _by_state(items, rho)
    leak = _zeta(items, [item.leak for item in items], rho)
    present = [item for item in _in_order(items) if item.present]
    if not present:
        return Heard(entries, leaves, None, tables, factor * tables[..., 0], leak[:, 0])
    unit = Unit(leak, moebius(np.array([item.sure for item in present])))
    return Heard(entries, leaves, unit, tables, factor)


def row_by_row(said: Heard, rows: int) -> list[Heard]:
    """Each variant of these findings by itself."""

    def row(part: Floats, number: int) -> Floats:
        return part if part.shape[0] == 1 else part[number : number + 1]

    return [
        Heard(
            said.entries,
            said.leaves,
            None if said.unit is None else Unit(row(said.unit.leak, n), said.unit.value),
            row(said.zeta, n),
            row(said.factor, n),
            row(said.unset_by_leak, n),
        )
        for n in range(rows)
    ]


def _items(
    entry: Weighed, said: Parts, columns: Integers, width: int, *, correlated: bool
) -> list[Item]:
    """The noisy-ORs of one statement, over all leaves of its unit; the statement's own first.

    A rung of a graded value that is not the finding itself is by itself, not in the group.
    """
    parts = [(True, one) for one in ((said.present,) if said.present is not None else ())]
    parts += [(False, one) for one in said.absent]
    own = next(number for number, (present, _) in enumerate(parts) if present == entry.present)
    items = []
    for number, (present, solved) in enumerate(parts):
        fire = np.zeros((solved.fire.shape[0], width))
        against = np.zeros_like(fire)
        fire[:, columns] = solved.fire
        against[:, columns] = solved.against_present if present else solved.against_absent
        reach = reach_of(entry.where, present=present)
        items.append(
            Item(
                present, entry.sure, solved.leak, fire, against, reach, correlated and number == own
            )
        )
    return items


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Correlated items first: so stand their bits in the table of the unit."""
    return sorted(items, key=lambda item: not item.correlated)


def _by_state(items: Sequence[Item], rho: Rho) -> Floats:
    """zeta (B, L, 4, 2^n) of the items; states that reach alike are computed once."""
    columns: dict[bytes, Floats] = {}
    reach = np.stack([item.reach for item in items])
    for state in range(len(STATES)):
        key = reach[:, state].tobytes()
        if key not in columns:
            columns[key] = _zeta(items, [i.fire * i.reach[state] for i in items], rho)
    return np.stack([columns[reach[:, state].tobytes()] for state in range(len(STATES))], axis=2)


def _zeta(items: Sequence[Item], chances: Sequence[Floats], rho: Rho) -> Floats:
    """zeta (..., 2^n) of items with these chances (...,): correlated ones, then the others."""
    shape = np.broadcast_shapes(*(chance.shape for chance in chances))
    table = np.ones((*shape, 1))
    paired = sorted(zip(items, chances, strict=True), key=lambda pair: not pair[0].correlated)
    together = [(item, _spread(chance, rho)) for item, chance in paired if item.correlated]
    if together:
        kept = np.ones((*shape, QUADRATURE))
        for item, nodes in together:
            if not item.present:
                kept = kept * (1 - item.sure * nodes)
        each = [np.broadcast_to(n, kept.shape) for item, n in together if item.present]
        set_by = np.stack(each, axis=-2) if each else np.empty((*shape, 0, QUADRATURE))
        table = zeta(set_by, kept)
    for item, chance in paired:
        if not item.correlated and item.present:
            table = np.concatenate([table * (1 - chance[..., None]), table], axis=-1)
        elif not item.correlated:
            table = table * (1 - item.sure * chance[..., None])
    return table


def _spread(chance: Floats, rho: Rho) -> Floats:
    return spread(chance, rho) if isinstance(rho, float) else spread_many(chance, rho)
