"""Which test to do next: what it is expected to settle, bedside before imaging before block.

gain_bits of a test: the expected fall of the entropy of each source, added up over the sources,
under the posterior in which the sources are not independent. gain_treatment: what the answer is
expected to add to the utility of the best thing to do (`treatment_decision`). Both count the test
as one more finding of its group, so that a fifth test of one kind is worth less than the first.

All findings are first looked at as if sources were independent; the best are then answered, both
ways, on the posterior itself (`gains_of`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from hipspine.evidence import FindingDefinition, evidence
from hipspine.findings.model import implied
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import point_of_finding
from hipspine.pain_sources.graded import Parts
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.point import Point, Question, Row, Variants, asked
from hipspine.pain_sources.test_safety import TestSafety, TestVerdict, index_test, why_not_next
from hipspine.pain_sources.treatment_decision import expected_gain
from hipspine.pain_sources.units import Heard, heard, reach_of
from hipspine.pain_sources.weighing import Weighed, Where

TIERS = {"history": 0, "exam": 0, "lab": 1, "imaging": 2, "block": 3}
#: A costlier test must gain this much more for each step of cost and invasiveness (judgement).
WORTH_A_STEP = 0.35
#: Bits that one unit of treatment utility is worth (judgement).
BITS_A_UTILITY = 1.0
#: Findings answered on the posterior itself: at the bedside, and others.
SHORTLIST = (14, 10)
MOST_TESTS, MOST_BEDSIDE = 5, 3
#: A test that gains less than this for each step of its cost and invasiveness is not offered.
LEAST_GAIN_BITS = 0.02
#: An invasive test is not offered where a bedside one gains this share of it.
WOULD_DO = 0.8
INVASIVE = 2
#: Kinds that are asked or computed, not tests to be done.
NOT_TESTS = frozenset({"demographic", "context", "exposure", "medication", "pain_location"})
SHOWN_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer would do: how probable it is, and the first sources after it.

    about: the probability then of the source that the test is most about.
    """

    probability: float
    sources: tuple[tuple[str, float], ...]
    about: float


@dataclass(frozen=True, slots=True)
class NextTest:
    """A test worth doing; cost and invasiveness from 0 (none) to 4.

    `finding` is what to look for in `test` (its id and name; at the bedside they are the same).
    """

    finding: str
    test: str
    test_name: str
    gain_bits: float
    gain_treatment: float
    cost: int
    invasiveness: int
    why: str
    about: str
    if_present: Answer
    if_absent: Answer
    cautions: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Gains:
    """Expected gains of candidates: bits and utility (T,), and the posteriors behind them."""

    bits: Floats
    treatment: Floats
    present: Floats
    if_present: Floats
    if_absent: Floats
    about: tuple[int, ...]

    def worth(self, names: Sequence[str]) -> Floats:
        """Gain in bits and utility per cost and invasiveness, (T,)."""
        steps = np.array([_steps(name) for name in names])
        worth: Floats = (self.bits + BITS_A_UTILITY * self.treatment) / (1 + WORTH_A_STEP * steps)
        return worth


def next_tests(patient: Patient, point: Point) -> tuple[NextTest, ...]:
    """The most useful tests not yet done and not contraindicated."""
    return asked(point, testing(patient, point))


def testing(patient: Patient, point: Point) -> Question[tuple[NextTest, ...]]:
    """`next_tests`, as a question to be asked with others."""
    safety = TestSafety(patient.findings, patient.age, patient.sex, patient.side)
    names = shortlist(patient, point, safety)
    gains = yield from gaining(point, names, patient)
    order = np.argsort(-gains.worth(names), kind="stable")
    chosen: list[int] = []
    seen: set[str] = set()
    bedside = 0
    for number in order:
        name = names[number]
        verdict = safety.verdict(name)
        at_bedside = TIERS[evidence().findings[name].stage] == 0
        if (
            gains.bits[number] < LEAST_GAIN_BITS * (1 + _steps(name))
            or verdict.test in seen
            or (at_bedside and bedside == MOST_BEDSIDE)
            or _would_do(number, names, gains)
        ):
            continue
        seen.add(verdict.test)
        bedside += at_bedside
        chosen.append(int(number))
        if len(chosen) == MOST_TESTS:
            break
    chosen.sort(key=lambda n: TIERS[evidence().findings[names[n]].stage])
    return tuple(_told(point, names[n], n, gains, safety.verdict(names[n])) for n in chosen)


def shortlist(patient: Patient, point: Point, safety: TestSafety) -> list[str]:
    """The findings that look most worth knowing, as if sources were independent."""
    screen = _screen(point.network)
    bits = screen.gains(point.probability)
    order = np.argsort(-bits / (1 + WORTH_A_STEP * screen.steps), kind="stable")
    known = _known(patient)
    chosen: list[str] = []
    room = list(SHORTLIST)
    for number in order:
        name = screen.names[number]
        kind = int(TIERS[evidence().findings[name].stage] > 0)
        if bits[number] < LEAST_GAIN_BITS / 4:
            break
        if room[kind] and name not in known and safety.verdict(name).allowed:
            chosen.append(name)
            room[kind] -= 1
    return chosen


