"""Murphy 2010 (Osteoarthritis Cartilage 18:1372): one in four by the age of 85.

Lifetime risk of symptomatic hip osteoarthritis in at least one hip among people who live to 85:
25.3 % (21.3 to 29.3), alike by sex and body mass index. The figure is the anchor of the point, so
that it comes back is no proof; that men and women, thin and heavy stay within its interval is.
"""

import pytest

from hipspine.findings.patient import Patient
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks


def lifetime(**known) -> float:
    (_, risk) = hip_osteoarthritis_risks(Patient(id="a", age=20.0, **known), None)
    return risk.point


def test_lifetime_of_everybody_is_one_in_four() -> None:
    assert lifetime() == pytest.approx(0.253, abs=0.001)


@pytest.mark.parametrize("sex", ["F", "M"])
def test_men_and_women_stay_within_the_interval(sex) -> None:
    assert 0.213 <= lifetime(sex=sex) <= 0.293


@pytest.mark.parametrize("bmi", [20.0, 25.0, 30.0, 35.0])
def test_no_body_mass_index_leaves_the_interval(bmi) -> None:
    assert 0.213 <= lifetime(height_m=1.7, mass_kg=bmi * 1.7**2) <= 0.293
