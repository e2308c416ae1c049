"""Scher 2009 (Arthritis Rheum 61:468): hip osteoarthritis in young US servicemembers.

35 per 100 000 person-years. The level of the rate is held out: the curve takes from this study
only the ratio of 22.21 (17.54 to 28.14) between those over 40 and those of 20. The ages of the
servicemembers are not stated in what was read, so the rate is asked of 25 to 35 years (their usual
age), between the lowest and the highest cohort.
"""

import pytest

from hipspine.risk.hip_oa_incidence import GROWTH, hazards, relative_rate


def test_the_level_held_out_lies_between_the_cohorts() -> None:
    """0.35 per 1000 person-years."""
    rates = [cohort.hazard for cohort in hazards(25, 35)]
    assert min(h.low for h in rates) / 10 < 0.35e-3 < max(h.high for h in rates) / 10


def test_the_ratio_of_ages_comes_back() -> None:
    for growth in GROWTH:
        ratio = relative_rate(45, growth) / relative_rate(20, growth)
        assert ratio == pytest.approx(22.21, rel=1e-6)
