"""One patient at the published figures, and any variant of it: other figures, fewer findings.

The posterior at the published figures is exact over all sources. Draws of the figures, findings
left out and tests not yet done are variants: the same sources, other numbers, side by side on an
axis B. They are exact too (in single precision where that holds) as long as their tables have room
(ROOM: 500 draws with 14 findings open at one time). Beyond that the sources that matter are still
treated together, the most shared findings speak by messages, and the improbable sources are folded
into the leaks, standing where the point leaves them; what is used of such a variant is its shift
of the log odds from the point treated in the same way. That is rough: on the one open case that
needs it the ends of the intervals are up to 0.035 off.
"""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources import messages
from hipspine.pain_sources.differential import assembled, point_of_finding
from hipspine.pain_sources.exact import Answer, Problem, Source, Unit, posterior, width_of
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.plan import parents_of
from hipspine.pain_sources.units import STATES, Heard, heard, something_hurts, together
from hipspine.pain_sources.warming import compiled
from hipspine.pain_sources.weighing import Weighed

Floats = NDArray[np.float64]
Answered = TypeVar("Answered")

#: Numbers in a table, over all variants, up to which variants are answered exactly.
ROOM = 500 * 2**14
#: Rows of questions weighed at once.
MOST_ROWS = 500
#: Otherwise sources are folded while their probabilities add up to less than this ...
FOLDED = 0.01
#: ... and while none of them exceeds this with any part of the findings left out.
FOLDED_AT_MOST = 0.01
#: Findings open at one time in such variants; more are split off.
WIDTH = 13
#: Findings open at one time from which questions are asked in single precision too.
WIDE = 12
#: Rounds of messages at the point, and from there to a variant.
ROUNDS, MORE_ROUNDS = 6, 2


@dataclass(frozen=True)
class Variants:
    """Probability (B, leaves) and log evidence (B,) of variants, relative to the point.

    folded: sources whose part in the log evidence is left out.
    """

    probability: Floats
    log_evidence: Floats
    folded: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Rough:
    """The point treated as its variants are where exact ones would be too wide.

    kept: the sources that stay together. said, by_messages (leaves,) and cavities: of messages
    between all sources. split: units that speak by messages.
    """

    kept: tuple[int, ...]
    said: tuple[messages.Floats, ...]
    by_messages: messages.Floats
    cavities: tuple[Floats, ...]
    split: frozenset[int]
    by_folding: Answer


@dataclass(frozen=True)
class Point:
    """What was weighed, and the exact answer to it.

    groups and told: findings heard as one, in the same order. probability (leaves,) is exact,
    and so are `states`. width: findings open at one time.
    """

    network: Network
    priors: Floats
    groups: tuple[tuple[Weighed, ...], ...]
    told: tuple[Heard, ...]
    states: tuple[Floats, ...]
    exact: bool
    width: int
    log_evidence: float
    probability: Floats

    def rough(self, count: int) -> bool:
        """Whether so many variants are too wide to be answered exactly."""
        return not self.exact or count * 2**self.width > ROOM

    def variants(self, priors: Floats, told: Sequence[Heard], *, single: bool = True) -> Variants:
        """Priors (B, leaves) and findings with leading axis B or 1, in the order of `groups`.

        single: single precision will do, where the tables are small enough for it.
        """
        problem = assembled(self.network, priors, [*told, something_hurts(self.network)])
        if not self.rough(priors.shape[0]):
            answer = posterior(problem, single=single)
            probability = np.stack([1 - s[:, 0] for s in answer.states], axis=1)
            return Variants(probability, answer.log_evidence - self.log_evidence)
        return self._roughly(problem)

    def _roughly(self, problem: Problem) -> Variants:
        rough = self._rough
        passed = messages.propagate(*messages.spoken(problem, np.float32), MORE_ROUNDS, rough.said)
        folded = _folded(problem, rough.kept, rough.cavities, rough.split, passed)
        answer = posterior(folded, single=True)
        found = anchored(self.probability, rough.by_messages, passed.probability)
        kept = list(rough.kept)
        moved = np.stack([1 - s[:, 0] for s in answer.states], axis=1)
        usual = np.array([1 - s[0, 0] for s in rough.by_folding.states])
        found[:, kept] = anchored(self.probability[kept], usual, moved)
        log_evidence = answer.log_evidence - rough.by_folding.log_evidence[0]
        left_out = tuple(i for i in range(len(self.network.leaves)) if i not in rough.kept)
        return Variants(found, log_evidence, left_out)

    @cached_property
    def _rough(self) -> _Rough:
        problem = assembled(
            self.network, self.priors[None, :], [*self.told, something_hurts(self.network)]
        )
        belief, units = messages.spoken(problem)
        passed = messages.propagate(belief, units, ROUNDS)
        left_out = _left_out(self.network, self.priors, self.told, passed)
        kept = _kept(self.probability, left_out)
        cavities = tuple(_cavity(passed, number) for number in range(len(units)))
        split = _split(problem, kept)
        return _Rough(
            kept=kept,
            said=passed.said,
            by_messages=passed.probability[0],
            cavities=cavities,
            split=split,
            by_folding=posterior(_folded(problem, kept, cavities, split, passed), single=True),
        )

    def vary(self, rows: Sequence["Row"]) -> Variants:
        """Variants given one by one, by what is different in each."""
        count = len(rows)
        priors = np.stack([self.priors if row.priors is None else row.priors for row in rows])
        told = [
            _stacked(one, {n: row.told[g] for n, row in enumerate(rows) if g in row.told}, count)
            for g, one in enumerate(self.told)
        ]
        factor = np.ones((count, len(self.network.leaves), len(STATES)))
        for number, row in enumerate(rows):
            if row.factor is not None:
                factor[number] = row.factor
        beside = Heard((), tuple(range(factor.shape[1])), None, factor[..., None], factor)
        found = self.variants(
            priors, [*told, beside], single=compiled() is None or self.width >= WIDE
        )
        log_evidence = found.log_evidence + np.array([row.log_common for row in rows])
        for i in found.folded:  # the tables do not see what a factor does to these
            states = self.states[i][0]
            kept = factor[:, i, _states(states.size)] @ states
            log_evidence = log_evidence + np.log(np.maximum(kept, 1e-12))
        return replace(found, log_evidence=log_evidence)

    def any_of(self, groups: Sequence[Sequence[int]]) -> Floats:
        """P(at least one of these leaves is true) for each group."""
        return asked(self, any_of(self, groups))


