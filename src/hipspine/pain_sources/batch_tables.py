"""Compiled part of `batch`, first half: from encoded statements to tables of units.

Numbers are those of `units`, one patient at a time. In a unit of n positive findings every linked
source and state has a table in zeta form over the 2^n subsets (see `correlation`). All entries
are divided by that of the full subset, which goes into the belief, so 2^n - 1 are kept; to a
single finding that is the one entry "stays unset".
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from hipspine.pain_sources.batch_encoding import Catalogue, Extent, Floats, Ints, Told
from hipspine.pain_sources.correlation import QUADRATURE, WEIGHTS
from hipspine.pain_sources.units import ONE_SIDE_OF_TWO

_WEIGHTS = WEIGHTS.copy()
_NODES = QUADRATURE
_PART = ONE_SIDE_OF_TWO
#: Reach of an item [present, where, state - 1]: 0 none, 1 full, 2 one side of two.
_REACH = np.array(
    [
        [[1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]],
        [[1, 1, 1], [1, 0, 1], [0, 1, 1], [2, 2, 1]],
    ],
    np.int8,
)


class Tables(NamedTuple):
    """Room for one patient's tables.

    belief (leaves, 4). By unit: `off` where its entries start, `constant` (value times leak of
    the full subset), `first_link`. By entry: `leak`, `value`. By link of a unit: `link_leaf`,
    `link_unit`, `at` where the tables of its states left, right, both lie in `pool` (0: all
    ones), `chain` to the next link of the same leaf, from `head`. The rest is scratch.
    """

    belief: Floats
    off: Ints
    constant: Floats
    first_link: Ints
    leak: Floats
    value: Floats
    link_leaf: Ints
    link_unit: Ints
    at: Ints
    pool: Floats
    head: Ints
    chain: Ints
    used: Ints
    slot: Ints
    cell: Ints
    found: Ints
    chance: Floats
    nodes: Floats
    grid: Floats
    out: Floats


@njit(cache=True, error_model="numpy")
def room(leaves: int, size: Extent) -> Tables:
    """Empty tables, large enough for every patient of a batch."""
    units, entries, links, pool, items = size
    return Tables(
        np.zeros((leaves, 4)),
        np.zeros(units + 1, np.int32),
        np.zeros(units),
        np.zeros(units + 1, np.int32),
        np.zeros(entries + 1),
        np.zeros(entries + 1),
        np.zeros(links, np.int32),
        np.zeros(links, np.int32),
        np.zeros((links, 3), np.int32),
        np.ones(pool + entries + 1),
        np.zeros(leaves, np.int32),
        np.zeros(links, np.int32),
        np.zeros(2, np.int32),
        np.full(leaves, -1, np.int32),
        np.zeros((leaves, items), np.int32),
        np.zeros(leaves, np.int32),
        np.zeros(items),
        np.zeros((items, _NODES)),
        np.zeros((entries + 1, _NODES)),
        np.zeros(entries + 1),
    )


@njit(cache=True, error_model="numpy")
def tell(cat: Catalogue, told: Told, n: int, t: Tables) -> int:
    """Fill the tables with what patient n was found to have; the number of units."""
    for leaf in range(cat.lateral.size):
        prior = told.priors[n, leaf]
        t.belief[leaf, 0] = 1 - prior
        one = prior * (1 - cat.bilateral[leaf]) / 2 if cat.lateral[leaf] else 0.0
        t.belief[leaf, 1] = one
        t.belief[leaf, 2] = one
        t.belief[leaf, 3] = prior - 2 * one
        t.head[leaf] = -1
    units = 0
    t.first_link[0] = 0
    t.off[0] = 0
    t.used[0] = t.out.size  # the ones before it stand for sources that say nothing
    for unit in range(told.unit_first[n], told.unit_first[n + 1]):
        first, last = told.item_first[unit], told.item_first[unit + 1]
        if last - first == 1 and not told.present[first]:
            _one_absent(cat, told, first, t)
        elif last - first == 1:
            _one_present(cat, told, first, units, t)
            units += 1
        else:
            units += _unit(cat, told, (first, last), units, t)
    return units


@njit(inline="always")
def _one_absent(cat: Catalogue, told: Told, item: int, t: Tables) -> None:
    row, sure = told.row[item], told.sure[item]
    for link in range(cat.start[row], cat.start[row + 1]):
        leaf = cat.leaf[link]
        said = 1 - sure * cat.fire[link]
        if cat.against[link] != 0:
            said *= math.exp(sure * cat.against[link])
        for state in range(3):
            if _REACH[0, told.where[item], state]:
                t.belief[leaf, state + 1] *= said


@njit(inline="always")
def _one_present(cat: Catalogue, told: Told, item: int, unit: int, t: Tables) -> None:
    """A unit of one finding: to each source and state one entry, "stays unset"."""
    row, sure, where = told.row[item], told.sure[item], told.where[item]
    off, link, at = t.off[unit], t.first_link[unit], t.used[0]
    t.leak[off], t.value[off], t.constant[unit] = 1 - cat.leak[row], 1 - 2 * sure, sure
    for source in range(cat.start[row], cat.start[row + 1]):
        leaf = cat.leaf[source]
        t.pool[at] = 1 - cat.fire[source]
        t.at[link, 0] = at if _REACH[1, where, 0] else 0
        t.at[link, 1] = at if _REACH[1, where, 1] else 0
        t.at[link, 2] = at
        at += 1
        if where == 3:
            t.pool[at] = 1 - _PART * cat.fire[source]
            t.at[link, 0], t.at[link, 1] = at, at
            at += 1
        if cat.against[source] != 0:
            for state in range(3):
                reach = _REACH[1, where, state]
                part = 1.0 if reach == 1 else (_PART if reach == 2 else 0.0)
                t.belief[leaf, state + 1] *= math.exp(sure * cat.against[source] * part)
        t.link_leaf[link], t.link_unit[link] = leaf, unit
        t.chain[link] = t.head[leaf]
        t.head[leaf] = link
        link += 1
    t.used[0] = at
    t.off[unit + 1], t.first_link[unit + 1] = off + 1, link


@njit(inline="always")
def _unit(cat: Catalogue, told: Told, items: tuple[int, int], unit: int, t: Tables) -> int:
    """Add a unit (or only move beliefs, when nothing in it is present): how many were added."""
    first, last = items
    count = _collect(cat, told, items, t)
    size = 1
    for item in range(first, last):
        size *= 2 if told.present[item] else 1
    if size > 1:
        _leak(cat, told, items, unit, t)
        t.off[unit + 1] = t.off[unit] + size - 1
        t.first_link[unit + 1] = t.first_link[unit] + count
    for place in range(count):
        leaf, link = t.found[place], t.first_link[unit] + place
        t.slot[leaf] = -1
        both, at_both = 1.0, 0
        for state in (2, 0, 1):
            if state != 2 and not cat.lateral[leaf]:
                at = at_both  # of no weight: a midline source has one state only
            else:
                like = _like(told, items, state)
                whole, at = 1.0, 0
                if like == 2 and state != 2:
                    whole, at = both, at_both
                elif like >= 0:
                    _gather(cat, told, items, (place, state), t)
                    whole = _zeta(told, items, t)
                    at = _keep(size, whole, t)
                t.belief[leaf, state + 1] *= whole
                if state == 2:
                    both, at_both = whole, at
            if size > 1:
                t.at[link, state] = at
        if size > 1:
            t.link_leaf[link], t.link_unit[link] = leaf, unit
            t.chain[link] = t.head[leaf]
            t.head[leaf] = link
    return 1 if size > 1 else 0


@njit(inline="always")
def _like(told: Told, items: tuple[int, int], state: int) -> int:
    """2 if the state reaches what "both" does, -1 if it reaches nothing, else the state."""
    as_both, nothing = True, True
    for item in range(items[0], items[1]):
        present, where = int(told.present[item]), told.where[item]
        as_both &= _REACH[present, where, state] == _REACH[present, where, 2]
        nothing &= _REACH[present, where, state] == 0
    if nothing:
        return -1
    return 2 if as_both else state


@njit(inline="always")
def _collect(cat: Catalogue, told: Told, items: tuple[int, int], t: Tables) -> int:
    """The leaves linked to any item, with their links; findings against a source speak at once."""
    count = 0
    for item in range(items[0], items[1]):
        row, sure = told.row[item], told.sure[item]
        for link in range(cat.start[row], cat.start[row + 1]):
            leaf = cat.leaf[link]
            if t.slot[leaf] < 0:
                t.slot[leaf] = count
                t.found[count] = leaf
                for i in range(items[1] - items[0]):
                    t.cell[count, i] = -1
                count += 1
            t.cell[t.slot[leaf], item - items[0]] = link
            if cat.against[link] != 0:
                for state in range(3):
                    reach = _REACH[int(told.present[item]), told.where[item], state]
                    part = 1.0 if reach == 1 else (_PART if reach == 2 else 0.0)
                    t.belief[leaf, state + 1] *= math.exp(sure * cat.against[link] * part)
    return count


@njit(inline="always")
def _gather(
    cat: Catalogue, told: Told, items: tuple[int, int], at: tuple[int, int], t: Tables
) -> None:
    """Chance and nodes of every item under a source (its place) and state."""
    place, state = at
    for item in range(items[0], items[1]):
        i = item - items[0]
        link = t.cell[place, i]
        reach = _REACH[int(told.present[item]), told.where[item], state]
        if link < 0 or reach == 0:
            t.chance[i] = 0.0
        else:
            t.chance[i] = cat.fire[link] * (1.0 if reach == 1 else _PART)
            if told.correlated[item] and reach == 1:
                for k in range(_NODES):
                    t.nodes[i, k] = cat.full[link, k]
            elif told.correlated[item]:
                for k in range(_NODES):
                    t.nodes[i, k] = cat.part[link, k]


@njit(inline="always")
def _leak(cat: Catalogue, told: Told, items: tuple[int, int], unit: int, t: Tables) -> None:
    """Leak, value and constant of a unit."""
    for item in range(items[0], items[1]):
        i, row = item - items[0], told.row[item]
        t.chance[i] = cat.leak[row]
        for k in range(_NODES):
            t.nodes[i, k] = cat.leak_nodes[row, k]
    _zeta(told, items, t)
    off, size = t.off[unit], 1
    t.value[off] = 1.0
    whole = 1.0
    for item in range(items[0], items[1]):
        if told.present[item]:
            sure = told.sure[item]
            for a in range(size):
                t.value[off + size + a] = t.value[off + a] * sure  # the last is overwritten
                t.value[off + a] *= 1 - 2 * sure
            whole *= sure
            size *= 2
    for a in range(size - 1):
        t.leak[off + a] = t.out[a]
    t.constant[unit] = whole * t.out[size - 1]


@njit(inline="always")
def _zeta(told: Told, items: tuple[int, int], t: Tables) -> float:
    """The zeta table of the gathered chances, in `out`; its last entry.

    With fewer than two correlated items set by this source the mean over the nodes is the chance.
    """
    first, last = items
    together = 0
    for item in range(first, last):
        together += told.correlated[item] and t.chance[item - first] > 0
    size = 1
    t.out[0] = 1.0
    if together > 1:
        size = _spread(told, items, t)
    for item in range(first, last):
        if together > 1 and told.correlated[item]:
            continue
        chance = t.chance[item - first]
        if told.present[item]:
            for a in range(size):
                t.out[size + a] = t.out[a]
                t.out[a] *= 1 - chance
            size *= 2
        else:
            for a in range(size):
                t.out[a] *= 1 - told.sure[item] * chance
    return float(t.out[size - 1])


@njit(inline="always")
def _spread(told: Told, items: tuple[int, int], t: Tables) -> int:
    """The correlated items over the nodes, summed into `out`; the number of entries."""
    first, last = items
    grid, size = t.grid, 1
    for k in range(_NODES):
        grid[0, k] = _WEIGHTS[k]
    for item in range(first, last):
        if told.correlated[item] and not told.present[item] and t.chance[item - first] > 0:
            for k in range(_NODES):
                grid[0, k] *= 1 - told.sure[item] * t.nodes[item - first, k]
    for item in range(first, last):
        if told.correlated[item] and told.present[item]:
            set_by = t.chance[item - first] > 0
            for a in range(size):
                for k in range(_NODES):
                    kept = grid[a, k]
                    grid[size + a, k] = kept
                    if set_by:
                        grid[a, k] = kept * (1 - t.nodes[item - first, k])
            size *= 2
    for a in range(size):
        total = 0.0
        for k in range(_NODES):
            total += grid[a, k]
        t.out[a] = total
    return size


@njit(inline="always")
def _keep(size: int, whole: float, t: Tables) -> int:
    """Store `out` over its last entry in the pool; where."""
    if size == 1:
        return 0
    at = t.used[0]
    for a in range(size - 1):
        t.pool[at + a] = t.out[a] / whole
    t.used[0] = at + size - 1
    return int(at)
