"""A treatment as it is offered: what for, how, what to mind, and by which studies."""

from __future__ import annotations

from collections.abc import Sequence

from hipspine.evidence import evidence
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.considering import Considered
from hipspine.plan.context import PlanContext
from hipspine.plan.exercise import cited, how_to
from hipspine.plan.model import Caution, PlanItem, PostureChange
from hipspine.plan.posture_candidates import Side, opposite
from hipspine.plan.ranking import why_of
from hipspine.wording import Wording

URGENT_REFERRAL = "ref_urgent"
#: A second programme of exercise is added for a source this probable (judgement).
SECOND_PROGRAMME = 0.3
MOST_CHANGES = 2


def item_of(
    row: Considered,
    context: PlanContext,
    changes: Sequence[PostureChange],
    painful_hip: Side | None,
) -> PlanItem:
    """One offered treatment."""
    how, more = _how(row, changes, painful_hip)
    return PlanItem(
        treatment=row.treatment.id,
        name=row.treatment.name,
        targets=tuple(leaf for leaf, _, _ in row.row.parts),
        benefit=row.row.benefit,
        benefit_why=why_of(row.row),
        effects=row.state.effects,
        gates=row.state.gates,
        cautions=(*row.state.relative, *_carried(row)),
        how=how,
        because=tuple(_source(leaf, context) for leaf, _, _ in _by_probability(row)),
        citations=tuple(dict.fromkeys((*_citations(row), *more))),
    )


def urgent_item(flags: Sequence[RedFlag]) -> PlanItem:
    """The referral that warning signs ask for; they decide, not the probabilities."""
    treatment = evidence().plan.treatments[URGENT_REFERRAL]
    tables = evidence()
    found = [f for flag in flags for f in flag.because if f in tables.findings]
    said = tuple(dict.fromkeys(tables.findings[f].name for f in found))
    return PlanItem(
        treatment=treatment.id,
        name=treatment.name,
        targets=tuple(dict.fromkeys(flag.condition for flag in flags)),
        benefit=1.0,
        benefit_why="a warning sign decides, whatever the probabilities",
        effects=(),
        gates=(),
        cautions=(),
        how=tuple(dict.fromkeys(flag.action for flag in flags)),
        because=said or tuple(Wording("rule {rule}", rule=flag.rule) for flag in flags),
        citations=tuple(dict.fromkeys(c for flag in flags for c in flag.citations)),
    )


def _how(
    row: Considered, changes: Sequence[PostureChange], painful_hip: Side | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dose and progression, and the studies they come from."""
    own = row.state.how
    if row.treatment.id == URGENT_REFERRAL:
        return _urgent_care(row), ()
    if row.treatment.kind == "exercise":
        programmes: dict[tuple[str, ...], str] = {}
        for leaf, probability, _ in _by_probability(row):
            if not programmes or probability >= SECOND_PROGRAMME:
                programmes.setdefault(how_to(leaf)[1:], leaf)
        leaves = [leaf for lines, leaf in programmes.items() if lines][:2]
        return (
            (*own, *(line for leaf in leaves for line in how_to(leaf))),
            tuple(study for leaf in leaves for study in cited(leaf)),
        )
    if row.treatment.kind == "posture":
        best = [
            Wording("in the simulation: {change}", change=change.name)
            for change in changes
            if "cane" not in change.change and _does_good(change)
        ]
        return (*own, *best[:MOST_CHANGES]), ()
    if row.treatment.id == "cane" and painful_hip is not None:
        hand = opposite(painful_hip)
        return (*own, Wording("in the {hand} hand", hand=hand)), ()
    return own, ()


def _urgent_care(row: Considered) -> tuple[str, ...]:
    """What is done about each source where no rule of a warning sign says it."""
    tables = evidence()
    families = [tables.treatment_decisions[leaf].family for leaf, _, _ in _by_probability(row)]
    return tuple(dict.fromkeys(tables.treatment_families[name].action for name in families))


def _does_good(change: PostureChange) -> bool:
    ratios = (change.left_hip, change.right_hip, change.l4_l5)
    return min(ratios) < 1.0 and max(ratios) <= 1.05


def _by_probability(row: Considered) -> list[tuple[str, float, object]]:
    return sorted(row.row.parts, key=lambda part: (-part[1], part[0]))


def _source(leaf: str, context: PlanContext) -> str:
    name, probability = evidence().conditions[leaf].name, context.probabilities.get(leaf, 0.0)
    side = context.sides.get(leaf)
    if side is None:
        return Wording("{source}: {probability:.0%}", source=name, probability=probability)
    return Wording(
        "{source}, {side}: {probability:.0%}", source=name, side=side, probability=probability
    )


def _carried(row: Considered) -> tuple[Caution, ...]:
    if row.extra_burden <= 0:
        return ()
    text = Wording(
        "steroid in the hip: {risk:.1%} of such hips are destroyed quickly, taken off the benefit",
        risk=row.extra_burden,
    )
    action = "radiograph before each injection; none shortly before a hip replacement"
    return (Caution(text, action, "see the risks of this assessment"),)


def _citations(row: Considered) -> tuple[str, ...]:
    """Those of the answer; the study of the treatment's own row where it names none."""
    own = tuple(evidence().studies[key].citation for key in row.treatment.study.split("|"))
    return row.state.citations or own
