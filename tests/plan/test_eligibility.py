"""Whether a treatment may be offered: vignettes a clinician can read."""

import pytest

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.plan.context import PlanSettings
from hipspine.plan.eligibility import eligibility
from hipspine.plan.model_of_eligibility import Eligibility
from tests.plan.contexts import context, injection, ledger, told

LOOSER = PlanSettings(default="looser")
L5 = "radiculopathy_l5"
#: A root pressed on MRI, eight weeks of severe pain: what opens the gates of an epidural.
PRESSED = (told("mri_root_compression", side="left"), told("pain_intensity", 8.0))
#: Two blocks with relief, a year of pain, care that failed.
TWO_BLOCKS = (
    told("dual_medial_branch_blocks", 90.0, side="left"),
    told("failed_conservative"),
    told("pain_intensity", 7.0),
)
HIP = "hip_osteoarthritis"
HIP_READY = (told("tonnis_grade", 2.0, side="right"), told("nsaid_failed"))


def said(found: Eligibility) -> str:
    """All cautions in one text."""
    return " | ".join(f"{c.text}; {c.action}" for c in found.relative)


def refused(found: Eligibility) -> set[str]:
    return {refusal.id for refusal in found.absolute}


def opened(found: Eligibility) -> dict[str, bool | None]:
    return {gate.gate: gate.met for gate in found.open_gates}


def test_78_year_old_on_apixaban_with_l5_radiculopathy() -> None:
    """Transforaminal epidural: hold about three days, and only the prescriber stops it."""
    taken = told("anticoagulant", phrase="apixaban 5 mg twice a day")
    found = eligibility("esi_tf", [L5], context(*PRESSED, taken, age=78, sex="M", duration_weeks=8))
    assert found.may_be_offered
    assert "apixaban (direct factor Xa inhibitor)" in said(found)
    assert "5 half-lives, about 3 days" in said(found)
    assert "Only the prescriber" in said(found)
    assert "Dexamethasone first" in said(found)


def test_the_looser_guideline_calls_the_same_needle_low_risk() -> None:
    taken = told("anticoagulant", phrase="apixaban")
    asipp = PlanSettings(follow={"needle_bleeding_class": "looser"})
    found = eligibility("esi_tf", [L5], context(*PRESSED, taken, settings=asipp, duration_weeks=8))
    assert "low bleeding risk: usually continued" in said(found)
    shown = {c.topic: c.followed for c in found.conflicts}
    assert shown["Bleeding risk of lumbar epidurals under blood thinners"] == "looser"


def test_a_blood_thinner_without_a_name_keeps_an_epidural_back() -> None:
    found = eligibility("esi_tf", [L5], context(*PRESSED, told("anticoagulant"), duration_weeks=8))
    assert opened(found) == {"Name of the blood thinner": None}


def test_aspirin_named_does_not_name_the_anticoagulant() -> None:
    both = (told("anticoagulant", phrase="blood thinner"), told("antiplatelet", phrase="aspirin"))
    found = eligibility("esi_tf", [L5], context(*PRESSED, *both, duration_weeks=8))
    assert "Name of the blood thinner" in opened(found)


def test_a_prescriber_who_refuses_the_pause_stops_a_stimulator() -> None:
    taken = told("anticoagulant", phrase="warfarin")
    refuses = told("prescriber_agrees_hold", present=False)
    gates = opened(eligibility("scs", [L5], context(taken, refuses)))
    assert gates["Pause of the blood thinner agreed with its prescriber"] is False


def test_radicular_pain_of_four_months_follows_the_stricter_guideline_and_shows_both() -> None:
    chronic = (*PRESSED, told("failed_conservative"))
    found = eligibility("esi_tf", [L5], context(*chronic, duration_weeks=17))
    assert refused(found) == {"esi_chronic_radicular"} and not found.may_be_offered
    conflict = next(c for c in found.conflicts if "3 months or more" in c.topic)
    assert "BMJ 2025" in conflict.stricter and "ASIPP 2021" in conflict.looser
    looser = eligibility("esi_tf", [L5], context(*chronic, duration_weeks=17, settings=LOOSER))
    assert looser.may_be_offered