def gains_of(point: Point, names: Sequence[str], patient: Patient) -> Gains:
    """Both answers of every finding on the posterior of the point.

    "Present" is all there is less "absent", as far as sources set the finding; where the finding
    also speaks against a source, each answer carries its own likelihood ratio.
    """
    return asked(point, gaining(point, names, patient))


def gaining(point: Point, names: Sequence[str], patient: Patient) -> Question[Gains]:
    """`gains_of`, as a question to be asked with others."""
    where = _one_side(patient)
    looked = [_looked_for(point, name, where) for name in names]
    found = yield [row for rows in looked for row in rows]
    chance, after = _answers(point, found, [len(rows) for rows in looked])
    no, whole, unset = chance.T
    yes = np.maximum(whole - unset, 1e-9)
    present = np.clip(yes / (yes + no), 1e-6, 1 - 1e-6)
    absent, if_absent = 1 - present, after[:, 0]
    moved = whole[:, None] * after[:, 1] - unset[:, None] * after[:, 2]
    if_present = np.clip(moved / yes[:, None], 0.0, 1.0)
    now = point.probability
    fall = _entropy(now) - absent[:, None] * _entropy(if_absent)
    fall = fall - present[:, None] * _entropy(if_present)
    return Gains(
        bits=np.clip(fall.sum(axis=1), 0.0, None),
        treatment=expected_gain(present, if_present, if_absent),
        present=present,
        if_present=if_present,
        if_absent=if_absent,
        about=tuple(int(i) for i in fall.argmax(axis=1)),
    )


def _answers(point: Point, found: Variants, sizes: Sequence[int]) -> tuple[Floats, Floats]:
    """Evidence (T, 3) and posteriors (T, 3, leaves): absent, all there is, and unset.

    A finding that speaks against nothing has one variant: all there is is the point, and where no
    source sets it, it is absent.
    """
    chance = np.ones((len(sizes), 3))
    after = np.empty((len(sizes), 3, point.probability.size))
    start = 0
    for number, size in enumerate(sizes):
        rows = [start, start + 1, start + 2] if size == 3 else [start, start, start]
        chance[number] = np.exp(found.log_evidence[rows])
        after[number] = found.probability[rows]
        if size == 1:
            chance[number, 1], after[number, 1] = 1.0, point.probability
        start += size
    return chance, after


def _looked_for(point: Point, name: str, side: Where | None) -> tuple[Row, ...]:
    """The finding absent; where it speaks against a source also, with the ratios of its presence,
    all there is, and it unset."""
    network = point.network
    sided = evidence().findings[name].sided
    where: Where = side if side and sided else "unknown"
    model = network.findings[name]
    absent = Weighed(name, name, False, where, 1.0)
    row = _unset(point, absent)
    against = model.noisy_or.against_absent[0], model.noisy_or.against_present[0]
    if not (against[0].any() or against[1].any()):
        return (row,)
    if_absent, if_present = (np.ones((len(network.leaves), 4)) for _ in range(2))
    for factor, ratio, present in zip((if_absent, if_present), against, (False, True), strict=True):
        factor[list(model.leaves)] = np.exp(ratio[:, None] * reach_of(where, present=present))
    assert row.factor is not None
    return (
        replace(row, factor=row.factor * if_absent),
        Row(factor=if_present),
        replace(row, factor=row.factor * if_present),
    )


def _unset(point: Point, absent: Weighed) -> Row:
    """The variant in which no source sets this finding; its likelihood ratios are left aside."""
    network = point.network

    def parameters(entry: Weighed) -> Parts:
        if entry is not absent:
            return point_of_finding(network, entry)
        solved = network.findings[entry.model].noisy_or
        nothing = np.zeros_like(solved.fire)
        return Parts(None, (replace(solved, against_present=nothing, against_absent=nothing),))

    own = network.group_of(absent.model)
    for number, group in enumerate(point.groups):
        shared = network.group_of(group[0].model)
        if own is not None and shared is not None and own.id == shared.id:
            return _with_group(point, number, heard(network, (*group, absent), parameters))
    alone = heard(network, (absent,), parameters)
    factor = np.ones((len(network.leaves), 4))
    factor[list(alone.leaves)] = alone.factor[0]
    return Row(factor=factor, log_common=float(np.log(alone.unset_by_leak[0])))


