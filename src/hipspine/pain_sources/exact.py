"""Exact posterior of noisy-OR sources given findings, correlated ones among them.

Each source is a variable with a few states. Findings come in units: a single positive finding,
or the findings of one group whose effects are correlated (`correlation`). A unit of n positive
findings has 2^n subsets; a table over the subsets of the units that are open holds the evidence
so far. Sources are taken in one after the other; a unit is closed when its last source has been
taken in. A second sweep backwards gives the posterior of every state (`sweep`). What hangs on the
rest by one unit or one source alone is cut off before and put back after it (`branches`).

In zeta form (which findings are free to be set) a source is one multiplication, but closing a
unit subtracts, as Quickscore does with all findings at once; so only frequent units stay in that
form, as long as little cancels, and the others are kept as bits. The loss is watched. All arrays
of a problem have a leading axis B for variants of the parameters, or one row for all of them.

Cost is exponential only in the findings open at one time (`width`).
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.branches import Branches, log_nothing_true
from hipspine.pain_sources.plan import plan
from hipspine.pain_sources.sweep import Fed, Swept, swept
from hipspine.pain_sources.tables import OpenUnit
from hipspine.pain_sources.warming import compiled

Floats = NDArray[np.float64]

#: Most findings that may be open at once before the most shared ones are split off.
MAX_WIDTH = 21
#: The chances of all open findings, and of one group with a table of more numbers than the third,
#: that single precision may meet; the compiled sweep subtracts in larger groups alone.
SINGLE, SINGLE_COMPILED = (1e-25, 1e-3, 2), (1e-30, 1e-4, 8)
#: Variants from which the compiled sweep is quicker, where it is loaded.
LEAST_COMPILED = 24
#: Rounds of messages for units that were split off.
MESSAGE_ROUNDS = 10
#: Messages (log ratios) that move by less than this have settled.
SETTLED = 0.02


@dataclass
class Unit:
    """Findings heard as one: leak (B, 2^n) in zeta form, and value (2^n,) to close it."""

    leak: Floats
    value: Floats

    @property
    def findings(self) -> int:
        """n, the positive findings in it."""
        return int(self.value.size).bit_length() - 1


@dataclass
class Source:
    """belief (B, S): prior times what needs no unit; zeta[unit] (B, S, 2^n) per unit it feeds."""

    belief: Floats
    zeta: dict[int, Floats] = field(default_factory=dict)


@dataclass
class Problem:
    """Sources and positive findings of one patient."""

    sources: list[Source]
    units: list[Unit]


@dataclass(frozen=True)
class Answer:
    """Posterior (B, S) of every source and the log evidence (B,).

    `exact` is False if units had to be split off; width: the most findings open at once.
    """

    states: list[Floats]
    log_evidence: Floats
    exact: bool
    width: int


def posterior(problem: Problem, max_width: int = MAX_WIDTH, *, single: bool = False) -> Answer:
    """P(state | all findings) per source, each (B, S).

    single: single precision will do, where the tables are small enough for it.
    """
    anything = _anything(problem)
    prepared = _Prepared(problem, anything)
    if prepared.width > max_width:
        rest = _split_off(problem, max_width)
        answer = posterior(rest, single=single)
        return Answer(answer.states, answer.log_evidence, False, answer.width)
    states, log_total = prepared.solved(single=single)
    if anything is not None:
        states, log_total = _something_true(problem.units[anything], prepared, states, log_total)
    return Answer([np.ascontiguousarray(one.T) for one in states], log_total, True, prepared.width)


def width_of(problem: Problem) -> int:
    """The most findings open at once."""
    return _Prepared(problem, _anything(problem)).width


def _anything(problem: Problem) -> int | None:
    """The unit that any true source sets for certain: it needs no table."""
    for number in reversed(range(len(problem.units))):
        if problem.units[number].value.size == 2 and all(
            _sets_for_certain(source.zeta.get(number)) for source in problem.sources
        ):
            return number
    return None


def _sets_for_certain(zeta: Floats | None) -> bool:
    if zeta is None or zeta[0, 1, 0] != 0 or zeta[0, 0, 0] != 1:
        return False
    return not zeta[:, 1:, 0].any() and bool((zeta[:, 0] == 1).all() and (zeta[:, :, 1] == 1).all())


class _Prepared:
    """A problem without its branches, and an order of the sources that are left."""

    def __init__(self, problem: Problem, anything: int | None) -> None:
        known = [n for n in range(len(problem.units)) if n != anything]
        new = {number: place for place, number in enumerate(known)}
        self.beliefs = [np.ascontiguousarray(s.belief.T) for s in problem.sources]
        self.zetas = [
            {new[n]: _last(z) for n, z in s.zeta.items() if n != anything} for s in problem.sources
        ]
        self.leaks = [np.ascontiguousarray(problem.units[n].leak.T) for n in known]
        self.values = [problem.units[n].value for n in known]
        beliefs, zetas = list(self.beliefs), [dict(zeta) for zeta in self.zetas]
        for unit, value in enumerate(self.values):
            if value.size == 2:
                _without_absent(beliefs, zetas, unit)
        self.branches = Branches(beliefs, zetas, list(self.leaks), self.values)
        sizes = [int(value.size).bit_length() - 1 for value in self.values]
        self.order, self.width = plan([sorted(fed) for fed in self.branches.feeds], sizes)

    def solved(self, *, single: bool) -> tuple[list[Floats], Floats]:
        """Posterior (S, B) of every source, and the log evidence (B,)."""
        tree = self.branches
        log_total = tree.log_evidence()
        if not self.order:
            return tree.grown_back({}, {}), log_total
        left = sorted({unit for fed in tree.feeds for unit in fed})
        dtype = np.float32 if single and self._single_will_do(left) else np.float64
        place = {unit: n for n, unit in enumerate(left)}
        units, sources = [], []
        for unit in left:
            most = tree.leaks[unit].max(axis=0)
            log_total = log_total + np.log(most)
            units.append(OpenUnit(tree.leaks[unit] / most, self.values[unit], dtype=dtype))
        for index in self.order:
            total = tree.beliefs[index].sum(axis=0)
            log_total = log_total + np.log(total)
            fed: dict[int, Floats] = {
                place[u]: tree.zetas[index][u].astype(dtype) for u in sorted(tree.feeds[index])
            }
            sources.append(Fed((tree.beliefs[index] / total).astype(dtype), fed))
        answer = self._swept(sources, units)
        states = {i: s.astype(float) for i, s in zip(self.order, answer.states, strict=True)}
        worth = {u: w.astype(float) for u, w in zip(left, answer.worth, strict=True)}
        return tree.grown_back(states, worth), log_total + answer.log_evidence

    def _swept(self, sources: list[Fed], units: list[OpenUnit]) -> Swept:
        """Compiled where that is loaded and there are variants enough to pay."""
        order, fast = range(len(sources)), compiled()
        if fast is not None and sources[0].belief.shape[1] >= LEAST_COMPILED:
            answer: Swept | None = fast.swept(sources, units, order)
            if answer is not None:
                return answer
        return swept(sources, units, order, self.width)

    def _single_will_do(self, left: list[int]) -> bool:
        """Whether no entry of a table that matters is much too small, in any variant."""
        leaks, values = self.branches.leaks, self.values
        least, of_group, small = SINGLE_COMPILED if compiled() is not None else SINGLE
        chances = {u: float(((values[u] @ leaks[u]) / leaks[u][-1]).min()) for u in left}
        of_groups = [chance for unit, chance in chances.items() if values[unit].size > small]
        rarest = sorted(chances.values())[: self.width]
        return math.prod(rarest) > least and min(of_groups, default=1.0) > of_group


def _last(zeta: Floats) -> Floats:
    """(B, S, 2^n) with B last."""
    return np.ascontiguousarray(zeta.transpose(1, 2, 0))


def _something_true(
    unit: Unit, prepared: _Prepared, states: list[Floats], log_total: Floats
) -> tuple[list[Floats], Floats]:
    """Take the configuration without any true source away, as far as `unit` does not allow it."""
    nothing = log_nothing_true(prepared.beliefs, prepared.zetas, prepared.leaks, prepared.values)
    usual = unit.value[1] * unit.leak[:, 1]
    taken = -unit.value[0] * unit.leak[:, 0] / usual * np.exp(nothing - log_total)
    found = []
    for one in states:
        less = one.copy()
        less[0] = np.maximum(less[0] - taken, 0.0)
        found.append(less / (1 - taken))
    return found, log_total + np.log(usual) + np.log1p(-taken)


def _without_absent(beliefs: list[Floats], zetas: list[dict[int, Floats]], unit: int) -> None:
    """Move what was found absent beside a single finding into the beliefs: zeta(all) is 1."""
    for index, zeta in enumerate(zetas):
        if unit in zeta and np.any((kept := zeta[unit][:, 1]) != 1.0):
            beliefs[index] = beliefs[index] * kept
            unset = zeta[unit][:, 0] / kept
            zeta[unit] = np.stack([unset, np.ones_like(unset)], axis=1)


def _split_off(problem: Problem, max_width: int) -> Problem:
    """Take the most shared units out of the tables and let them speak by messages.

    A unit taken out tells each parent how probable it is under each state, the other parents
    standing where the rest of the evidence leaves them (loopy belief propagation on these units
    alone; the others stay exact). Repeated until settled, with damping.
    """
    anything = _anything(problem)
    rest = Problem([Source(s.belief, dict(s.zeta)) for s in problem.sources], problem.units)
    taken: dict[int, dict[int, Floats]] = {}
    while width_of(rest) > max_width:
        parents = [
            [i for i, s in enumerate(rest.sources) if number in s.zeta and number != anything]
            for number in range(len(problem.units))
        ]
        unit = max(range(len(parents)), key=lambda u: (len(parents[u]), -u))
        taken[unit] = {index: rest.sources[index].zeta.pop(unit) for index in parents[unit]}
    silent = [source.belief for source in rest.sources]
    said = {(unit, i): np.zeros_like(silent[i]) for unit, zetas in taken.items() for i in zetas}
    for _ in range(MESSAGE_ROUNDS):
        total = [np.zeros_like(belief) for belief in silent]
        for (_, index), message in said.items():
            total[index] += message
        for index, source in enumerate(rest.sources):
            source.belief = silent[index] * np.exp(total[index])
        states = posterior(rest).states
        moved = 0.0
        for unit, zetas in taken.items():
            for key, message in _messages(problem, unit, zetas, states, said).items():
                moved = max(moved, float(np.abs(said[key] - message).max()))
                said[key] = (said[key] + message) / 2
        if moved < SETTLED:
            break
    return rest


def _messages(
    problem: Problem,
    unit: int,
    zetas: dict[int, Floats],
    states: list[Floats],
    said: dict[tuple[int, int], Floats],
) -> dict[tuple[int, int], Floats]:
    """log P(unit | state of one parent), the others as they stand without this unit."""
    means = {}
    for index, zeta in zetas.items():
        without = _normalised(states[index] * np.exp(-said[unit, index]) + 1e-300)
        means[index] = np.clip(np.einsum("bs,bsa->ba", without, zeta), 1e-12, None)
    everyone = problem.units[unit].leak * np.prod(list(means.values()), axis=0)
    messages = {}
    for index, zeta in zetas.items():
        given = ((everyone / means[index])[:, None] * zeta) @ problem.units[unit].value
        message = np.log(np.clip(given, 1e-300, None))
        messages[unit, index] = message - message.max(axis=1, keepdims=True)
    return messages


def _normalised(belief: Floats) -> Floats:
    total: Floats = belief / belief.sum(axis=1, keepdims=True)
    return total
