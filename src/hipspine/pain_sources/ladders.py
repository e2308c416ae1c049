"""The ladders of all findings, built from the tables and the compiled models.

`grades.csv` states shares beyond rungs. A finding that implies another of the same measure (an
ESR over 50 and one over 20) is a rung of it too, its share being the ratio of the two models.
"""

from collections.abc import Iterator, Mapping, Sequence

from hipspine.evidence import Evidence, FindingDefinition
from hipspine.evidence.limits import limit_of
from hipspine.evidence.rows import Grade
from hipspine.findings.model import implied
from hipspine.pain_sources.graded import MOST_BEYOND, Ladder, Rung
from hipspine.pain_sources.leaks import NoisyOr
from hipspine.pain_sources.links import Figure, figure_of, pool

#: A finding is a rung of another when it is at least this much rarer without a source.
MOST_RARER = 0.8
#: Patients that a ratio of two solved models is worth when drawn (judgement).
N_RATIO = 20.0

Solved = Mapping[str, tuple[tuple[str, ...], NoisyOr]]


def ladders_of(tables: Evidence, solved: Solved) -> dict[str, Ladder]:
    """Ladders by finding; `solved` holds the linked leaves and the model of each finding."""
    rows = _rows(tables, solved)
    chains = _chains(tables, solved)
    ladders = {}
    for finding in sorted({*rows, *chains}):
        limit = limit_of(tables.findings[finding].present_if)
        assert limit is not None, finding
        leaves = solved[finding][0]
        rungs = [
            *(_rung_of_rows(tables, r, rows[finding][r], leaves) for r in rows.get(finding, {})),
            *(_rung_of_finding(tables, finding, f, solved) for f in chains.get(finding, ())),
        ]
        rungs.sort(key=lambda rung: rung.limit.strictness)
        ladders[finding] = Ladder(
            finding,
            stricter=tuple(r for r in rungs if r.limit.strictness > limit.strictness),
            milder=tuple(r for r in rungs if r.limit.strictness < limit.strictness),
        )
    return ladders


def _rows(tables: Evidence, solved: Solved) -> dict[str, dict[str, list[Grade]]]:
    """Rows by finding and rung; those of a general finding hold for what implies it.

    They do when it is the same measure with the same threshold (strength below 5 of any muscle
    and of the great toe), unless the specific finding has rows of its own.
    """
    own: dict[str, dict[str, list[Grade]]] = {}
    for row in tables.grades:
        if row.use:
            own.setdefault(row.finding_id, {}).setdefault(row.rung, []).append(row)
    found = {}
    for finding in solved:
        here = tables.findings[finding]
        wider = (
            g
            for g in (finding, *here.implies)
            if g in own
            and (tables.findings[g].unit, tables.findings[g].present_if)
            == (here.unit, here.present_if)
        )
        if name := next(wider, None):
            found[finding] = own[name]
    return found


def _chains(tables: Evidence, solved: Solved) -> dict[str, list[str]]:
    """Finding -> findings that imply it and are the same measure further out, if all nest."""
    found: dict[str, list[str]] = {}
    for further in solved:
        there = tables.findings[further]
        for finding in implied(further) if there.unit and there.present_if else ():
            if finding in solved and _is_further(there, tables.findings[finding]):
                found.setdefault(finding, []).append(further)
    return {f: gs for f, gs in found.items() if all(_nests(solved[f], solved[g]) for g in gs)}


def _is_further(there: FindingDefinition, here: FindingDefinition) -> bool:
    """Whether two findings are one measure, and the first asks more of it."""
    limit, nearer = limit_of(there.present_if), limit_of(here.present_if)
    if limit is None or nearer is None or here.unit != there.unit:
        return False
    return nearer.rising == limit.rising and nearer.strictness < limit.strictness


def _nests(here: tuple[tuple[str, ...], NoisyOr], there: tuple[tuple[str, ...], NoisyOr]) -> bool:
    """Whether the figures of two findings can be rungs: same sources, and rarer further out.

    Studies of other people (knees, emergency rooms) can make the rarer finding look commoner;
    then each keeps its own figures and the two are weighed apart.
    """
    rarer = there[1].leak[0] < MOST_RARER * here[1].leak[0]
    return set(there[0]) == set(here[0]) and bool(rarer)


def _rung_of_rows(
    tables: Evidence, rung: str, rows: Sequence[Grade], leaves: Sequence[str]
) -> Rung:
    """The share of each leaf: its own, else that of its smallest group, else elsewhere's."""
    limit = limit_of(rung)
    assert limit is not None
    by_source: dict[str, list[Grade]] = {}
    for row in rows:
        by_source.setdefault(row.condition_id, []).append(row)
    others = by_source.pop("")
    chosen = []
    for leaf in leaves:
        parents = sorted(tables.conditions[leaf].parents, key=lambda g: len(tables.members(g)))
        name = next((name for name in (leaf, *parents) if name in by_source), "")
        chosen.append(by_source.get(name, others))
    return Rung(
        label=rung,
        limit=limit,
        share=tuple(pool(_figures(rows)) for rows in chosen),
        elsewhere=pool(_figures(others)),
        studies=tuple(
            tuple(dict.fromkeys((row.study, row.verified) for row in rows)) for rows in chosen
        ),
    )


def _figures(rows: Sequence[Grade]) -> Iterator[Figure]:
    for row in rows:
        assert row.share is not None
        yield figure_of(row.share, row)


def _rung_of_finding(tables: Evidence, finding: str, further: str, solved: Solved) -> Rung:
    """A finding as a rung of a more general one: the ratio of their models, source by source."""
    limit = limit_of(tables.findings[further].present_if)
    assert limit is not None
    (leaves, here), (others, there) = solved[finding], solved[further]
    elsewhere = _ratio(float(there.leak[0]), float(here.leak[0]))
    shares = [
        _ratio(_given(there, others.index(leaf)), _given(here, i)) for i, leaf in enumerate(leaves)
    ]
    return Rung(further, limit, tuple(shares), elsewhere, ((),) * len(leaves))


def _given(model: NoisyOr, column: int) -> float:
    """P(finding | this source alone)."""
    return float(1 - (1 - model.leak[0]) * (1 - model.fire[0, column]))


def _ratio(part: float, whole: float) -> Figure:
    return Figure(min(max(part / whole, 1 - MOST_BEYOND), MOST_BEYOND), N_RATIO)
