"""What holds for every person: bounds, monotony, mirror; and naive twins of the sums."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.risk import hip_oa_factors as factors
from hipspine.risk.hip_oa_incidence import GROWTH, cohorts, hazards, relative_rate
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks

USED = [row for row in evidence().hip_oa_factors.values() if row.use]
TOLD = [(row, finding) for row in USED for finding in row.findings[:1] if row.factor != "bmi"]
TOLD = [pair for pair in TOLD if pair[0].factor != "leg_length_difference"]  # by posture
SIDES = ("left", "right")


def observation(row, finding, side, *, present) -> Observation:
    return Observation(finding, present, side if row.sided else None)


@st.composite
def people(draw) -> Patient:
    told = [
        observation(row, finding, side, present=answer)
        for row, finding in TOLD
        for side in SIDES
        if (side == "left" or row.sided)
        and (answer := draw(st.sampled_from([None, None, True, False]))) is not None
    ]
    return Patient(
        id="drawn",
        findings=Findings(told),
        age=draw(st.none() | st.floats(14, 100)),
        sex=draw(st.sampled_from([None, "F", "M", "X"])),
        height_m=draw(st.none() | st.floats(1.4, 2.1)),
        mass_kg=draw(st.none() | st.floats(40, 200)),
        posture={"leg_length_difference_mm": draw(st.integers(-30, 30))},
    )


def by_horizon(patient: Patient):
    risks = hip_osteoarthritis_risks(patient, None)
    return {(risk.side, risk.horizon_months == 120): risk for risk in risks}


@given(people())
@settings(max_examples=80, deadline=None)
def test_every_figure_is_a_probability_within_its_bounds(patient) -> None:
    for risk in hip_osteoarthritis_risks(patient, None):
        assert 0 <= risk.low <= risk.point <= risk.high < 1
        for study in risk.studies:
            assert study.low <= study.point <= study.high
            assert risk.low <= study.low
            assert study.high <= risk.high


@given(people())
@settings(max_examples=60, deadline=None)
def test_left_mirrors_right(patient) -> None:
    other = {"left": "right", "right": "left", None: None}
    mirrored = replace(
        patient,
        findings=Findings(replace(o, side=other[o.side]) for o in patient.findings),
        posture={"leg_length_difference_mm": -patient.posture["leg_length_difference_mm"]},
    )
    here, there = by_horizon(patient), by_horizon(mirrored)
    for (side, soon), risk in here.items():
        twin = there[other[side], soon]
        assert (risk.point, risk.low, risk.high) == pytest.approx((twin.point, twin.low, twin.high))


@given(people())
@settings(max_examples=60, deadline=None)
def test_a_second_hip_is_never_safer_than_a_first(patient) -> None:
    """Osteoarthritis of the right hip told besides: the left one's 10 years do not shrink."""
    told = Observation("xray_osteophytes_hip", True, "right")
    made = hip_osteoarthritis_risks(replace(patient, findings=patient.findings.with_(told)), None)
    assert [(risk.side, risk.horizon_months) for risk in made] == [("left", 120)]
    assert 0 <= made[0].low <= made[0].point <= made[0].high < 1
    first = by_horizon(patient).get(("left", True))
    if first is not None:
        assert first.point <= made[0].point


@given(people(), st.sampled_from(TOLD), st.sampled_from(SIDES))
@settings(max_examples=80, deadline=None)
def test_a_factor_present_never_lowers_and_absent_never_raises(patient, told, side) -> None:
    row, finding = told
    bare = replace(patient, findings=patient.findings.without(finding))

    def with_(answer: bool) -> Patient:
        added = observation(row, finding, side, present=answer)
        return replace(bare, findings=bare.findings.with_(added))

    unknown, present, absent = (
        factors.combined(factors.factors_of(p, side)) for p in (bare, with_(True), with_(False))
    )
    if row.not_after or any(row.group in other.not_after for other in USED):
        return  # it may hide another factor: the test below
    slack = 1e-9
    assert absent.point <= unknown.point + slack
    assert unknown.point <= present.point + slack