def _with_group(point: Point, number: int, changed: Heard) -> Row:
    """The group with one more finding, over the leaves that its table already has."""
    usual = point.told[number]
    place = {leaf: i for i, leaf in enumerate(changed.leaves)}
    at = [place[leaf] for leaf in usual.leaves]
    beside = [leaf for leaf in changed.leaves if leaf not in usual.leaves]
    factor = np.ones((len(point.network.leaves), 4))
    unit = changed.unit
    ratio = changed.factor[0]
    if unit is None:
        factor[list(changed.leaves)] = ratio
        factor[list(usual.leaves)] /= usual.factor[0]
        common = float(np.log(changed.unset_by_leak[0] / usual.unset_by_leak[0]))
        return Row(factor=factor, log_common=common)
    for leaf in beside:
        factor[leaf] = ratio[place[leaf]] * changed.zeta[0, place[leaf], :, -1]
    same = Heard(usual.entries, usual.leaves, unit, changed.zeta[:, at], changed.factor[:, at])
    return Row(told={number: same}, factor=factor)


def _would_do(number: int, names: Sequence[str], gains: Gains) -> bool:
    """Whether an invasive test settles little more than one at the bedside about the same."""
    if index_test(names[number]).invasiveness < INVASIVE:
        return False
    return any(
        TIERS[evidence().findings[name].stage] == 0
        and gains.about[other] == gains.about[number]
        and gains.bits[other] >= WOULD_DO * gains.bits[number]
        for other, name in enumerate(names)
    )


def _told(point: Point, name: str, number: int, gains: Gains, verdict: TestVerdict) -> NextTest:
    test = index_test(name)
    leaves, about = point.network.leaves, gains.about[number]
    present = gains.present[number]
    return NextTest(
        finding=name,
        test=verdict.test,
        test_name=_name(verdict.test, name),
        gain_bits=round(float(gains.bits[number]), 3),
        gain_treatment=round(float(gains.treatment[number]), 3),
        cost=test.cost,
        invasiveness=test.invasiveness,
        why=f"settles most about {evidence().conditions[leaves[about]].name}",
        about=leaves[about],
        if_present=_answer(leaves, present, gains.if_present[number], about),
        if_absent=_answer(leaves, 1 - present, gains.if_absent[number], about),
        cautions=verdict.cautions,
        citations=verdict.citations,
    )


def _name(test: str, finding: str) -> str:
    known = evidence().index_tests.get(test)
    return known.name if known else evidence().findings[finding].name


def _answer(leaves: tuple[str, ...], chance: float, after: Floats, about: int) -> Answer:
    first = np.argsort(-after, kind="stable")[:SHOWN_SOURCES]
    return Answer(
        probability=round(float(chance), 3),
        sources=tuple((leaves[i], round(float(after[i]), 3)) for i in first),
        about=round(float(after[about]), 3),
    )


def _one_side(patient: Patient) -> Where | None:
    return patient.side if patient.side in ("left", "right") else None


def _known(patient: Patient) -> set[str]:
    """What is told, and what follows from it."""
    known = {o.finding for o in patient.findings}
    return known.union(*(implied(o.finding) for o in patient.findings if o.present))


def _steps(name: str) -> int:
    test = index_test(name)
    return test.cost + test.invasiveness


@dataclass(frozen=True)
class Screen:
    """All findings that one can ask or do, as matrices over the leaves."""

    names: tuple[str, ...]
    leak: Floats
    fire: Floats
    against: Floats
    steps: Floats

    def gains(self, p: Floats) -> Floats:
        """Expected fall of entropy in bits as if sources were independent, (F,)."""
        keep = 1 - p * self.fire
        absent = (1 - self.leak)[:, None] * np.prod(keep, axis=1, keepdims=True) / keep
        usual = 1 - absent
        with_it = 1 - absent * (1 - self.fire)
        with_it = np.where(self.against < 0, usual * np.exp(self.against), with_it)
        present = p * with_it + (1 - p) * usual
        yes = p * with_it / np.clip(present, 1e-12, None)
        no = p * (1 - with_it) / np.clip(1 - present, 1e-12, None)
        fall = _entropy(p) - present * _entropy(yes) - (1 - present) * _entropy(no)
        gained: Floats = np.clip(fall, 0.0, None).sum(axis=1)
        return gained


@cache
def _screen(network: Network) -> Screen:
    names = tuple(name for name in network.findings if _is_test(evidence().findings[name]))
    shape = (len(names), len(network.leaves))
    fire, against, leak = np.zeros(shape), np.zeros(shape), np.zeros(len(names))
    for row, name in enumerate(names):
        model = network.findings[name]
        columns = list(model.leaves)
        fire[row, columns] = model.noisy_or.fire[0]
        against[row, columns] = model.noisy_or.against_present[0]
        leak[row] = model.noisy_or.leak[0]
    steps = np.array([_steps(name) for name in names], float)
    return Screen(names, leak, fire, against, steps)


def _is_test(definition: FindingDefinition) -> bool:
    return (
        definition.kind not in NOT_TESTS
        and definition.id not in evidence().clusters
        and not why_not_next(definition.id)
    )


def _entropy(p: Floats) -> Floats:
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    bits: Floats = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return bits
