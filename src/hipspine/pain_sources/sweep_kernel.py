"""Both sweeps of `sweep`, compiled: the same sums, a block of variants at a time in the cache.

Units stand as bits, by the subset of findings that is set, so that single findings only ever add
what is not negative; units of several findings are brought to zeta form and back for each source.
A block is LANES variants side by side. Needs numba.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

LANES = 64
#: Units of more findings are brought to zeta form and back: 3^n numbers would be too many.
MOST_TERNARY = 3
#: What an operation does.
OPEN, TAKE, CLOSE = 0, 1, 2
#: A group of states that set nothing, and one that does.
SILENT, SPEAKING = 0, 1

_compiled: Any = njit(cache=True, error_model="numpy", fastmath={"contract", "nsz"})


@_compiled
def _feed(table, part, size, speak, data):
    """Let a source set findings of one unit: table -> part.

    speak: findings of the unit, stride of its lowest one, row of its numbers. What is read and
    what is written are never one array: loops over both in place are not vectorised.
    """
    n, step, at = speak
    if n == 1:
        rows = data[at : at + 3]
        for high in range(0, size, 2 * step):
            for low in range(high, high + step):
                for lane in range(LANES):
                    unset = table[low, lane]
                    part[low + step, lane] = (
                        table[low + step, lane] * rows[2, lane] + unset * rows[1, lane]
                    )
                    part[low, lane] = unset * rows[0, lane]
        return
    if n <= MOST_TERNARY:
        _set_findings(table, part, size, n, step, data[at:])
        return
    part[:size] = table[:size]
    for bit in range(n):
        _add(part, size, step << bit, 0, 1)
    _multiply(part, size, n, step, data[at : at + (1 << n)])
    for bit in range(n):
        stride = step << bit
        for high in range(0, size, 2 * stride):
            for low in range(high, high + stride):
                for lane in range(LANES):
                    left = part[low + stride, lane] - part[low, lane]
                    part[low + stride, lane] = max(left, 0)


@_compiled
def _feed_back(table, part, size, speak, data):
    """The transpose of `_feed`."""
    n, step, at = speak
    if n == 1:
        rows = data[at : at + 3]
        for high in range(0, size, 2 * step):
            for low in range(high, high + step):
                for lane in range(LANES):
                    present = table[low + step, lane]
                    part[low, lane] = table[low, lane] * rows[0, lane] + present * rows[1, lane]
                    part[low + step, lane] = present * rows[2, lane]
        return
    if n <= MOST_TERNARY:
        _unset_findings(table, part, size, n, step, data[at:])
        return
    part[:size] = table[:size]
    for bit in range(n):
        stride = step << bit
        for high in range(0, size, 2 * stride):
            for low in range(high, high + stride):
                for lane in range(LANES):
                    part[low, lane] -= part[low + stride, lane]
    _multiply(part, size, n, step, data[at : at + (1 << n)])
    for bit in range(n):
        _add(part, size, step << bit, 1, 0)


@_compiled
def _row_of(before, after, n):
    """The row of the change from the subset `before` to `after`: a digit of base 3 a finding."""
    row, power = 0, 1
    for bit in range(n):
        row += power * (((before >> bit) & 1) + ((after >> bit) & 1))
        power *= 3
    return row


@_compiled
def _set_findings(table, part, size, n, step, rows):
    for high in range(0, size, step << n):
        for after in range(1 << n):
            to = high + after * step
            row = _row_of(after, after, n)
            for low in range(step):
                for lane in range(LANES):
                    part[to + low, lane] = table[to + low, lane] * rows[row, lane]
            before = after
            while before:
                before = (before - 1) & after
                row = _row_of(before, after, n)
                at = high + before * step
                for low in range(step):
                    for lane in range(LANES):
                        part[to + low, lane] += table[at + low, lane] * rows[row, lane]


@_compiled
def _unset_findings(table, part, size, n, step, rows):
    """The transpose of `_set_findings`."""
    full = (1 << n) - 1
    for high in range(0, size, step << n):
        for before in range(1 << n):
            to = high + before * step
            row = _row_of(before, before, n)
            for low in range(step):
                for lane in range(LANES):
                    part[to + low, lane] = table[to + low, lane] * rows[row, lane]
            free = full & ~before
            more = free
            while more:
                row = _row_of(before, before | more, n)
                at = high + (before | more) * step
                for low in range(step):
                    for lane in range(LANES):
                        part[to + low, lane] += table[at + low, lane] * rows[row, lane]
                more = (more - 1) & free


@_compiled
def _add(part, size, stride, which, onto):
    """Add the half without a finding (0) or with it (1) onto the other half."""
    for high in range(0, size, 2 * stride):
        for low in range(high, high + stride):
            for lane in range(LANES):
                part[low + onto * stride, lane] += part[low + which * stride, lane]


@_compiled
def _multiply(part, size, n, step, rows):
    for high in range(0, size, step << n):
        for subset in range(1 << n):
            start = high + subset * step
            for low in range(start, start + step):
                for lane in range(LANES):
                    part[low, lane] *= rows[subset, lane]


@_compiled
def swept_block(program, data, saved, scratch, found):
    """One block of variants, forwards and backwards.

    program: operations (O, 6): kind; OPEN and CLOSE: row of the unit's numbers, findings, stride;
    TAKE: first group and the one of what is shared, 0; then size of the table before and its place
    in `saved`. groups (G, 4): row of the belief (it is in the numbers of the first speak too),
    first and last speak, kind.
    speaks (K, 3): see `_feed`. data (rows, LANES). found: weights (G, LANES), worth (rows, LANES)
    at the rows of the leaks, log_total (LANES,), all written.
    """
    weights, worth, log_total = found
    _forwards(program, data, saved, scratch, log_total)
    _backwards(program, data, saved, scratch, (weights, worth))


@_compiled
def _forwards(program, data, saved, scratch, log_total):
    operations, groups, speaks = program
    table, other = scratch[0], scratch[1]
    table[0] = 1
    log_total[:] = 0
    for o in range(operations.shape[0]):
        kind, a, b, step, size, place = operations[o]
        if kind != CLOSE:
            saved[place : place + size] = table[:size]
        if kind == OPEN:
            _open(table, other, size, b, data[a:])
        elif kind == TAKE:
            _take(table, other, scratch[2:], size, (groups[a : b + 1], speaks, data))
        else:
            _close(table, other, size, b, step, data[a:])
            most = _normalised(other, size >> b)
            for lane in range(LANES):
                log_total[lane] += np.log(most[lane])
        table, other = other, table
    for lane in range(LANES):
        log_total[lane] += np.log(table[0, lane])


@_compiled
def _backwards(program, data, saved, scratch, found):
    operations, groups, speaks = program
    weights, worth = found
    table, other = scratch[0], scratch[1]
    table[0] = 1
    for o in range(operations.shape[0] - 1, -1, -1):
        kind, a, b, step, size, place = operations[o]
        before = saved[place : place + size]
        if kind == CLOSE:
            _reopen(table, other, size, b, step, data[a:])
        elif kind == TAKE:
            said = (groups[a : b + 1], speaks, data)
            _take_back(table, other, scratch[2:], before, said, weights[a:b])
        else:
            _unopen(table, other, before, b, data[a:], worth[a:])
            _normalised(other, size)
        table, other = other, table


@_compiled
def _take(table, other, parts, size, said):
    """The sum over the states of a source of what the table becomes with it.

    What all states but the silent one share is said once, to their sum. The last group holds it.
    """
    groups, speaks, data = said
    part, spare = parts[0], parts[1]
    count = groups.shape[0] - 1
    begun = False
    for group in range(count):
        row, first, last, kind = groups[group]
        if kind == SILENT:
            continue
        if first == last:
            _scale(table, part, size, data[row])
        for k in range(first, last):
            _feed(table if k == first else part, spare, size, speaks[k], data)
            part, spare = spare, part
        if begun:
            _onto(part, other, size)
        else:
            other[:size] = part[:size]
            begun = True
    _, first, last, _ = groups[count]
    for k in range(first, last):
        _feed(other if k == first else part, spare, size, speaks[k], data)
        part, spare = spare, part
    if first < last:
        other[:size] = part[:size]
    for group in range(count):
        row, _, _, kind = groups[group]
        if kind == SILENT and begun:
            _scaled_onto(table, other, size, data[row])
        elif kind == SILENT:
            _scale(table, other, size, data[row])


@_compiled
def _take_back(table, other, parts, before, said, weights):
    """The transpose of `_take`, and the weight of each group of states."""
    groups, speaks, data = said
    part, spare, heard = parts[0], parts[1], parts[2]
    size, count = before.shape[0], groups.shape[0] - 1
    _, first, last, _ = groups[count]
    for k in range(last - 1, first - 1, -1):
        _feed_back(table if k == last - 1 else part, spare, size, speaks[k], data)
        part, spare = spare, part
    if first < last:
        heard[:size] = part[:size]
    else:
        heard[:size] = table[:size]
    for group in range(count):
        row, first, last, kind = groups[group]
        source = table if kind == SILENT else heard
        if first == last:
            _scale(source, part, size, data[row])
        for k in range(last - 1, first - 1, -1):
            _feed_back(source if k == last - 1 else part, spare, size, speaks[k], data)
            part, spare = spare, part
        weights[group] = 0
        for c in range(size):
            for lane in range(LANES):
                weights[group, lane] += part[c, lane] * before[c, lane]
        if group == 0:
            other[:size] = part[:size]
        else:
            _onto(part, other, size)


@_compiled
def _open(table, other, size, n, leak):
    """The table with a new unit at its end, fed by its leak."""
    many = 1 << n
    for c in range(size):
        for subset in range(many):
            for lane in range(LANES):
                other[c * many + subset, lane] = table[c, lane] * leak[subset, lane]


@_compiled
def _unopen(table, other, before, n, leak, worth):
    """The transpose of `_open`, and what each entry of the leak is worth."""
    many = 1 << n
    worth[:many] = 0
    for c in range(before.shape[0]):
        other[c] = 0
        for subset in range(many):
            for lane in range(LANES):
                met = table[c * many + subset, lane]
                other[c, lane] += met * leak[subset, lane]
                worth[subset, lane] += met * before[c, lane]


@_compiled
def _close(table, other, size, n, step, value):
    """Weigh the subsets of a unit by what they are worth and leave it out of the table."""
    many = 1 << n
    place = 0
    for high in range(0, size, step * many):
        for low in range(high, high + step):
            other[place] = 0
            for subset in range(many):
                for lane in range(LANES):
                    other[place, lane] += table[low + subset * step, lane] * value[subset, lane]
            place += 1


@_compiled
def _reopen(table, other, size, n, step, value):
    """The transpose of `_close`."""
    many = 1 << n
    place = 0
    for high in range(0, size, step * many):
        for low in range(high, high + step):
            for subset in range(many):
                for lane in range(LANES):
                    other[low + subset * step, lane] = table[place, lane] * value[subset, lane]
            place += 1


@_compiled
def _normalised(table, size):
    """Divide by the largest entry of each lane, (LANES,), which is told."""
    most = np.abs(table[0])
    for c in range(size):
        for lane in range(LANES):
            most[lane] = max(most[lane], abs(table[c, lane]))
    for c in range(size):
        for lane in range(LANES):
            table[c, lane] /= most[lane]
    return most


@_compiled
def _scale(table, part, size, row):
    for c in range(size):
        for lane in range(LANES):
            part[c, lane] = table[c, lane] * row[lane]


@_compiled
def _scaled_onto(table, total, size, row):
    for c in range(size):
        for lane in range(LANES):
            total[c, lane] += table[c, lane] * row[lane]


@_compiled
def _onto(part, total, size):
    for c in range(size):
        for lane in range(LANES):
            total[c, lane] += part[c, lane]
