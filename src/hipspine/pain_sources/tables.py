"""Tables over the subsets of open units, and how a unit enters, is fed and leaves.

A table is (B, 2^open). A unit of one finding stands in it as a bit: unset, set. A unit of n > 1
stands in zeta form: 2^n subsets of its findings that are free to be set. zeta (B, 2^n) is what a
source in some state does to it; `before` counts the findings open in front of the unit.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Entries of the zeta table of a single finding: it stays unset, it is free.
SINGLE = 2


def opened(table: Floats, leak: Floats) -> Floats:
    """The table with a new unit at its end, fed by the leak (B, 2^n)."""
    batch = table.shape[0]
    if leak.shape[1] == SINGLE:
        leak = np.stack([leak[:, 0], leak[:, 1] - leak[:, 0]], axis=1)
    return (table[:, :, None] * leak[:, None, :].astype(table.dtype)).reshape(batch, -1)


def unopened(after: Floats, leak: Floats) -> Floats:
    """What the table before `opened` is worth, from what the one after it is worth."""
    batch = after.shape[0]
    if leak.shape[1] == SINGLE:
        leak = np.stack([leak[:, 0], leak[:, 1] - leak[:, 0]], axis=1)
    found: Floats = (after.reshape(batch, -1, leak.shape[1]) * leak[:, None]).sum(axis=2)
    return found


def fed(table: Floats, zeta: Floats, before: int) -> Floats:
    """The table after a source in one state may have set findings of the unit; may write to it."""
    block = table.reshape(table.shape[0], 2**before, zeta.shape[1], -1)
    if zeta.shape[1] > SINGLE:
        block *= zeta[:, None, :, None]
        return table
    unset = zeta[:, 0, None, None]
    first = block[:, :, 0]
    kept = first * unset
    block[:, :, 1] += first - kept
    block[:, :, 0] = kept
    return table


def fed_back(after: Floats, zeta: Floats, before: int) -> Floats:
    """What the table before `fed` is worth, from what the one after it is worth."""
    block = after.reshape(after.shape[0], 2**before, zeta.shape[1], -1)
    if zeta.shape[1] > SINGLE:
        return (block * zeta[:, None, :, None]).reshape(after.shape)
    found = block.copy()
    unset = zeta[:, 0, None, None]
    found[:, :, 0] = block[:, :, 1] + (block[:, :, 0] - block[:, :, 1]) * unset
    return found.reshape(after.shape)


def closed(table: Floats, value: Floats, before: int) -> tuple[Floats, float]:
    """The table without the unit, and the share of its size that did not cancel (0..1)."""
    batch = table.shape[0]
    block = table.reshape(batch, 2**before, value.size, -1)
    if value.size == SINGLE:
        unset, present = value[0] + value[1], value[1]
        return (unset * block[:, :, 0] + present * block[:, :, 1]).reshape(batch, -1), 1.0
    signed = (block * value[:, None].astype(table.dtype)).sum(axis=2).reshape(batch, -1)
    signed = np.clip(signed, 0.0, None)
    size = (block * np.abs(value)[:, None]).sum(axis=(1, 2, 3))
    return signed, float(max((signed.sum(axis=1) / size).min(), 1e-300))


def reopened(after: Floats, value: Floats, before: int) -> Floats:
    """Undo `closed`: what each entry of a closed unit is worth."""
    batch = after.shape[0]
    if value.size == SINGLE:
        value = np.array([value[0] + value[1], value[1]])
    block = after.reshape(batch, 2**before, 1, -1)
    return (block * value[:, None].astype(after.dtype)).reshape(batch, -1)
