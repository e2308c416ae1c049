"""What must hold for the plan of any patient, and the plans of textbook patients."""

import datetime
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from hipspine.errors import InvalidFinding
from hipspine.evidence import evidence
from hipspine.plan.care_plan import plan_of
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.eligibility import eligibility
from hipspine.plan.model import CarePlan
from hipspine.plan.ranking import leaves_of, ranked
from tests.plan.planning import TODAY, planned
from tests.test_properties import OF_DURATION, patients

PLANS = tomllib.loads((Path(__file__).parent / "plans.toml").read_text("utf-8"))
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TREATMENTS = sorted(evidence().plan.treatments)
#: What gates and contraindications ask about: the findings that decide what may be offered.
RULES = [*evidence().plan.gates.values(), *evidence().plan.contraindications.values()]
ASKED = sorted(
    {
        word
        for row in RULES
        for word in re.findall(r"[a-z]\w+", row.when)
        if word in evidence().findings and word not in OF_DURATION
    }
)
NUMBERED = [f for f in ASKED if evidence().findings[f].unit]


@st.composite
def near_gates(draw: Any) -> dict[str, Any]:
    """A textbook patient, with or without things that open a gate or forbid a treatment."""
    case = case_of(draw(st.sampled_from(PLANS["patient"])))
    told = {finding["name"]: finding for finding in case["findings"]}
    for name in draw(st.lists(st.sampled_from(ASKED), max_size=6)):
        told[name] = {"name": name, "present": draw(st.booleans())}
    for name in draw(st.lists(st.sampled_from(NUMBERED), max_size=4)):
        row = evidence().findings[name]
        low, high = row.plausible_low or 0, row.plausible_high or 100
        told[name] = {"name": name, "value": draw(st.integers(int(low), int(high)))}
    weeks = draw(st.sampled_from([case["duration_weeks"], 2, 8, 30, 100]))
    sex = draw(st.sampled_from([case["sex"], None]))
    return {**case, "findings": list(told.values()), "duration_weeks": weeks, "sex": sex}


clinics = st.sampled_from([PlanSettings(), PlanSettings(default="looser")])


def planned_or_not(case: dict[str, Any], clinic: PlanSettings) -> tuple[PlanContext, CarePlan]:
    """The plan of a case; a case that contradicts itself is not one."""
    try:
        return planned(case, settings=clinic)
    except InvalidFinding:
        reject()


@some
@given(patients | near_gates(), clinics)
def test_nothing_is_offered_against_a_contraindication_or_an_open_gate(
    case: dict[str, Any], clinic: PlanSettings
) -> None:
    context, plan = planned_or_not(case, clinic)
    stopped = any(flag.level != "watch" for flag in context.red_flags)
    for item in plan.items:
        assert item.citations
        if item.treatment == "ref_urgent" and stopped:
            continue
        state = eligibility(item.treatment, item.targets, context)
        assert not state.absolute
        assert all(gate.met is True for gate in item.gates)
        assert item.gates == state.gates


@some
@given(patients | near_gates(), clinics)
def test_a_red_flag_stops_everything_elective(case: dict[str, Any], clinic: PlanSettings) -> None:
    context, plan = planned_or_not(case, clinic)
    flags = [flag for flag in context.red_flags if flag.level != "watch"]
    elective = [i for i in plan.items if evidence().plan.treatments[i.treatment].elective]
    if flags:
        assert elective == []
        assert plan.items[0].treatment == "ref_urgent"
        assert set(plan.items[0].citations) >= {c for f in flags for c in f.citations}
        calm = plan_of(replace(context, red_flags=()), simulate=False)
        withheld = {n.treatment for n in plan.not_recommended if n.why == "red_flag"}
        assert {i.treatment for i in calm.items if i in elective} <= withheld
        assert plan.goals == () and plan.posture_changes == ()
    else:
        assert all(n.why != "red_flag" for n in plan.not_recommended)


@some
@given(patients | near_gates(), clinics)
def test_a_plan_is_the_same_twice_and_never_both_offers_and_withholds(
    case: dict[str, Any], clinic: PlanSettings
) -> None:
    context, plan = planned_or_not(case, clinic)
    again = dict(reversed(list(context.probabilities.items())))
    shuffled = replace(context, probabilities=again)
    assert plan_of(context, simulate=False) == plan_of(shuffled, simulate=False)
    offered = [item.treatment for item in plan.items]
    withheld = [item.treatment for item in plan.not_recommended]
    assert len(set(offered)) == len(offered)
    assert not set(offered) & set(withheld)
    for item in plan.items:
        assert 0.0 <= item.benefit <= 1.0
    for row in plan.not_recommended:
        assert row.because and row.citations
    assert plan.reassess_on >= context.date


@given(
    st.sampled_from(TREATMENTS),
    st.lists(st.floats(0, 1), min_size=60, max_size=60),
    st.floats(0, 1),
    st.data(),
)
def test_a_more_probable_source_never_lowers_the_benefit(
    treatment: str, probabilities: list[float], more: float, data: Any
) -> None:
    leaves = leaves_of(evidence().plan.treatments[treatment].targets)
    told = dict(zip(leaves, probabilities, strict=False))
    leaf = data.draw(st.sampled_from(leaves))
    raised = {**told, leaf: told[leaf] + more * (1 - told[leaf])}
    assert ranked(treatment, leaves, raised).benefit >= ranked(treatment, leaves, told).benefit


@pytest.mark.parametrize("told", PLANS["patient"], ids=lambda told: told["story"][:40])
def test_the_plans_of_textbook_patients(told: dict[str, Any]) -> None:
    clinic = PlanSettings(follow=told.get("follow", {}))
    _, plan = planned(case_of(told), settings=clinic, simulate=True)
    offered = [item.treatment for item in plan.items]
    withheld = {row.treatment: row.why for row in plan.not_recommended}
    assert offered[0] in told["first"]
    assert set(told.get("offered", [])) <= set(offered)
    for treatment, reasons in told.get("not_now", {}).items():
        assert withheld[treatment] in reasons
    for treatment in told.get("never", []):
        assert treatment not in offered
    needles = [t for t in offered if evidence().plan.treatments[t].needle]
    assert needles == told.get("needle", [])
    if "only" in told:
        assert offered == told["only"]
    if "review_weeks" in told:
        assert plan.reassess_on == TODAY + datetime.timedelta(weeks=told["review_weeks"])
    everything = repr(plan)
    for words in told.get("says", []):
        assert words in everything


def case_of(told: dict[str, Any]) -> dict[str, Any]:
    """The vignette as a case file."""
    kept = ("age", "sex", "side", "duration_weeks", "pain_regions", "height_m", "mass_kg")
    found = [{"name": name, "present": True} for name in told.get("found", [])]
    missing = [{"name": name, "present": False} for name in told.get("absent", [])]
    numbers = [
        {"name": name, "present": True, "value": value}
        for name, value in told.get("values", {}).items()
    ]
    case = {key: told[key] for key in kept if key in told}
    return {**case, "findings": [*found, *missing, *numbers]}
