"""Tables over the subsets of open units, and how a unit enters, is fed and leaves.

A table is (B, 2^open). A unit of n findings stands in it in zeta form, by the subset of its
findings that are free to be set, or as bits, by the subset that is set; bits are brought to zeta
form and back for each source, which costs more and loses nothing by cancellation. zeta (B, 2^n)
is what a source in some state does to a unit; `before` counts the findings open in front of it.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Coefficients smaller than this are rounding.
TINY = 1e-12


class Opened(Protocol):
    """What a table needs to know of a unit: leak (B, 2^n), value (2^n,), and its form."""

    @property
    def leak(self) -> Floats:
        """Zeta form of the leak."""

    @property
    def value(self) -> Floats:
        """Coefficients that close it."""

    @property
    def as_bits(self) -> bool:
        """Whether it stands in the form of bits."""


def opened(table: Floats, unit: Opened) -> Floats:
    """The table with a new unit at its end, fed by its leak."""
    found: Floats = table[:, :, None] * _leak(unit)[:, None, :].astype(table.dtype)
    return found.reshape(table.shape[0], -1)


def unopened(after: Floats, unit: Opened) -> Floats:
    """What the table before `opened` is worth, from what the one after it is worth."""
    pairs = after.reshape(after.shape[0], -1, unit.value.size)
    found: Floats = (pairs * _leak(unit)[:, None]).sum(axis=2)
    return found


def feed(table: Floats, zeta: Floats, before: int, *, as_bits: bool) -> None:
    """Let a source in one state set findings of the unit; writes to the table."""
    block = table.reshape(table.shape[0], 2**before, zeta.shape[1], -1)
    if as_bits:
        for unset, present in _halves(block):
            np.add(present, unset, out=present)
    _multiply(block, zeta)
    if as_bits:
        for unset, present in _halves(block):
            np.subtract(present, unset, out=present)


def fed_back(after: Floats, zeta: Floats, before: int, *, as_bits: bool) -> Floats:
    """What the table before `feed` is worth, from what the one after it is worth."""
    found = after.copy()
    block = found.reshape(after.shape[0], 2**before, zeta.shape[1], -1)
    if as_bits:
        for unset, present in _halves(block):
            np.subtract(unset, present, out=unset)
    _multiply(block, zeta)
    if as_bits:
        for unset, present in _halves(block):
            np.add(unset, present, out=unset)
    return found


def closed(table: Floats, unit: Opened, before: int) -> tuple[Floats, float]:
    """The table without the unit, and the share of its size that did not cancel (0..1)."""
    batch = table.shape[0]
    value = _value(unit).astype(table.dtype)
    block = table.reshape(batch, 2**before, value.size, -1)
    used = np.flatnonzero(value)
    left = value[used[0]] * block[:, :, used[0]]
    for subset in used[1:]:
        left += value[subset] * block[:, :, subset]
    left = left.reshape(batch, -1)
    if (value >= 0).all():
        return left, 1.0
    left = np.maximum(left, 0.0)
    size = (block * np.abs(value)[:, None]).sum(axis=(1, 2, 3))
    return left, float(max((left.sum(axis=1) / size).min(), 1e-300))


def reopened(after: Floats, unit: Opened, before: int) -> Floats:
    """Undo `closed`: what each entry of a closed unit is worth."""
    batch = after.shape[0]
    block = after.reshape(batch, 2**before, 1, -1)
    return (block * _value(unit)[:, None].astype(after.dtype)).reshape(batch, -1)


def _halves(block: Floats) -> Iterator[tuple[Floats, Floats]]:
    """For each finding of a unit, (B, before, 2^n, after): the half with it unset, and set."""
    batch, before, size, after = block.shape
    for i in range(size.bit_length() - 1):
        halves = block.reshape(batch, before, size >> (i + 1), 2, 2**i, after)
        yield halves[:, :, :, 0], halves[:, :, :, 1]


def _multiply(block: Floats, zeta: Floats) -> None:
    if zeta.shape[1] == 2:
        block[:, :, 0] *= zeta[:, 0, None, None]
    else:
        block *= zeta[:, None, :, None]


def _leak(unit: Opened) -> Floats:
    if not unit.as_bits:
        return unit.leak
    leak = unit.leak.copy()
    for unset, present in _halves(leak[:, None, :, None]):
        np.subtract(present, unset, out=present)
    return leak


def _value(unit: Opened) -> Floats:
    if not unit.as_bits:
        return unit.value
    value = unit.value.copy()
    for unset, present in _halves(value[None, None, :, None]):
        np.add(unset, present, out=unset)
    value[np.abs(value) < TINY] = 0.0
    return value
