"""Sources taken in one after the other, forwards and backwards, over tables of open units.

The forward sweep gives the evidence. The backward one gives the weight of every state of every
source, and what each entry of every unit's leak is worth. Variants lie on the last axis, B; they
are swept in chunks whose tables fit into the cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources import tables
from hipspine.pain_sources.plan import parents_of
from hipspine.pain_sources.tables import OpenUnit

Floats = NDArray[np.float64]

#: Relative error by cancellation that units in zeta form may cause, by the size of a number.
LOSS = {8: 1e-11, 4: 3e-5}
#: If it comes out this much larger, all units are kept as bits.
MUCH_LARGER = 100.0
#: Bytes of a table that stay in the cache.
CHUNK = 2**20


@dataclass
class Fed:
    """A source of several units: belief (S, B), zeta[unit] (S, 2^n, B); states that speak alike.

    alike: those states, and the units that they set anything of, each with a state that does the
    same to it.
    """

    belief: Floats
    zeta: dict[int, Floats]
    alike: list[tuple[list[int], dict[int, int]]] = field(default_factory=list)


@dataclass(frozen=True)
class Swept:
    """Weights of the states (S, B) by source, worth of the leaks by unit; log evidence (B,)."""

    states: list[Floats]
    worth: list[Floats]
    log_evidence: Floats


@dataclass
class _Step:
    """One source taken in, and the tables before each unit that it opened, before and after."""

    index: int
    opened: list[tuple[int, Floats]]
    table: Floats
    before: dict[int, int]
    closed: list[tuple[int, int]]  # (unit, findings open before it), in order of closing


@dataclass
class _Forwards:
    steps: list[_Step]
    log_total: Floats
    loss: float


def swept(
    sources: Sequence[Fed], units: Sequence[OpenUnit], order: Sequence[int], width: int
) -> Swept:
    """Both sweeps over all variants; the sources in this order, `width` findings open at most."""
    for source in sources:
        source.alike = alike(source)
    _choose_bits(sources, units)
    rows = sources[0].belief.shape[1]
    room = max(1, CHUNK // (2**width * sources[0].belief.itemsize))
    if room >= rows:
        return _both(sources, units, order)
    chunks = -(-rows // room)
    room = -(-rows // chunks)
    parts = [
        _both(
            [_rows_of(source, start, start + room) for source in sources],
            [replace(u, leak=_rows(u.leak, start, start + room)) for u in units],
            order,
        )
        for start in range(0, rows, room)
    ]
    return Swept(
        [np.concatenate(s, axis=1) for s in zip(*(p.states for p in parts), strict=True)],
        [np.concatenate(w, axis=1) for w in zip(*(p.worth for p in parts), strict=True)],
        np.concatenate([p.log_evidence for p in parts]),
    )


def _rows_of(source: Fed, start: int, end: int) -> Fed:
    zeta = {unit: _rows(z, start, end) for unit, z in source.zeta.items()}
    return Fed(source.belief[:, start:end], zeta, source.alike)


def _rows(part: Floats, start: int, end: int) -> Floats:
    """Some variants; what is the same in all of them has one row."""
    return part if part.shape[-1] == 1 else part[..., start:end]


def _both(sources: Sequence[Fed], units: Sequence[OpenUnit], order: Sequence[int]) -> Swept:
    """Both sweeps; should too much cancel, with bits alone, and at last in double precision."""
    forwards = _forwards(sources, units, order)
    if _spoiled(forwards):
        units = [replace(unit, as_bits=True) for unit in units]
        forwards = _forwards(sources, units, order)
    if _spoiled(forwards):
        units = [replace(unit, dtype=np.float64) for unit in units]
        sources = [_doubled(source) for source in sources]
        forwards = _forwards(sources, units, order)
    states, worth = _backwards(sources, units, forwards)
    return Swept(states, worth, forwards.log_total)


def _spoiled(forwards: _Forwards) -> bool:
    allowed = LOSS[forwards.steps[0].table.itemsize] * MUCH_LARGER
    return forwards.loss > allowed or not np.isfinite(forwards.log_total).all()


def _doubled(source: Fed) -> Fed:
    zeta: dict[int, Floats] = {unit: z.astype(float) for unit, z in source.zeta.items()}
    return Fed(source.belief.astype(float), zeta, source.alike)


def _forwards(sources: Sequence[Fed], units: Sequence[OpenUnit], order: Sequence[int]) -> _Forwards:
    """The steps, log P(units), and the relative error by cancellation."""
    waiting = [len(found) for found in parents_of([s.zeta for s in sources], len(units))]
    table = np.ones((1, sources[0].belief.shape[1]), sources[0].belief.dtype)
    log_scale = np.zeros(table.shape[1])
    loss = float(np.finfo(table.dtype).eps)
    open_units: list[int] = []
    steps = []
    for index in order:
        source = sources[index]
        step = _Step(index, [], table, {}, [])
        for unit in [unit for unit in source.zeta if unit not in open_units]:
            step.opened.append((unit, table))
            table = tables.opened(table, units[unit])
            open_units.append(unit)
        step.table = table
        step.before = {unit: _before(units, open_units, unit) for unit in source.zeta}
        table = _taken_in(table, source, units, step.before)
        for unit in source.zeta:
            waiting[unit] -= 1
            if waiting[unit] == 0:
                before = _before(units, open_units, unit)
                table, kept = tables.closed(table, units[unit], before)
                loss /= kept
                open_units.remove(unit)
                step.closed.append((unit, before))
        if step.closed:
            scale = np.maximum(table.max(axis=0), np.finfo(table.dtype).tiny)
            table /= scale
            log_scale += np.log(scale)
        steps.append(step)
    with np.errstate(divide="ignore"):  # a table of nothing but zeros is spoiled
        return _Forwards(steps, log_scale + np.log(table[0]), loss)


def _taken_in(
    table: Floats, source: Fed, units: Sequence[OpenUnit], before: dict[int, int]
) -> Floats:
    """The sum over the states of a source of what the table becomes with it."""
    total: Floats | None = None
    for chosen, speaking in source.alike:
        part = table * source.belief[chosen].sum(axis=0)
        for unit in speaking:
            zeta = source.zeta[unit][chosen[0]]
            tables.feed(part, zeta, before[unit], as_bits=units[unit].as_bits)
        if total is None:
            total = part
        else:
            total += part
    assert total is not None
    return total


def _backwards(
    sources: Sequence[Fed], units: Sequence[OpenUnit], forwards: _Forwards
) -> tuple[list[Floats], list[Floats]]:
    """Weights of the states of every source, and the worth of every leak."""
    states = [source.belief for source in sources]
    worth = [unit.leak for unit in units]
    after = np.ones((1, states[0].shape[1]), states[0].dtype)
    for step in reversed(forwards.steps):
        for unit, before in reversed(step.closed):
            after = tables.reopened(after, units[unit], before)
        source = sources[step.index]
        weights = np.empty_like(source.belief)
        earlier: Floats | None = None
        for chosen, speaking in source.alike:
            part = after.copy()
            for unit in speaking:
                zeta = source.zeta[unit][chosen[0]]
                tables.feed_back(part, zeta, step.before[unit], as_bits=units[unit].as_bits)
            weights[chosen] = np.einsum("ab,ab->b", step.table, part)
            part *= source.belief[chosen].sum(axis=0)
            if earlier is None:
                earlier = part
            else:
                earlier += part
        assert earlier is not None
        states[step.index] = source.belief * np.maximum(weights, 0.0)
        after = earlier
        for unit, table in reversed(step.opened):
            after, worth[unit] = tables.unopened(table, after, units[unit])
        if step.opened or step.closed:
            after /= np.abs(after).max(axis=0)
    return states, worth


def _before(units: Sequence[OpenUnit], open_units: Sequence[int], unit: int) -> int:
    """Findings open in front of this unit: its axes of the table start after theirs."""
    return sum(units[u].findings for u in open_units[: open_units.index(unit)])


def alike(source: Fed) -> list[tuple[list[int], dict[int, int]]]:
    """States that speak alike, and the units of which they say anything; silent ones: none.

    Each unit with the first state that says the same of it.
    """
    states = range(source.belief.shape[0])
    labels: list[list[tuple[int, int]]] = [[] for _ in states]
    for unit, zeta in source.zeta.items():
        first = zeta[:, :, 0].tolist()
        same = [first.index(row) for row in first]
        if zeta.shape[2] > 1 and not (zeta == zeta[same]).all():
            same = list(states)
        silent = {t for t in set(same) if (zeta[t] == 1).all()}
        for state in states:
            if same[state] not in silent:
                labels[state].append((unit, same[state]))
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for state in states:
        groups.setdefault(tuple(labels[state]), []).append(state)
    return [(chosen, dict(label)) for label, chosen in groups.items()]


def _choose_bits(sources: Sequence[Fed], units: Sequence[OpenUnit]) -> None:
    """Keep rare units as bits: too much would cancel if all were in zeta form."""
    free = [unit.leak for unit in units]
    for source in sources:
        belief = source.belief / source.belief.sum(axis=0)
        for unit, zeta in source.zeta.items():
            free[unit] = free[unit] * np.einsum("sb,sab->ab", belief, zeta)
    chances = [
        (float(((unit.value @ one) / one[-1]).min()), number)
        for number, (unit, one) in enumerate(zip(units, free, strict=True))
    ]
    itemsize = sources[0].belief.itemsize
    loss = float(np.finfo(sources[0].belief.dtype).eps)
    for chance, number in sorted(chances, reverse=True):
        loss /= max(chance, 1e-12)
        units[number].as_bits = loss > LOSS[itemsize]
