"""What the compiled sweep is told: operations in order, and one matrix of all numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources import sweep_kernel as kernel
from hipspine.pain_sources.sweep import Fed, Swept, alike
from hipspine.pain_sources.tables import OpenUnit

Floats = NDArray[np.float64]


@dataclass
class _Program:
    """Operations, groups of states, what they say, and the rows of numbers, as they are written."""

    dtype: np.dtype[np.floating]
    operations: list[tuple[int, ...]] = field(default_factory=list)
    groups: list[tuple[int, int, int, int]] = field(default_factory=list)
    speaks: list[tuple[int, int, int]] = field(default_factory=list)
    data: list[Floats] = field(default_factory=list)
    written: int = 0
    saved: int = 0
    widest: int = 1

    def put(self, numbers: Floats) -> int:
        """Rows (n, B or 1) at the end of the matrix; where they begin."""
        start = self.written
        self.data.append(numbers)
        self.written += numbers.shape[0]
        return start


def swept(sources: Sequence[Fed], units: Sequence[OpenUnit], order: Sequence[int]) -> Swept | None:
    """As `sweep.swept`, in the precision of the sources; None where numbers became too small."""
    for source in sources:
        source.alike = alike(source)
    rows = sources[0].belief.shape[1]
    program = _Program(sources[0].belief.dtype)
    leak_at, group_at = _written(program, sources, units, order)
    weights, worth, log_total = _run(program, rows)
    if not np.isfinite(log_total).all():
        return None
    states = [source.belief for source in sources]
    for index in order:
        found = np.empty_like(sources[index].belief)
        for number, (chosen, _) in enumerate(sources[index].alike):
            usual = sources[index].belief[chosen].sum(axis=0)
            found[chosen] = weights[group_at[index] + number] / np.where(usual > 0, usual, 1)
        states[index] = sources[index].belief * np.maximum(found, 0)
    leaks = [_as_zeta(worth, leak_at[u], unit) for u, unit in enumerate(units)]
    return Swept(states, leaks, log_total)


def _run(program: _Program, rows: int) -> tuple[Floats, Floats, Floats]:
    """Weights by group (G, rows), worth of every number (R, rows), log total (rows,)."""
    lanes, dtype = kernel.LANES, program.dtype
    blocks = -(-rows // lanes)
    told = (
        np.array(program.operations, np.int64),
        np.array(program.groups, np.int64).reshape(-1, 4),
        np.array(program.speaks, np.int64).reshape(-1, 3),
    )
    data = _by_block(program, rows, blocks)
    saved = np.empty((program.saved, lanes), dtype)
    scratch = np.empty((5, program.widest, lanes), dtype)
    weights = np.empty((blocks, len(program.groups), lanes), dtype)
    worth = np.zeros((blocks, program.written, lanes), dtype)
    log_total = np.empty((blocks, lanes))
    for b in range(blocks):
        found = (weights[b], worth[b], log_total[b])
        kernel.swept_block(told, data[b], saved, scratch, found)
    by_group = weights.transpose(1, 0, 2).reshape(len(program.groups), -1)[:, :rows]
    by_row = worth.transpose(1, 0, 2).reshape(program.written, -1)[:, :rows]
    return by_group, by_row, log_total.reshape(-1)[:rows]


def _by_block(program: _Program, rows: int, blocks: int) -> Floats:
    """The numbers as (blocks, R, LANES); the last block is filled with its last variant."""
    lanes = kernel.LANES
    data = np.empty((program.written, blocks * lanes), program.dtype)
    start = 0
    for numbers in program.data:
        data[start : start + len(numbers), :rows] = numbers
        data[start : start + len(numbers), rows:] = numbers[:, -1:]
        start += len(numbers)
    return np.ascontiguousarray(data.reshape(len(data), blocks, lanes).transpose(1, 0, 2))


def try_out() -> None:
    """Sweep two sources of two findings, in both precisions: compiles what is not compiled."""
    for dtype in (np.float32, np.float64):
        ones = np.ones((2, 1), dtype)
        speak: Floats = np.array([[[1.0], [1.0]], [[0.5], [1.0]]], dtype)
        units = [OpenUnit(ones, np.array([-1.0, 1.0]), dtype=dtype) for _ in range(2)]
        sources = [Fed(ones / 2, {0: speak, 1: speak}) for _ in range(2)]
        swept(sources, units, range(2))


def _as_zeta(by_row: Floats, start: int, unit: OpenUnit) -> Floats:
    worth = by_row[start : start + unit.value.size].copy()
    for i in range(unit.findings):
        pairs = worth.reshape(-1, 2, 2**i, worth.shape[1])
        pairs[:, 0] -= pairs[:, 1]
    return worth


def _written(
    program: _Program, sources: Sequence[Fed], units: Sequence[OpenUnit], order: Sequence[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The operations in order; where the leaks are and the first group of each source."""
    last = {unit: index for index in order for unit in sources[index].zeta}
    opened: list[int] = []
    leak_at: dict[int, int] = {}
    group_at: dict[int, int] = {}
    value_at = [
        program.put(np.broadcast_to(_as_bits(u.value)[:, None], (u.value.size, 1))) for u in units
    ]
    size = 1

    def save() -> int:
        place = program.saved
        program.saved += size
        return place

    for index in order:
        source = sources[index]
        for unit in [unit for unit in source.zeta if unit not in opened]:
            leak_at[unit] = program.put(_leak_as_bits(units[unit]))
            n = units[unit].findings
            program.operations.append((kernel.OPEN, leak_at[unit], n, 1, size, save()))
            opened.append(unit)
            size <<= n
            program.widest = max(program.widest, size)
        strides = _strides(opened, units)
        group_at[index] = len(program.groups)
        _write_groups(program, source, units, strides)
        taking = (group_at[index], len(program.groups) - 1)
        program.operations.append((kernel.TAKE, *taking, 0, size, save()))
        for unit in source.zeta:
            if last[unit] == index:
                n, stride = units[unit].findings, _strides(opened, units)[unit]
                program.operations.append((kernel.CLOSE, value_at[unit], n, stride, size, 0))
                opened.remove(unit)
                size >>= n
    return leak_at, group_at


