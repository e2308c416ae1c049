"""Published effects on one scale, summed by hand."""

import datetime
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.evidence.rows_of_care import EffectUse
from hipspine.evidence.rows_of_plan import TreatmentEffect
from hipspine.findings.model import Findings, Observation
from hipspine.plan.benefit import Gain, averaged, of_effect
from hipspine.plan.goals import goals_of

PHI = NormalDist().cdf
Z_30 = NormalDist().inv_cdf(0.3)


def effect(value: float | None, low: float | None = None, high: float | None = None,
           certainty: str = "high", *, verified: bool = True, better: str = "lower",
           ) -> TreatmentEffect:  # fmt: skip
    return TreatmentEffect(
        id="f", treatments=("t",), targets=("hip_osteoarthritis",), measure="pain", words="",
        value=value, low=low, high=high, unit="", better_is=better, comparator="none",
        follow_up="3 months", n="100", certainty=certainty, study="s", verified=verified, note="",
    )  # fmt: skip


def used(scale: str, comparator: float | None = None) -> EffectUse:
    return EffectUse("f", scale, comparator, "")


def gain(*args: object, **kw: object) -> Gain:
    found = of_effect(*args, **kw)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_number_needed_to_treat_of_two_is_half() -> None:
    assert gain(effect(2.0), used("nnt")).mean == pytest.approx(0.5)


def test_responders_against_their_comparator() -> None:
    assert gain(effect(55, better="higher"), used("responders", 34)).mean == pytest.approx(0.21)


def test_without_a_comparator_three_in_ten_would_have_improved() -> None:
    assert gain(effect(55, better="higher"), used("uncontrolled")).mean == pytest.approx(0.25)


def test_a_standardised_difference_by_the_normal_model() -> None:
    by_hand = PHI(0.38 + Z_30) - 0.3
    assert gain(effect(-0.38), used("smd")).mean == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.143, abs=0.001)


def test_points_are_divided_by_their_standard_deviation() -> None:
    assert gain(effect(-15), used("points")).mean == pytest.approx(PHI(15 / 25 + Z_30) - 0.3)
    assert gain(effect(-1.5), used("nrs")).mean == gain(effect(-15), used("points")).mean


def test_a_worse_outcome_is_a_loss_and_counts_as_nothing() -> None:
    worse = gain(effect(5), used("points"))
    assert worse.mean < 0
    assert worse.shrunk == 0.0


def test_less_certain_counts_less() -> None:
    grades = ["high", "moderate", "low", "very_low"]
    shrunk = [gain(effect(-15, -18, -12, grade), used("points")).shrunk for grade in grades]
    assert shrunk == sorted(shrunk, reverse=True)
    assert shrunk[0] > 1.5 * shrunk[-1]


def test_unchecked_doubles_the_variance() -> None:
    checked = gain(effect(-15, -18, -12, "low"), used("points"))
    unchecked = gain(effect(-15, -18, -12, "low", verified=False), used("points"))
    assert unchecked.variance == pytest.approx(2 * checked.variance)
    assert unchecked.mean == checked.mean


def test_a_null_trial_pulls_the_mean_down() -> None:
    good = gain(effect(64, better="higher", certainty="low"), used("responders", 0))
    null = gain(effect(None, certainty="low"), used("null"))
    both = averaged([good, null])
    assert both is not None
    assert both.mean == pytest.approx(good.mean / 2)


def test_an_unused_effect_says_nothing() -> None:
    assert of_effect(effect(-15), used("not_used")) is None
    assert averaged([]) is None


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 0.2)), min_size=1, max_size=6))
def test_an_average_lies_between_its_parts(parts: list[tuple[float, float]]) -> None:
    gains = [Gain(mean, variance, ()) for mean, variance in parts]
    mean = averaged(gains)
    assert mean is not None
    assert min(g.mean for g in gains) - 1e-9 <= mean.mean <= max(g.mean for g in gains) + 1e-9
    assert mean.variance == min(g.variance for g in gains)


MARCH = datetime.date(2026, 3, 1)


def goal(*told: Observation) -> dict[str, str]:
    return {g.activity: str(g.text) for g in goals_of(Findings(told), MARCH)}


def test_goals_come_from_the_minutes_told() -> None:
    said = goal(Observation("walking_time_reduced", True, value=10.0))
    assert said["walking"] == "walk 13 min before pain stops it (now 10 min)"


def test_goals_without_minutes_are_relative() -> None:
    said = goal(Observation("worse_sitting", True))
    assert "a third longer" in said["sitting"]
    assert said["standing"] == "stand as long as now, without more pain"


@given(st.floats(0, 300))
def test_a_goal_is_never_below_what_is_done_now(now: float) -> None:
    said = goal(Observation("standing_time_reduced", True, value=now))["standing"]
    number = float(said.split()[1] if said.startswith("stand") else said.split()[3])
    assert number >= float(f"{now:g}") - 1e-9
