"""Exact posterior of noisy-OR sources given findings, correlated ones among them.

Each source is a variable with a few states. Findings come in units: a single positive finding,
or the findings of one group whose effects are correlated (`correlation`). A unit of n positive
findings has 2^n subsets; a table over the subsets of the units that are open holds the evidence
so far. Sources are taken in one after the other; a unit is closed when its last source has been
taken in. A second sweep backwards gives the posterior of every state.

In zeta form (which findings are free to be set) a source is one multiplication, but closing a
unit subtracts, as Quickscore does with all findings at once; so only frequent units stay in that
form, as long as little cancels (LEAST_PRODUCT), and the others are kept as bits. The loss is
watched. All arrays have a leading axis B for variants of the parameters.

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
#: Relative error by cancellation that units in zeta form may cause.
LOSS = 1e-11
#: If it comes out this much larger, all units are kept as bits.
MUCH_LARGER = 100.0


@dataclass
class Unit:
    """Findings heard as one: leak (B, 2^n) in zeta form, and value (2^n,) to close it.

    as_bits: its part of the table is by what is set instead of by what is free to be set;
    absorbed: it is in the beliefs of its only source.
    """

    leak: Floats
    value: Floats
    as_bits: bool = False
    absorbed: bool = False

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

    `exact` is False if units had to be split off.
    """

    states: list[Floats]
    log_evidence: Floats
    exact: bool


def posterior(problem: Problem, max_width: int = MAX_WIDTH, loss: float = LOSS) -> Answer:
    """P(state | all findings) per source, each (B, S); `loss`: error let pass for speed."""
    prepared, order, exact = _prepare(problem, max_width, loss)
    forwards = _forwards(prepared, order)
    if forwards.loss > loss * MUCH_LARGER:
        for unit in prepared.units:
            unit.as_bits = True
        forwards = _forwards(prepared, order)
    states = _sweep(prepared, forwards)
    return Answer(states, _log_evidence(prepared, order, forwards), exact)


def log_evidence(problem: Problem, max_width: int = MAX_WIDTH) -> Floats:
    """log of the sum of beliefs over all configurations that explain the findings, (B,)."""
    prepared, order, _ = _prepare(problem, max_width)
    return _log_evidence(prepared, order, _forwards(prepared, order))


def _log_evidence(prepared: Problem, order: list[int], forwards: "_Forwards") -> Floats:
    fed = {unit for source in prepared.sources for unit in source.zeta}
    orphans = [u for n, u in enumerate(prepared.units) if n not in fed and not u.absorbed]
    taken = set(order)
    apart = [s.belief.sum(axis=1) for i, s in enumerate(prepared.sources) if i not in taken]
    total = forwards.log_total
    for unit in orphans:
        total = total + np.log(unit.leak @ unit.value)
    for one in apart:
        total = total + np.log(one)
    return total


def _parents(problem: Problem) -> list[list[int]]:
    return parents_of([s.zeta.keys() for s in problem.sources], len(problem.units))


def _plan(problem: Problem) -> tuple[list[int], int]:
    """Order of the sources with few findings open, and the most open at once."""
    return plan([s.zeta.keys() for s in problem.sources], [u.findings for u in problem.units])


def _prepare(
    problem: Problem, max_width: int, loss: float = LOSS
) -> tuple[Problem, list[int], bool]:
    """A copy in which only units with several parents are tables, and an order for it."""
    sources = [Source(source.belief, dict(source.zeta)) for source in problem.sources]
    own = Problem(sources, [Unit(u.leak, u.value) for u in problem.units])
    for unit, parents in enumerate(_parents(own)):
        if len(parents) == 1:
            source = sources[parents[0]]
            given = (source.zeta.pop(unit) * own.units[unit].leak[:, None]) @ own.units[unit].value
            source.belief = source.belief * given
            own.units[unit].absorbed = True
        elif own.units[unit].findings == 1:
            _without_absent(sources, parents, unit)
    _choose_bits(own, loss)
    order, width = _plan(own)
    if width <= max_width:
        return own, order, True
    return *_split_off(own, max_width), False


