"""What would change the answer: the one published figure that it hangs on, and what was not asked.

A figure is taken to be wrong when it stands at the end of its own 95 % interval. Each published
sensitivity, specificity and base rate behind the findings of this patient is moved there by
itself; the one that then puts another source first, by the widest margin, is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from hipspine.evidence import evidence
from hipspine.findings.model import implied
from hipspine.findings.patient import Patient
from hipspine.pain_sources.graded import Parts, parts
from hipspine.pain_sources.leaks import NoisyOr, solve
from hipspine.pain_sources.network import FindingModel
from hipspine.pain_sources.point import Point, Question, Row, asked
from hipspine.pain_sources.reasons import cite
from hipspine.pain_sources.test_safety import why_not_next
from hipspine.pain_sources.units import heard, row_by_row
from hipspine.pain_sources.weighing import Weighed

#: Sources whose figures are put in doubt: those that might be first.
RIVALS = 3
ROUNDS = 4
MOST_NOT_ASKED = 3
#: A finding is expected with a source when this many of its patients have it.
EXPECTED = 0.5


@dataclass(frozen=True, slots=True)
class CriticalFigure:
    """The figure of `finding` in `condition` which, if it were `wrong`, would put `first` first."""

    finding: str
    condition: str | None
    kind: str
    published: float
    wrong: float
    first: str
    citation: str


@dataclass(frozen=True)
class _Moved:
    group: int
    entry: Weighed
    kind: str
    column: int
    published: float
    wrong: float


def critical_figure(point: Point) -> CriticalFigure | None:
    """The one figure that the first place hangs on; None when no single one would change it."""
    return asked(point, doubting(point))


def doubting(point: Point) -> Question[CriticalFigure | None]:
    """`critical_figure`, as a question to be asked with others."""
    first = int(point.probability.argmax())
    rivals = np.argsort(-point.probability)[:RIVALS].tolist()
    moved: list[_Moved] = []
    rows: list[Row] = []
    for g, group in enumerate(point.groups):
        for entry in group:
            model = point.network.findings[entry.model]
            doubts = list(_doubts(model, rivals))
            if not doubts:
                continue
            moved += [_Moved(g, entry, *doubt) for doubt in doubts]
            rows += _rows(point, g, entry, _solved(model, doubts))
    after = (yield rows).probability
    if not rows:
        return None
    margin = after.max(axis=1) - after[:, first]
    worst = int(margin.argmax())
    if margin[worst] <= 0:
        return None
    return _told(point, moved[worst], int(after[worst].argmax()))


def _doubts(model: FindingModel, rivals: list[int]) -> Iterator[tuple[str, int, float, float]]:
    """(kind, column, published, wrong) of every figure of a finding about the rivals."""
    for column, (leaf, link) in enumerate(zip(model.leaves, model.links, strict=True)):
        if leaf not in rivals:
            continue
        for end in _ends(link.sensitivity.p, link.sensitivity.n):
            yield "sensitivity", column, link.sensitivity.p, end
        if link.specificity is not None:
            for end in _ends(link.specificity.p, link.specificity.n):
                yield "specificity", column, link.specificity.p, end
    for column, rate in enumerate(model.studied.base_rate[0]):
        for end in _ends(float(rate), float(np.ravel(model.studied.base_weight)[column])):
            yield "base rate", column, float(rate), end


def _ends(p: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a probability worth n patients, on its log odds."""
    log = np.log(p / (1 - p))
    half = 1.96 / np.sqrt(max(n, 4.0) * p * (1 - p))
    low, high = (1 / (1 + np.exp(-(log + side * half))) for side in (-1, 1))
    return max(float(low), 0.003), min(float(high), 0.997)


def _solved(model: FindingModel, doubts: list[tuple[str, int, float, float]]) -> NoisyOr:
    """The finding's noisy-OR with each figure moved by itself, one a row."""
    point, count = model.studied, len(doubts)
    tables = {
        "sensitivity": np.repeat(point.sensitivity, count, axis=0),
        "specificity": np.repeat(point.specificity, count, axis=0),
        "base rate": np.repeat(point.base_rate, count, axis=0),
    }
    for row, (kind, column, _, wrong) in enumerate(doubts):
        tables[kind][row, column] = wrong
    studied = replace(
        point,
        sensitivity=tables["sensitivity"],
        specificity=tables["specificity"],
        base_rate=tables["base rate"],
    )
    return solve(studied, model.noisy_or, ROUNDS)


def _rows(point: Point, group: int, doubted: Weighed, solved: NoisyOr) -> list[Row]:
    """The variants in which a finding has these figures, one a row."""
    network, usual = point.network, point.told[group]

    def parameters(entry: Weighed) -> Parts:
        taken = solved if entry is doubted else network.findings[entry.model].noisy_or
        return parts(network.ladders.get(entry.model), entry.present, entry.place, taken)

    changed = heard(network, point.groups[group], parameters)
    if changed.unit is None:
        rows = []
        for one in changed.factor / usual.factor:
            factor = np.ones((len(network.leaves), 4))
            factor[list(usual.leaves)] = one
            rows.append(Row(factor=factor))
        return rows
    return [Row(told={group: one}) for one in row_by_row(changed, solved.leak.size)]


def _told(point: Point, moved: _Moved, first: int) -> CriticalFigure:
    model = point.network.findings[moved.entry.model]
    link = None if moved.kind == "base rate" else model.links[moved.column]
    studies = link.studies if link else _rated(moved.entry.model)
    return CriticalFigure(
        finding=moved.entry.model,
        condition=link.condition if link else None,
        kind=moved.kind,
        published=moved.published,
        wrong=moved.wrong,
        first=point.network.leaves[first],
        citation="; ".join(
            dict.fromkeys(cite(s, link.verified if link else True) for s in studies)
        ),
    )


def _rated(finding: str) -> tuple[str, ...]:
    return tuple(
        row.study for row in evidence().base_rates if row.finding_id == finding and row.use
    )


def not_asked(patient: Patient, point: Point) -> tuple[str, ...]:
    """Bedside findings that most patients with the first source have, and nobody looked for."""
    first = int(point.probability.argmax())
    known = {o.finding for o in patient.findings}
    known = known.union(*(implied(o.finding) for o in patient.findings))
    expected: list[tuple[float, str]] = []
    for name, model in point.network.findings.items():
        definition = evidence().findings[name]
        if first not in model.leaves or definition.stage not in ("history", "exam"):
            continue
        if name in known or why_not_next(name) or definition.kind == "pain_location":
            continue
        sensitivity = model.links[model.leaves.index(first)].sensitivity.p
        usual = float(model.noisy_or.leak[0])
        if sensitivity >= EXPECTED and sensitivity > 2 * usual:
            expected.append((usual - sensitivity, name))
    return tuple(name for _, name in sorted(expected)[:MOST_NOT_ASKED])