def test_how_long_it_hurts_must_be_known_before_an_epidural() -> None:
    found = eligibility("esi_tf", [L5], context(*PRESSED, told("conservative_care_weeks", 6.0)))
    assert opened(found) == {"Epidural steroid for radicular pain of 3 months or more": None}


@pytest.mark.parametrize(("relief", "met"), [(90.0, True), (80.0, True), (60.0, False)])
def test_facet_radiofrequency_wants_two_blocks_of_80_percent(relief: float, met: bool) -> None:
    blocks = told("dual_medial_branch_blocks", relief, side="left", present=relief >= 80)
    settings = PlanSettings(follow={"rf_chronic_axial": "looser"})
    found = eligibility(
        "rfa_facet",
        ["facet_joint_pain"],
        context(*TWO_BLOCKS[1:], blocks, duration_weeks=52, settings=settings),
    )
    assert found.may_be_offered is met


def test_one_block_of_60_percent_is_enough_for_the_looser_guideline() -> None:
    one = told("block_mbb_80", 60.0, side="left", present=False)
    chronic = (*TWO_BLOCKS[1:], one)
    facet = ["facet_joint_pain"]
    assert eligibility(
        "rfa_facet", facet, context(*chronic, duration_weeks=52, settings=LOOSER)
    ).may_be_offered
    stricter = eligibility("rfa_facet", facet, context(*chronic, duration_weeks=52))
    assert refused(stricter) == {"rf_chronic_axial"}


def test_below_80_percent_does_not_reach_80_percent() -> None:
    block = told("dual_medial_branch_blocks", 80.0, bound="<", present=False)
    found = eligibility(
        "rfa_facet",
        ["facet_joint_pain"],
        context(*TWO_BLOCKS[1:], block, duration_weeks=52, settings=PlanSettings("looser")),
    )
    assert not any(g.met for g in found.gates if "block" in g.gate and "80" in g.gate)


def test_a_block_on_the_other_side_opens_nothing() -> None:
    settings = PlanSettings(follow={"rf_chronic_axial": "looser"})
    found = eligibility(
        "rfa_facet",
        ["facet_joint_pain"],
        context(
            *TWO_BLOCKS, duration_weeks=52, settings=settings, sides={"facet_joint_pain": "right"}
        ),
    )
    assert opened(found) == {"Two medial branch blocks, each with 80 % relief or more": None}


def test_steroid_into_an_arthritic_hip_both_guidelines_shown() -> None:
    stricter = eligibility("ia_hip_steroid", [HIP], context(*HIP_READY))
    assert refused(stricter) == {"hip_steroid"} and stricter.absolute[0].why == "not_advised"
    looser = eligibility("ia_hip_steroid", [HIP], context(*HIP_READY, settings=LOOSER))
    assert looser.may_be_offered
    assert "5.4 %" in said(looser)
    assert {c.followed for c in looser.conflicts} == {"looser"}


@pytest.mark.parametrize(
    ("times", "days_ago", "why"),
    [(3, 200, {"hip_per_year"}), (1, 40, {"joint_interval"}), (1, 200, set())],
)
def test_a_hip_injected_before(times: int, days_ago: int, why: set[str]) -> None:
    """Three a year at most, three months apart; the other hip counts apart."""
    settings = PlanSettings(follow={"hip_steroid": "looser"})
    given = ledger(injection("hip", days_ago, times, "right"))
    right = context(*HIP_READY, ledger=given, settings=settings, sides={HIP: "right"})
    found = eligibility("ia_hip_steroid", [HIP], right)
    assert refused(found) == why
    assert all(r.why == "too_soon" for r in found.absolute)
    left = context(
        told("tonnis_grade", 2.0, side="left"), told("nsaid_failed"),
        ledger=given, settings=settings, sides={HIP: "left"},
    )  # fmt: skip
    assert eligibility("ia_hip_steroid", [HIP], left).may_be_offered


def test_without_a_ledger_earlier_injections_are_asked_for() -> None:
    found = eligibility("esi_tf", [L5], context(*PRESSED, duration_weeks=8))
    assert {limit.kept for limit in found.limits} == {None}
    assert "number and dates of earlier steroid injections are not known" in said(found)


