"""From the words of a case to what may be offered: nothing is lost on the way."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hipspine.findings.cases import read_cases
from hipspine.plan.context import PlanContext
from hipspine.plan.eligibility import eligibility
from hipspine.plan.model_of_eligibility import Eligibility
from tests.plan.contexts import TODAY, context

L5 = "radiculopathy_l5"


def of_case(folder: Path, **case: Any) -> PlanContext:
    """The plan context of a case as told, in words."""
    file = folder / "case.json"
    file.write_text(json.dumps({"id": "case", "date": TODAY.isoformat(), **case}))
    patient = read_cases(file)[0]
    return replace(context(), patient=patient, findings=patient.findings)


def said(found: Eligibility) -> str:
    return " | ".join(f"{c.text}; {c.action}" for c in found.relative)


def test_medicines_in_plain_words_reach_the_epidural(tmp_path: Path) -> None:
    told = of_case(
        tmp_path,
        age=78,
        sex="M",
        duration_weeks=8,
        medications=["apixaban 5 mg twice a day", "sertraline 50 mg"],
        findings=[
            {"name": "MRI nerve root compression", "present": True},
            {"name": "pain_intensity", "present": True, "value": 8},
        ],
    )
    found = eligibility("esi_tf", [L5], told)
    assert "apixaban (direct factor Xa inhibitor)" in said(found)
    assert found.may_be_offered, found.open_gates
    duloxetine = eligibility("duloxetine", ["hip_osteoarthritis"], told)
    assert "Another antidepressant" in said(duloxetine)


def test_a_stopped_medicine_is_not_taken(tmp_path: Path) -> None:
    told = of_case(tmp_path, medications=["stopped warfarin last year"])
    assert "warfarin" not in said(eligibility("esi_tf", [L5], told))


def test_weeks_and_percent_are_told_by_their_ids(tmp_path: Path) -> None:
    told = of_case(
        tmp_path,
        duration_weeks=10,
        findings=[
            {"name": "conservative_care_weeks", "present": True, "value": 6},
            {"name": "sij_cluster_3", "present": True, "side": "left"},
        ],
    )
    found = eligibility("sij_inj", ["sacroiliac_joint_pain"], told)
    assert all(gate.met for gate in found.gates), found.open_gates


def test_a_positive_block_told_without_a_number_counts_as_its_definition(tmp_path: Path) -> None:
    told = of_case(tmp_path, findings=[{"name": "medial branch block positive", "present": True}])
    met = {g.gate: g.met for g in eligibility("rfa_facet", ["facet_joint_pain"], told).gates}
    assert met["Two medial branch blocks, each with 80 % relief or more"] is None


def test_a_pregnant_woman_gets_no_x_rays(tmp_path: Path) -> None:
    told = of_case(tmp_path, age=31, sex="F", comorbidities=["pregnancy in the third trimester"])
    found = eligibility("sij_inj", ["sacroiliac_joint_pain"], told)
    assert "fluoroscopy_pregnancy" in {refusal.id for refusal in found.absolute}
    assert eligibility("exercise_pt", ["pelvic_girdle_pain"], told).may_be_offered
