"""Patients at the edges of a plan, as a case file tells them: what must not be offered to whom."""

from typing import Any

import pytest

from hipspine.plan.context import PlanSettings
from hipspine.plan.model import CarePlan
from tests.plan.planning import TODAY, planned

BACK = ["pain worse with bending forward", "low back pain after lifting"]
HIP = [
    "limited hip internal rotation", "groin pain with walking", "pain worse walking",
    "hip joint space narrowing on radiograph", "failed conservative treatment",
]  # fmt: skip
ROOT = [
    "straight leg raise positive", "numbness of the dorsum of the foot",
    "pain radiating below the knee", "leg pain worse than back pain",
    "failed conservative treatment", "MRI disc herniation L4-L5 compressing the L5 root",
]  # fmt: skip


def plan(found: list[str], regions: list[str], weeks: float, **more: Any) -> CarePlan:
    """The plan of a man of 45 (unless told) with these findings."""
    names = [{"name": name, "present": True} for name in found]
    case: dict[str, Any] = {
        "age": 45, "sex": "M", "duration_weeks": weeks, "findings": names, "pain_regions": regions,
    }  # fmt: skip
    settings = more.pop("settings", None)
    return planned({**case, **more}, settings=settings)[1]


def back(*found: str, weeks: float = 2, **more: Any) -> CarePlan:
    return plan([*BACK, *found], ["low_back"], weeks, **more)


def hip(*found: str, **more: Any) -> CarePlan:
    return plan([*HIP, *found], ["groin"], 60, side="right", **{"age": 66, **more})


def root(*found: str, weeks: float = 8, **more: Any) -> CarePlan:
    regions = ["low_back", "leg_lateral", "foot_dorsum"]
    return plan([*ROOT, *found], regions, weeks, side="left", **more)


def offered(made: CarePlan) -> list[str]:
    return [item.treatment for item in made.items]


def why(made: CarePlan, treatment: str) -> str:
    return next(row.why for row in made.not_recommended if row.treatment == treatment)


def cautions(made: CarePlan, treatment: str) -> str:
    item = next(item for item in made.items if item.treatment == treatment)
    return " | ".join(f"{c.text} -> {c.action}" for c in item.cautions)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("allergy to ibuprofen", "contraindicated"),
        ("aspirin-sensitive asthma", "contraindicated"),
        ("NSAIDs contraindicated", "not_advised"),
        ("anti-inflammatory medicine failed", "not_advised"),
        ("heart failure", "not_advised"),
        ("active peptic ulcer", "contraindicated"),
    ],
)
def test_no_anti_inflammatory_medicine_where_it_harms_or_failed(told: str, reason: str) -> None:
    assert "nsaid" in offered(back())
    made = back(told)
    assert "nsaid" not in offered(made)
    assert why(made, "nsaid") == reason


def test_aspirin_asthma_is_no_blood_thinner() -> None:
    made = back("aspirin-sensitive asthma")
    row = next(row for row in made.not_recommended if row.treatment == "nsaid")
    assert not any("blood thinner" in words for words in row.because)


def test_a_sore_hip_on_warfarin_gets_duloxetine_instead_of_tablets() -> None:
    """Not allowed counts as failed for the next step."""
    made = hip(medications=["warfarin"], comorbidities=["atrial fibrillation"])
    assert "duloxetine" in offered(made) and "nsaid" not in offered(made)
    assert "bleeding" in cautions(made, "duloxetine")


def test_no_opioid_and_no_duloxetine_beside_an_mao_inhibitor() -> None:
    made = hip("anti-inflammatory medicine failed", medications=["phenelzine"])
    assert why(made, "duloxetine") == why(made, "opioid") == "contraindicated"


@pytest.mark.parametrize("told", ["NRS 8/10", "pain score 8/10", "pain intensity 8/10"])
def test_pain_told_from_0_to_10_opens_the_gate_that_asks_for_it(told: str) -> None:
    made = root(told)
    assert "esi_tf" in offered(made)
    assert "esi_tf" not in offered(root("pain score 3/10", "severe pain"))
    assert why(root("pain score"), "esi_tf") == "gate_open"


def test_severe_pain_in_words_opens_it_too() -> None:
    assert "esi_tf" in offered(root("severe pain"))


def test_a_urinary_infection_puts_the_epidural_off() -> None:
    made = root("NRS 8/10", "urinary tract infection")
    assert why(made, "esi_tf") == "contraindicated"


@pytest.mark.parametrize(("weeks", "waits"), [(8, True), (104, False)])
def test_nobody_waits_on_after_months_of_failed_care(weeks: float, waits: bool) -> None:
    assert ("watchful_waiting" in offered(root(weeks=weeks))) is waits


def test_a_leg_that_grows_weaker_is_looked_at_again_within_two_days() -> None:
    made = root("progressive weakness of the leg")
    assert offered(made) == ["ref_urgent"]
    assert (made.reassess_on - TODAY).days <= 2


def test_a_holder_of_apixaban_is_told_pause_and_restart_and_who_decides() -> None:
    said = cautions(root("NRS 8/10", age=78, medications=["apixaban"]), "esi_tf")
    assert "about 3 days" in said and "restart: 24 hours after" in said
    assert "Only the prescriber" in said
    assert why(root("NRS 8/10", medications=["a blood thinner"]), "esi_tf") == "gate_open"


@pytest.mark.parametrize(("weeks", "reason"), [(8, "red_flag"), (150, "contraindicated")])
def test_weakness_of_both_legs_bars_the_needle_and_the_waiting(weeks: float, reason: str) -> None:
    """While new it is an alarm, and only the way to the hospital is offered."""
    made = root("NRS 8/10", "weakness of both legs", weeks=weeks)
    assert why(made, "esi_tf") == reason
    assert "watchful_waiting" not in offered(made)
    assert (offered(made) == ["ref_urgent"]) is (reason == "red_flag")


@pytest.mark.parametrize("medicine", ["selegiline", "linezolid", "tranylcypromine"])
def test_what_blocks_monoamine_oxidase_for_another_reason_counts_too(medicine: str) -> None:
    made = hip("NSAIDs contraindicated", medications=[medicine])
    assert why(made, "duloxetine") == "contraindicated"


def test_duloxetine_beside_venlafaxine_is_cautioned() -> None:
    made = hip("NSAIDs contraindicated", medications=["venlafaxine"])
    assert "serotonin" in cautions(made, "duloxetine")


@pytest.mark.parametrize(("grade", "sent"), [(4, True), (3, True), (2, False)])
def test_a_worn_hip_is_sent_to_the_surgeon_by_the_grade_that_radiologists_write(
    grade: int, sent: bool
) -> None:
    made = hip(f"Kellgren-Lawrence grade {grade}")
    assert ("ref_hip_surgery" in offered(made)) is sent


def test_a_blood_thinner_without_a_name_stops_every_needle_at_the_canal() -> None:
    """Also where the clinic counts the foramen as low risk; a named one is then said to go on."""
    looser = PlanSettings("looser")
    unnamed = root("NRS 8/10", medications=["a blood thinner"], settings=looser)
    assert why(unnamed, "esi_tf") == "gate_open"
    named = root("NRS 8/10", medications=["apixaban"], settings=looser)
    assert "usually continued" in cautions(named, "esi_tf")


def test_no_new_medicine_of_the_nerves_in_pregnancy() -> None:
    made = hip("NSAIDs contraindicated", "pregnant", sex="F", age=34)
    assert "duloxetine" not in offered(made) and "opioid" not in offered(made)