def test_an_injection_of_no_told_place_may_have_been_here() -> None:
    given = ledger(injection("joint_not_told", 10))
    found = eligibility("esi_tf", [L5], context(*PRESSED, duration_weeks=8, ledger=given))
    assert {r.id: r.kept for r in found.limits}["epidural_interval"] is None


def test_an_epidural_three_weeks_ago_is_too_soon() -> None:
    given = ledger(injection("lumbar_epidural", 21))
    found = eligibility("esi_tf", [L5], context(*PRESSED, duration_weeks=8, ledger=given))
    assert refused(found) == {"epidural_interval"}
    assert "adrenal axis may still be suppressed" in said(found)


def test_replacement_of_the_hip_is_three_months_after_its_injection() -> None:
    given = ledger(injection("hip", 30, 1, "left"))
    found = eligibility("ref_hip_surgery", [HIP], context(ledger=given, sides={HIP: "left"}))
    assert "less than 3 months ago" in said(found)


def test_long_prednisone_is_minded_and_never_stopped_at_once() -> None:
    given = ledger(prednisone_mg=10.0, days=60)
    found = eligibility("steroid_taper", ["polymyalgia_rheumatica"], context(ledger=given))
    assert found.may_be_offered and "never stopped at once" in said(found)
    epidural = eligibility("esi_tf", [L5], context(*PRESSED, duration_weeks=8, ledger=given))
    assert "Steroid emergency card" in said(epidural)


def test_diabetes_means_glucose_for_days() -> None:
    found = eligibility("esi_tf", [L5], context(*PRESSED, told("diabetes"), duration_weeks=8))
    assert "Check glucose on days 1 to 3" in said(found)


def test_osteonecrosis_forbids_steroid_into_that_hip() -> None:
    settings = PlanSettings(follow={"hip_steroid": "looser"})
    dead = (*HIP_READY, told("mri_avn", side="right"))
    found = eligibility(
        "ia_hip_steroid", [HIP], context(*dead, settings=settings, sides={HIP: "right"})
    )
    assert refused(found) == {"hip_osteonecrosis"}


def test_stem_cells_only_inside_a_regulated_trial() -> None:
    disc = ["discogenic_pain"]
    outside = eligibility("stem_cell", disc, context())
    assert opened(outside) == {"Inside a trial that a regulator oversees": None}
    assert "Not approved by the FDA" in outside.regulatory
    assert eligibility("stem_cell", disc, context(told("regulated_trial"))).may_be_offered
    assert not eligibility("stem_cell", [HIP], context(told("regulated_trial"))).may_be_offered


def test_pregnancy_is_asked_of_those_who_can_be_pregnant() -> None:
    sij = (told("sij_cluster_3", side="left"), told("conservative_care_weeks", 8.0))
    joint = ["sacroiliac_joint_pain"]
    woman = eligibility("sij_inj", joint, context(*sij, age=30, sex="F", duration_weeks=10))
    assert woman.may_be_offered and "Pregnancy and X-rays" in said(woman)
    old_man = eligibility("sij_inj", joint, context(*sij, age=80, sex="M", duration_weeks=10))
    assert old_man.may_be_offered and "Pregnancy" not in said(old_man)
    pregnant = (*sij, told("pregnant"))
    found = eligibility("sij_inj", joint, context(*pregnant, age=30, sex="F", duration_weeks=10))
    assert "fluoroscopy_pregnancy" in refused(found)
    unclear = (*sij, told("pregnant", certainty="equivocal"))
    found = eligibility("sij_inj", joint, context(*unclear, age=30, sex="F", duration_weeks=10))
    assert opened(found) == {"Pregnancy and X-rays": None}


def test_an_emergency_stops_everything_elective() -> None:
    found = context(*PRESSED, told("saddle_anaesthesia"), told("urinary_retention"))
    for treatment in evidence().plan.treatments.values():
        answer = eligibility(treatment.id, treatment.targets, found)
        assert ("red_flag" in {r.why for r in answer.absolute}) is treatment.elective


def test_payer_rules_are_settings_and_no_clinical_truth() -> None:
    found = (told("block_sij_75", 80.0), told("conservative_care_weeks", 16.0))
    joint = ["sacroiliac_joint_pain"]
    clinical = PlanSettings(default="looser")
    payer = PlanSettings(default="looser", payer_rules=True)
    assert eligibility("rfa_sij", joint, context(*found, settings=clinical)).may_be_offered
    gates = opened(eligibility("rfa_sij", joint, context(*found, settings=payer)))
    assert gates == {"Paid for by the payer": False}


