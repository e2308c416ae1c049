"""What need not be swept: sources of one unit, units of one source, and that something hurts.

A source that feeds one unit alone becomes part of its leak; a unit that one source alone feeds
becomes part of its belief; and so on, like the branches of a tree, until what is left are sources
of several units. Going back the same way, the answer of what is left gives the answer of every
branch. That the patient has pain is no unit either: it takes the configuration in which no source
is true, or most of it, away from all others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Merged:
    """A source that became part of a unit's leak, (2^n, B) before; mixed (2^n, B): its part."""

    source: int
    unit: int
    leak: Floats
    mixed: Floats


@dataclass(frozen=True)
class _Absorbed:
    """A unit that became part of a source's belief; given (S, B): P(unit | its states)."""

    unit: int
    source: int
    given: Floats


@dataclass
class Branches:
    """The arrays of a problem with B last: beliefs (S, B), zetas (S, 2^n, B), leaks (2^n, B).

    feeds: the units that each source still feeds.
    """

    beliefs: list[Floats]
    zetas: list[dict[int, Floats]]
    leaks: list[Floats]
    values: list[Floats]

    def __post_init__(self) -> None:
        """Cut all branches."""
        self.feeds = [set(zeta) for zeta in self.zetas]
        self.parents: list[set[int]] = [set() for _ in self.leaks]
        for index, fed in enumerate(self.feeds):
            for unit in fed:
                self.parents[unit].add(index)
        self._cuts: list[_Merged | _Absorbed] = []
        found = True
        while found:
            found = self._cut_sources() | self._cut_units()

    def _cut_sources(self) -> bool:
        lone = [i for i, fed in enumerate(self.feeds) if len(fed) == 1]
        for source in lone:
            (unit,) = self.feeds[source]
            mixed = np.einsum("sb,sab->ab", self.beliefs[source], self.zetas[source][unit])
            self._cuts.append(_Merged(source, unit, self.leaks[unit], mixed))
            self.leaks[unit] = self.leaks[unit] * mixed
            self.feeds[source] = set()
            self.parents[unit].discard(source)
        return bool(lone)

    def _cut_units(self) -> bool:
        lone = [u for u, parents in enumerate(self.parents) if len(parents) == 1]
        for unit in lone:
            (source,) = self.parents[unit]
            worth = self.leaks[unit] * self.values[unit][:, None]
            given = np.einsum("ab,sab->sb", worth, self.zetas[source][unit])
            self._cuts.append(_Absorbed(unit, source, given))
            self.beliefs[source] = self.beliefs[source] * given
            self.feeds[source].discard(unit)
            self.parents[unit] = set()
        return bool(lone)

    def log_evidence(self) -> Floats:
        """log of what is told by branches that hang on nothing that is left, (B,)."""
        ended = {cut.unit for cut in self._cuts if isinstance(cut, _Absorbed)}
        merged = {cut.source for cut in self._cuts if isinstance(cut, _Merged)}
        total = np.zeros(self.beliefs[0].shape[1])
        for unit, parents in enumerate(self.parents):
            if not parents and unit not in ended:
                total = total + np.log(np.maximum(self.values[unit] @ self.leaks[unit], 1e-300))
        for source, fed in enumerate(self.feeds):
            if not fed and source not in merged:
                total = total + np.log(self.beliefs[source].sum(axis=0))
        return total

    def grown_back(self, states: dict[int, Floats], worth: dict[int, Floats]) -> list[Floats]:
        """P(state), (S, B), of every source, given that of those left, and the leaks' worth."""
        found = [states.get(i, belief) for i, belief in enumerate(self.beliefs)]
        for cut in reversed(self._cuts):
            source, unit = cut.source, cut.unit
            zeta = self.zetas[source][unit]
            if isinstance(cut, _Merged):
                after = worth.get(unit, self.values[unit][:, None])
                weights = np.einsum("ab,sab->sb", after * cut.leak, zeta)
                found[source] = self.beliefs[source] * np.maximum(weights, 0.0)
                worth[unit] = after * cut.mixed
            else:
                share = found[source] / np.where(cut.given > 0, cut.given, 1.0)
                worth[unit] = self.values[unit][:, None] * np.einsum("sb,sab->ab", share, zeta)
        return [one / one.sum(axis=0) for one in found]


def log_nothing_true(
    beliefs: list[Floats], zetas: list[dict[int, Floats]], leaks: list[Floats], values: list[Floats]
) -> Floats:
    """log of the weight of the configuration in which every source is in its first state, (B,)."""
    free = list(leaks)
    total = np.zeros(beliefs[0].shape[1])
    for belief, zeta in zip(beliefs, zetas, strict=True):
        total = total + np.log(np.maximum(belief[0], 1e-300))
        for unit, table in zeta.items():
            free[unit] = free[unit] * table[0]
    for one, value in zip(free, values, strict=True):
        total = total + np.log(np.maximum(value @ one, 1e-300))
    found: Floats = total
    return found
