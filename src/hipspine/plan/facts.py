"""What rules about treatments may look at besides findings: figures, flags, medicines, chances.

Each is asked for by a name, as a finding is: `value(bmi)`, `value(days_since_injection_here)`,
`value(p_septic_hip_arthritis)` (probability of a source), `flag_spinal_infection` (an emergency or
urgent red flag of that condition), `drug_opioid` (one is named in the case).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment
from hipspine.findings.model import Findings, Side
from hipspine.plan import ledger_figures
from hipspine.plan.context import PlanContext
from hipspine.plan.medicines_taken import CLASSES, NAMED, MedicinesTaken

LEDGER_FIGURES = (
    "injections_here_last_year", "days_since_injection_here", "days_since_any_injection",
    "prednisone_mg_per_day", "prednisone_run_days", "prednisone_mg_last_year",
    "hip_injection_days", "epidural_days",
)  # fmt: skip
PATIENT_FIGURES = ("bmi", "mass_kg")
ANY_URGENT = "flag_any_urgent"
STOPPING = ("emergency", "urgent")


@cache
def vocabulary() -> frozenset[str]:
    """Every name that a rule about a treatment may use."""
    tables = evidence()
    conditions = (*tables.conditions, *tables.red_flag_conditions)
    return frozenset(
        (
            *tables.findings,
            *LEDGER_FIGURES,
            *PATIENT_FIGURES,
            ANY_URGENT,
            *(f"flag_{condition}" for condition in conditions),
            *(f"p_{condition}" for condition in tables.conditions),
            *(f"drug_{name}" for name in (*CLASSES, *NAMED)),
        )
    )


@dataclass(frozen=True)
class Facts:
    """One patient as the rules about one treatment see him or her, on one side."""

    context: PlanContext
    findings: Findings
    medicines: MedicinesTaken
    treatment: Treatment | None = None
    side: Side | None = None

    def is_present(self, name: str, /) -> bool | None:
        """True, False or None when not known. A flag not raised and a drug not named: None."""
        if name in self._figures:
            return None if self._figures[name] is None else True
        if name.startswith("flag_"):
            return True if name in self._flags else None
        if name.startswith("drug_"):
            word = name.removeprefix("drug_")
            taken = word in self.medicines.names or self.medicines.of_class(word)
            return True if taken else None
        if name.startswith("p_"):
            return True if name.removeprefix("p_") in self.context.probabilities else None
        return self.findings.is_present(name)

    def value(self, name: str, /) -> float | None:
        """The number, or None when not known."""
        if name in self._figures:
            return self._figures[name]
        if name.startswith("p_"):
            return self.context.probabilities.get(name.removeprefix("p_"))
        return self.findings.value(name)

    @cached_property
    def _flags(self) -> frozenset[str]:
        raised = [f.condition for f in self.context.red_flags if f.level in STOPPING]
        names = {f"flag_{condition}" for condition in raised}
        return frozenset(names | {ANY_URGENT} if names else names)

    @cached_property
    def _figures(self) -> dict[str, float | None]:
        patient, findings = self.context.patient, self.context.findings
        bmi = patient.bmi
        if bmi is None:
            bmi = next((v for v in map(findings.value, ("obesity", "overweight")) if v), None)
        return {"bmi": bmi, "mass_kg": patient.mass_kg, **self._ledger_figures()}

    def _ledger_figures(self) -> dict[str, float | None]:
        ledger, today = self.context.ledger, self.context.date
        if ledger is None:
            return dict.fromkeys(LEDGER_FIGURES)
        joints = self.treatment.ledger_joints if self.treatment else ()
        if self.treatment and self.treatment.id == "prp":
            joints = ("hip", "sacroiliac_joint", "greater_trochanter")
        here = ledger_figures.here(ledger, joints, self.side)
        hips = ledger_figures.here(ledger, ("hip",), self.side)
        epidurals = ledger_figures.here(ledger, ledger_figures.EPIDURALS, None)
        return {
            "injections_here_last_year": float(ledger_figures.in_last_year(here)),
            "days_since_injection_here": ledger_figures.days_since(here, today),
            "days_since_any_injection": ledger_figures.days_since(ledger.joints, today),
            "prednisone_mg_per_day": ledger_figures.prednisone_mg_per_day(ledger, today),
            "prednisone_run_days": float(ledger.longest_run_days),
            "prednisone_mg_last_year": ledger.cumulative_last_year.high,
            "hip_injection_days": ledger_figures.days_since(hips, today),
            "epidural_days": ledger_figures.days_since(epidurals, today),
        }
