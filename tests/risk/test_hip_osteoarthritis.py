"""Risk of hip osteoarthritis as a clinician would read it: who gets which figure, and why."""

import datetime
from dataclasses import replace

import pytest

from hipspine.evidence import checks, evidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient, SteroidCourse
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_notes, hip_osteoarthritis_risks
from hipspine.risk.model import Risk


def found(finding: str, side=None, *, present=True, value=None) -> Observation:
    return Observation(finding, present, side, value)


def person(*findings: Observation, **known) -> Patient:
    return Patient(id="someone", findings=Findings(findings), **known)


def risks(*findings: Observation, **known) -> dict[tuple[str | None, int], Risk]:
    made = hip_osteoarthritis_risks(person(*findings, **known), None)
    return {(risk.side, risk.horizon_months): risk for risk in made}


def test_a_person_of_whom_only_the_age_is_known_gets_the_cohorts() -> None:
    made = risks(age=60.0)
    assert set(made) == {(None, 120), (None, 300)}  # 10 years, and 25 to the age of 85
    assert made[None, 120].point < made[None, 300].point
    assert {s.study for s in made[None, 120].studies} == {
        "murphy_2010",
        "moss_2016",
        "oliveria_1995",
    }
    assert all(risk.low < risk.point < risk.high for risk in made.values())


def test_a_cam_on_the_left_raises_the_left_hip_alone() -> None:
    """Alpha angle of 70 degrees on the left, none on the right: risk ratio 1.62 (1.26 to 2.07)."""
    made = risks(found("cam_morphology", "left"), age=45.0)
    left, right = made["left", 120], made["right", 120]
    assert left.point > 1.3 * right.point
    (cam,) = left.factors
    assert cam.finding == "cam_morphology"
    assert 1.2 < cam.low < cam.ratio < cam.high < 2.07
    assert right.factors == ()


def test_shape_of_the_joint_counts_once() -> None:
    """Dysplasia, its childhood history and a pincer are one thing seen three times."""
    one = risks(found("xray_lcea", "left"), age=45.0)["left", 120]
    three = risks(
        found("xray_lcea", "left"),
        found("childhood_hip_disease", "left"),
        found("pincer_morphology", "left"),
        age=45.0,
    )["left", 120]
    assert three.point == pytest.approx(one.point, rel=0.03)
    assert len(three.factors) == 1


def test_sport_does_not_count_beside_the_cam_it_acts_through() -> None:
    cam = risks(found("cam_morphology", "left"), age=45.0)["left", 120]
    both = risks(found("cam_morphology", "left"), found("sport_cutting_kicking"), age=45.0)[
        "left", 120
    ]
    assert both.point == pytest.approx(cam.point)
    assert risks(found("sport_cutting_kicking"), age=45.0)[None, 120].point > (
        risks(age=45.0)[None, 120].point
    )


@pytest.mark.parametrize(("longer_right_mm", "raised"), [(15, "left"), (-15, "right")])
def test_the_shorter_leg_is_the_one_at_risk(longer_right_mm, raised) -> None:
    made = risks(age=60.0, posture={"leg_length_difference_mm": longer_right_mm})
    other = "right" if raised == "left" else "left"
    assert made[raised, 120].point > made[other, 120].point


def test_nine_millimetres_are_no_difference() -> None:
    made = risks(age=60.0, posture={"leg_length_difference_mm": 9})
    assert made["left", 120].point == made["right", 120].point
    assert made["left", 120].factors == ()


def test_a_leg_length_difference_without_its_side_is_said_and_not_counted() -> None:
    made = risks(found("leg_length_difference"), age=60.0)
    assert made[None, 120].point == risks(age=60.0)[None, 120].point
    assert any("side is not told" in line for line in made[None, 120].not_known)


def test_no_risk_of_getting_what_is_there() -> None:
    """Joint space of 1.5 mm on the right: the right hip has it; the left is a second hip."""
    patient = person(found("xray_hip_jsn", "right", value=1.5), age=66.0)
    made = hip_osteoarthritis_risks(patient, None)
    assert [(risk.side, risk.horizon_months) for risk in made] == [("left", 120)]
    assert 0.19 < made[0].point < 0.41  # between replacement and symptoms, Amstutz 2016
    assert (made[0].low, made[0].high) == (0.15, 0.47)
    assert any("no cohort" in line for line in made[0].not_known)
    assert any("no risk of getting it" in line for line in hip_osteoarthritis_notes(
        patient, None, side="right").known)  # fmt: skip