@dataclass(frozen=True)
class Row:
    """One variant: priors (leaves,), some of `told` by number, a factor (leaves, 4) on beliefs.

    log_common: log of a factor on everything alike.
    """

    priors: Floats | None = None
    told: Mapping[int, Heard] = field(default_factory=dict)
    factor: Floats | None = None
    log_common: float = 0.0


#: Variants that are wanted; what is sent back are they; what is returned is the answer.
Question = Generator[Sequence[Row], Variants, Answered]


def asked(point: Point, question: Question[Answered]) -> Answered:
    """The answer to one question about variants of a point."""
    answer: Answered = asked_together(point, (question,))[0]
    return answer


def asked_together(
    point: Point, questions: Sequence[Question[Any]], most: int = MOST_ROWS
) -> tuple[Any, ...]:
    """The answers to several questions, whose variants are weighed side by side."""
    rows = [list(next(question)) for question in questions]
    every = [row for wanted in rows for row in wanted]
    parts = [point.vary(every[n : n + most]) for n in range(0, len(every), most)]
    found = Variants(
        np.concatenate([np.empty((0, point.probability.size)), *(p.probability for p in parts)]),
        np.concatenate([np.empty(0), *(p.log_evidence for p in parts)]),
        parts[0].folded if parts else (),
    )
    answers, start = [], 0
    for question, wanted in zip(questions, rows, strict=True):
        end = start + len(wanted)
        part = Variants(found.probability[start:end], found.log_evidence[start:end], found.folded)
        try:
            question.send(part)
        except StopIteration as stop:
            answers.append(stop.value)
        start = end
    return tuple(answers)


def any_of(point: Point, groups: Sequence[Sequence[int]]) -> Question[Floats]:
    """P(at least one of these leaves is true) for each group."""
    rows = []
    for members in groups:
        factor = np.ones((len(point.network.leaves), len(STATES)))
        factor[list(members), 1:] = 0.0
        rows.append(Row(factor=factor))
    found = yield rows
    none = np.exp(np.minimum(found.log_evidence, 0.0))
    least = np.array([max(point.probability[i] for i in members) for members in groups])
    most = np.array([min(sum(point.probability[i] for i in m), 1.0) for m in groups])
    any_true: Floats = np.clip(1 - none, least, most)
    return any_true


def _stacked(usual: Heard, changed: Mapping[int, Heard], count: int) -> Heard:
    """The findings in all variants; a table that has no unit any more says nothing."""
    if not changed:
        return usual
    zeta = np.repeat(usual.zeta, count, axis=0)
    factor = np.repeat(usual.factor, count, axis=0)
    unit = usual.unit
    leak = None if unit is None else np.repeat(unit.leak, count, axis=0)
    for row, heard_ in changed.items():
        factor[row] = heard_.factor[0]
        if unit is not None and leak is not None and heard_.unit is not None:
            zeta[row], leak[row] = heard_.zeta[0], heard_.unit.leak[0]
    if unit is not None and leak is not None:
        unit = Unit(leak, unit.value)
    return replace(usual, unit=unit, zeta=zeta, factor=factor)


