"""Approximate posteriors of many variants of one patient at once: loopy belief propagation.

Each unit of findings tells each of its sources how probable it is under each state, the other
sources standing where the rest of the evidence leaves them. Variants (draws of the figures,
findings left out, figures changed one at a time) differ in numbers only, so they share the arrays,
with a leading axis B. What comes out is anchored at the exact posterior of the point: only the
*shift* of the log odds between a variant and the point is taken from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.exact import Problem

Floats = NDArray[np.float32]

ROUNDS = 5
#: Share of the former message that is kept in each round.
DAMPING = 0.0
_TINY = np.float32(1e-30)


@dataclass
class Spoken:
    """One unit in arrays: leaves (L,), zeta (B, L, 4, A), leak (B, A), value (A,).

    For a single finding A is 1 and zeta holds P(not set); `value` is then (unset, free).
    """

    leaves: NDArray[np.int64]
    zeta: Floats
    leak: Floats
    value: Floats
    weight: Floats | None = None  # (B,): 0 leaves the unit out of a variant


def propagate(
    belief: Floats, units: Sequence[Spoken], said: list[Floats] | None = None, rounds: int = ROUNDS
) -> tuple[Floats, list[Floats]]:
    """Posterior of every state, (B, leaves, 4), and the messages, to start others from."""
    with np.errstate(divide="ignore"):
        total = np.log(np.maximum(belief, _TINY))
    batch = total.shape[0]
    if said is None:
        said = [np.zeros((batch, u.leaves.size, 4), np.float32) for u in units]
    else:
        said = [np.broadcast_to(s, (batch, *s.shape[1:])).copy() for s in said]
    for number, unit in enumerate(units):
        if unit.weight is not None:
            said[number] *= unit.weight[:, None, None]
        total[:, unit.leaves] += said[number]
    for _ in range(rounds):
        for number, unit in enumerate(units):
            without = total[:, unit.leaves] - said[number]
            cavity = np.exp(without - without.max(axis=2, keepdims=True))
            cavity /= cavity.sum(axis=2, keepdims=True)
            message = _message(unit, cavity)
            if unit.weight is not None:
                message *= unit.weight[:, None, None]
            total[:, unit.leaves] = without + message
            said[number] = message
    states = np.exp(total - total.max(axis=2, keepdims=True))
    return states / states.sum(axis=2, keepdims=True), said


def _message(unit: Spoken, cavity: Floats) -> Floats:
    """log P(unit | state of one source) up to a constant, (B, L, 4)."""
    mean = np.einsum("bls,blsa->bla", cavity, unit.zeta)
    mean = np.maximum(mean, np.float32(1e-7))
    everyone = unit.leak * np.prod(mean, axis=1)
    others = everyone[:, None] / mean
    if unit.value.size == 2:
        given = unit.value[1] + unit.value[0] * others[:, :, None, 0] * unit.zeta[..., 0]
    else:
        given = (others[:, :, None] * unit.zeta) @ unit.value
    given = np.log(np.maximum(given, _TINY))
    return given - given[:, :, :1]


def spoken(problem: Problem) -> tuple[Floats, list[Spoken]]:
    """Beliefs (B, leaves, 4) and units of a problem, as arrays."""
    batch = problem.sources[0].belief.shape[0]
    belief = np.zeros((batch, len(problem.sources), 4), np.float32)
    for i, source in enumerate(problem.sources):
        belief[:, i, _columns(source.belief.shape[1])] = source.belief
    units = []
    for number, unit in enumerate(problem.units):
        leaves = [i for i, s in enumerate(problem.sources) if number in s.zeta]
        zeta = np.ones((batch, len(leaves), 4, unit.value.size), np.float32)
        for place, i in enumerate(leaves):
            table = problem.sources[i].zeta[number]
            zeta[:, place, _columns(table.shape[1])] = table
        if unit.value.size == 2 and (zeta[..., 1] == 1).all() and (unit.leak[:, 1] == 1).all():
            zeta, leak = zeta[..., :1], unit.leak[:, :1]
        elif unit.value.size == 2:
            for place, i in enumerate(leaves):
                belief[:, i] *= zeta[:, place, :, 1]
            zeta = zeta[..., :1] / zeta[..., 1:]
            leak = unit.leak[:, :1] / unit.leak[:, 1:]
        else:
            leak = unit.leak
        units.append(Spoken(np.array(leaves, np.int64), zeta, leak.astype(np.float32), unit.value.astype(np.float32)))
    return belief, units


def _columns(states: int) -> slice:
    return slice(None) if states == 4 else slice(0, 4, 3)
