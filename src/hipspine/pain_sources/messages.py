"""Approximate posteriors of many variants of one patient at once: loopy belief propagation.

Each unit of findings tells each of its sources how probable it is under each state, the other
sources standing where the rest of the evidence leaves them. It is used for what matters little:
where the improbable sources stand, and how their log odds shift between variants.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.exact import Problem

Floats = NDArray[np.floating]

_TINY = 1e-30


@dataclass(frozen=True)
class Speech:
    """One unit in arrays: leaves (L,), zeta (B, L, 4, A), leak (B, A) and value (A,).

    For a single finding only the entry "stays unset" is kept (A is 1), value stays (2,).
    """

    leaves: NDArray[np.int64]
    zeta: Floats
    leak: Floats
    value: Floats


@dataclass(frozen=True)
class Heard:
    """Log belief (B, leaves, 4) with all messages, and those of each unit (B, leaves, 4)."""

    total: Floats
    said: tuple[Floats, ...]

    @property
    def probability(self) -> Floats:
        """P(source true), (B, leaves)."""
        states = _normalised(self.total)
        found: Floats = 1 - states[:, :, 0]
        return found


def spoken(
    problem: Problem, dtype: type[np.floating] = np.float64
) -> tuple[Floats, tuple[Speech, ...]]:
    """Beliefs (B, leaves, 4) and units of a problem, as arrays."""
    batch = problem.sources[0].belief.shape[0]
    belief = np.zeros((batch, len(problem.sources), 4), dtype)
    for i, source in enumerate(problem.sources):
        belief[:, i, _columns(source.belief.shape[1])] = source.belief
    speeches = []
    for number, unit in enumerate(problem.units):
        leaves = [i for i, s in enumerate(problem.sources) if number in s.zeta]
        kept = 1 if unit.value.size == 2 else unit.value.size
        zeta = np.ones((batch, len(leaves), 4, kept), dtype)
        for place, i in enumerate(leaves):
            table = problem.sources[i].zeta[number]
            columns = _columns(table.shape[1])
            if kept > 1:
                zeta[:, place, columns] = table
            elif (free := table[:, :, 1:]).min() == 1:
                zeta[:, place, columns] = table[:, :, :1]
            else:
                belief[:, i, columns] *= free[:, :, 0]
                zeta[:, place, columns] = table[:, :, :1] / free
        leak = unit.leak if kept > 1 else unit.leak[:, :1] / unit.leak[:, 1:]
        speeches.append(
            Speech(np.array(leaves, np.int64), zeta, leak.astype(dtype), unit.value.astype(dtype))
        )
    return belief, tuple(speeches)


def propagate(
    belief: Floats,
    units: Sequence[Speech],
    rounds: int,
    said: Sequence[Floats] | None = None,
) -> Heard:
    """Messages after some rounds, starting from `said` of one problem, (1, leaves, 4) a unit."""
    total = np.log(np.maximum(belief, _TINY))
    batch = total.shape[0]
    messages = [
        np.zeros((batch, u.leaves.size, 4), total.dtype)
        if said is None
        else np.repeat(said[n][:, u.leaves], batch, axis=0).astype(total.dtype)
        for n, u in enumerate(units)
    ]
    for number, unit in enumerate(units):
        total[:, unit.leaves] += messages[number]
    for _ in range(rounds):
        for number, unit in enumerate(units):
            without = total[:, unit.leaves] - messages[number]
            messages[number] = _message(unit, _normalised(without))
            total[:, unit.leaves] = without + messages[number]
    return Heard(total, tuple(map(_spread_out, units, messages, itertools.repeat(total.shape[1]))))


def _spread_out(unit: Speech, message: Floats, leaves: int) -> Floats:
    full = np.zeros((message.shape[0], leaves, 4), message.dtype)
    full[:, unit.leaves] = message
    return full


def _message(unit: Speech, cavity: Floats) -> Floats:
    """log P(unit | state of one source) against its not being true, (B, L, 4)."""
    mean = np.maximum((cavity[..., None] * unit.zeta).sum(axis=2), 1e-7)
    everyone = unit.leak * np.prod(mean, axis=1)
    others = everyone[:, None] / mean
    if unit.value.size == 2:
        given = unit.value[1] + unit.value[0] * others[:, :, 0, None] * unit.zeta[..., 0]
    else:
        given = (others[:, :, None] * unit.zeta) @ unit.value
    given = np.log(np.maximum(given, _TINY))
    found: Floats = given - given[:, :, :1]
    return found


def _normalised(log: Floats) -> Floats:
    states = np.exp(log - log.max(axis=2, keepdims=True))
    total: Floats = states / states.sum(axis=2, keepdims=True)
    return total


def _columns(states: int) -> slice:
    return slice(None) if states == 4 else slice(0, 4, 3)
