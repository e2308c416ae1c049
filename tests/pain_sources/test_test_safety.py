"""What may not be done to this patient: each contraindication as a clinician would say it.

`NEVER` is a second opinion on the table: a short list, written by hand, of what must never be
offered; hypothesis mixes it with anything else that may be known.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.errors import InvalidFinding
from hipspine.evidence import evidence
from hipspine.evidence.rows_of_tests import IndexTest
from hipspine.findings.model import Findings, Observation
from hipspine.pain_sources.test_safety import TestVerdict, index_test, verdict, why_not_next

MRI, CT_OF_SPINE = "mri_herniation_l4l5", "ct_stenosis"
ROOT_BLOCK, FACET_BLOCK, HIP_BLOCK = "block_snrb_l5", "block_mbb_80", "block_hip_ia"
ARTHROGRAM, CT_WITH_CONTRAST = "ligamentum_teres_tear", "imaging_bowel_inflammation"


def known(*things: str | Observation) -> Findings:
    """`-x` is x absent; `x=12` is x present with a value."""
    return Findings(_told(t) if isinstance(t, str) else t for t in things)


def _told(thing: str) -> Observation:
    name, _, value = thing.lstrip("-").partition("=")
    return Observation(name, not thing.startswith("-"), value=float(value) if value else None)


def judged(
    finding: str, *things: str | Observation, sex: str = "M", age: float = 60
) -> TestVerdict:
    return verdict(finding, known(*things), age=age, sex=sex)


@pytest.mark.parametrize(
    ("finding", "things", "word"),
    [
        (ARTHROGRAM, ["cardiac_device"], "pacemaker"),
        (ARTHROGRAM, ["neurostimulator"], "neurostimulator"),
        (ARTHROGRAM, ["cochlear_implant"], "cochlear"),
        (ARTHROGRAM, ["metal_fragment_eye"], "eye"),
        (ARTHROGRAM, ["hip_replacement"], "artificial hip"),
        (ROOT_BLOCK, ["anticoagulant"], "anticoagulant"),
        (ROOT_BLOCK, ["p2y12_inhibitor"], "Clopidogrel"),
        (ROOT_BLOCK, ["inr_raised=1.6"], "INR"),
        (ROOT_BLOCK, ["thrombocytopenia=45"], "Platelets"),
        (ROOT_BLOCK, ["haemophilia"], "bleeding disorder"),
        (FACET_BLOCK, ["inr_raised=3.4"], "INR over 3"),
        (FACET_BLOCK, ["fever"], "Fever"),
        (FACET_BLOCK, ["skin_infection"], "Infection"),
        (FACET_BLOCK, ["allergy_local_anaesthetic"], "local anaesthetic"),
        (FACET_BLOCK, ["saddle_anaesthesia"], "cauda equina"),
        (FACET_BLOCK, ["imaging_spinal_tumour"], "tumour"),
        (HIP_BLOCK, ["hip_replacement"], "artificial hip"),
        (HIP_BLOCK, ["imaging_hip_fracture"], "fracture"),
        (CT_WITH_CONTRAST, ["hyperthyroidism"], "thyroid"),
        ("hop_test", ["mri_stress_fracture"], "broken"),
        ("dynamic_instability", ["mri_cord_compression"], "unstable"),
    ],
)
def test_an_absolute_contraindication_forbids(finding: str, things: list[str], word: str) -> None:
    found = judged(finding, *things)
    assert not found.allowed
    assert any(word in reason for reason in found.forbidden_by), found.forbidden_by
    assert found.instead
    assert found.citations
    assert {thing.partition("=")[0] for thing in things} <= set(found.because)


@pytest.mark.parametrize(
    ("finding", "things", "word"),
    [
        (MRI, ["claustrophobia"], "Claustrophobia"),
        (MRI, ["lumbar_fusion"], "metalwork"),
        (MRI, ["cardiac_device", "mr_conditional_device"], "MR conditional"),
        ("mri_septic_hip", ["egfr_low=22"], "group II"),
        ("mri_septic_hip", ["haemodialysis"], "group II"),
        (CT_WITH_CONTRAST, ["egfr_low=22"], "saline"),
        (CT_WITH_CONTRAST, ["egfr_low=38"], "case by case"),
        (CT_WITH_CONTRAST, ["chronic_kidney_disease"], "Measure eGFR"),
        (CT_WITH_CONTRAST, ["metformin_use"], "48 h"),
        (CT_WITH_CONTRAST, ["allergy_iodinated_contrast"], "premedication"),
        (FACET_BLOCK, ["allergy_iodinated_contrast"], "Ultrasound guidance"),
        (FACET_BLOCK, ["anticoagulant"], "Usually continued"),
        (FACET_BLOCK, ["hba1c_raised=9.1"], "Local anaesthetic alone"),
        (ROOT_BLOCK, ["antiplatelet"], "aspirin"),
        (ROOT_BLOCK, ["thrombocytopenia=70"], "50 to 99"),
        (HIP_BLOCK, ["mri_avn"], "without steroid"),
        ("synovial_purulent", ["allergy_local_anaesthetic"], "other class"),
        ("fadir", ["hip_replacement"], "end of the range"),
    ],
)
def test_a_relative_contraindication_cautions(finding: str, things: list[str], word: str) -> None:
    found = judged(finding, *things)
    assert found.allowed
    assert any(word in caution for caution in found.cautions), found.cautions
    assert found.citations


@pytest.mark.parametrize(
    ("finding", "things"),
    [
        (MRI, []),
        (MRI, ["-cardiac_device", "-claustrophobia"]),
        (MRI, ["egfr_low=20"]),
        (CT_WITH_CONTRAST, ["metformin_use", "-egfr_low"]),
        (CT_WITH_CONTRAST, ["egfr_low=55"]),
        (FACET_BLOCK, ["-fever", "diabetes", "hba1c_raised=7"]),
        (HIP_BLOCK, ["knee_replacement"]),
        ("slr", ["anticoagulant", "cardiac_device", "fever"]),
    ],
)
def test_nothing_known_against_it_says_nothing(finding: str, things: list[str]) -> None:
    found = judged(finding, *things)
    assert (found.allowed, found.cautions, found.because) == (True, (), ())


def test_pregnancy_and_radiation() -> None:
    """Known: never offered. Possible, or nobody asked a woman of 15 to 50: exclude it first."""
    film = "xray_hip_jsn"
    assert not judged(film, "pregnant", sex="F", age=30).allowed
    assert not judged(film, "pregnancy_test_positive", sex="F", age=30).allowed
    assert judged("mri_avn", "pregnant", sex="F", age=30).allowed
    assert not judged("mri_septic_sacroiliitis", "pregnant", sex="F", age=30).test.endswith(
        "contrast"
    )
    for asked in (["could_be_pregnant"], [], ["pregnancy_postpartum"]):
        found = judged(film, *asked, sex="F", age=30)
        assert found.allowed
        assert any("Exclude pregnancy" in caution for caution in found.cautions), asked
    for settled in (["-pregnancy_postpartum"], ["-pregnancy_test_positive"], ["postmenopausal"]):
        assert judged(film, *settled, sex="F", age=30).cautions == ()
    assert judged(film, sex="F", age=14.9).cautions == ()
    assert judged(film, sex="F", age=50.1).cautions == ()
    assert judged(film, sex="M", age=30).cautions == ()
    assert verdict(film, known()).cautions, "sex and age not told: ask"


def test_where_the_first_test_is_forbidden_another_that_answers_is_offered() -> None:
    found = judged(MRI, "cardiac_device")
    assert (found.allowed, found.test) == (True, "ct_lumbar")
    assert "in place of MRI" in found.cautions[0]
    assert "cardiac_device" in found.because
    both = judged(MRI, "cardiac_device", "pregnant", sex="F", age=30)
    assert (both.allowed, both.test) == (False, "mri_lumbar_spine")


def test_an_unclear_pacemaker_is_settled_first() -> None:
    unclear = Observation("cardiac_device", True, certainty="equivocal")
    also = Observation("mr_conditional_device", True, certainty="equivocal")
    for told in ([unclear], [unclear, also]):
        found = judged("mri_avn", *told)
        assert found.allowed
        assert any(c.startswith("Settle first") for c in found.cautions)


def test_perhaps_mr_conditional_lifts_no_bar_and_perhaps_a_pacemaker_is_one() -> None:
    perhaps = Observation("mr_conditional_device", True, certainty="possible")
    assert not judged(ARTHROGRAM, "cardiac_device", perhaps).allowed
    assert not judged(ARTHROGRAM, Observation("cardiac_device", True, certainty="possible")).allowed


def test_an_artificial_hip_forbids_the_needle_on_its_own_side_only() -> None:
    right = known(Observation("hip_replacement", True, side="right"))
    assert not verdict(HIP_BLOCK, right, sex="M", side="right").allowed
    assert verdict(HIP_BLOCK, right, sex="M", side="left").allowed
    assert not verdict(HIP_BLOCK, right, sex="M").allowed, "side not told: not allowed"
    untold = known("hip_replacement")
    assert not verdict(HIP_BLOCK, untold, sex="M", side="left").allowed


@pytest.mark.parametrize(
    "finding",
    ["hip_exam_normal", "neuro_deficit_any", "sij_cluster_3", "sij_provocation_any", "any_red_flag",
     "age_over_50", "block_spinal_unspecified", "female_sex", "cardiac_device", "stone_score_high",
     "altman_clinical", "spine_exam_normal", "cook_cluster_4of5"],
)  # fmt: skip
def test_what_nobody_can_ask_or_do_as_one_test_is_never_offered(finding: str) -> None:
    assert why_not_next(finding)
    found = judged(finding)
    assert not found.allowed
    assert found.forbidden_by == (why_not_next(finding),)


@pytest.mark.parametrize("finding", ["slr", "fadir", "night_pain", "mri_avn", "block_mbb_80"])
def test_what_one_can_ask_or_do_may_be_offered(finding: str) -> None:
    assert why_not_next(finding) == ""
    assert judged(finding).allowed


def test_a_bedside_test_is_its_own_test_and_an_image_shares_one() -> None:
    assert (index_test("slr").id, index_test("slr").cost) == ("slr", 0)
    assert index_test("mri_hiz") == index_test("mri_stenosis")
    assert index_test("xray_hip_jsn").radiation


def test_an_unknown_finding_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidFinding, match="did you mean mri_avn"):
        verdict("mri_avm", known())


# --- the second opinion ----------------------------------------------------------------------


def deep(test: IndexTest) -> bool:
    return test.bleeding_risk in ("intermediate", "high")


Property = Callable[[IndexTest], bool]
NEVER: list[tuple[str, Property]] = [
    *[
        (implant, lambda t: t.modality == "mri")
        for implant in ("cardiac_device", "neurostimulator", "implanted_pump", "cochlear_implant",
                        "aneurysm_clip", "metal_fragment_eye")
    ],
    ("pregnant", lambda t: t.radiation or t.contrast == "gadolinium"),
    ("pregnancy_test_positive", lambda t: t.radiation or t.contrast == "gadolinium"),
    *[
        (bleeding, deep)
        for bleeding in ("anticoagulant", "p2y12_inhibitor", "inr_raised", "haemophilia")
    ],
    *[
        (infection, lambda t: t.modality == "block")
        for infection in ("fever", "skin_infection", "infection_needle_site", "recent_infection",
                          "urinary_tract_infection", "blood_culture_positive",
                          "mri_epidural_abscess", "synovial_purulent")
    ],
    ("allergy_local_anaesthetic", lambda t: t.modality == "block"),
    ("hyperthyroidism", lambda t: t.contrast == "iodinated" and t.contrast_route == "iv"),
    ("hip_replacement", lambda t: t.id in ("block_hip_joint", "mr_arthrography_hip")),
    ("mri_cord_compression", lambda t: t.id in ("lumbar_puncture", "ct_myelography")),
    ("imaging_hip_fracture", lambda t: t.id in ("hop_test", "fulcrum_test", "fadir")),
]  # fmt: skip

ANYTHING = st.lists(
    st.builds(
        Observation,
        finding=st.sampled_from(sorted({*evidence().findings} - {"mr_conditional_device"})),
        present=st.booleans(),
        certainty=st.sampled_from(["definite", "possible", "equivocal"]),
    ),
    max_size=6,
    unique_by=lambda o: o.finding,
)


@settings(max_examples=400, deadline=None)
@given(
    rule=st.sampled_from(NEVER),
    others=ANYTHING,
    finding=st.sampled_from(sorted(evidence().findings)),
    age=st.none() | st.floats(18, 95),
    sex=st.sampled_from([None, "F", "M", "X"]),
)
def test_no_test_is_allowed_against_what_forbids_it(
    rule: tuple[str, Property],
    others: list[Observation],
    finding: str,
    age: float | None,
    sex: str | None,
) -> None:
    trigger, forbidden = rule
    rest = [o for o in others if o.finding != trigger]
    found = verdict(finding, Findings([Observation(trigger, True), *rest]), age=age, sex=sex)
    own = index_test(finding)
    done = own if found.test == own.id else evidence().index_tests[found.test]
    assert not (found.allowed and forbidden(done)), (trigger, found)


@settings(max_examples=100, deadline=None)
@given(others=ANYTHING, finding=st.sampled_from(sorted(evidence().findings)))
def test_a_verdict_says_why(others: list[Observation], finding: str) -> None:
    found = verdict(finding, Findings(others), age=40, sex="F")
    assert found.allowed == (not found.forbidden_by)
    assert not (found.allowed and found.instead)
    if found.because:
        assert found.citations


def test_every_rule_can_be_read_and_names_a_test_that_some_finding_needs() -> None:
    """A typing error in `when` shows here and not at a patient."""
    assert judged("slr").allowed
    used = {link.index_test for link in evidence().finding_tests.values()}
    used |= {other for link in evidence().finding_tests.values() for other in link.other_tests}
    assert used | {"question", "examination"} == set(evidence().index_tests)
