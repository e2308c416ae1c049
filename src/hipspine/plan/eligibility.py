"""Whether a treatment may be offered to this patient now, before anything is ranked.

A treatment may be offered when no contraindication, limit, warning sign or followed guideline
forbids it and every gate is known to be met. An unknown gate is an open gate. Ask for one source at
a time for the finest answer: a gate that belongs to one target holds for all that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import SteroidInteraction, Treatment
from hipspine.evidence.rows_of_tests import chosen
from hipspine.findings.model import Findings, Side
from hipspine.plan import blood_thinners, contraindications, guidelines, limits, published_effects
from hipspine.plan.citing import cited
from hipspine.plan.context import PlanContext
from hipspine.plan.facts import STOPPING
from hipspine.plan.medicines_taken import MedicinesTaken, medicines_taken
from hipspine.plan.model import Caution, GateState
from hipspine.plan.model_of_eligibility import Eligibility, Refusal
from hipspine.plan.readings import Readings
from hipspine.wording import Wording

RULE_ID = "red_flag"
NOTHING_MEASURED = "No effect is recorded for these sources"


def eligibility(treatment_id: str, targets: Sequence[str], context: PlanContext) -> Eligibility:
    """What is known of offering this treatment for these sources (ids of conditions).

    Raises InvalidInput for an id that is not a treatment or not a condition.
    """
    return Eligibilities(context).of(treatment_id, targets)


@dataclass(frozen=True)
class Eligibilities:
    """The eligibility of one patient for any treatment; what is shared is read once."""

    context: PlanContext
    _seen: dict[tuple[str, Side | None], Readings] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, treatment_id: str, targets: Sequence[str]) -> Eligibility:
        """As `eligibility`."""
        treatment = _treatment(treatment_id)
        asked = _targets(targets)
        fitting = tuple(t for t in asked if t in treatment.targets)
        readings = self._readings(treatment, fitting)
        found = contraindications.held(readings, fitting)
        conflicts = guidelines.conflicts(treatment, fitting)
        refused = {**found.lost, **guidelines.refused_by_guideline(conflicts, readings, fitting)}
        remaining = tuple(t for t in fitting if t not in refused)
        states = limits.limits(readings)
        absolute = (
            *_stopped_by_flag(treatment, self.context),
            *found.refusals,
            *limits.refusals(readings, states),
            *(() if remaining else tuple(dict.fromkeys(refused.values())) or (_unfit(treatment),)),
        )
        gates = (
            *guidelines.gates(readings, remaining or fitting),
            *guidelines.gates_of_guidelines(conflicts, readings, remaining),
            *found.gates,
            *blood_thinners.gates(treatment, self._all, self._medicines, self.context.settings),
        )
        relative = (
            *found.cautions,
            *blood_thinners.cautions(treatment, self._all, self._medicines, self.context.settings),
            *limits.cautions(states),
            *_interactions(readings),
            *published_effects.harms(treatment, fitting),
        )
        effects = published_effects.effects(treatment, remaining or fitting)
        own = cited(treatment.study, verified=treatment.verified)
        return Eligibility(
            treatment=treatment.id,
            name=treatment.name,
            kind=treatment.kind,
            elective=treatment.elective,
            invasiveness=treatment.invasiveness,
            targets=remaining,
            gates=gates,
            absolute=absolute,
            relative=relative,
            limits=states,
            effects=effects,
            no_effect_known="" if effects else treatment.no_effect_known or NOTHING_MEASURED,
            conflicts=tuple(guidelines.shown(row, self.context) for row in conflicts),
            how=treatment.how,
            regulatory=treatment.regulatory,
            find_out=_find_out(gates),
            citations=_texts((own, *(g.citation for g in gates), *(e.citation for e in effects))),
        )

    @property
    def _all(self) -> Findings:
        return self.context.findings

    @cached_property
    def _medicines(self) -> MedicinesTaken:
        return medicines_taken(self.context.patient, self.context.findings)

    def _readings(self, treatment: Treatment, targets: tuple[str, ...]) -> Readings:
        sides = [self.context.sides.get(t) for t in targets] if treatment.sided else []
        side = next((s for s in sides if s in ("left", "right")), None)
        key = (treatment.id, side)
        if key not in self._seen:
            self._seen[key] = Readings(self.context, self._medicines, treatment, side)
        return self._seen[key]


def _treatment(treatment_id: str) -> Treatment:
    known = evidence().plan.treatments
    if treatment_id not in known:
        near = ", ".join(get_close_matches(treatment_id, known, n=3)) or "an id of treatments"
        raise InvalidInput(f"{treatment_id[:60]!r} is not a treatment; did you mean {near}?")
    return known[treatment_id]


def _targets(targets: Sequence[str]) -> tuple[str, ...]:
    known = evidence().conditions
    for target in targets:
        if target not in known:
            near = ", ".join(get_close_matches(target, known, n=3)) or "an id of conditions"
            raise InvalidInput(f"{target[:60]!r} is not a condition; did you mean {near}?")
    return tuple(dict.fromkeys(targets))


def _stopped_by_flag(treatment: Treatment, context: PlanContext) -> tuple[Refusal, ...]:
    """An emergency or urgent warning sign stops everything elective."""
    if not treatment.elective:
        return ()
    return tuple(
        Refusal(RULE_ID, "red_flag", f.action, f.action, f.because, "; ".join(f.citations))
        for f in context.red_flags
        if f.level in STOPPING
    )


def _unfit(treatment: Treatment) -> Refusal:
    because = Wording("{name} is not for these sources", name=Wording(treatment.name))
    citation = cited(treatment.study, verified=treatment.verified)
    return Refusal("target", "not_advised", because, "Another source is found", (), citation)


def _interactions(readings: Readings) -> tuple[Caution, ...]:
    """What the steroid already taken means for this treatment."""
    return tuple(
        Caution(row.text, row.action, cited(row.study, verified=row.verified))
        for row in _interactions_of(readings.treatment)
        if readings.bars(row.when, same_side=True).truth
    )


@cache
def _interactions_of(treatment: Treatment) -> tuple[SteroidInteraction, ...]:
    rows = evidence().plan.interactions.values()
    return tuple(row for row in rows if any(chosen(s, treatment) for s in row.applies_to))


def _find_out(gates: Sequence[GateState]) -> tuple[str, ...]:
    return _texts(g.because for g in gates if g.met is None)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t))
