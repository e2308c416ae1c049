"""The plan for this patient alone: what to do first, what not yet, and when to look again.

An emergency or urgent red flag stops everything elective. Otherwise treatments whose gates are
met and that nothing forbids are ranked by what they are expected to do under this posterior
(`ranking`, `benefit`). The same context gives the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import NextTest
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.considering import Considered, best_first, considered, likeliest_source
from hipspine.plan.context import PlanContext
from hipspine.plan.goals import Review, goals_of, review_of
from hipspine.plan.model import CarePlan, Conflict
from hipspine.plan.offering import item_of, urgent_item
from hipspine.plan.posture_candidates import Side
from hipspine.plan.posture_changes import Simulated, posture_changes
from hipspine.plan.refusing import refused
from hipspine.plan.would_change import would_change
from hipspine.risk.model import Risk
from hipspine.wording import Wording

#: A hip is called sore when one of its sources is at least this probable (judgement).
SORE = 0.2
#: A source this probable for which nothing is offered is named (judgement).
UNTREATED = 0.2
JUDGED = (
    "burdens, thresholds and benefits without a published effect are judgement;"
    " the order is advice to weigh, not a prescription"
)


def plan_of(
    context: PlanContext,
    *,
    next_tests: Sequence[NextTest] = (),
    risks: Sequence[Risk] = (),
    simulate: bool = True,
) -> CarePlan:
    """The plan of care.

    next_tests: what an answer would change is worked out from them. risks: what steroid in the
    hip would add to. simulate: whether changes of posture are simulated (a few ms). Raises
    InvalidPosture for a told posture that cannot be.
    """
    stops = tuple(flag for flag in context.red_flags if flag.level != "watch")
    rows = considered(context, risks)
    if stops:
        return _stopped(context, rows, stops)
    order = best_first(rows)
    hip = sore_hip(context)
    simulated = _simulated(context, hip) if simulate else Simulated((), ())
    review = _review(context, order, ())
    shown = frozenset(row.treatment.id for row in order)
    withheld = refused(rows, shown, (), next_tests)
    return CarePlan(
        items=tuple(item_of(row, context, simulated.changes, hip) for row in order),
        not_recommended=withheld,
        posture_changes=simulated.changes,
        conflicts=_conflicts(rows, shown | {row.treatment for row in withheld}),
        goals=goals_of(context.findings, review.on),
        reassess_on=review.on,
        would_change=would_change(rows, context.probabilities, next_tests, context.red_flags),
        notices=(JUDGED, _looked_at(review), *_untreated(context, order), *simulated.notices),
    )


def _stopped(
    context: PlanContext, rows: Sequence[Considered], stops: tuple[RedFlag, ...]
) -> CarePlan:
    """Only what is not elective: the referral, and what protects until then."""
    conditions = {flag.condition for flag in stops}
    protecting = [
        row
        for row in rows
        if not row.treatment.elective
        and row.treatment.kind != "referral"
        and row.allowed
        and conditions & set(row.treatment.targets)
    ]
    items = (urgent_item(stops), *(item_of(row, context, (), None) for row in protecting))
    review = _review(context, (), stops)
    return CarePlan(
        items=items,
        not_recommended=refused(rows, frozenset(i.treatment for i in items), stops, ()),
        posture_changes=(),
        conflicts=(),
        goals=(),
        reassess_on=review.on,
        would_change=("everything elective waits until the warning sign is settled",),
        notices=(JUDGED, _looked_at(review)),
    )


def sore_hip(context: PlanContext) -> Side | None:
    """The side of the most probable source in or around a hip, where one is probable and clear."""
    tables = evidence()
    of_hips = [
        (probability, leaf)
        for leaf, probability in context.probabilities.items()
        if not tables.conditions[leaf].is_group
        and tables.conditions[leaf].category.startswith("hip")
        and probability >= SORE
    ]
    if not of_hips:
        return None
    return _lateral(context.sides.get(max(of_hips)[1]))


def _lateral(side: object) -> Side | None:
    if side == "left":
        return "left"
    return "right" if side == "right" else None


def _simulated(context: PlanContext, hip: Side | None) -> Simulated:
    first = likeliest_source(context.probabilities)
    if first is None:
        return Simulated((), ())
    return posture_changes(context.patient, first, _lateral(context.sides.get(first)), hip)


def _review(
    context: PlanContext, order: Sequence[Considered], stops: tuple[RedFlag, ...]
) -> Review:
    weeks = [row.row.burden.review_weeks for row in order[:1]]
    return review_of(context, stops, weeks[0] if weeks else None)


def _looked_at(review: Review) -> str:
    return Wording(
        "looked at again on {date}: {because}",
        date=review.on,
        because=review.row.because,
    )


def _conflicts(rows: Iterable[Considered], named: frozenset[str]) -> tuple[Conflict, ...]:
    """Of every treatment that the plan names, offered or not."""
    found = [c for row in rows if row.treatment.id in named for c in row.state.conflicts]
    return tuple(dict.fromkeys(found))


def _untreated(context: PlanContext, order: Sequence[Considered]) -> tuple[str, ...]:
    """Probable sources for which nothing is offered: what is usually done about them."""
    tables = evidence()
    treated = {leaf for row in order for leaf, _, _ in row.row.parts}
    return tuple(
        Wording(
            "{source} ({probability:.0%}): nothing is offered for it now; usual care: {action}",
            source=leaf.name,
            probability=context.probabilities[leaf.id],
            action=tables.treatment_families[tables.treatment_decisions[leaf.id].family].action,
        )
        for leaf in tables.leaves
        if context.probabilities.get(leaf.id, 0.0) >= UNTREATED and leaf.id not in treated
    )