def _write_groups(
    program: _Program, source: Fed, units: Sequence[OpenUnit], strides: Mapping[int, int]
) -> None:
    """A group for each of the states that speak alike, one more for what all of them share."""
    active = [set(speaking.items()) for _, speaking in source.alike if speaking]
    shared = set.intersection(*active) if active else set()
    for chosen, speaking in source.alike:
        belief = source.belief[chosen].sum(axis=0, keepdims=True)
        own = {unit: chosen[0] for unit, state in speaking.items() if (unit, state) not in shared}
        first = len(program.speaks)
        for number, (n, stride, said) in enumerate(_said(source, own, units, strides)):
            numbers = said * belief if number == 0 else said
            program.speaks.append((n, stride, program.put(numbers)))
        kind = kernel.SPEAKING if speaking else kernel.SILENT
        program.groups.append((program.put(belief), first, len(program.speaks), kind))
    first = len(program.speaks)
    for n, stride, said in _said(source, dict(shared), units, strides):
        program.speaks.append((n, stride, program.put(said)))
    program.groups.append((0, first, len(program.speaks), kernel.SPEAKING))


def _said(
    source: Fed, spoken: Mapping[int, int], units: Sequence[OpenUnit], strides: Mapping[int, int]
) -> Iterator[tuple[int, int, Floats]]:
    """(findings, stride, numbers) of what a state says of units; single findings first."""
    for unit in sorted(spoken, key=lambda unit: (units[unit].findings > 1, -strides[unit])):
        zeta, n = source.zeta[unit][spoken[unit]], units[unit].findings
        yield n, strides[unit], _changes(zeta, n) if n <= kernel.MOST_TERNARY else zeta


def _strides(opened: Sequence[int], units: Sequence[OpenUnit]) -> dict[int, int]:
    """The stride of the lowest finding of each open unit: units opened later vary faster."""
    strides, stride = {}, 1
    for unit in reversed(opened):
        strides[unit] = stride
        stride <<= units[unit].findings
    return strides


def _changes(zeta: Floats, n: int) -> Floats:
    """P(from one subset that is set to a larger one), (3^n, B), in the order of `_row_of`."""
    table = zeta.reshape(*(2,) * n, -1)
    for axis in range(n):
        unset, free = np.take(table, 0, axis), np.take(table, 1, axis)
        table = np.stack([unset, free - unset, free], axis=axis)
    return np.maximum(table, 0).reshape(3**n, -1)


def _leak_as_bits(unit: OpenUnit) -> Floats:
    leak = unit.leak.copy()
    for i in range(unit.findings):
        pairs = leak.reshape(-1, 2, 2**i, leak.shape[1])
        pairs[:, 1] -= pairs[:, 0]
    return np.maximum(leak, 0.0)


def _as_bits(value: Floats) -> Floats:
    """The worth of each subset that is set, from the coefficients of the zeta form."""
    value = value.copy()
    for i in range(int(value.size).bit_length() - 1):
        pairs = value.reshape(-1, 2, 2**i)
        pairs[:, 0] += pairs[:, 1]
    value[np.abs(value) < 1e-12] = 0.0
    return value