def point_of(network: Network, priors: Floats, weighed: Sequence[Weighed]) -> Point:
    """Everything at the published figures; priors (leaves,)."""
    groups = tuple(together(network, weighed))
    told = tuple(heard(network, group, lambda e: point_of_finding(network, e)) for group in groups)
    problem = assembled(network, priors[None, :], [*told, something_hurts(network)])
    answer = posterior(problem)
    return Point(
        network=network,
        priors=priors,
        groups=groups,
        told=told,
        states=tuple(answer.states),
        exact=answer.exact,
        width=answer.width,
        log_evidence=float(answer.log_evidence[0]),
        probability=np.array([1 - s[0, 0] for s in answer.states]),
    )


def _left_out(
    network: Network, priors: Floats, told: Sequence[Heard], passed: messages.Heard
) -> messages.Floats:
    """P(source) with each part of the findings left out, by messages, (parts, leaves)."""
    if not told:
        return passed.probability
    parts = [without(one, number, len(told)) for number, one in enumerate(told)]
    rows = np.broadcast_to(priors, (len(told), priors.size))
    belief, units = messages.spoken(assembled(network, rows, [*parts, something_hurts(network)]))
    return messages.propagate(belief, units, MORE_ROUNDS, passed.said).probability


def without(one: Heard, row: int, rows: int) -> Heard:
    """These findings in `rows` variants, in one of which they are not heard."""
    zeta = np.repeat(one.zeta, rows, axis=0)
    factor = np.repeat(one.factor, rows, axis=0)
    zeta[row], factor[row] = 1.0, 1.0
    return replace(one, zeta=zeta, factor=factor)


def silenced(one: Heard) -> Heard:
    """These findings as if they had not been told, in the same table."""
    return replace(one, zeta=np.ones_like(one.zeta), factor=np.ones_like(one.factor))


def _kept(probability: Floats, left_out: messages.Floats) -> tuple[int, ...]:
    """The sources that are not folded: the rest is improbable one by one and together."""
    order = np.argsort(probability)
    small = np.cumsum(probability[order]) <= FOLDED
    never = (left_out.max(axis=0) <= FOLDED_AT_MOST)[order]
    folded = set(order[small & never].tolist())
    kept = [i for i in range(probability.size) if i not in folded]
    return tuple(kept or [int(order[-1])])


def _cavity(passed: messages.Heard, number: int) -> Floats:
    """Where each source stands without a unit, (leaves, 4)."""
    log = passed.total[0] - passed.said[number][0]
    states = np.exp(log - log.max(axis=1, keepdims=True))
    cavity: Floats = states / states.sum(axis=1, keepdims=True)
    return cavity


def _split(problem: Problem, kept: Sequence[int]) -> frozenset[int]:
    """The most shared units, taken out until few enough findings are open at one time."""
    sources = [Source(problem.sources[i].belief, dict(problem.sources[i].zeta)) for i in kept]
    split: set[int] = set()
    while width_of(Problem(sources, problem.units)) > WIDTH:
        parents = parents_of([s.zeta for s in sources], len(problem.units))
        widest = max(
            (u for u in range(len(parents)) if len(parents[u]) < len(kept)),
            key=lambda u: (len(parents[u]), -u),
        )
        split.add(widest)
        for source in sources:
            source.zeta.pop(widest, None)
    return frozenset(split)


def _folded(
    problem: Problem,
    kept: Sequence[int],
    cavities: Sequence[Floats],
    split: Collection[int],
    passed: messages.Heard,
) -> Problem:
    """The problem of the kept sources alone: the others set findings as often as they stand.

    Units that are split speak by their messages.
    """
    staying = set(kept)
    units: list[Unit] = []
    number_of: dict[int, int] = {}
    for number, unit in enumerate(problem.units):
        if number in split:
            continue
        leak = unit.leak
        for i, source in enumerate(problem.sources):
            if i not in staying and number in source.zeta:
                table = source.zeta[number]
                stands = cavities[number][i, _states(table.shape[1])]
                leak = leak * np.einsum("s,bsa->ba", stands, table)
        number_of[number] = len(units)
        units.append(Unit(leak, unit.value))
    sources = []
    for i in kept:
        source = problem.sources[i]
        belief = source.belief
        for number in split:
            belief = belief * np.exp(passed.said[number][:, i, _states(belief.shape[1])])
        zeta = {number_of[n]: table for n, table in source.zeta.items() if n not in split}
        sources.append(Source(belief, zeta))
    return Problem(sources, units)


def _states(count: int) -> slice:
    """The columns of none, left, right, both that a source has."""
    return slice(None) if count == 4 else slice(0, 4, 3)


def log_odds(p: messages.Floats) -> NDArray[np.float64]:
    """log p / (1 - p), kept inside 1e-9 .. 1 - 1e-9."""
    inside = np.clip(np.asarray(p, dtype=float), 1e-9, 1 - 1e-9)
    found: NDArray[np.float64] = np.log(inside / (1 - inside))
    return found


def anchored(
    exact: Floats, point: messages.Floats, variants: messages.Floats
) -> NDArray[np.float64]:
    """Probabilities of variants (B, leaves): the exact point (leaves,) moved by their shift."""
    moved = log_odds(exact) + log_odds(variants) - log_odds(point)
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-moved))
    return probability
