"""Every treatment that speaks to a likely source, with what may be offered and what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment
from hipspine.plan.context import PlanContext
from hipspine.plan.eligibility import Eligibilities
from hipspine.plan.model_of_eligibility import Eligibility
from hipspine.plan.ranking import NEAR, Ranked, in_order, leaves_of, ranked
from hipspine.risk.model import Risk

#: Sources less probable than this are not treated (judgement).
LEAST_SOURCE = 0.05
#: A treatment that is expected to do less is not worth a line (judgement).
LEAST_BENEFIT = 0.02
BLOCK, DECIDED_BY_BLOCK, WAITING = "block", "radiofrequency", "waiting"
DESTRUCTIVE = "rapidly_destructive_hip_disease"


@dataclass(frozen=True, slots=True)
class Considered:
    """One treatment: what it is expected to do for the sources it is allowed for.

    `allowed` is empty where it may not be offered; then `row` and `state` speak of all its
    likely sources.
    """

    treatment: Treatment
    state: Eligibility
    allowed: tuple[str, ...]
    row: Ranked
    extra_burden: float

    @property
    def likely_enough(self) -> bool:
        """Whether its sources are probable enough for something as invasive.

        What is not elective waits for no probability: a chance of one in twenty is enough. What is
        done to one side or level must know its source; the rest may serve several together.
        """
        if not self.treatment.elective:
            return True
        aimed_at = self.row.likeliest if self.treatment.sided else self.row.aimed_at
        return aimed_at >= self.row.burden.least_probability

    @property
    def worthwhile(self) -> bool:
        """Whether it is expected to do more than it costs."""
        return self.row.net > 0 and self.row.benefit >= LEAST_BENEFIT

    @property
    def offered(self) -> bool:
        """May be given, is aimed at something likely, and is worth it."""
        return bool(self.allowed) and self.likely_enough and self.worthwhile

    def under(self, probabilities: Mapping[str, float]) -> Considered:
        """The same with other probabilities of the sources; gates as they are."""
        leaves = [leaf for leaf, _, _ in self.row.parts]
        row = ranked(self.treatment.id, leaves, probabilities, self.extra_burden)
        return Considered(self.treatment, self.state, self.allowed, row, self.extra_burden)


def considered(context: PlanContext, risks: Sequence[Risk]) -> tuple[Considered, ...]:
    """All treatments with a likely source, in table order."""
    asked = Eligibilities(context)
    first = likeliest_source(context.probabilities)
    found: list[Considered] = []
    for treatment in evidence().plan.treatments.values():
        if treatment.kind == WAITING and first not in leaves_of(treatment.targets):
            continue  # nobody waits on the second source while the first needs action
        likely = tuple(
            leaf
            for leaf in leaves_of(treatment.targets)
            if context.probabilities.get(leaf, 0.0) >= LEAST_SOURCE
        )
        if likely:
            found.append(_consider(treatment, likely, asked, risks))
    return tuple(found)


def likeliest_source(probabilities: Mapping[str, float]) -> str | None:
    """The most probable source; None of none."""
    leaves = [leaf.id for leaf in evidence().leaves if leaf.id in probabilities]
    return min(leaves, key=lambda leaf: (-probabilities[leaf], leaf), default=None)


def best_first(rows: Sequence[Considered]) -> tuple[Considered, ...]:
    """Those that are offered, best first; one needle at a time for the same source."""
    order = offered_in_order(rows)
    return tuple(row for row in order if needle_instead(row, order) is None)


def served_by(block: Considered, rows: Iterable[Considered]) -> Considered | None:
    """The radiofrequency that a diagnostic block decides on, for the same source."""
    return next(
        (
            row
            for row in rows
            if row.treatment.kind == DECIDED_BY_BLOCK and row.row.main == block.row.main
        ),
        None,
    )


def decides(row: Considered, rows: Iterable[Considered]) -> bool:
    """Whether a block's answer would decide anything; true of everything that is no block."""
    if row.treatment.kind != BLOCK:
        return True
    served = served_by(row, rows)
    return served is not None and not served.allowed and not served.state.absolute


def offered_in_order(rows: Sequence[Considered]) -> tuple[Considered, ...]:
    """Those that may be given and are worth it, best first, needles of one source all."""
    by_id = {row.treatment.id: row for row in rows if row.offered and decides(row, rows)}
    return tuple(by_id[r.treatment] for r in in_order(row.row for row in by_id.values()))


def needle_instead(row: Considered, order: Sequence[Considered]) -> Considered | None:
    """The better needle for the same main source, whose answer is awaited before this one.

    Of needles alike in benefit and invasiveness the one aimed at a side is better: its answer
    also tells whether the source was right.
    """
    if not row.treatment.needle:
        return None
    same = [o for o in order if o.treatment.needle and o.row.main == row.row.main]
    if not same:
        return None
    best = same[0].row
    alike = [
        o
        for o in same
        if o.row.net >= best.net - NEAR and o.row.burden.invasiveness == best.burden.invasiveness
    ]
    first = next((o for o in alike if o.treatment.sided), same[0])
    return None if first.treatment.id == row.treatment.id else first


def _consider(
    treatment: Treatment, likely: tuple[str, ...], asked: Eligibilities, risks: Sequence[Risk]
) -> Considered:
    """For all likely sources at once; where that is refused, for each alone.

    A source that is refused alone drops out; a gate of one source does not close the others.
    """
    state = asked.of(treatment.id, likely)
    if not state.may_be_offered and len(likely) > 1 and _of_targets(state):
        alone = [leaf for leaf in likely if asked.of(treatment.id, (leaf,)).may_be_offered]
        if alone:
            together = asked.of(treatment.id, alone)
            state = together if together.may_be_offered else state
    allowed = state.targets if state.may_be_offered else ()
    extra = _carried_risk(treatment, risks)
    row = ranked(treatment.id, allowed or likely, asked.context.probabilities, extra)
    return Considered(treatment, state, allowed, row, extra)


def _of_targets(state: Eligibility) -> bool:
    """Whether asking for fewer sources could help: a warning sign stops all of them."""
    return all(refusal.why != "red_flag" for refusal in state.absolute)


def _carried_risk(treatment: Treatment, risks: Sequence[Risk]) -> float:
    """P(the hip is destroyed) that an injection of steroid into it carries, counted in full."""
    if not (treatment.steroid and "hip" in treatment.ledger_joints):
        return 0.0
    return max((risk.point for risk in risks if risk.outcome == DESTRUCTIVE), default=0.0)
