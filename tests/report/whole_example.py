"""An assessment in which every room has something to say; its figures and studies are invented."""

import datetime
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hipspine import Assessment, assess, patient_of
from hipspine.findings.steroid_sum import ledger_of
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.model import (
    CarePlan,
    Caution,
    Conflict,
    Effect,
    GateState,
    Goal,
    NotRecommended,
    PlanItem,
    PostureChange,
)
from hipspine.risk.model import Risk, RiskFactor, StudyRisk
from hipspine.wording import Wording

pytest.importorskip("mujoco", reason="the mechanics extra is not installed")
EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = datetime.date


@cache
def whole_example(case: str = "invented/posture_and_steroids") -> Assessment:
    """The case with its ledger, an invented red flag, invented risks and an invented plan."""
    patient = patient_of(json.loads((EXAMPLES / f"{case}.json").read_text()))
    said = assess(patient)
    return replace(said, red_flags=FLAGS, steroids=ledger_of(patient), risks=RISKS, plan=PLAN)


FLAGS = (
    RedFlag(
        rule="invented",
        condition="femoral_neck_stress_fracture",
        level="urgent",
        action="Crutches and no weight on the leg; orthopaedics today",
        because=("hip_ir_reduced",),
        citations=("Invented guideline H 2008",),
    ),
)

RISKS = (
    Risk(
        outcome="osteonecrosis_of_the_femoral_head",
        side=None,
        horizon_months=36,
        point=0.0021,
        low=0.0008,
        high=0.013,
        studies=(
            StudyRisk("invented_a", "adults on short courses", 0.0008, 0.0005, 0.0013,
                      "Invented cohort A 2001", True),
            StudyRisk("invented_b", "adults on long courses", 0.013, None, None,
                      "Invented cohort B 2002", False),
        ),
        factors=(RiskFactor("long_term_steroids", 1.7, 1.1, 2.6, "Invented cohort A 2001"),),
        action="No MRI while the hips are painless; MRI of both hips if groin pain comes",
        known=("Short courses carry a small risk.",),
        not_known=("Whether inhaled steroids add to it.",),
    ),
    Risk(
        outcome="symptomatic_hip_osteoarthritis",
        side="right",
        horizon_months=120,
        point=0.137,
        low=0.06,
        high=0.24,
        studies=(
            StudyRisk("invented_c", "women aged 55 to 64", 0.137, 0.06, 0.24,
                      "Invented cohort C 2003", True),
        ),
        factors=(RiskFactor("obesity", None, None, None, "Invented cohort C 2003"),),
        action="Keep the hip moving and strong",
        known=(Wording("Peak pressure is {mpa:.1f} MPa.", mpa=1.4),),
        not_known=("Whether a posture of pain causes osteoarthritis.",),
    ),
)  # fmt: skip

PLAN = CarePlan(
    items=(
        PlanItem(
            treatment="exercise_pt",
            name="Exercise with a physical therapist",
            targets=("sacroiliac_joint_pain", "greater_trochanteric_pain_syndrome"),
            benefit=0.47,
            benefit_why="serves two of the likely sources",
            effects=(
                Effect("pain 0-100", -8.5, -12.25, -4.75, "points", "usual care", "12 weeks",
                       "1234", "moderate", "Invented trial D 2004", True),
                Effect("function 0-100", None, None, None, "points", "usual care", "12 weeks",
                       "57", "very_low", "Invented trial E 2005", False),
            ),
            gates=(),
            cautions=(),
            how=("Two sessions a week for 12 weeks", "Hip abduction 3 x 10, more weight weekly"),
            because=("first choice where nothing forbids it",),
            citations=("Invented trial D 2004",),
        ),
        PlanItem(
            treatment="sij_inj",
            name="Sacroiliac joint injection",
            targets=("sacroiliac_joint_pain",),
            benefit=0.31,
            benefit_why="after exercise has failed",
            effects=(),
            gates=(
                GateState("three provocation tests", True, "Invented guideline",
                          "Invented guideline F 2006", "thigh thrust, compression, Gaenslen"),
            ),
            cautions=(
                Caution("Naproxen: bleeding risk is low.", "No hold needed.",
                        "Invented guideline G 2007 [figure not checked]"),
            ),
            how=("Under fluoroscopy",),
            because=(),
            citations=("Invented guideline F 2006",),
        ),
    ),
    not_recommended=(
        NotRecommended("rfa_sij", "Radiofrequency neurotomy of the sacroiliac joint",
                       ("sacroiliac_joint_pain",), "gate_open",
                       ("no block has been done",), ("a block gives 75% relief",),
                       ("Invented guideline F 2006",)),
    ),
    posture_changes=(
        PostureChange("level", "Weight even on both legs", 0.91, 1.08, 0.97, "less on the left"),
        PostureChange("cane", "Cane in the left hand", 1.02, 0.74, 1.01, ""),
    ),
    conflicts=(
        Conflict("Interval between injections", "3 months", "2 weeks", "stricter",
                 ("Invented guideline F 2006", "Invented guideline G 2007")),
    ),
    goals=(
        Goal("walking", "Walk 30 minutes without stopping", DAY(2027, 1, 15)),
        Goal("sitting", "Sit through a meal", DAY(2026, 12, 18)),
    ),
    reassess_on=DAY(2027, 1, 8),
    would_change=("new weakness of a leg",),
    notices=("an invented plan",),
)  # fmt: skip