@given(people(), st.floats(41, 199))
@settings(max_examples=40, deadline=None)
def test_more_mass_never_lowers_it(patient, mass) -> None:
    light = replace(patient, height_m=1.7, mass_kg=mass)
    heavy = replace(light, mass_kg=mass + 5)
    for key, risk in by_horizon(light).items():
        assert risk.point <= by_horizon(heavy)[key].point + 1e-12


def test_hiding_a_factor_never_makes_injury_lower_the_risk() -> None:
    """Sport does not count once the hip was injured; the injury weighs more than the sport."""
    sport = Observation("sport_cutting_kicking", present=True)
    for hurt in ("hip_fracture_history", "cam_morphology", "xray_lcea"):
        both = Findings((sport, Observation(hurt, True, "left")))
        alone = Patient(id="a", findings=Findings((sport,)), age=50.0)
        more = factors.combined(factors.factors_of(replace(alone, findings=both), "left"))
        assert more.point > factors.combined(factors.factors_of(alone, "left")).point


@given(st.floats(20, 84), st.floats(0, 40))
@settings(max_examples=40, deadline=None)
def test_hazard_agrees_with_a_sum_over_hundredths_of_a_year(start, years) -> None:
    """The naive twin: midpoints, no closed form; growth at its middle."""
    steps = max(1, round(years * 100))
    width = years / steps
    ages = [start + (i + 0.5) * width for i in range(steps)]
    naive = math.fsum(relative_rate(age, GROWTH[1]) for age in ages) * width
    ratio = hazards(start, start + years)[0].hazard.point
    whole = hazards(0, 85)[0].hazard.point
    everyone = math.fsum(relative_rate(20 + (i + 0.5) / 100, GROWTH[1]) for i in range(6500)) / 100
    assert ratio / whole == pytest.approx(naive / everyone, rel=1e-3, abs=1e-6)


@given(st.floats(0, 85), st.floats(0, 20), st.floats(0, 20))
@settings(max_examples=40, deadline=None)
def test_hazards_of_adjoining_years_add_up(start, first, second) -> None:
    middle, end = start + first, start + first + second
    for whole, a, b in zip(
        hazards(start, end), hazards(start, middle), hazards(middle, end), strict=True
    ):
        assert whole.hazard.point == pytest.approx(a.hazard.point + b.hazard.point)


def test_factors_over_a_population_leave_its_mean() -> None:
    """Everybody's multiples, weighted by how common the factor is, average to 1."""
    for row in USED:
        if row.factor == "bmi":
            continue
        ratio = factors.published(row)
        present, absent = (factors._multiple(ratio, row.share, present=p) for p in (True, False))
        mean = row.share * present.point + (1 - row.share) * absent.point
        assert mean == pytest.approx(1.0)


def test_errors_of_independent_factors_add_as_squares() -> None:
    """Two factors: log errors 0.3 and 0.4 make 0.5, not 0.7."""
    row = USED[0]
    two = [
        factors.Known(row, True, r, r)
        for error in (0.3, 0.4)
        for r in [factors.Ratio(1.2, 1.2 * math.exp(-error), 1.2 * math.exp(error))]
    ]
    both = factors.combined(two)
    assert both.point == pytest.approx(1.44)
    assert both.high == pytest.approx(1.44 * math.exp(0.5))
    assert both.low == pytest.approx(1.44 * math.exp(-0.5))


def test_no_two_used_factors_of_one_group_multiply() -> None:
    """Every pair of findings of one group gives what the stronger gives alone."""
    for (a, one), (b, two) in itertools.combinations(TOLD, 2):
        if a.group != b.group:
            continue

        def points(*findings: str) -> float:
            told = [Observation(finding, True, "left") for finding in findings]
            patient = Patient(id="a", findings=Findings(told), age=50.0)
            return factors.combined(factors.factors_of(patient, "left")).point

        assert points(one, two) == pytest.approx(max(points(one), points(two)))


def test_cohorts_that_count_are_verified_and_of_one_outcome() -> None:
    assert len(cohorts()) >= 3
    for row in cohorts():
        assert row.verified
        assert row.outcome.startswith("symptomatic radiographic")
