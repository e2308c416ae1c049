"""In which order sources are taken in, so that few findings are open at one time."""

import random
from collections.abc import Collection, Sequence
from functools import lru_cache

#: Findings open at one time from which other orders are tried.
WIDE = 7
#: Orders tried, and how far by chance each goes from the greedy choice.
TRIES, NOISE = 8, 1.5


def parents_of(feeds: Sequence[Collection[int]], units: int) -> list[list[int]]:
    """The sources that feed each unit."""
    parents: list[list[int]] = [[] for _ in range(units)]
    for index, fed in enumerate(feeds):
        for unit in fed:
            parents[unit].append(index)
    return parents


def plan(feeds: Sequence[Collection[int]], sizes: Sequence[int]) -> tuple[list[int], int]:
    """Order of the sources that feed anything, and the most findings open at once.

    feeds: the units of each source; sizes: findings in each unit. The cheapest of some greedy
    orders: by the source that leaves the fewest findings open, and by the unit that is closed
    with the fewest. The same each time.
    """
    order, width = _planned(tuple(frozenset(fed) for fed in feeds), tuple(sizes))
    return list(order), width


def forget_plans() -> None:
    """Plan anew what has been planned: for timing."""
    _planned.cache_clear()


@lru_cache(maxsize=64)
def _planned(
    feeds: tuple[frozenset[int], ...], sizes: tuple[int, ...]
) -> tuple[tuple[int, ...], int]:
    order = _source_by_source(feeds, sizes)
    cost, width = _cost(order, feeds, sizes)
    if width >= WIDE:
        rng = random.Random(1)
        for number in range(TRIES):
            other = _unit_by_unit(feeds, sizes, rng, NOISE if number else 0.0)
            found, its_width = _cost(other, feeds, sizes)
            if found < cost:
                order, cost, width = other, found, its_width
    return tuple(order), width


def _cost(
    order: Sequence[int], feeds: Sequence[frozenset[int]], sizes: Sequence[int]
) -> tuple[int, int]:
    """Numbers written in a sweep, about, and the most findings open at one time."""
    last = {unit: n for n, index in enumerate(order) for unit in feeds[index]}
    opened: set[int] = set()
    total = most = 0
    for n, index in enumerate(order):
        opened |= feeds[index]
        width = sum(sizes[u] for u in opened)
        total += (1 + len(feeds[index])) << width
        most = max(most, width)
        opened -= {u for u in feeds[index] if last[u] == n}
    return total, most


def _source_by_source(feeds: Sequence[frozenset[int]], sizes: Sequence[int]) -> list[int]:
    """Greedy: the source that leaves the fewest findings open comes next."""
    remaining = {i: fed for i, fed in enumerate(feeds) if fed}
    waiting = [len(found) for found in parents_of(feeds, len(sizes))]
    opened: set[int] = set()
    order: list[int] = []

    def left_open(index: int) -> tuple[int, int, int]:
        opens = sum(sizes[u] for u in remaining[index] if u not in opened)
        closes = sum(sizes[u] for u in remaining[index] if waiting[u] == 1)
        return opens - closes, opens, index

    while remaining:
        best = min(remaining, key=left_open)
        units = remaining.pop(best)
        order.append(best)
        opened |= units
        for unit in units:
            waiting[unit] -= 1
            if waiting[unit] == 0:
                opened.discard(unit)
    return order


def _unit_by_unit(
    feeds: Sequence[frozenset[int]], sizes: Sequence[int], rng: random.Random, noise: float
) -> list[int]:
    """Greedy: the unit is closed whose last sources open the fewest findings, give or take."""
    parents = {u: set(found) for u, found in enumerate(parents_of(feeds, len(sizes))) if found}
    opened: set[int] = set()
    order: list[int] = []
    while parents:
        widths = {
            unit: sum(sizes[u] for u in opened.union(*(feeds[i] for i in needed)))
            + noise * rng.random()
            for unit, needed in parents.items()
        }
        needed = set(parents[min(widths, key=widths.__getitem__)])
        while needed:
            first = min(needed, key=lambda i: (sum(sizes[u] for u in feeds[i] - opened), i))
            needed.discard(first)
            order.append(first)
            opened |= feeds[first]
            for unit in feeds[first]:
                parents[unit].discard(first)
        for unit in [u for u, rest in parents.items() if not rest]:
            del parents[unit]
            opened.discard(unit)
    return order