def test_both_hips_taken_leaves_the_notes() -> None:
    patient = person(found("xray_hip_jsn", "bilateral"), age=66.0)
    assert hip_osteoarthritis_risks(patient, None) == ()
    assert any(
        "no figure of it" in line for line in hip_osteoarthritis_notes(patient, None).not_known
    )


def test_osteoarthritis_of_a_hip_not_named_leaves_no_figure() -> None:
    assert hip_osteoarthritis_risks(person(found("xray_hip_jsn"), age=66.0), None) == ()


def test_a_replaced_hip_cannot_get_it_and_says_nothing_of_the_other() -> None:
    made = risks(found("hip_replacement", "left"), age=66.0)
    assert {side for side, _ in made} == {"right"}
    assert made["right", 120].point < 0.1  # the reason for the replacement is not known


def test_age_unknown_drops_ten_years_and_widens_the_lifetime() -> None:
    made = risks(sex="F")
    assert set(made) == {(None, 780)}
    assert made[None, 780].low < risks(sex="F", age=20.0)[None, 780].low
    assert any("age is not known" in line for line in made[None, 780].not_known)


def test_past_85_there_is_no_lifetime_left() -> None:
    made = risks(age=88.0)
    assert set(made) == {(None, 120)}
    assert any("Beyond the age of 85" in line for line in made[None, 120].not_known)


def test_what_is_unknown_is_named() -> None:
    (line,) = (s for s in risks(age=60.0)[None, 120].not_known if s.startswith("Left at the mean"))
    assert "Previous injury of the hip" in line
    assert "Body mass index" in line


def test_a_disputed_factor_says_who_disputes_it() -> None:
    made = risks(found("hip_fracture_history", "left"), age=60.0)["left", 120]
    assert any("no difference" in line and "Murphy 2010" in line for line in made.not_known)
    (injury,) = made.factors
    assert injury.low == 1.0


@pytest.mark.parametrize(
    ("finding", "word"),
    [
        ("mri_hip_synovitis", "bone marrow lesions"),
        ("crp_raised", "1.19 mg/L"),
        ("known_spondyloarthritis", "24 to 36 %"),
        ("synovial_culture_positive", "53 %"),
        ("prior_steroid_injection", "Triamcinolone"),
    ],
)
def test_inflammation_is_told_where_the_findings_bear_on_it(finding, word) -> None:
    without, with_ = risks(age=60.0), risks(found(finding), age=60.0)
    assert any(word in line for line in with_[None, 120].known)
    assert not any(word in line for line in without[None, 120].known)
    assert with_[None, 120].point == without[None, 120].point


def test_an_injection_in_the_ledger_counts_as_told() -> None:
    day = datetime.date(2026, 1, 5)
    course = SteroidCourse("triamcinolone", 40, 40, 1, "intra_articular", day, day, "hip", "left")
    made = hip_osteoarthritis_risks(person(age=60.0, steroid_courses=(course,)), None)
    assert any("Triamcinolone" in line for line in made[0].known)


def test_synovitis_of_one_hip_is_told_of_that_hip() -> None:
    made = risks(found("mri_hip_synovitis", "left"), found("cam_morphology", "left"), age=60.0)
    assert any("synovitis" in line for line in made["left", 120].known)
    assert not any("synovitis" in line for line in made["right", 120].known)


def test_tables_that_lie_do_not_load() -> None:
    """A used factor below 1, a study nobody made, an unverified incidence that carries weight."""
    tables = evidence()
    cam = replace(tables.hip_oa_factors["cam_morphology"], low=0.9, study="nobody_1999")
    lifetime = replace(tables.hip_oa_incidence["HI01"], verified=False)
    wrong = replace(
        tables,
        hip_oa_factors={**tables.hip_oa_factors, "cam_morphology": cam},
        hip_oa_incidence={**tables.hip_oa_incidence, "HI01": lifetime},
    )
    said = " ".join(checks.problems(wrong))
    for fault in ("must be 1 or more", "nobody_1999", "only a verified incidence"):
        assert fault in said


def test_the_free_hip_is_told_what_the_other_one_means() -> None:
    """Osteophytes on the left: course and posture are told beside the figure of the right hip."""
    made = risks(found("xray_osteophytes_hip", "left"), age=66.0)["right", 120]
    assert any("from under 1 % to 97 %" in line for line in made.known)
    assert any("goes on in this person" in line for line in made.not_known)


@pytest.mark.parametrize(("age", "said"), [(30.0, True), (60.0, False)])
def test_below_45_the_rate_is_said_to_rest_on_servicemembers(age, said) -> None:
    lines = risks(age=age)[None, 120].not_known
    assert any("servicemembers" in line for line in lines) is said
