"""In which order sources are taken in, so that few findings are open at one time."""

from collections.abc import Collection, Sequence


def parents_of(feeds: Sequence[Collection[int]], units: int) -> list[list[int]]:
    """The sources that feed each unit."""
    parents: list[list[int]] = [[] for _ in range(units)]
    for index, fed in enumerate(feeds):
        for unit in fed:
            parents[unit].append(index)
    return parents


def plan(feeds: Sequence[Collection[int]], sizes: Sequence[int]) -> tuple[list[int], int]:
    """Order of the sources that feed anything, and the most findings open at once.

    feeds: the units of each source; sizes: findings in each unit. Greedy: the source that
    leaves the fewest findings open comes next.
    """
    remaining = {i: set(fed) for i, fed in enumerate(feeds) if fed}
    waiting = [len(found) for found in parents_of(feeds, len(sizes))]
    opened: set[int] = set()
    order: list[int] = []
    width = 0
    while remaining:
        best = min(remaining, key=lambda i: (*_cost(remaining[i], opened, waiting, sizes), i))
        units = remaining.pop(best)
        order.append(best)
        opened |= units
        width = max(width, sum(sizes[u] for u in opened))
        for unit in units:
            waiting[unit] -= 1
            if waiting[unit] == 0:
                opened.discard(unit)
    return order, width


def _cost(
    units: set[int], opened: set[int], waiting: Sequence[int], sizes: Sequence[int]
) -> tuple[int, int]:
    """Findings that would stay open if a source with these came next, and those it would open."""
    opens = sum(sizes[u] for u in units if u not in opened)
    closes = sum(sizes[u] for u in units if waiting[u] == 1)
    return opens - closes, opens
