"""Posteriors of many variants of one patient: likely sources together, unlikely ones one by one.

Draws of the figures, findings left out and figures changed one at a time are variants of one
problem: the same graph, other numbers (axis B). The sources that matter (majors) are enumerated:
every configuration of up to `DEEPEST` of them. Beside such a configuration c the other sources
(minors) are rare, and are taken to be true independently of each other, with the odds

    o_j(c) = prior odds of j * P(findings | c, j) / P(findings | c),

so that c weighs P(c) P(findings | c) prod_j (1 + o_j(c)). Only two minors that explain the same
finding at once are treated wrongly. What is used is the shift of the log odds from the point,
whose posterior is exact (`anchored`); the error is tested against exact posteriors.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.exact import Problem

Floats = NDArray[np.floating]
Integers = NDArray[np.int64]

#: Majors, and most of them true at once.
MAJORS, DEEPEST = 10, 4
#: Sides of a source that carry less than this share of it are left out.
LEAST_SIDE = 0.03
#: Configurations kept beside the likeliest: those within this factor of it.
LEAST_WEIGHT = 1e-5
_LARGEST = 1e12


@dataclass(frozen=True)
class Alphabet:
    """What can be true: id 0 is nothing, the others a source in a state; (I,) each."""

    leaf: Integers
    state: Integers


@dataclass(frozen=True)
class UnitTable:
    """One unit: leak (B, A), value (A,), and zeta (B, J, A) of the ids `hears` (J,)."""

    leak: Floats
    value: Floats
    hears: Integers
    zeta: Floats


@dataclass(frozen=True)
class Variants:
    """Variants of a problem over an alphabet: prior odds (B, I), nothing true (B,), units."""

    odds: Floats
    units: tuple[UnitTable, ...]


@dataclass(frozen=True)
class Enumeration:
    """Configurations ids (C, DEEPEST) of majors; `minor` (I,) marks the ids of all others."""

    alphabet: Alphabet
    leaves: int
    ids: Integers
    minor: NDArray[np.bool_]

    @property
    def membership(self) -> NDArray[np.float32]:
        """1 where a configuration has the source true, (C, leaves)."""
        rows = np.zeros((self.ids.shape[0], self.leaves + 1), np.float32)
        np.put_along_axis(rows, self.alphabet.leaf[self.ids], 1.0, axis=1)
        return rows[:, : self.leaves]

    def keep(self, chosen: Integers) -> "Enumeration":
        """The same with some of the configurations."""
        return replace(self, ids=self.ids[chosen])


@dataclass(frozen=True)
class Weighted:
    """log weight (B, C) of each configuration, minors included, and P(minor | c) (B, C, leaves)."""

    log_weight: Floats
    minor: Floats
    membership: NDArray[np.float32]

    @property
    def probability(self) -> Floats:
        """P(source true), (B, leaves)."""
        weight = np.exp(self.log_weight - self.log_weight.max(axis=1, keepdims=True))
        weight = weight / weight.sum(axis=1, keepdims=True)
        found: Floats = weight @ self.membership + np.einsum("bc,bcl->bl", weight, self.minor)
        return found


def alphabet_of(states: Sequence[Floats]) -> Alphabet:
    """Sources in the states that matter, from the posterior (1, S) of each."""
    leaf, state = [len(states)], [0]
    for i, p in enumerate(states):
        share = p[0, 1:] / max(float(p[0, 1:].sum()), 1e-300)
        for s in np.flatnonzero(share >= LEAST_SIDE):
            leaf.append(i)
            state.append(int(s) + 1)
    return Alphabet(np.array(leaf), np.array(state))


def enumerate_majors(alphabet: Alphabet, leaves: int, important: Floats) -> Enumeration:
    """Every configuration of up to DEEPEST of the most important sources (leaves,)."""
    majors = np.argsort(-important, kind="stable")[:MAJORS]
    choices = {int(m): np.flatnonzero(alphabet.leaf == m).tolist() for m in majors}
    rows = [
        ids
        for depth in range(DEEPEST + 1)
        for chosen in itertools.combinations([m for m in choices if choices[m]], depth)
        for ids in itertools.product(*(choices[m] for m in chosen))
    ]
    padded = np.array([(*ids, *([0] * (DEEPEST - len(ids)))) for ids in rows], np.int64)
    minor = ~np.isin(alphabet.leaf, majors)
    minor[0] = False
    return Enumeration(alphabet, leaves, padded, minor)


def variants_of(problem: Problem, alphabet: Alphabet) -> Variants:
    """The problem over the alphabet."""
    real = list(zip(alphabet.leaf[1:].tolist(), alphabet.state[1:].tolist(), strict=True))
    beliefs = [s.belief for s in problem.sources]
    odds = np.stack(
        [np.zeros_like(beliefs[0][:, 0]), *(beliefs[i][:, s] / beliefs[i][:, 0] for i, s in real)],
        axis=1,
    )
    units = []
    for index, unit in enumerate(problem.units):
        heard = [
            (number, problem.sources[leaf].zeta[index][:, state])
            for number, (leaf, state) in enumerate(real, 1)
            if index in problem.sources[leaf].zeta
        ]
        hears = np.array([number for number, _ in heard], np.int64)
        zeta = np.stack([z for _, z in heard], axis=1) if heard else np.ones((1, 0, unit.value.size))
        units.append(UnitTable(unit.leak, unit.value.astype(unit.leak.dtype), hears, zeta))
    return Variants(odds, tuple(units))


def weigh_all(
    variants: Variants, enumeration: Enumeration, heard: Floats | None = None
) -> Weighted:
    """Weights of all configurations; heard (B, U): 0 where a variant leaves a unit out."""
    ids, minor = enumeration.ids, np.flatnonzero(enumeration.minor)
    odds = variants.odds
    with np.errstate(divide="ignore"):
        log_odds = np.log(odds)
    log_odds[:, 0] = 0.0
    log_weight = log_odds[:, ids].sum(axis=2)
    batch = odds.shape[0] if heard is None else heard.shape[0]
    ratio = np.ones((batch, ids.shape[0], minor.size))
    place = np.full(odds.shape[1], -1)
    place[minor] = np.arange(minor.size)
    for number, unit in enumerate(variants.units):
        given, beside = _heard(unit, ids, place[unit.hears] >= 0)
        columns = place[unit.hears]
        columns = columns[columns >= 0]
        if heard is not None:
            leave = heard[:, number] == 0
            given = np.where(leave[:, None], 1.0, given)
            beside = np.where(leave[:, None, None], 1.0, beside)
        log_weight = log_weight + np.log(given)
        ratio[:, :, columns] *= beside
    leaf_of = np.zeros((minor.size, enumeration.leaves), ratio.dtype)
    leaf_of[np.arange(minor.size), enumeration.alphabet.leaf[minor]] = 1.0
    o = odds[:, minor]
    alone = 1 + o @ leaf_of  # (B, leaves)
    pi = o / (alone @ leaf_of.T)
    gain = (pi[:, None] * (ratio - 1)) @ leaf_of  # per leaf
    pi_leaf = 1 - 1 / alone
    one = np.maximum(1 + gain.sum(axis=2), 1e-30)
    log_weight = log_weight + np.log(one) + np.log(alone).sum(axis=1)[:, None]
    # P(leaf | c) = pi_j (R_j + sum_{k != j} pi_k (R_k - 1)) / one
    true = (gain + pi_leaf[:, None] + pi_leaf[:, None] * (gain.sum(axis=2, keepdims=True) - gain)) / one[:, :, None]
    return Weighted(log_weight, np.clip(true, 0, 1), enumeration.membership)


def _heard(unit: UnitTable, ids: Integers, minor: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """P(unit | c), (B, C), and P(unit | c, j) / P(unit | c) for the minors it hears, (B, C, j)."""
    column = np.zeros(int(max(ids.max(), unit.hears.max(initial=0))) + 1, np.int64)
    column[unit.hears] = np.arange(1, unit.hears.size + 1)
    heard = -np.sort(-column[ids], axis=1)
    _, first, back = np.unique(
        heard @ (1 + unit.hears.size) ** np.arange(ids.shape[1]),
        return_index=True,
        return_inverse=True,
    )
    distinct = heard[first]
    zeta = np.concatenate([np.ones_like(unit.zeta[:, :1]), unit.zeta], axis=1)
    free = unit.leak[:, None, :]
    for depth in range(ids.shape[1]):
        if distinct[:, depth].any():
            free = free * zeta[:, distinct[:, depth]]
    free = np.broadcast_to(free, (free.shape[0], distinct.shape[0], free.shape[2])) * unit.value
    given = np.maximum(free.sum(axis=2), 1e-30)
    beside = np.maximum(free @ unit.zeta[:, minor].transpose(0, 2, 1), 0) / given[:, :, None]
    return given[:, back], beside[:, back]


def log_odds(p: Floats) -> Floats:
    """log p / (1 - p), kept inside 1e-9 .. 1 - 1e-9."""
    inside = np.clip(p.astype(float), 1e-9, 1 - 1e-9)
    found: Floats = np.log(inside / (1 - inside))
    return found


def anchored(exact: Floats, point: Floats, variants: Floats) -> Floats:
    """Probabilities of variants (B, leaves): the exact point (leaves,) moved by their shift."""
    moved = log_odds(exact) + log_odds(variants) - log_odds(point)
    probability: Floats = 1 / (1 + np.exp(-moved))
    return probability
