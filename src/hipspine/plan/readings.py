"""One patient as gates and as contraindications read him or her: gates doubt, bars do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hipspine.evidence.rows_of_plan import Treatment
from hipspine.findings.model import Findings, Side
from hipspine.pain_sources.three_valued import Known, Verdict
from hipspine.plan import rules
from hipspine.plan.context import PlanContext
from hipspine.plan.facts import Facts
from hipspine.plan.medicines_taken import MedicinesTaken


@dataclass(frozen=True)
class Readings:
    """The patient seen for one treatment on one side (None: either side)."""

    context: PlanContext
    medicines: MedicinesTaken
    treatment: Treatment
    side: Side | None

    def met(self, when: str) -> bool | None:
        """Whether a gate is met on what is definite; None when that is not known."""
        if rules.holds(when, self._least).truth:
            return True
        return rules.holds(when, self._sure).truth

    def bars(self, when: str, *, same_side: bool) -> Verdict:
        """Whether a contraindication is there: what is only possible counts."""
        if same_side:
            return rules.holds(when, self._told_here, self._sure)
        return rules.holds(when, self._told, self._sure_anywhere)

    def might_bar(self, when: str, *, same_side: bool) -> bool:
        """Whether it would be there if what is unclear ("pregnant?") were true."""
        known = self._unclear_here if same_side else self._unclear
        return bool(rules.holds(when, known).truth)

    def figure(self, name: str) -> float | None:
        """A figure of the ledger or of the patient; None when it is not known."""
        return self._told.findings.value(name)

    @cached_property
    def _here(self) -> Findings:
        return rules.on_side(self.context.findings, self.side)

    @cached_property
    def _told(self) -> Known:
        return self._known(self.context.findings)

    @cached_property
    def _told_here(self) -> Known:
        return self._known(self._here)

    @cached_property
    def _sure(self) -> Known:
        return self._known(rules.surely(self._here))

    @cached_property
    def _sure_anywhere(self) -> Known:
        return self._known(rules.surely(self.context.findings))

    @cached_property
    def _least(self) -> Known:
        return self._known(rules.surely(rules.told_by_presence(self._here)))

    @cached_property
    def _unclear(self) -> Known:
        return self._known(rules.supposing(self.context.findings))

    @cached_property
    def _unclear_here(self) -> Known:
        return self._known(rules.supposing(self._here))

    def _known(self, findings: Findings) -> Known:
        patient = self.context.patient
        facts = Facts(self.context, findings, self.medicines, self.treatment, self.side)
        return Known(facts, patient.age, patient.sex, patient.duration_weeks)
