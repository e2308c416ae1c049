"""Moss 2016 and Oliveria 1995: the published rates come back from a population drawn anew.

A naive twin: people of every year of age, as many as the row's rule says, each with the hazard of
the year to come by that cohort. Their mean is the published rate. Moss 2016 (Osteoarthritis
Cartilage 24:1518): 13 per 1000 person-years at 45 and over; Oliveria 1995 (Arthritis Rheum
38:1134): 0.88 (0.75 to 1.01), all adults, standardised.
"""

import pytest

from hipspine.risk.hip_oa_incidence import hazards


@pytest.mark.parametrize(
    ("study", "youngest", "per_1000", "within"),
    [("moss_2016", 45, 13.0, 0.3), ("oliveria_1995", 20, 0.88, 0.13)],
)
def test_mean_rate_of_a_drawn_population(study, youngest, per_1000, within) -> None:
    found, people = 0.0, 0.0
    for age in range(youngest, 90):
        count = 90 - age - 0.5
        (cohort,) = (c for c in hazards(age, age + 1) if c.row.study == study)
        found += count * cohort.hazard.point
        people += count
    assert 1000 * found / people == pytest.approx(per_1000, abs=within)


def test_the_cohorts_disagree_and_the_range_says_so() -> None:
    """Fifteen-fold in the published rates; the answer at 60 spans at least five-fold."""
    points = [cohort.hazard.point for cohort in hazards(60, 70)]
    assert max(points) > 5 * min(points)
