"""Exact posterior of noisy-OR sources given findings, correlated ones among them.

Each source is a variable with a few states. Findings come in units: a single positive finding,
or the findings of one group whose effects are correlated (`correlation`). A unit of n positive
findings has 2^n subsets; a table over the subsets of the units that are open holds the evidence
so far. Sources are taken in one after the other; a unit is closed when its last source has been
taken in. A second sweep backwards gives the posterior of every state.

A single finding is kept as a bit (unset, set): all terms are positive, and nothing cancels
(unlike Quickscore, which sums with alternating signs). A unit of several is kept in zeta form,
where a source is one multiplication, and turned into P(all set) when it is closed; the loss by
cancellation is watched, and the sweep repeated in extended precision if it were too large.
All arrays have a leading axis B for variants of the parameters.

Cost is exponential only in the findings open at one time (`width`).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources import tables
from hipspine.pain_sources.plan import parents_of, plan

Floats = NDArray[np.float64]

#: Most findings that may be open at once before the most shared ones are split off.
MAX_WIDTH = 21
#: Rounds of messages for units that were split off.
MESSAGE_ROUNDS = 10
#: Messages (log ratios) that move by less than this have settled.
SETTLED = 0.02
#: Largest relative error by cancellation that is let pass.
MOST_LOSS = 1e-8


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
    """Posterior (B, S) of every source; `exact` is False if units had to be split off."""

    states: list[Floats]
    exact: bool


def posterior(problem: Problem, max_width: int = MAX_WIDTH) -> Answer:
    """P(state | all findings) per source, each (B, S)."""
    prepared, order, exact = _prepare(problem, max_width)
    return Answer(_sweep(prepared, order), exact)


def log_evidence(problem: Problem, max_width: int = MAX_WIDTH) -> Floats:
    """log of the sum of beliefs over all configurations that explain the findings, (B,)."""
    orphans = [u for u, found in enumerate(_parents(problem)) if not found]
    leaked = sum(np.log(problem.units[u].leak @ problem.units[u].value) for u in orphans)
    prepared, order, _ = _prepare(problem, max_width)
    apart = [s.belief.sum(axis=1) for i, s in enumerate(prepared.sources) if i not in set(order)]
    total: Floats = leaked + _forwards(prepared, order).log_total + np.sum(np.log(apart), axis=0)
    return total


def _parents(problem: Problem) -> list[list[int]]:
    return parents_of([s.zeta.keys() for s in problem.sources], len(problem.units))


def _plan(problem: Problem) -> tuple[list[int], int]:
    """Order of the sources with few findings open, and the most open at once."""
    return plan([s.zeta.keys() for s in problem.sources], [u.findings for u in problem.units])


def _prepare(problem: Problem, max_width: int) -> tuple[Problem, list[int], bool]:
    """A copy in which only units with several parents are tables, and an order for it."""
    sources = [Source(source.belief, dict(source.zeta)) for source in problem.sources]
    own = Problem(sources, problem.units)
    for unit, parents in enumerate(_parents(own)):
        if len(parents) == 1:
            source = sources[parents[0]]
            given = (source.zeta.pop(unit) * own.units[unit].leak[:, None]) @ own.units[unit].value
            source.belief = source.belief * given
        elif own.units[unit].findings == 1:
            _as_bit(sources, parents, unit)
    order, width = _plan(own)
    if width <= max_width:
        return own, order, True
    return *_split_off(own, max_width), False


def _as_bit(sources: list[Source], parents: list[int], unit: int) -> None:
    """Move what was found absent beside a single finding into the beliefs: zeta(all) is 1."""
    for index in parents:
        source, kept = sources[index], sources[index].zeta[unit][:, :, 1]
        if np.any(kept != 1.0):
            source.belief = source.belief * kept
            unset = source.zeta[unit][:, :, 0] / kept
            source.zeta[unit] = np.stack([unset, np.ones_like(unset)], axis=2)


def _split_off(problem: Problem, max_width: int) -> tuple[Problem, list[int]]:
    """Take the most shared units out of the tables and let them speak by messages.

    A unit taken out tells each parent how probable it is under each state, the other parents
    standing where the rest of the evidence leaves them (loopy belief propagation on these units
    alone; the others stay exact). Repeated until settled, with damping.
    """
    rest = Problem([Source(s.belief, dict(s.zeta)) for s in problem.sources], problem.units)
    taken: dict[int, dict[int, Floats]] = {}
    order, width = _plan(rest)
    while width > max_width:
        parents = _parents(rest)
        unit = max(range(len(parents)), key=lambda u: (len(parents[u]), -u))
        taken[unit] = {index: rest.sources[index].zeta.pop(unit) for index in parents[unit]}
        order, width = _plan(rest)
    silent = [source.belief for source in rest.sources]
    said = {(unit, i): np.zeros_like(silent[i]) for unit, zetas in taken.items() for i in zetas}
    for _ in range(MESSAGE_ROUNDS):
        total = [np.zeros_like(belief) for belief in silent]
        for (_, index), message in said.items():
            total[index] += message
        for index, source in enumerate(rest.sources):
            source.belief = silent[index] * np.exp(total[index])
        states = _sweep(rest, order)
        moved = 0.0
        for unit, zetas in taken.items():
            for key, message in _messages(problem, unit, zetas, states, said).items():
                moved = max(moved, float(np.abs(said[key] - message).max()))
                said[key] = (said[key] + message) / 2
        if moved < SETTLED:
            break
    return rest, order


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


@dataclass
class _Step:
    """One source taken in: the units open when it was, and the table before it."""

    index: int
    open_units: list[int]
    added: int
    table: Floats
    closed: list[tuple[int, int]]  # (unit, findings open before it), in order of closing


@dataclass
class _Forwards:
    steps: list[_Step]
    log_total: Floats
    loss: float


def _sweep(problem: Problem, order: list[int]) -> list[Floats]:
    states = [_normalised(source.belief) for source in problem.sources]
    forwards = _forwards(problem, order)
    batch = states[0].shape[0]
    after = np.ones((batch, 1), dtype=forwards.log_total.dtype)
    for step in reversed(forwards.steps):
        for unit, before in reversed(step.closed):
            after = tables.reopened(after, problem.units[unit].value, before)
        source = problem.sources[step.index]
        weights = np.empty(source.belief.shape)
        earlier = np.zeros_like(after)
        for chosen, zetas in _alike(source):
            part = after
            for unit, zeta in zetas.items():
                part = tables.fed_back(part, zeta, _before(problem, step.open_units, unit))
            weights[:, chosen] = (step.table * part).sum(axis=1, keepdims=True)
            earlier += part * source.belief[:, chosen].sum(axis=1, keepdims=True)
        states[step.index] = _normalised(source.belief * np.clip(weights, 0.0, None))
        after = earlier
        for _ in range(step.added):
            after = tables.unopened(after, problem.units[step.open_units.pop()].leak)
        after = after / np.abs(after).max(axis=1, keepdims=True)
    return states


def _forwards(problem: Problem, order: list[int]) -> _Forwards:
    """The steps and log P(units with several parents), in extended precision if it must be."""
    found = _forwards_in(problem, order, np.float64)
    if found.loss > MOST_LOSS:
        return _forwards_in(problem, order, np.longdouble)
    return found


def _forwards_in(problem: Problem, order: list[int], dtype: type) -> _Forwards:
    waiting = [len(found) for found in _parents(problem)]
    batch = problem.sources[0].belief.shape[0]
    table = np.ones((batch, 1), dtype=dtype)
    log_scale = np.zeros(batch, dtype=dtype)
    loss = float(np.finfo(dtype).eps)
    open_units: list[int] = []
    steps = []
    for index in order:
        source = problem.sources[index]
        new = [unit for unit in source.zeta if unit not in open_units]
        for unit in new:
            table = tables.opened(table, problem.units[unit].leak)
            open_units.append(unit)
        step = _Step(index, list(open_units), len(new), table, [])
        steps.append(step)
        total = np.zeros_like(table)
        for chosen, zetas in _alike(source):
            part = table * source.belief[:, chosen].sum(axis=1, keepdims=True)
            for unit, zeta in zetas.items():
                part = tables.fed(part, zeta, _before(problem, open_units, unit))
            total += part
        table = total
        for unit in source.zeta:
            waiting[unit] -= 1
            if waiting[unit] == 0:
                before = _before(problem, open_units, unit)
                table, kept = tables.closed(table, problem.units[unit].value, before)
                loss /= kept
                open_units.remove(unit)
                step.closed.append((unit, before))
        scale = table.max(axis=1, keepdims=True)
        table = table / scale
        log_scale += np.log(scale[:, 0])
    return _Forwards(steps, log_scale + np.log(table[:, 0]), loss)


def _before(problem: Problem, open_units: list[int], unit: int) -> int:
    """Findings open in front of this unit: its axes of the table start after theirs."""
    return sum(problem.units[u].findings for u in open_units[: open_units.index(unit)])


def _alike(source: Source) -> list[tuple[list[int], dict[int, Floats]]]:
    """States that speak alike, with their common zetas (B, 2^n); silent states have none."""
    groups: dict[bytes, tuple[list[int], dict[int, Floats]]] = {}
    for state in range(source.belief.shape[1]):
        zetas = {unit: z[:, state] for unit, z in source.zeta.items() if (z[:, state] != 1).any()}
        key = b"".join(unit.to_bytes(4, "big") + z.tobytes() for unit, z in zetas.items())
        groups.setdefault(key, ([], zetas))[0].append(state)
    return list(groups.values())


def _normalised(belief: Floats) -> Floats:
    total: Floats = belief / belief.sum(axis=1, keepdims=True)
    return total