def _without_absent(sources: list[Source], parents: list[int], unit: int) -> None:
    """Move what was found absent beside a single finding into the beliefs: zeta(all) is 1."""
    for index in parents:
        source, kept = sources[index], sources[index].zeta[unit][:, :, 1]
        if np.any(kept != 1.0):
            source.belief = source.belief * kept
            unset = source.zeta[unit][:, :, 0] / kept
            source.zeta[unit] = np.stack([unset, np.ones_like(unset)], axis=2)


def _choose_bits(problem: Problem, most: float) -> None:
    """Keep rare units as bits: too much would cancel if all were in zeta form."""
    chances = []
    for number, parents in enumerate(_parents(problem)):
        if len(parents) > 1:
            free = problem.units[number].leak
            for index in parents:
                source = problem.sources[index]
                free = free * np.einsum(
                    "bs,bsa->ba", _normalised(source.belief), source.zeta[number]
                )
            chances.append((float((free @ problem.units[number].value).min()), number))
    loss = float(np.finfo(float).eps)
    for chance, number in sorted(chances, reverse=True):
        loss /= max(chance, 1e-12)
        problem.units[number].as_bits = loss > most


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
        states = _sweep(rest, _forwards(rest, order))
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
    alike: list[tuple[list[int], dict[int, tuple[Floats, int]]]]  # zetas with findings before
    closed: list[tuple[int, int]]  # (unit, findings open before it), in order of closing


@dataclass
class _Forwards:
    steps: list[_Step]
    log_total: Floats
    loss: float


def _sweep(problem: Problem, forwards: _Forwards) -> list[Floats]:
    states = [_normalised(source.belief) for source in problem.sources]
    after = np.ones((states[0].shape[0], 1), states[0].dtype)
    for step in reversed(forwards.steps):
        for unit, before in reversed(step.closed):
            after = tables.reopened(after, problem.units[unit], before)
        source = problem.sources[step.index]
        weights = np.empty_like(source.belief)
        earlier = np.zeros_like(after)
        for chosen, zetas in step.alike:
            part = after
            for unit, (zeta, before) in zetas.items():
                part = tables.fed_back(part, zeta, before, as_bits=problem.units[unit].as_bits)
            weights[:, chosen] = (step.table * part).sum(axis=1, keepdims=True)
            earlier += part * source.belief[:, chosen].sum(axis=1, keepdims=True)
        states[step.index] = _normalised(source.belief * np.clip(weights, 0.0, None))
        after = earlier
        for _ in range(step.added):
            after = tables.unopened(after, problem.units[step.open_units.pop()])
        after = after / np.abs(after).max(axis=1, keepdims=True)
    return states


def _forwards(problem: Problem, order: list[int]) -> _Forwards:
    """The steps, log P(units with several parents), and the relative error by cancellation."""
    waiting = [len(found) for found in _parents(problem)]
    batch = problem.sources[0].belief.shape[0]
    table = np.ones((batch, 1), problem.sources[0].belief.dtype)
    log_scale = np.zeros(batch)
    loss = float(np.finfo(float).eps)
    open_units: list[int] = []
    steps = []
    for index in order:
        source = problem.sources[index]
        new = [unit for unit in source.zeta if unit not in open_units]
        for unit in new:
            table = tables.opened(table, problem.units[unit])
            open_units.append(unit)
        before_of = {unit: _before(problem, open_units, unit) for unit in source.zeta}
        alike = [
            (chosen, {unit: (zeta, before_of[unit]) for unit, zeta in zetas.items()})
            for chosen, zetas in _alike(source)
        ]
        step = _Step(index, list(open_units), len(new), table, alike, [])
        steps.append(step)
        parts = []
        for chosen, zetas in alike:
            weight = source.belief[:, chosen].sum(axis=1, keepdims=True)
            part = np.multiply(table, weight, order="C")  # written to below, through views
            for unit, (zeta, before) in zetas.items():
                tables.feed(part, zeta, before, as_bits=problem.units[unit].as_bits)
            parts.append(part)
        table = parts[0]
        for part in parts[1:]:
            table += part
        for unit in source.zeta:
            waiting[unit] -= 1
            if waiting[unit] == 0:
                before = _before(problem, open_units, unit)
                table, kept = tables.closed(table, problem.units[unit], before)
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
