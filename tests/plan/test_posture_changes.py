"""What a change of posture does, checked against the sums of the mechanics themselves."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine import patient_of
from hipspine.findings.patient import Patient
from hipspine.mechanics import Posture, solve
from hipspine.plan.model import PostureChange
from hipspine.plan.posture_changes import LEAST_CHANGE, Simulated, posture_changes

BODY = {"mass_kg": 90, "height_m": 1.7, "sex": "F"}
TWO_LEG = {"stance": "two_leg"}


def person(posture: dict[str, Any] | None = None, **more: Any) -> Patient:
    told = {} if posture is None else {"posture": posture}
    return patient_of({"id": "x", **BODY, **told, **more})


def by_name(simulated: Simulated) -> dict[str, PostureChange]:
    return {change.change: change for change in simulated.changes}


def of_back(posture: dict[str, Any]) -> dict[str, PostureChange]:
    return by_name(posture_changes(person(posture), "facet_joint_pain", None, None))


def test_ratios_are_those_of_two_postures_solved_alone() -> None:
    told = {"stance": "two_leg", "weight_share_left": 0.35, "trunk_flexion_deg": 25}
    upright = of_back(told)["upright_trunk"]
    before = solve(Posture(**BODY, **told)).figures
    after = solve(Posture(**BODY, **{**told, "trunk_flexion_deg": 0})).figures
    assert upright.left_hip == pytest.approx(
        after.left.hip_contact_force_n / before.left.hip_contact_force_n, rel=1e-3
    )
    assert upright.l4_l5 == pytest.approx(
        after.l4_l5.compression_n / before.l4_l5.compression_n, rel=1e-3
    )


def test_a_cane_goes_into_the_hand_opposite_the_sore_hip_and_halves_its_load() -> None:
    for sore, hand in (("left", "right"), ("right", "left")):
        changes = by_name(posture_changes(person(TWO_LEG), "hip_osteoarthritis", sore, sore))
        cane = changes[f"cane_in_{hand}_hand"]
        ratio = cane.left_hip if sore == "left" else cane.right_hip
        assert 0.3 < ratio < 0.75
        assert f"cane_in_{sore}_hand" not in changes


def test_a_cane_in_the_wrong_hand_is_moved() -> None:
    wrong = {**TWO_LEG, "cane_hand": "left"}
    changes = by_name(posture_changes(person(wrong), "hip_osteoarthritis", "left", "left"))
    assert changes["cane_in_right_hand"].name.startswith("Move the cane to the right hand")
    right = {**TWO_LEG, "cane_hand": "right"}
    changes = by_name(posture_changes(person(right), "hip_osteoarthritis", "left", "left"))
    assert not any("cane" in change for change in changes)


def test_nothing_is_offered_for_a_neutral_posture_of_a_sore_back() -> None:
    assert of_back(TWO_LEG) == {}


def test_a_change_that_loads_a_hip_more_says_so() -> None:
    told = {"stance": "two_leg", "weight_share_left": 0.35, "trunk_flexion_deg": 25}
    even = of_back({**told, "hand_load_left_kg": 10})["even_weight"]
    assert even.left_hip > 1.05
    assert "the left hip carries more" in even.note
    assert "right hip" not in even.note


def test_a_lift_goes_under_the_short_leg() -> None:
    lift = of_back({**TWO_LEG, "leg_length_difference_mm": 20})["shoe_lift"]
    assert "left shoe" in lift.name
    assert "under the sole" in lift.note
    lift = of_back({**TWO_LEG, "leg_length_difference_mm": -8})["shoe_lift"]
    assert "right shoe" in lift.name
    assert "under the sole" not in lift.note


def test_a_leg_length_of_unknown_side_is_not_guessed() -> None:
    found = [{"name": "leg_length_difference", "value": "15 mm"}]
    simulated = posture_changes(person(findings=found), "facet_joint_pain", None, None)
    assert "shoe_lift" not in by_name(simulated)
    assert any("not which leg is short" in notice for notice in simulated.notices)


def test_sitting_back_unloads_the_disc() -> None:
    assert of_back({"stance": "sitting"})["backrest"].l4_l5 < 0.8


def test_an_untold_posture_is_said_to_be_typical() -> None:
    simulated = posture_changes(person(), "facet_joint_pain", None, None)
    assert any("not measured in this patient" in notice for notice in simulated.notices)


def test_without_a_body_nothing_is_simulated_and_it_is_said() -> None:
    nobody = patient_of({"id": "x"})
    simulated = posture_changes(nobody, "facet_joint_pain", None, None)
    assert simulated.changes == ()
    assert "mass and height" in simulated.notices[0]


def test_lying_has_nothing_to_change() -> None:
    assert of_back({"stance": "lying_supine"}) == {}


@settings(max_examples=25, deadline=None)
@given(
    share=st.floats(0.2, 0.8),
    lean=st.floats(-10, 60),
    side_lean=st.floats(-15, 15),
    load=st.floats(0, 15),
    stance=st.sampled_from(["two_leg", "left_leg", "right_leg", "sitting"]),
)
def test_mirrored_people_get_mirrored_advice(
    share: float, lean: float, side_lean: float, load: float, stance: str
) -> None:
    other = {"left_leg": "right_leg", "right_leg": "left_leg"}.get(stance, stance)
    told = {"stance": stance, "trunk_flexion_deg": lean, "trunk_lateral_lean_deg": side_lean}
    mirror = {"stance": other, "trunk_flexion_deg": lean, "trunk_lateral_lean_deg": -side_lean}
    if stance == "two_leg":
        told, mirror = (
            told | {"weight_share_left": share},
            mirror | {"weight_share_left": 1 - share},
        )
    told, mirror = told | {"hand_load_left_kg": load}, mirror | {"hand_load_right_kg": load}
    one = posture_changes(person(told), "hip_osteoarthritis", "left", "left").changes
    two = posture_changes(person(mirror), "hip_osteoarthritis", "right", "right").changes
    swapped = {c.change.replace("right", "left"): c for c in two}
    for change in one:
        twin = swapped.get(change.change.replace("right", "left"))
        sizes = [change.left_hip, change.right_hip, change.l4_l5]
        if twin is None:  # the other lies just under what is worth saying
            assert max(abs(s - 1) for s in sizes) < LEAST_CHANGE * 1.1
            continue
        assert sizes == pytest.approx([twin.right_hip, twin.left_hip, twin.l4_l5], rel=0.01)
