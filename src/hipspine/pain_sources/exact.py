"""Exact posterior of noisy-OR sources given findings, without cancellation.

Each source is a variable with a few states; each positive finding is a bit that is set when
its leak or any source in a firing state sets it. Sources are taken in one after the other
while a table over the bits that are open holds P(evidence so far, bits); a bit is closed, and
must then be set, when its last source has been taken in. A second sweep backwards gives the
posterior of every state. All terms are positive, so nothing cancels (unlike Quickscore, which
sums with alternating signs). The tables have a leading axis for draws of the parameters.

Cost is exponential only in the bits open at one time (`Plan.width`).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Most bits that may be open at once before the most shared ones are split off.
MAX_WIDTH = 21
#: Rounds of messages for findings that were split off.
MESSAGE_ROUNDS = 10
#: Messages (log ratios) that move by less than this have settled.
SETTLED = 0.02


@dataclass
class Source:
    """One source: `belief` (B, S) prior times what needs no bit; `fire[bit]` (B, S)."""

    belief: Floats
    fire: dict[int, Floats] = field(default_factory=dict)


@dataclass
class Problem:
    """Sources and positive findings of one patient.

    leak (B, K); `set_weight` (K,): how sure the finding is (1: certainly present).
    """

    sources: list[Source]
    leak: Floats
    set_weight: Floats


@dataclass(frozen=True)
class Answer:
    """Posterior of every state of every source; `exact` is False if bits had to be split off."""

    states: list[Floats]
    exact: bool


def posterior(problem: Problem, max_width: int = MAX_WIDTH) -> Answer:
    """P(state | all findings) per source, each (B, S)."""
    prepared, order, exact = _prepare(problem, max_width)
    return Answer(_sweep(prepared, order), exact)


def log_evidence(problem: Problem, max_width: int = MAX_WIDTH) -> Floats:
    """log of the sum of beliefs over all configurations that explain the findings, (B,)."""
    orphans = [bit for bit, found in _parents(problem).items() if not found]
    sure, leak = problem.set_weight[orphans], problem.leak[:, orphans]
    leaked = np.log(sure * leak + (1 - sure) * (1 - leak)).sum(axis=1)
    prepared, order, _ = _prepare(problem, max_width)
    apart = [s.belief.sum(axis=1) for i, s in enumerate(prepared.sources) if i not in set(order)]
    total: Floats = leaked + _forwards(prepared, order)[1] + np.sum(np.log(apart), axis=0)
    return total


def _prepare(problem: Problem, max_width: int) -> tuple[Problem, list[int], bool]:
    """A copy in which only findings with several parents are bits, and an order for it."""
    sources = [Source(source.belief, dict(source.fire)) for source in problem.sources]
    own = Problem(sources, problem.leak, problem.set_weight)
    _absorb_single_parents(own)
    order, width = _plan(own)
    if width <= max_width:
        return own, order, True
    return *_split_off(own, max_width), False


def _parents(problem: Problem) -> dict[int, list[int]]:
    parents: dict[int, list[int]] = {bit: [] for bit in range(problem.leak.shape[1])}
    for index, source in enumerate(problem.sources):
        for bit in source.fire:
            parents[bit].append(index)
    return parents


def _absorb_single_parents(problem: Problem) -> None:
    """A finding with one parent speaks to that parent alone: no bit is needed."""
    for bit, parents in _parents(problem).items():
        if len(parents) == 1:
            _absorb(problem, bit, parents[0], problem.leak[:, bit])


def _absorb(problem: Problem, bit: int, index: int, elsewhere: Floats) -> None:
    """Weigh the states of one source by P(finding | state), `elsewhere` setting it otherwise."""
    source = problem.sources[index]
    unset = (1 - elsewhere)[:, None] * (1 - source.fire.pop(bit))
    certain = problem.set_weight[bit]
    source.belief = source.belief * (certain * (1 - unset) + (1 - certain) * unset)


def _split_off(problem: Problem, max_width: int) -> tuple[Problem, list[int]]:
    """Take the most shared findings out of the tables and let them speak by messages.

    A finding taken out tells each parent how probable it is under each state, the other
    parents standing where the rest of the evidence leaves them (loopy belief propagation on
    these findings alone; the others stay exact). Repeated until settled, with damping.
    """
    rest = Problem(
        [Source(s.belief, dict(s.fire)) for s in problem.sources], problem.leak, problem.set_weight
    )
    taken: dict[int, dict[int, Floats]] = {}
    order, width = _plan(rest)
    while width > max_width:
        parents = {bit: found for bit, found in _parents(rest).items() if found}
        bit = max(parents, key=lambda b: (len(parents[b]), float(problem.leak[:, b].mean())))
        taken[bit] = {index: rest.sources[index].fire.pop(bit) for index in parents[bit]}
        order, width = _plan(rest)
    silent = [source.belief for source in rest.sources]
    said = {(bit, i): np.zeros_like(silent[i]) for bit, fires in taken.items() for i in fires}
    for _ in range(MESSAGE_ROUNDS):
        total = [np.zeros_like(belief) for belief in silent]
        for (_, index), message in said.items():
            total[index] += message
        for index, source in enumerate(rest.sources):
            source.belief = silent[index] * np.exp(total[index])
        states = _sweep(rest, order)
        moved = 0.0
        for bit, fires in taken.items():
            for key, message in _messages(problem, bit, fires, states, said).items():
                moved = max(moved, float(np.abs(said[key] - message).max()))
                said[key] = (said[key] + message) / 2
        if moved < SETTLED:
            break
    return rest, order


def _messages(
    problem: Problem,
    bit: int,
    fires: dict[int, Floats],
    states: list[Floats],
    said: dict[tuple[int, int], Floats],
) -> dict[tuple[int, int], Floats]:
    """log P(finding | state of one parent), the others as they stand without this finding."""
    unset = {}
    for index, fire in fires.items():
        without = _normalised(states[index] * np.exp(-said[bit, index]) + 1e-300)
        unset[index] = np.clip((without * (1 - fire)).sum(axis=1), 1e-12, 1.0)
    everyone = (1 - problem.leak[:, bit]) * np.prod(list(unset.values()), axis=0)
    sure = problem.set_weight[bit]
    messages = {}
    for index, fire in fires.items():
        off = (everyone / unset[index])[:, None] * (1 - fire)
        message = np.log(sure * (1 - off) + (1 - sure) * off)
        messages[bit, index] = message - message.max(axis=1, keepdims=True)
    return messages


def _plan(problem: Problem) -> tuple[list[int], int]:
    """An order of the sources that keeps few bits open, and the most open at once."""
    remaining = {i: set(s.fire) for i, s in enumerate(problem.sources) if s.fire}
    waiting = {bit: len(found) for bit, found in _parents(problem).items()}
    opened: set[int] = set()
    order: list[int] = []
    width = 0
    while remaining:
        costs = {i: _cost(bits, opened, waiting) for i, bits in remaining.items()}
        best = min(costs.items(), key=_by_cost)[0]
        bits = remaining.pop(best)
        order.append(best)
        opened |= bits
        width = max(width, len(opened))
        for bit in bits:
            waiting[bit] -= 1
            if waiting[bit] == 0:
                opened.discard(bit)
    return order, width


def _by_cost(item: tuple[int, tuple[int, int]]) -> tuple[tuple[int, int], int]:
    return item[1], item[0]


def _cost(bits: set[int], opened: set[int], waiting: dict[int, int]) -> tuple[int, int]:
    """Bits that would stay open if a source with these came next, and bits it would open."""
    opens = len(bits - opened)
    closes = sum(1 for bit in bits if waiting[bit] == 1)
    return opens - closes, opens


@dataclass
class _Step:
    """One source taken in: the open bits when it was, and the table before it."""

    index: int
    bits: list[int]
    added: int
    table: Floats
    closed: list[tuple[int, int]]  # (bit, its axis when closed), in order of closing


def _sweep(problem: Problem, order: list[int]) -> list[Floats]:
    states = [_normalised(source.belief) for source in problem.sources]
    steps, _ = _forwards(problem, order)
    batch = problem.leak.shape[0]
    after = np.ones((batch, 1))
    for step in reversed(steps):
        after = _reopen(problem, step, after)
        source = problem.sources[step.index]
        weights, after = _take_back(source, step, after)
        states[step.index] = _normalised(source.belief * weights)
        for _ in range(step.added):
            bit = step.bits.pop()
            leak = problem.leak[:, bit][:, None]
            pair = after.reshape(batch, -1, 2)
            after = pair[:, :, 0] * (1 - leak) + pair[:, :, 1] * leak
        after = after / after.max(axis=1, keepdims=True)
    return states


def _forwards(problem: Problem, order: list[int]) -> tuple[list[_Step], Floats]:
    """The steps, and log P(all findings with several parents), (B,)."""
    waiting = {bit: len(found) for bit, found in _parents(problem).items()}
    batch = problem.leak.shape[0]
    table = np.ones((batch, 1))
    bits: list[int] = []
    steps = []
    log_scale = np.zeros(batch)
    for index in order:
        source = problem.sources[index]
        new = [bit for bit in source.fire if bit not in bits]
        for bit in new:
            leak = problem.leak[:, bit][:, None]
            table = np.stack([table * (1 - leak), table * leak], axis=2).reshape(batch, -1)
            bits.append(bit)
        step = _Step(index, list(bits), len(new), table, [])
        table = _take_in(source, bits, table)
        for bit in source.fire:
            waiting[bit] -= 1
            if waiting[bit] == 0:
                axis = bits.index(bit)
                sure = problem.set_weight[bit]
                pair = table.reshape(batch, 2**axis, 2, -1)
                table = ((1 - sure) * pair[:, :, 0] + sure * pair[:, :, 1]).reshape(batch, -1)
                bits.remove(bit)
                step.closed.append((bit, axis))
        scale = table.max(axis=1, keepdims=True)
        table = table / scale
        log_scale += np.log(scale[:, 0])
        steps.append(step)
    return steps, log_scale + np.log(table[:, 0])


def _groups(source: Source) -> list[tuple[list[int], dict[int, Floats]]]:
    """States that fire alike, with their common fires (B,); silent states have none."""
    groups: dict[bytes, tuple[list[int], dict[int, Floats]]] = {}
    for state in range(source.belief.shape[1]):
        fires = {bit: fire[:, state] for bit, fire in source.fire.items() if fire[:, state].any()}
        key = b"".join(bit.to_bytes(4, "big") + fire.tobytes() for bit, fire in fires.items())
        groups.setdefault(key, ([], fires))[0].append(state)
    return list(groups.values())


def _take_in(source: Source, bits: list[int], table: Floats) -> Floats:
    """The table after this source may have set its bits."""
    batch = table.shape[0]
    total = np.zeros_like(table)
    for states, fires in _groups(source):
        part = table * source.belief[:, states].sum(axis=1, keepdims=True)
        for bit, fire in fires.items():
            pair = part.reshape(batch, 2 ** bits.index(bit), 2, -1).copy()
            moved = pair[:, :, 0] * fire[:, None, None]
            pair[:, :, 0] -= moved
            pair[:, :, 1] += moved
            part = pair.reshape(batch, -1)
        total += part
    return total


def _take_back(source: Source, step: _Step, after: Floats) -> tuple[Floats, Floats]:
    """Weight of each state given all evidence (B, S), and the backward table before it."""
    batch = after.shape[0]
    weights = np.empty_like(source.belief)
    before = np.zeros_like(after)
    for states, fires in _groups(source):
        part = after
        for bit, fire in fires.items():
            pair = part.reshape(batch, 2 ** step.bits.index(bit), 2, -1).copy()
            pair[:, :, 0] += (pair[:, :, 1] - pair[:, :, 0]) * fire[:, None, None]
            part = pair.reshape(batch, -1)
        weights[:, states] = (step.table * part).sum(axis=1, keepdims=True)
        before += part * source.belief[:, states].sum(axis=1, keepdims=True)
    return weights, before


def _reopen(problem: Problem, step: _Step, after: Floats) -> Floats:
    """Undo the closing of bits: what each value of a closed bit is worth."""
    batch = after.shape[0]
    for bit, axis in reversed(step.closed):
        sure = problem.set_weight[bit]
        block = after.reshape(batch, 2**axis, 1, -1)
        after = np.concatenate([(1 - sure) * block, sure * block], axis=2).reshape(batch, -1)
    return after


def _normalised(belief: Floats) -> Floats:
    total: Floats = belief / belief.sum(axis=1, keepdims=True)
    return total
