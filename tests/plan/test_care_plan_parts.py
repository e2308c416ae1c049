"""The parts of a plan one by one: steps of care, needles, risks, reviews, what would change it."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from hipspine import assess, patient_of
from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import Answer, NextTest
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.care_plan import plan_of, sore_hip
from hipspine.plan.considering import Considered, considered, needle_instead, offered_in_order
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.goals import review_of
from hipspine.plan.ranking import Ranked, in_order, ranked
from hipspine.risk.model import Risk
from tests.plan.planning import TODAY, context_of, planned
from tests.plan.test_care_plan import PLANS, case_of

ARTHRITIS = "hip_osteoarthritis"
WEEK = datetime.timedelta(weeks=1)


def context(told: dict[str, float], findings: list[dict[str, Any]] | None = None,
            follow: dict[str, Any] | None = None, **patient: Any) -> PlanContext:  # fmt: skip
    """A context with these probabilities and nothing else known but the findings."""
    who = patient_of({"id": "x", "findings": findings or [], **patient})
    return PlanContext(
        patient=who, findings=who.findings, ledger=None, red_flags=(), probabilities=told,
        sides={}, date=TODAY, settings=PlanSettings(follow=follow or {}),
    )  # fmt: skip


def row(treatment: str, told: dict[str, float]) -> Ranked:
    return ranked(treatment, list(told), told)


def present(name: str, value: float | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "present": True}
    return found if value is None else {**found, "value": value}


def test_the_benefit_is_the_sum_over_the_sources() -> None:
    both = row("exercise_pt", {ARTHRITIS: 0.5, "facet_joint_pain": 0.4})
    one = row("exercise_pt", {ARTHRITIS: 0.5})
    other = row("exercise_pt", {"facet_joint_pain": 0.4})
    assert both.benefit == pytest.approx(one.benefit + other.benefit)


def test_the_less_invasive_goes_first_where_benefits_are_near() -> None:
    told = {"facet_joint_pain": 0.9}
    exercise, needle = row("exercise_pt", told), row("rfa_facet", told)
    better = replace(needle, net=exercise.net + 0.04)
    assert [r.treatment for r in in_order([better, exercise])] == ["exercise_pt", "rfa_facet"]
    far_better = replace(needle, net=exercise.net + 0.2)
    assert [r.treatment for r in in_order([far_better, exercise])] == ["rfa_facet", "exercise_pt"]


def test_gluteal_loading_gains_more_than_its_injection() -> None:
    told = {"greater_trochanteric_pain_syndrome": 1.0}
    assert row("exercise_pt", told).benefit > row("trochanteric_inj", told).benefit > 0.1


LOOSER = {"hip_steroid": "looser"}
HIP_STEROID = [present("failed_conservative"), present("xray_hip_jsn"),
               present("conservative_care_weeks", 12)]  # fmt: skip


def hip_injection(risks: tuple[Risk, ...]) -> Considered:
    rows = considered(context({ARTHRITIS: 0.9}, HIP_STEROID, LOOSER), risks)
    return next(r for r in rows if r.treatment.id == "ia_hip_steroid")


def test_a_hip_at_risk_of_destruction_makes_its_injection_worth_less() -> None:
    risk = Risk(
        outcome="rapidly_destructive_hip_disease", side=None, horizon_months=12, point=0.054,
        low=0.03, high=0.07, studies=(), factors=(), action="", known=(), not_known=(),
    )  # fmt: skip
    without, carried = hip_injection(()), hip_injection((risk,))
    assert carried.row.net == pytest.approx(without.row.net - 0.054)
    assert carried.row.benefit == without.row.benefit


ROOT = {"radiculopathy_l5": 0.95, "lumbar_spinal_stenosis": 0.1}
ROOT_FINDINGS = [
    present("mri_disc_herniation"), present("mri_root_compression"),
    present("conservative_care_weeks", 12), present("pain_intensity", 8),
]  # fmt: skip


def test_one_needle_at_a_time_and_the_aimed_one() -> None:
    rows = considered(
        context(ROOT, ROOT_FINDINGS, {"esi_stenosis": "looser"}, duration_weeks=8), ()
    )
    order = offered_in_order(rows)
    needles = [r for r in order if r.treatment.needle]
    kept = [r.treatment.id for r in needles if needle_instead(r, order) is None]
    assert len(needles) > 1
    assert kept == ["esi_tf"]


def test_an_unsure_source_is_no_target_for_a_needle_and_the_next_test_is_named() -> None:
    unsure = {"radiculopathy_l5": 0.4, "radiculopathy_s1": 0.05}
    who = context(unsure, ROOT_FINDINGS, duration_weeks=8)
    test = next_test(
        "slr", "radiculopathy_l5", {"radiculopathy_l5": 0.8}, {"facet_joint_pain": 0.2}
    )
    plan = plan_of(who, next_tests=(test,), simulate=False)
    withheld = {r.treatment: r for r in plan.not_recommended}
    assert withheld["esi_tf"].why == "not_advised"
    assert "slr makes L5 radiculopathy likely" in withheld["esi_tf"].unless[0]


def next_test(name: str, about: str, yes: dict[str, float], no: dict[str, float]) -> NextTest:
    def answer(told: dict[str, float]) -> Answer:
        return Answer(0.5, tuple(told.items()), told.get(about, 0.0))

    return NextTest(
        finding=name, test=name, test_name=name, gain_bits=0.1, gain_treatment=0.1, cost=0,
        invasiveness=0, why="", about=about, if_present=answer(yes), if_absent=answer(no),
        cautions=(), citations=(),
    )  # fmt: skip


def test_an_answer_that_changes_the_first_thing_is_said() -> None:
    who = context({"facet_joint_pain": 0.6, "spinal_infection": 0.02})
    test = next_test(
        "mri", "spinal_infection", {"spinal_infection": 0.95}, {"facet_joint_pain": 0.6}
    )
    said = plan_of(who, next_tests=(test,), simulate=False).would_change
    assert any("mri, if positive (50%)" in line and "antibiotics" in line for line in said)
    assert not any("if negative" in line for line in said)


def flag(level: Any) -> RedFlag:
    return RedFlag("r", "spinal_infection", level, "MRI", ("fever",), ("A study",))


@pytest.mark.parametrize(
    ("told", "flags", "weeks"),
    [
        ({"findings": [present("myo_great_toe_ext_l5")]}, (flag("emergency"),), 0),
        ({}, (flag("urgent"),), 2 / 7),
        ({"findings": [present("myo_great_toe_ext_l5")]}, (), 2),
        ({"duration_weeks": 3}, (), 4),
        ({"duration_weeks": 30}, (), 6),
    ],
)
def test_when_to_look_again(told: dict[str, Any], flags: tuple[RedFlag, ...], weeks: float) -> None:
    who = context({"facet_joint_pain": 0.9}, **told)
    assert review_of(who, flags, None).on == TODAY + weeks * WEEK


def test_a_serious_source_is_seen_within_two_weeks() -> None:
    who = context({"femoral_head_avascular_necrosis": 0.3}, duration_weeks=30)
    assert review_of(who, (), None).on == TODAY + 2 * WEEK


def test_a_watched_flag_stops_nothing() -> None:
    who = context({"facet_joint_pain": 0.9})
    watched = plan_of(replace(who, red_flags=(flag("watch"),)), simulate=False)
    assert watched.items == plan_of(who, simulate=False).items
    assert any("kept in view: MRI" in line for line in watched.would_change)


def test_the_sore_hip_needs_a_side() -> None:
    who = context({ARTHRITIS: 0.9})
    assert sore_hip(who) is None
    assert sore_hip(replace(who, sides={ARTHRITIS: "left"})) == "left"
    assert sore_hip(replace(who, sides={ARTHRITIS: "bilateral"})) is None


def test_what_is_withheld_is_no_dump() -> None:
    for told in PLANS["patient"]:
        _, plan = planned(case_of(told))
        if "only" in told:  # a warning sign names everything that it stops
            continue
        assert len(plan.not_recommended) <= 13
        named = {c for r in plan.not_recommended for c in r.targets}
        assert named <= set(evidence().conditions)


def test_a_posture_that_cannot_be_is_refused_in_one_line() -> None:
    body = {"mass_kg": 80, "height_m": 1.8, "posture": {"stance": "flying"}}
    with pytest.raises(InvalidInput, match="stance"):
        plan_of(context({"facet_joint_pain": 0.9}, **body))


def test_nothing_known_is_a_plan_too() -> None:
    plan = plan_of(context_of(assess(patient_of({"id": "x"}))))
    assert plan.items
    assert plan.reassess_on > TODAY


def test_a_probable_source_for_which_nothing_is_offered_is_named() -> None:
    said = plan_of(context({"vascular_claudication": 0.8}), simulate=False).notices
    assert any("Vascular claudication" in line and "revascularisation" in line for line in said)


def test_an_urgent_referral_without_a_warning_sign_says_what_for() -> None:
    plan = plan_of(context({"spinal_infection": 0.4}), simulate=False)
    assert plan.items[0].treatment == "ref_urgent"
    assert "antibiotics" in plan.items[0].how[0]
