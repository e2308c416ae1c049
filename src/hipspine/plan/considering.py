"""Every treatment that speaks to a likely source, with what may be offered and what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment
from hipspine.plan.context import PlanContext
from hipspine.plan.eligibility import eligibility
from hipspine.plan.model_of_eligibility import Eligibility
from hipspine.plan.ranking import Ranked, in_order, leaves_of, ranked
from hipspine.risk.model import Risk

#: Sources less probable than this are not treated (judgement).
LEAST_SOURCE = 0.05
#: A treatment that is expected to do less is not worth a line (judgement).
LEAST_BENEFIT = 0.02
BLOCK = "block"
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

        What is not elective waits for no probability: a chance of one in twenty is enough.
        """
        if not self.treatment.elective:
            return True
        return self.row.aimed_at >= self.row.burden.least_probability

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
    found: list[Considered] = []
    for treatment in evidence().plan.treatments.values():
        likely = tuple(
            leaf
            for leaf in leaves_of(treatment.targets)
            if context.probabilities.get(leaf, 0.0) >= LEAST_SOURCE
        )
        if likely:
            found.append(_consider(treatment, likely, context, risks))
    return tuple(found)


def best_first(rows: Iterable[Considered]) -> tuple[Considered, ...]:
    """Those that are offered, best first; one needle at a time for the same source."""
    order = offered_in_order(rows)
    return tuple(row for row in order if needle_instead(row, order) is None)


def offered_in_order(rows: Iterable[Considered]) -> tuple[Considered, ...]:
    """Those that may be given and are worth it, best first, needles of one source all."""
    by_id = {row.treatment.id: row for row in rows if row.offered}
    return tuple(by_id[r.treatment] for r in in_order(row.row for row in by_id.values()))


def needle_instead(row: Considered, order: Sequence[Considered]) -> Considered | None:
    """The needle for the same main source that is done in place of this one, if there is one.

    A block that decides on radiofrequency has no use where radiofrequency may be done already;
    otherwise the better needle goes first, and its answer is awaited.
    """
    if not row.treatment.needle:
        return None
    same = [o for o in order if o.treatment.needle and o.row.main == row.row.main]
    decided = [other for other in same if other.treatment.kind != BLOCK]
    first = (decided or same)[0] if same else None
    return None if first is None or first.treatment.id == row.treatment.id else first


def _consider(
    treatment: Treatment, likely: tuple[str, ...], context: PlanContext, risks: Sequence[Risk]
) -> Considered:
    """For all likely sources at once; where that is refused, for each alone."""
    extra = _carried_risk(treatment, risks)
    state = eligibility(treatment.id, likely, context)
    allowed = likely if state.may_be_offered else ()
    if not allowed and len(likely) > 1:
        alone = {leaf: eligibility(treatment.id, (leaf,), context) for leaf in likely}
        allowed = tuple(leaf for leaf, one in alone.items() if one.may_be_offered)
        if len(allowed) == 1:
            state = alone[allowed[0]]
        elif allowed:
            together = eligibility(treatment.id, allowed, context)
            state, allowed = (together, allowed) if together.may_be_offered else (state, ())
    row = ranked(treatment.id, allowed or likely, context.probabilities, extra)
    return Considered(treatment, state, allowed, row, extra)


def _carried_risk(treatment: Treatment, risks: Sequence[Risk]) -> float:
    """P(the hip is destroyed) that an injection of steroid into it carries, counted in full."""
    if not (treatment.steroid and "hip" in treatment.ledger_joints):
        return 0.0
    return max((risk.point for risk in risks if risk.outcome == DESTRUCTIVE), default=0.0)