def test_a_stenosis_is_lost_where_nice_is_followed_and_the_root_is_kept() -> None:
    both = (L5, "lumbar_spinal_stenosis")
    found = eligibility("esi_il", both, context(*PRESSED, duration_weeks=8))
    assert found.targets == (L5,)
    assert (
        eligibility("esi_il", both, context(*PRESSED, duration_weeks=8, settings=LOOSER)).targets
        == both
    )


def test_a_treatment_for_other_sources_is_refused() -> None:
    assert refused(eligibility("bvna", [HIP], context())) == {"target"}


@pytest.mark.parametrize(
    ("treatment", "target", "nearest"),
    [("esi_tv", L5, "esi_tf"), ("esi_tf", "radiculopathy_l6", "radiculopathy_l")],
)
def test_unknown_ids_are_refused_with_the_nearest(
    treatment: str, target: str, nearest: str
) -> None:
    with pytest.raises(InvalidInput, match=nearest):
        eligibility(treatment, [target], context())


def test_a_joint_that_was_not_helped_is_not_injected_again() -> None:
    """One injection 200 days ago: the gate asks how much it relieved."""
    settings = PlanSettings(follow={"hip_steroid": "looser"})
    given = ledger(injection("hip", 200, 1, "right"))
    gate = "The last injection of the year relieved half of the pain for three months"
    for relief, met in ((None, None), (20.0, False), (70.0, True)):
        answer = () if relief is None else (told("repeat_injection_relief", relief, side="right"),)
        someone = context(
            *HIP_READY, *answer, ledger=given, settings=settings, sides={HIP: "right"}
        )
        gates = {g.gate: g.met for g in eligibility("ia_hip_steroid", [HIP], someone).gates}
        assert gates[gate] is met


@pytest.mark.parametrize(("months", "side", "met"), [(8, "stricter", False), (8, "looser", True)])
def test_radiofrequency_again_after_16_or_6_months(months: int, side: str, met: bool) -> None:
    settings = PlanSettings(follow={"rf_chronic_axial": "looser", "rf_repeat": side})  # type: ignore[dict-item]
    before = told("radiofrequency_months_ago", float(months), side="left")
    found = eligibility(
        "rfa_facet",
        ["facet_joint_pain"],
        context(*TWO_BLOCKS, before, duration_weeks=52, settings=settings),
    )
    assert found.may_be_offered is met


def test_warfarin_before_an_epidural_is_five_days_and_a_normal_inr() -> None:
    taken = told("anticoagulant", phrase="warfarin")
    found = eligibility("esi_caudal", [L5], context(*PRESSED, taken, duration_weeks=8))
    assert "5 days and a normal INR" in said(found)


def test_low_risk_needles_go_on_under_warfarin() -> None:
    taken = (told("anticoagulant", phrase="warfarin"), told("failed_conservative"))
    found = eligibility("mbb", ["facet_joint_pain"], context(*taken, duration_weeks=20))
    assert found.may_be_offered
    assert "usually continued; check the INR" in said(found)


def test_what_is_only_possible_opens_no_gate_and_bars_all_the_same() -> None:
    modic = (told("mri_modic1", certainty="possible"), told("failed_conservative"))
    found = eligibility("bvna", ["discogenic_pain"], context(*modic, duration_weeks=60))
    assert opened(found) == {"Modic type 1 or 2 changes": None}
    infected = told("infection_needle_site", certainty="possible")
    assert "needle_infection" in refused(
        eligibility("mbb", ["facet_joint_pain"], context(infected))
    )


def test_exercise_is_offered_to_a_pregnant_woman_and_stopped_by_a_suspected_fracture() -> None:
    pregnant = context(told("pregnant"), age=30, sex="F")
    assert eligibility("exercise_pt", ["pelvic_girdle_pain"], pregnant).may_be_offered
    broken = context(probabilities={"femoral_neck_stress_fracture": 0.4})
    found = eligibility("exercise_pt", [HIP], broken)
    assert refused(found) == {"loading_fracture_probable"}
