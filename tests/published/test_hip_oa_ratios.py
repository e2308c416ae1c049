"""The published ratios come back: hips with a factor against hips without, in 10 years.

Each factor told present at one hip and absent at the other (or in one person and not in another),
everything else unknown. The ratio of the two risks must lie in the study's own interval: World
COACH (cam 1.62, dysplasia 1.8, pincer 1.5), Cooper 1998 (injury 4.3), Jahn 2024 (lifting 1.6),
Lanyon 2000 (siblings 4.9), Tran 2016 (sport 1.37), Prieto-Alhambra 2014 (knee 1.35). A factor that
another study disputes counts for less than its figure: it must lie between 1 and that figure.
"""

import pytest

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks

ROWS = [
    row
    for row in evidence().hip_oa_factors.values()
    if row.use and row.findings and row.factor != "leg_length_difference"
]


def ten_years(row, *, present: bool, age: float) -> float:
    """Risk of the left hip, or of the person."""
    told = Observation(row.findings[0], present, "left" if row.sided else None)
    patient = Patient(id="a", findings=Findings([told]), age=age)
    return hip_osteoarthritis_risks(patient, None)[0].point


@pytest.mark.parametrize("age", [45.0, 60.0])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.factor)
def test_ratio_of_risks_lies_in_the_published_interval(row, age) -> None:
    ratio = ten_years(row, present=True, age=age) / ten_years(row, present=False, age=age)
    if row.halved_because:
        assert 1 < ratio < row.ratio
    else:
        assert row.low <= ratio <= row.high


def test_five_units_of_body_mass_index_stay_below_the_published_ratio() -> None:
    """1.11 per 5 kg/m2 (Jiang 2011) against no gradient at all (Murphy 2010)."""

    def risk(bmi: float) -> float:
        patient = Patient(id="a", age=60.0, height_m=1.0, mass_kg=bmi)
        return hip_osteoarthritis_risks(patient, None)[0].point

    assert 1 < risk(32.0) / risk(27.0) < 1.11


def test_the_second_hip_lies_between_replacement_and_symptoms() -> None:
    """Amstutz 2016: 19 % replaced (15 to 25) and 41 % with symptoms (35 to 47) in 10 years."""
    told = Findings([Observation("xray_hip_jsn", True, "left")])
    (second,) = hip_osteoarthritis_risks(Patient(id="a", findings=told), None)
    assert second.side == "right"
    assert 0.19 < second.point < 0.41
    assert (second.low, second.high) == (0.15, 0.47)


def test_the_shorter_leg_within_its_interval() -> None:
    """Kim 2018: 1.47 (1.07 to 2.02) in the shorter leg; taken for less, as it is prevalent."""
    patient = Patient(id="a", age=60.0, posture={"leg_length_difference_mm": 12})
    left, _, right, _ = hip_osteoarthritis_risks(patient, None)
    assert 1.07 < left.point / right.point < 1.47
