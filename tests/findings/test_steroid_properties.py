"""What holds for every ledger: a day-by-day twin agrees, and how courses are written is nothing."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hipspine.findings.patient import Patient, SteroidCourse
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.findings.steroid_sum import ledger_of

AS_OF = datetime.date(2024, 6, 30)
#: mg equal to 5 mg of prednisone, written out once more for the twin.
LABEL = {
    "prednisone": 5.0,
    "methylprednisolone": 4.0,
    "dexamethasone": 0.75,
    "hydrocortisone": 20.0,
}
DAY = datetime.timedelta(days=1)


@st.composite
def courses(draw: st.DrawFn) -> SteroidCourse:
    """A systemic course that starts within two years of the date; doses whole and small."""
    start = AS_OF - DAY * draw(st.integers(0, 730))
    end = draw(st.one_of(st.none(), st.integers(0, 60).map(lambda days: start + DAY * days)))
    per_day = draw(st.sampled_from([1.0, 2.0, 0.5]))
    if per_day < 1 and end is not None:
        end += DAY  # at least one dose every other day
    low = draw(st.integers(1, 15))
    return SteroidCourse(
        drug=draw(st.sampled_from(sorted(LABEL))),
        dose_mg_low=float(low),
        dose_mg_high=float(low + draw(st.sampled_from([0, 0, 5]))),
        per_day=per_day,
        route=draw(st.sampled_from(["oral", "iv", "im"])),
        start=start,
        end=end,
        joint=None,
        side=None,
    )


def ledger(told: Sequence[SteroidCourse]) -> SteroidLedger:
    found = ledger_of(Patient(id="x", date=AS_OF, steroid_courses=tuple(told)))
    assert found is not None
    return found


def day_by_day(
    told: Sequence[SteroidCourse], low: bool
) -> tuple[dict[datetime.date, float], float]:
    """The naive twin: every day on its own, and the most that can fall on one day."""
    mean: dict[datetime.date, float] = defaultdict(float)
    most: dict[datetime.date, float] = defaultdict(float)
    for course in told:
        assert course.start
        last = course.end or (AS_OF if course.route == "oral" else course.start)
        dose = course.dose_mg_low if low else course.dose_mg_high
        assert dose is not None
        equivalent = dose / LABEL[course.drug] * 5
        day = course.start
        while day <= min(last, AS_OF):
            mean[day] += equivalent * course.per_day
            most[day] += equivalent * max(1.0, course.per_day)
            day += DAY
    return mean, max(most.values())


@given(st.lists(courses(), min_size=1, max_size=6))
def test_agrees_with_the_sum_day_by_day(told: list[SteroidCourse]) -> None:
    found = ledger(told)
    for low in (True, False):
        end = "low" if low else "high"
        days, most = day_by_day(told, low)
        assert getattr(found.cumulative, end) == pytest.approx(sum(days.values()))
        assert getattr(found.peak_per_day, end) == pytest.approx(most)
        assert getattr(found.mean_per_day, end) == pytest.approx(sum(days.values()) / len(days))
        year = [dose for day, dose in days.items() if (AS_OF - day).days < 365]
        assert getattr(found.cumulative_last_year, end) == pytest.approx(sum(year))
        for step in found.steps:
            assert getattr(step.per_day, end) == pytest.approx(days[step.start])
            assert getattr(step.per_day, end) == pytest.approx(days[step.end])
    assert found.exposed_days == len(days) == sum((s.end - s.start).days + 1 for s in found.steps)
    assert found.longest_run_days == longest_run(set(days))
    assert found.days_since_first == (AS_OF - min(days)).days
    assert found.days_since_last == (AS_OF - max(days)).days


def longest_run(days: set[datetime.date]) -> int:
    longest = run = 0
    day = min(days)
    while day <= max(days):
        run = run + 1 if day in days else 0
        longest = max(longest, run)
        day += DAY
    return longest


@given(st.lists(courses(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_courses_is_nothing(told: list[SteroidCourse], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figures(ledger(told)) == figures(ledger(shuffled))


@given(courses(), st.integers(1, 20))
def test_a_course_split_into_adjacent_ones_is_the_same(course: SteroidCourse, after: int) -> None:
    assert course.start
    cut = course.start + DAY * after
    last = course.end or AS_OF
    assume(cut <= min(last, AS_OF) and (course.end is not None or course.route == "oral"))
    if course.per_day < 1:  # less than a dose would be refused
        assume(after >= 2 and (last - cut).days >= 1)
    parts = [replace(course, end=cut - DAY), replace(course, start=cut)]
    whole, split = ledger([course]), ledger(parts)
    assert split.cumulative.high == pytest.approx(whole.cumulative.high)
    assert split.cumulative_last_year.low == pytest.approx(whole.cumulative_last_year.low)
    assert split.mean_per_day.low == pytest.approx(whole.mean_per_day.low)
    assert split.peak_per_day == whole.peak_per_day
    assert split.steps == whole.steps
    assert (split.exposed_days, split.longest_run_days) == (
        whole.exposed_days,
        whole.longest_run_days,
    )


@given(st.lists(courses(), min_size=1, max_size=5), courses())
def test_one_more_course_never_lowers_a_total(
    told: list[SteroidCourse], more: SteroidCourse
) -> None:
    before, after = ledger(told), ledger([*told, more])
    assert after.cumulative.low > before.cumulative.low
    assert after.cumulative.high > before.cumulative.high
    assert after.cumulative_last_year.low >= before.cumulative_last_year.low
    assert after.peak_per_day.high >= before.peak_per_day.high
    assert after.exposed_days >= before.exposed_days
    assert after.longest_run_days >= before.longest_run_days


def figures(found: SteroidLedger) -> tuple[object, ...]:
    return (
        found.cumulative,
        found.cumulative_last_year,
        found.mean_per_day,
        found.peak_per_day,
        found.exposed_days,
        found.longest_run_days,
        found.days_since_first,
        found.days_since_last,
        found.steps,
    )
