"""Tables over the subsets of open units, and how a unit enters, is fed and leaves.

A table is (2^open, B): variants lie side by side, so that every operation runs along them. A unit
of n findings stands in it in zeta form, by the subset of its findings that are free to be set, or
as bits, by the subset that is set, which costs more and loses nothing by cancellation (bits of
several findings are brought to zeta form and back for each source, and lose little). zeta (2^n, B)
is what a source in some state does to a unit; `before` counts the findings open in front of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Coefficients smaller than this are rounding.
TINY = 1e-12


@dataclass
class OpenUnit:
    """A unit as the tables need it: leak (2^n, B) in zeta form, value (2^n,), and its form.

    dtype is that of the tables; the leak comes in double precision, as it may cancel.
    """

    leak: Floats
    value: Floats
    as_bits: bool = False
    dtype: type[np.floating] = np.float64

    @property
    def findings(self) -> int:
        """n, the positive findings in it."""
        return int(self.value.size).bit_length() - 1

    @cached_property
    def entering(self) -> Floats:
        """The leak in the form of the table."""
        leak = self.leak.copy()
        if self.as_bits:
            for unset, present in halves(leak[None, :, None]):
                np.subtract(present, unset, out=present)
            np.maximum(leak, 0.0, out=leak)
        entering: Floats = leak.astype(self.dtype)
        return entering

    @cached_property
    def leaving(self) -> Floats:
        """The value in the form of the table."""
        if not self.as_bits:
            return self.value
        value = self.value.copy()
        for unset, present in halves(value[None, :, None, None]):
            np.add(unset, present, out=unset)
        value[np.abs(value) < TINY] = 0.0
        return value


def opened(table: Floats, unit: OpenUnit) -> Floats:
    """The table with a new unit at its end, fed by its leak."""
    found: Floats = table[:, None] * unit.entering[None]
    return found.reshape(-1, found.shape[2])


def unopened(table: Floats, after: Floats, unit: OpenUnit) -> tuple[Floats, Floats]:
    """What the table before `opened` is worth, and each entry of the leak, (2^n, B)."""
    pairs = after.reshape(table.shape[0], unit.value.size, -1)
    worth = np.einsum("cb,cab->ab", table, pairs)
    if unit.as_bits:
        for unset, present in halves(worth[None, :, None]):
            np.subtract(unset, present, out=unset)
    found: Floats = np.einsum("cab,ab->cb", pairs, unit.entering)
    return found, worth


def feed(table: Floats, zeta: Floats, before: int, *, as_bits: bool) -> None:
    """Let a source in one state set findings of the unit; writes to the table."""
    block = table.reshape(2**before, zeta.shape[0], -1, table.shape[1])
    if as_bits and zeta.shape[0] == 2:
        block[:, 1] += block[:, 0] * (1 - zeta[0])
        block[:, 0] *= zeta[0]
        return
    if as_bits:
        for unset, present in halves(block):
            np.add(present, unset, out=present)
    _multiply(block, zeta)
    if as_bits:
        for unset, present in halves(block):
            np.subtract(present, unset, out=present)


def feed_back(after: Floats, zeta: Floats, before: int, *, as_bits: bool) -> None:
    """What the table before `feed` is worth, from what the one after it is worth, in place."""
    block = after.reshape(2**before, zeta.shape[0], -1, after.shape[1])
    if as_bits and zeta.shape[0] == 2:
        block[:, 0] *= zeta[0]
        block[:, 0] += block[:, 1] * (1 - zeta[0])
        return
    if as_bits:
        for unset, present in halves(block):
            np.subtract(unset, present, out=unset)
    _multiply(block, zeta)
    if as_bits:
        for unset, present in halves(block):
            np.add(unset, present, out=unset)


def closed(table: Floats, unit: OpenUnit, before: int) -> tuple[Floats, float]:
    """The table without the unit, and the share of its size that did not cancel (0..1)."""
    value = unit.leaving.astype(table.dtype)
    block = table.reshape(2**before, value.size, -1, table.shape[1])
    used = np.flatnonzero(value)
    left = value[used[0]] * block[:, used[0]]
    for subset in used[1:]:
        left += value[subset] * block[:, subset]
    left = left.reshape(-1, table.shape[1])
    np.maximum(left, 0.0, out=left)
    if (value >= 0).all():
        return left, 1.0
    size = np.maximum(np.einsum("cadb,a->b", block, np.abs(value)), np.finfo(table.dtype).tiny)
    return left, float(max((left.sum(axis=0) / size).min(), 1e-300))


def reopened(after: Floats, unit: OpenUnit, before: int) -> Floats:
    """Undo `closed`: what each entry of a closed unit is worth."""
    block = after.reshape(2**before, 1, -1, after.shape[1])
    value = unit.leaving.astype(after.dtype)
    return (block * value[:, None, None]).reshape(-1, after.shape[1])


def halves(block: Floats) -> Iterator[tuple[Floats, Floats]]:
    """For each finding of a unit, (before, 2^n, after, B): the half with it unset, and set."""
    before, size, after, batch = block.shape
    for i in range(size.bit_length() - 1):
        pairs = block.reshape(before, size >> (i + 1), 2, 2**i, after, batch)
        yield pairs[:, :, 0], pairs[:, :, 1]


def _multiply(block: Floats, zeta: Floats) -> None:
    if zeta.shape[0] == 2:
        block[:, 0] *= zeta[0]
    else:
        block *= zeta[:, None]
