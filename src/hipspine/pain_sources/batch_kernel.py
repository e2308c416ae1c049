"""Compiled part of `batch`: from encoded statements to tables of units, then to an answer.

Numbers are those of `units`, one patient at a time. In a unit of n positive findings every linked
source and state has a table in zeta form over the 2^n subsets (see `correlation`). All entries
are divided by that of the full subset, which goes into the belief, so 2^n - 1 are kept; of a
single finding that is the one entry "stays unset".

Everything compiled is in this one file, and every figure comes in with the catalogue: numba
looks at the date of one file when it decides whether what it compiled before still holds, and
a stale figure would be a wrong number that looks right. What is called once a finding or more is
inlined, because handing over rooms of arrays costs more than most of what is done with them.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hipspine.pain_sources.batch import Effort
from hipspine.pain_sources.batch_encoding import Catalogue, Extent, Floats, Ints, Told

#: Nodes of the random effect, `correlation.QUADRATURE`; fixed here so that loops unroll.
NODES = 9
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
def _room(leaves: int, size: Extent) -> Tables:
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
        np.zeros((items, NODES)),
        np.zeros((entries + 1, NODES)),
        np.zeros(entries + 1),
    )


@njit(cache=True, error_model="numpy")
def _tell(cat: Catalogue, told: Told, n: int, t: Tables) -> int:
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
            t.pool[at] = 1 - cat.one_side * cat.fire[source]
            t.at[link, 0], t.at[link, 1] = at, at
            at += 1
        if cat.against[source] != 0:
            for state in range(3):
                reach = _REACH[1, where, state]
                part = 1.0 if reach == 1 else (cat.one_side if reach == 2 else 0.0)
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
                    whole = _zeta(cat, told, items, t)
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
                    part = 1.0 if reach == 1 else (cat.one_side if reach == 2 else 0.0)
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
            t.chance[i] = cat.fire[link] * (1.0 if reach == 1 else cat.one_side)
            if told.correlated[item] and reach == 1:
                for k in range(NODES):
                    t.nodes[i, k] = cat.full[link, k]
            elif told.correlated[item]:
                for k in range(NODES):
                    t.nodes[i, k] = cat.part[link, k]


@njit(inline="always")
def _leak(cat: Catalogue, told: Told, items: tuple[int, int], unit: int, t: Tables) -> None:
    """Leak, value and constant of a unit."""
    for item in range(items[0], items[1]):
        i, row = item - items[0], told.row[item]
        t.chance[i] = cat.leak[row]
        for k in range(NODES):
            t.nodes[i, k] = cat.leak_nodes[row, k]
    _zeta(cat, told, items, t)
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
def _zeta(cat: Catalogue, told: Told, items: tuple[int, int], t: Tables) -> float:
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
        size = _spread(cat, told, items, t)
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
def _spread(cat: Catalogue, told: Told, items: tuple[int, int], t: Tables) -> int:
    """The correlated items over the nodes, summed into `out`; the number of entries."""
    first, last = items
    grid, size = t.grid, 1
    for k in range(NODES):
        grid[0, k] = cat.weights[k]
    for item in range(first, last):
        if told.correlated[item] and not told.present[item] and t.chance[item - first] > 0:
            for k in range(NODES):
                grid[0, k] *= 1 - told.sure[item] * t.nodes[item - first, k]
    for item in range(first, last):
        if told.correlated[item] and told.present[item]:
            set_by = t.chance[item - first] > 0
            for a in range(size):
                for k in range(NODES):
                    kept = grid[a, k]
                    grid[size + a, k] = kept
                    if set_by:
                        grid[a, k] = kept * (1 - t.nodes[item - first, k])
            size *= 2
    for a in range(size):
        total = 0.0
        for k in range(NODES):
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


#: A mean or a likelihood is kept above this.
_TINY = 1e-30


class State(NamedTuple):
    """Room for the search.

    By leaf: `other` (its share of not true in what explains nothing), `base` (the odds of that
    once "something hurts" is heard), `first` (CSR of its atoms), `total` odds of them, `kept`.
    By atom: leaf, state, prior odds, odds with all messages. By link: what it `said` to three
    atoms, and the `mean` (by entries, from `mean_at`) with which a folded source sets its unit.
    By kept atom: `chosen`, `cost` of taking and of leaving it, `speaks` (entries). By
    configuration: weight, the one it extends, by which kept atom, and the weight below it.
    """

    other: Floats
    base: Floats
    first: Ints
    total: Floats
    kept: NDArray[np.bool_]
    leaf: Ints
    state: Ints
    prior: Floats
    odds: Floats
    said: Floats
    mean: Floats
    mean_at: Ints
    everyone: Floats
    chosen: Ints
    cost: Floats
    speaks: Floats
    table: Floats
    weight: Floats
    extends: Ints
    added: Ints
    below: Floats
    best: Ints
    best_table: Floats
    heard: Floats
    ratio: Floats
    path: Ints
    chance: Floats
    above: Floats
    at: Ints


#: No kept source true: rarely so, but then a folded one is; it is heard as if this probable.
EMPTY = 0.1
#: Most sources true at once.
_DEEPEST = 8
#: Room for the entries of one unit while its links are added up.
_STATES = 3


@njit(cache=True, error_model="numpy")
def _state(leaves: int, size: Extent, effort: Effort) -> State:
    atoms, entries, links = 3 * leaves, size.entries, size.links
    return State(
        np.zeros(leaves),
        np.zeros(leaves),
        np.zeros(leaves + 1, np.int32),
        np.zeros(leaves),
        np.zeros(leaves, np.bool_),
        np.zeros(atoms, np.int32),
        np.zeros(atoms, np.int32),
        np.zeros(atoms),
        np.zeros(atoms),
        np.zeros((links, _STATES)),
        np.zeros(size.pool),
        np.zeros(links + 1, np.int32),
        np.zeros(entries + 1),
        np.zeros(effort.atoms + 1, np.int32),
        np.zeros((effort.atoms + 1, 2)),
        np.zeros((effort.atoms + 1, entries + 1)),
        np.zeros((_DEEPEST + 1, entries + 1)),
        np.zeros(effort.most + 1),
        np.zeros(effort.most + 1, np.int32),
        np.zeros(effort.most + 1, np.int32),
        np.zeros(effort.most + 1),
        np.zeros(effort.best, np.int32),
        np.zeros((effort.best, entries + 1)),
        np.zeros((effort.best, size.units + 1)),
        np.zeros((effort.best, _STATES + 1)),
        np.zeros(_DEEPEST + 1, np.int32),
        np.zeros(_DEEPEST + 1),
        np.zeros(_DEEPEST + 1),
        np.zeros(_DEEPEST + 1, np.int32),
    )


@njit(cache=True, nogil=True, error_model="numpy")
def posteriors(
    cat: Catalogue, told: Told, rows: tuple[int, int], size: Extent, effort: Effort, found: Floats
) -> None:
    """P(source true) of the patients in `rows`, into found (N, leaves)."""
    leaves = cat.lateral.size
    t = _room(leaves, size)
    s = _state(leaves, size, effort)
    for n in range(rows[0], rows[1]):
        units = _tell(cat, told, n, t)
        _atoms(t, s)
        for link in range(t.first_link[units]):
            s.said[link] = 1.0
            unit = t.link_unit[link]
            s.mean_at[link + 1] = s.mean_at[link] + t.off[unit + 1] - t.off[unit]
        for _ in range(effort.rounds):
            _hurts(cat, s)
            for unit in range(units):
                _means(unit, t, s)
                _say(unit, t, s)
        none = _hurts(cat, s)
        for unit in range(units):
            _means(unit, t, s)
        if effort.atoms == 0:
            for leaf in range(leaves):
                total = s.total[leaf]
                found[n, leaf] = (total + 1 - s.other[leaf]) / (total + s.base[leaf])
            continue
        kept = _choose(t, s, effort)
        _fold(units, kept, t, s)
        for leaf in range(leaves):
            if s.kept[leaf]:
                none *= 1 + s.total[leaf]
        configurations, raw = _enumerate(units, kept, none, t, s, effort)
        _answer(units, kept, configurations, (none, raw), (t, s), (effort, found[n]))


@njit(inline="always")
def _atoms(t: Tables, s: State) -> None:
    """States of a source that say the same are one atom; those that say nothing are none."""
    count = 0
    for leaf in range(t.head.size):
        s.first[leaf] = count
        silent = 0.0
        for state in (2, 0, 1):
            belief = t.belief[leaf, state + 1]
            if belief <= 0:
                continue
            says, link = False, t.head[leaf]
            while link >= 0:
                says |= t.at[link, state] != 0
                link = t.chain[link]
            if not says:
                silent += belief
                continue
            same = -1
            for atom in range(s.first[leaf], count):
                link, alike = t.head[leaf], True
                while link >= 0 and alike:
                    alike = t.at[link, state] == t.at[link, s.state[atom]]
                    link = t.chain[link]
                if alike:
                    same = atom
            if same < 0:
                same = count
                count += 1
                s.leaf[same], s.state[same], s.prior[same] = leaf, state, 0.0
            s.prior[same] += belief
        other = t.belief[leaf, 0] + silent
        s.other[leaf] = t.belief[leaf, 0] / other
        s.total[leaf] = 0.0
        for atom in range(s.first[leaf], count):
            s.prior[atom] /= other
            s.odds[atom] = s.prior[atom]
            s.total[leaf] += s.prior[atom]
    s.first[t.head.size] = count


@njit(inline="always")
def _hurts(cat: Catalogue, s: State) -> float:
    """Something listed is true or something unlisted is: into `base`.

    Comes out: P(nothing true, nothing unlisted), the sources standing where they are.
    """
    none = 1 - cat.unlisted
    for leaf in range(s.other.size):
        none *= s.other[leaf] / (1 + s.total[leaf])
    for leaf in range(s.other.size):
        own = s.other[leaf] / (1 + s.total[leaf])
        s.base[leaf] = 1 - s.other[leaf] * none / own
    return none


@njit(inline="always")
def _means(unit: int, t: Tables, s: State) -> None:
    """How its sources set a unit, each standing where the others leave it; all into everyone."""
    off, size = t.off[unit], t.off[unit + 1] - t.off[unit]
    for a in range(size):
        s.everyone[a] = t.leak[off + a]
    for link in range(t.first_link[unit], t.first_link[unit + 1]):
        leaf = t.link_leaf[link]
        mean = s.mean_at[link]
        for a in range(size):
            s.mean[mean + a] = s.base[leaf]
        whole = s.base[leaf]
        first = s.first[leaf]
        for atom in range(first, s.first[leaf + 1]):
            odds = s.odds[atom] / s.said[link, atom - first]
            whole += odds
            at = t.at[link, s.state[atom]]
            for a in range(size):
                s.mean[mean + a] += odds * t.pool[at + a]
        for a in range(size):
            s.mean[mean + a] = max(s.mean[mean + a] / whole, _TINY)
            s.everyone[a] *= s.mean[mean + a]


@njit(inline="always")
def _say(unit: int, t: Tables, s: State) -> None:
    """The messages of a unit: P(unit | atom) against P(unit | it explains nothing)."""
    off, size = t.off[unit], t.off[unit + 1] - t.off[unit]
    for link in range(t.first_link[unit], t.first_link[unit + 1]):
        leaf, at_mean = t.link_leaf[link], s.mean_at[link]
        first = s.first[leaf]
        nothing = t.constant[unit]
        for a in range(size):
            s.mean[at_mean + a] = t.value[off + a] * s.everyone[a] / s.mean[at_mean + a]
            nothing += s.mean[at_mean + a]
        nothing = max(nothing, _TINY)
        s.total[leaf] = 0.0
        for atom in range(first, s.first[leaf + 1]):
            at, given = t.at[link, s.state[atom]], t.constant[unit]
            for a in range(size):
                given += s.mean[at_mean + a] * t.pool[at + a]
            said = max(given, _TINY) / nothing
            s.odds[atom] *= said / s.said[link, atom - first]
            s.said[link, atom - first] = said
            s.total[leaf] += s.odds[atom]


@njit(inline="always")
def _choose(t: Tables, s: State, effort: Effort) -> int:
    """The most probable atoms, best first."""
    kept = 0
    s.kept[:] = False
    for atom in range(s.first[t.head.size]):
        odds = s.odds[atom] / s.base[s.leaf[atom]]
        if odds < effort.odds:
            continue
        place = kept
        while place > 0 and s.cost[place - 1, 0] < odds:
            s.chosen[place], s.cost[place, 0] = s.chosen[place - 1], s.cost[place - 1, 0]
            place -= 1
        s.chosen[place], s.cost[place, 0] = atom, odds
        kept = min(kept + 1, effort.atoms)
    for place in range(kept):
        odds = s.cost[place, 0] ** effort.temper
        s.cost[place, 0], s.cost[place, 1] = min(odds, 1.0), min(1 / odds, 1.0)
        s.kept[s.leaf[s.chosen[place]]] = True
    return kept


@njit(inline="always")
def _fold(units: int, kept: int, t: Tables, s: State) -> None:
    """The table of no kept source, the others in it at their means; what each kept atom says."""
    entries = t.off[units]
    s.table[0, :entries] = t.leak[:entries]
    for link in range(t.first_link[units]):
        if not s.kept[t.link_leaf[link]]:
            off, at = t.off[t.link_unit[link]], s.mean_at[link]
            for a in range(s.mean_at[link + 1] - at):
                s.table[0, off + a] *= s.mean[at + a]
    for unit in range(units):  # many rare findings multiply to nothing: each in proportion to this
        heard = t.constant[unit]
        for a in range(t.off[unit], t.off[unit + 1]):
            heard += t.value[a] * s.table[0, a]
        heard = max(heard, _TINY)
        t.constant[unit] /= heard
        for a in range(t.off[unit], t.off[unit + 1]):
            t.value[a] /= heard
    for place in range(kept):
        atom = s.chosen[place]
        s.speaks[place, :entries] = 1.0
        link = t.head[s.leaf[atom]]
        while link >= 0:
            off, at = t.off[t.link_unit[link]], t.at[link, s.state[atom]]
            for a in range(s.mean_at[link + 1] - s.mean_at[link]):
                s.speaks[place, off + a] = t.pool[at + a]
            link = t.chain[link]


@njit(inline="always")
def _explained(units: int, depth: int, t: Tables, s: State) -> float:
    """P(what was found | configuration)."""
    product = 1.0
    for unit in range(units):
        heard = t.constant[unit]
        for a in range(t.off[unit], t.off[unit + 1]):
            heard += t.value[a] * s.table[depth, a]
        product *= heard
    return product


@njit(inline="always")
def _count(kept: int, s: State, least: float, most: int) -> int:
    """How many configurations `_enumerate` would visit, up to most + 1."""
    path, chance = s.path, s.chance
    path[0], chance[0] = 0, 1.0
    depth, count = 0, 1
    while depth >= 0:
        place = path[depth]
        if place < kept and depth < _DEEPEST and chance[depth] * s.cost[place, 0] >= least:
            taken = chance[depth] * s.cost[place, 0]
            chance[depth] *= s.cost[place, 1]
            path[depth] = place + 1
            depth += 1
            path[depth], chance[depth] = place + 1, taken
            count += 1
            if count > most:
                return count
        else:
            depth -= 1
    return count


@njit(cache=True, error_model="numpy")
def _enumerate(
    units: int, kept: int, none: float, t: Tables, s: State, effort: Effort
) -> tuple[int, float]:
    """Weights of the configurations of kept atoms; their number, and the first without "hurts"."""
    least = effort.least
    while _count(kept, s, least, effort.most) > effort.most:
        least = max(2 * least, _TINY)
    entries = t.off[units]
    raw = _explained(units, 0, t, s)
    s.weight[0], s.extends[0], s.added[0] = raw * (1 - none), -1, -1
    path, chance = s.path, s.chance
    path[0], chance[0] = 0, 1.0
    prior, at = s.above, s.at
    prior[0], at[0] = 1.0, 0
    depth, count = 0, 1
    while depth >= 0:
        place = path[depth]
        if place < kept and depth < _DEEPEST and chance[depth] * s.cost[place, 0] >= least:
            taken = chance[depth] * s.cost[place, 0]
            path[depth] = place + 1
            atom, other_side = s.chosen[place], False
            for d in range(1, depth + 1):
                other_side |= s.leaf[s.chosen[s.added[at[d]]]] == s.leaf[atom]
            if other_side:
                continue
            chance[depth] *= s.cost[place, 1]
            for a in range(entries):
                s.table[depth + 1, a] = s.table[depth, a] * s.speaks[place, a]
            depth += 1
            path[depth], chance[depth] = place + 1, taken
            prior[depth] = prior[depth - 1] * s.prior[atom]
            s.weight[count] = prior[depth] * _explained(units, depth, t, s)
            s.extends[count], s.added[count] = at[depth - 1], place
            at[depth] = count
            count += 1
        else:
            depth -= 1
    return count, raw


@njit(cache=True, error_model="numpy")
def _answer(
    units: int,
    kept: int,
    count: int,
    empty: tuple[float, float],
    rooms: tuple[Tables, State],
    out: tuple[Effort, Floats],
) -> None:
    """P(source true) from the weights; the folded ones hear the best configurations."""
    none, raw = empty
    t, s = rooms
    effort, found = out
    total = 0.0
    s.below[:count] = s.weight[:count]
    for c in range(count - 1, 0, -1):
        s.below[s.extends[c]] += s.below[c]
        total += s.weight[c]
    total += s.weight[0]
    found[:] = 0.0
    for c in range(1, count):
        found[s.leaf[s.chosen[s.added[c]]]] += s.below[c]
    best = _best(units, count, raw, t, s, effort)
    nothing = total - s.weight[0] + raw  # all that is left when a source is true but silent
    for leaf in range(found.size):
        silent = 1 - s.other[leaf]
        if s.kept[leaf]:
            more = _other_sides(leaf, (best, units), kept, t, s, raw)
            active = found[leaf]
            found[leaf] = (active + more + silent * (nothing - active)) / (total + more)
        elif s.total[leaf] < 1e-4 * s.base[leaf] or t.head[leaf] < 0:
            found[leaf] = silent * nothing / total + s.total[leaf] / (s.total[leaf] + s.base[leaf])
        else:
            found[leaf] = _folded(leaf, best, t, s, (none, raw))


@njit(inline="always")
def _best(units: int, count: int, raw: float, t: Tables, s: State, effort: Effort) -> int:
    """The configurations that weigh most, with their tables and what each unit says."""
    largest = 0.0
    for c in range(count):
        largest = max(largest, s.weight[c])
    least, best = max(largest * 0.004, _TINY), effort.best + 1
    while best > effort.best:
        best = 0
        for c in range(count):
            if (s.weight[c] if c else max(s.weight[0], raw * EMPTY)) >= least:
                if best < effort.best:
                    s.best[best] = c
                best += 1
        least *= 2
    entries = t.off[units]
    for b in range(best):
        s.best_table[b, :entries] = s.table[0, :entries]
        c = s.best[b]
        while s.added[c] >= 0:
            for a in range(entries):
                s.best_table[b, a] *= s.speaks[s.added[c], a]
            c = s.extends[c]
        for unit in range(units):
            heard = t.constant[unit]
            for a in range(t.off[unit], t.off[unit + 1]):
                heard += t.value[a] * s.best_table[b, a]
            s.heard[b, unit] = 1 / max(heard, _TINY)
    return best


@njit(inline="always")
def _ratios(leaf: int, best: int, folded: bool, t: Tables, s: State) -> int:
    """P(found | configuration with the leaf nothing or an atom) / P(found | configuration)."""
    first, atoms = s.first[leaf], s.first[leaf + 1] - s.first[leaf]
    for b in range(best):
        for j in range(atoms + 1):
            s.ratio[b, j] = 1.0
    link = t.head[leaf]
    while link >= 0:
        unit, at_mean = t.link_unit[link], s.mean_at[link]
        off, size = t.off[unit], t.off[unit + 1] - t.off[unit]
        for a in range(size):
            s.everyone[a] = t.value[off + a] / (s.mean[at_mean + a] if folded else 1.0)
        for b in range(best):
            for j in range(atoms + 1):
                given = t.constant[unit]
                if j == 0:
                    for a in range(size):
                        given += s.everyone[a] * s.best_table[b, off + a]
                else:
                    at = t.at[link, s.state[first + j - 1]]
                    for a in range(size):
                        given += s.everyone[a] * s.best_table[b, off + a] * t.pool[at + a]
                s.ratio[b, j] *= max(given, 0.0) * s.heard[b, unit]
        link = t.chain[link]
    return int(atoms)


@njit(inline="always")
def _folded(leaf: int, best: int, t: Tables, s: State, empty: tuple[float, float]) -> float:
    """P(a folded source true), heard in the best configurations."""
    none, raw = empty
    atoms = _ratios(leaf, best, True, t, s)
    own = s.other[leaf] / (1 + s.total[leaf])
    active, nothing, hurting = 0.0, 0.0, 0.0
    for b in range(best):
        weight = raw if s.best[b] == 0 else s.weight[s.best[b]]
        for j in range(atoms):
            active += weight * s.prior[s.first[leaf] + j] * s.ratio[b, j + 1]
        nothing += weight * s.ratio[b, 0]
        odds = 1 - s.other[leaf] * none / own if s.best[b] == 0 else 1.0
        hurting += weight * s.ratio[b, 0] * odds
    if active + hurting <= 0:  # in none of the best configurations can it be anything
        return float(s.total[leaf] / (s.total[leaf] + s.base[leaf]))
    return float((active + (1 - s.other[leaf]) * nothing) / (active + hurting))


@njit(inline="always")
def _other_sides(
    leaf: int, found: tuple[int, int], kept: int, t: Tables, s: State, raw: float
) -> float:
    """Weight of the atoms of a kept source that were not enumerated, beside the best ones."""
    best, _ = found
    left = False
    for atom in range(s.first[leaf], s.first[leaf + 1]):
        left |= _place(atom, kept, s) < 0 and s.odds[atom] > 1e-4 * s.base[leaf]
    if not left:
        return 0.0
    atoms = _ratios(leaf, best, False, t, s)
    more = 0.0
    for b in range(best):
        weight = raw if s.best[b] == 0 else s.weight[s.best[b]]
        c, true = s.best[b], False
        while s.added[c] >= 0:
            true |= s.leaf[s.chosen[s.added[c]]] == leaf
            c = s.extends[c]
        if not true:
            for j in range(atoms):
                atom = s.first[leaf] + j
                if _place(atom, kept, s) < 0:
                    more += weight * s.prior[atom] * s.ratio[b, j + 1]
    return more


@njit(inline="always")
def _place(atom: int, kept: int, s: State) -> int:
    for place in range(kept):
        if s.chosen[place] == atom:
            return place
    return -1
