"""Ledgers summed by hand, over all routes: each case writes out its sum.

mg of prednisone for 1 mg: prednisone 1, prednisolone 1, methylprednisolone 5/4, triamcinolone 5/4,
dexamethasone 5/0.75, betamethasone 5/0.75, hydrocortisone 5/20, cortisone 5/25, deflazacort 5/6.
"""

import datetime
from typing import Any

import pytest

from hipspine.findings.reading import patient_of
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.findings.steroid_limits import (
    days_since_last_epidural,
    days_since_last_injection,
    epidural_days_in_last_year,
    injections_in_last_year,
    not_studied,
    suppressed_days_left,
    suppressions,
)
from hipspine.findings.steroid_sum import ledger_of
from hipspine.findings.steroid_sum import nothing_summed as nothing_is_summed

DATE = "2024-03-31"


def course(
    drug: str, dose: float | tuple[float, float] | None, days: str = "", **more: Any
) -> dict[str, Any]:
    """`days` is "start..end", "start.." or "start"; the last is one day."""
    told: dict[str, Any] = {"drug": drug} | more
    if isinstance(dose, tuple):
        told |= {"dose_mg_low": dose[0], "dose_mg_high": dose[1]}
    elif dose is not None:
        told["dose_mg"] = dose
    start, dots, end = days.partition("..")
    if start:
        told["start"] = start
    if days and (end or not dots):
        told["end"] = end or start
    return told


def ledger(*courses: dict[str, Any], date: str | None = DATE, **case: Any) -> SteroidLedger:
    found = ledger_of(
        patient_of({"id": "x", "date": date, "steroid_courses": list(courses)} | case)
    )
    assert found is not None
    return found


#: name, courses, total mg, total of injections mg, exposed days, peak, the sum by hand
BY_HAND: list[tuple[str, list[dict[str, Any]], float, float, int, float]] = [
    # 20 x 1 x 10 = 200
    ("ten days of prednisone", [course("prednisone", 20, "2024-01-01..2024-01-10")], 200, 0, 10, 20),
    # (24 + 20 + 16 + 12 + 8 + 4) = 84 mg of methylprednisolone; x 5/4 = 105
    ("a six-day pack of methylprednisolone",
     [course("Medrol Dosepak", 24 - 4 * day, f"2024-02-0{1 + day}") for day in range(6)], 105, 0, 6, 30),
    # 60 x 7 + 40 x 7 + 20 x 7 + 10 x 7 = 130 x 7 = 910
    ("a taper by weeks",
     [course("prednisolone", 60, "2024-01-01..2024-01-07"), course("prednisolone", 40, "2024-01-08..2024-01-14"),
      course("prednisolone", 20, "2024-01-15..2024-01-21"), course("prednisolone", 10, "2024-01-22..2024-01-28")],
     910, 0, 28, 60),
    # 1000 x 3 = 3000 mg; x 5/4 = 3750; peak 1250
    ("three pulses by vein", [course("Solu-Medrol", 1000, "2023-06-01..2023-06-03", route="iv")], 3750, 0, 3, 1250),
    # 40 x 5/4 = 50, on one day
    ("a depot into a muscle", [course("Kenalog-40", 40, "2024-01-15..", route="im")], 50, 0, 1, 50),
    # 40 x 0.5 x 10 = 200; exposed on all ten days; 40 on the days it is taken
    ("every other day", [course("prednisone", 40, "2024-01-01..2024-01-10", per_day=0.5)], 200, 0, 10, 40),
    # 4 x 4 x 2 = 32 mg of dexamethasone; / 0.75 x 5 = 213.333
    ("dexamethasone four times a day", [course("Decadron", 4, "2024-03-01..2024-03-02", per_day=4)],
     213.3333333, 0, 2, 106.6666667),
    # continuing: 1 to 31 March 2024 = 31 days x 5 = 155
    ("continuing up to the date", [course("prednisone", 5, "2024-03-01..")], 155, 0, 31, 5),
    # 30 March to 10 April, counted to 31 March: 2 x 10 = 20
    ("partly after the date", [course("prednisone", 10, "2024-03-30..2024-04-10")], 20, 0, 2, 10),
    # 10 x 10 + 20 x 6 = 220 over 1 to 15 January; 30 where they overlap (10 days to the 10th, from the 5th: 6 days)
    ("overlapping courses add", [course("prednisone", 10, "2024-01-01..2024-01-10"),
                                 course("prednisone", 20, "2024-01-10..2024-01-15")], 220, 0, 15, 30),
    # hydrocortisone 20 x 30 x 5/20 = 150; cortisone 25 x 30 x 5/25 = 150; deflazacort 6 x 30 x 5/6 = 150
    ("three more by mouth", [course("hydrocortisone", 20, "2024-01-01..2024-01-30"),
                             course("cortisone acetate", 25, "2024-01-01..2024-01-30"),
                             course("deflazacort", 6, "2024-01-01..2024-01-30")], 450, 0, 30, 15),
    # 80 x 5/4 = 100 epidural; 40 x 5/4 = 50 into the hip; 6 / 0.75 x 5 = 40 into the SI joint; none systemic
    ("injections stand apart", [course("Depo-Medrol", 80, "2024-01-05..", route="epidural", joint="L4/5"),
                                course("Kenalog", 40, "2024-02-05..", route="intra_articular", joint="left hip"),
                                course("Celestone Soluspan", 6, "2024-03-05..", route="intra_articular",
                                       joint="SI joint", side="right")], 0, 190, 0, 0),
    # 10 x 10 = 100; the inhaler and the cream are listed
    ("inhaled and topical are not summed", [course("prednisone", 10, "2024-01-01..2024-01-10"),
                                            course("Flovent", 0.22, "2020-01-01..", per_day=2),
                                            course("clobetasol", 10, "2023-01-01..", route="topical")], 100, 0, 10, 10),
]  # fmt: skip


@pytest.mark.parametrize(
    ("courses", "total", "injected", "days", "peak"),
    [row[1:] for row in BY_HAND],
    ids=[row[0] for row in BY_HAND],
)
def test_agrees_with_the_sum_by_hand(
    courses: list[dict[str, Any]], total: float, injected: float, days: int, peak: float
) -> None:
    found = ledger(*courses)
    assert found.cumulative.low == found.cumulative.high == pytest.approx(total, abs=1e-6)
    assert found.injected.point == pytest.approx(injected, abs=1e-6)
    assert found.exposed_days == days
    assert found.peak_per_day.point == pytest.approx(peak, abs=1e-6)
    assert found.mean_per_day.point == pytest.approx(total / days if days else 0.0)
    assert found.complete


def test_a_range_is_carried_everywhere() -> None:
    # 5 to 10 mg over ten days, and 20 mg over the last two of them: 50 + 40 to 100 + 40
    found = ledger(
        course("prednisone", (5, 10), "2024-01-01..2024-01-10"),
        course("prednisone", 20, "2024-01-09..2024-01-10"),
    )
    assert (found.cumulative.low, found.cumulative.high) == (90, 140)
    assert (found.mean_per_day.low, found.mean_per_day.high) == (9, 14)
    assert (found.peak_per_day.low, found.peak_per_day.high) == (25, 30)
    assert [(s.per_day.low, s.per_day.high) for s in found.steps] == [(5, 10), (25, 30)]


def test_runs_and_days() -> None:
    # 1-10 and 11-15 January are one run of 15; 1-5 March is another, 26 days before the date
    found = ledger(
        course("prednisone", 10, "2024-01-01..2024-01-10"),
        course("prednisone", 10, "2024-01-11..2024-01-15"),
        course("prednisone", 10, "2024-03-01..2024-03-05"),
    )
    assert (found.longest_run_days, found.exposed_days) == (15, 20)
    assert (found.days_since_first, found.days_since_last) == (90, 26)
    assert len(found.steps) == 2  # adjacent days at one dose are one step


def test_the_last_year_is_365_days_that_end_with_the_date() -> None:
    # 2023-04-02 to 2024-03-31 are 365 days: of the ten days from 28 March five lie within (2 to 6 April)
    found = ledger(course("prednisone", 10, "2023-03-28..2023-04-06"))
    assert found.cumulative.point == 100
    assert found.cumulative_last_year.point == 50


def test_what_is_unknown_is_said_and_never_zero() -> None:
    found = ledger(
        course("prednisone", 10, "2024-01-01..2024-01-10"),
        course("prednisone", None, "2024-02-01..2024-02-20"),
    )
    assert not found.complete
    assert found.exposed_days == 30
    assert found.cumulative.point == 100
    assert found.mean_per_day.point == 10, "days of an unknown dose do not dilute the mean"
    assert any("dose not told" in notice and "course 2" in notice for notice in found.notices)
    nothing = ledger(course("prednisone", None))
    assert nothing_is_summed(nothing)
    assert not nothing.complete


def test_an_unknown_start_still_tells_the_peak() -> None:
    found = ledger(course("prednisone", 60) | {"end": "2024-03-21"})
    assert found.peak_per_day.point == 60
    assert found.days_since_last == 10
    assert found.days_since_first is None
    assert not found.complete
    assert any("start not told" in notice for notice in found.notices)


def test_oral_budesonide_has_no_equivalent() -> None:
    found = ledger(course("Entocort", 9, "2024-01-01.."))
    assert [line.counted for line in found.lines] == ["listed"]
    assert not found.complete
    assert any("no equivalent" in notice for notice in found.notices)


@pytest.mark.parametrize("route", ["epidural", "intra_articular", "im", "iv"])
def test_a_needle_without_an_end_is_one_day(route: str) -> None:
    where = {"epidural": {"joint": "L5/S1"}, "intra_articular": {"joint": "hip"}}.get(route, {})
    found = ledger(course("methylprednisolone", 80, "2014-01-01..", route=route, **where))
    # 80 x 5/4 = 100, not ten years of it
    assert found.cumulative.point + found.injected.point == 100
    assert any("counted as one day" in notice for notice in found.notices)


def test_into_both_sides_is_a_range_and_a_row_each() -> None:
    # 40 mg of triamcinolone = 50 mg: shared (25 each) or given twice (50 each)
    found = ledger(
        course("Kenalog", 40, "2024-01-01..", route="intra_articular", joint="both knees")
    )
    assert (found.injected.low, found.injected.high) == (50, 100)
    assert [(r.joint, r.side, r.injections) for r in found.joints] == [
        ("knee", "left", 1),
        ("knee", "right", 1),
    ]
    assert [(r.equivalent.low, r.equivalent.high) for r in found.joints] == [(25, 50), (25, 50)]


def test_two_on_one_day_are_two_injections() -> None:
    # 2 x 40 x 5/4 = 100
    found = ledger(
        course("Kenalog", 40, "2024-01-01", route="intra_articular", joint="left hip", per_day=2)
    )
    (hip,) = found.joints
    assert (hip.injections, hip.equivalent.point) == (2, 100)


def test_joints_with_the_last_year() -> None:
    def hip(day: str) -> dict[str, Any]:
        return course("Kenalog", 40, day, route="intra_articular", joint="L hip")

    found = ledger(hip("2023-04-01"), hip("2023-04-02"), hip("2024-03-31"))
    (row,) = found.joints
    assert (row.joint, row.side, row.injections) == ("hip", "left", 3)
    assert row.in_last_year == 2, "a year ago to the day (365 days) is over"
    assert row.last == datetime.date(2024, 3, 31)


def test_the_other_equivalent_of_betamethasone_is_shown_not_counted() -> None:
    # 12 / 0.75 x 5 = 80 is counted; 12 / 0.6 x 5 = 100 is told
    found = ledger(course("betamethasone", 12, "2024-01-01..", route="epidural"))
    assert found.injected.point == 80
    assert any("0.6 mg" in notice and "100 mg" in notice for notice in found.notices)


def test_without_a_date_it_is_today_and_says_so() -> None:
    found = ledger(course("prednisone", 5, "2024-03-01.."), date=None)
    assert found.as_of == datetime.date.today()
    assert any("no date" in notice for notice in found.notices)


def test_no_course_no_ledger_but_a_word_about_the_medicine() -> None:
    patient = patient_of({"id": "x", "medications": ["prednisone 10 mg daily"]})
    assert ledger_of(patient) is None
    assert any("without a course" in notice for notice in patient.notices)


def test_a_medicine_without_a_course_is_told() -> None:
    found = ledger(
        course("prednisone", 5, "2024-03-01.."),
        medications=["dexamethasone 4 mg", "prednisolone 5 mg", "Deltasone"],
    )
    told = [notice for notice in found.notices if "without a course" in notice]
    assert len(told) == 2
    assert "dexamethasone" in told[0]
    assert "prednisolone" in told[1]


def test_the_same_course_twice_is_counted_and_told() -> None:
    twice = course("prednisone", 5, "2024-03-01..2024-03-10")
    found = ledger(twice, twice)
    assert found.cumulative.point == 100
    assert any("courses 1 and 2 are the same" in notice for notice in found.notices)


def test_limits_that_a_plan_asks_for() -> None:
    found = ledger(
        course("Depo-Medrol", 80, "2023-03-01", route="epidural", joint="L4/5"),
        course("Depo-Medrol", 40, "2023-10-01", route="epidural", joint="L5/S1 left"),
        course("Depo-Medrol", 40, "2023-10-01", route="epidural", joint="L5/S1 right"),
        course("Kenalog", 40, "2024-03-11", route="epidural", joint="C6/7"),
        course("Kenalog", 40, "2024-02-01", route="intra_articular", joint="left hip"),
        course("betamethasone", 6, "2024-03-21", route="intra_articular", joint="knee"),
    )
    assert epidural_days_in_last_year(found) == 2, "both sides on one day are one session"
    assert injections_in_last_year(found) == 5
    assert (
        injections_in_last_year(found, "hip") == injections_in_last_year(found, "hip", "left") == 1
    )
    assert injections_in_last_year(found, "hip", "right") == 0
    assert injections_in_last_year(found, "knee", "right") == 1, (
        "the side is not told: it may be this one"
    )
    assert days_since_last_injection(found) == 10
    assert days_since_last_injection(found, "hip") == 59
    assert days_since_last_injection(found, "shoulder") is None
    assert days_since_last_epidural(found) == 20
    # 40 mg of triamcinolone on 11 March: a month of caution, 30 - 20 days left
    assert suppressed_days_left(found) == 10
    assert suppressions(found)[0].row.suppressed_days_mean == 19.7
    assert [line.course.drug for line in not_studied(found)] == ["Kenalog", "betamethasone"]


def test_a_dose_above_every_studied_one_says_so() -> None:
    found = ledger(course("Kenalog", 120, "2024-03-11", route="epidural"))
    (one,) = suppressions(found)
    assert one.beyond
    assert (one.row.dose_mg, one.days_left) == (80, 84 - 20)


@pytest.mark.parametrize("drug", ["cortisone", "cortisone injection", "steroid", "corticosteroid"])
def test_a_cortisone_shot_is_an_injection_of_an_unknown_steroid(drug: str) -> None:
    """Cortisone itself is a tablet; 40 mg of it would be 8 mg, and 40 mg of Kenalog is 50."""
    found = ledger(course(drug, 40, "2024-01-01", route="intra_articular", joint="left hip"))
    (hip,) = found.joints
    assert (hip.injections, hip.known) == (1, False)
    assert not found.complete
    assert any("no equivalent" in notice for notice in found.notices)


def test_cortisone_by_mouth_is_cortisone() -> None:
    # 25 mg x 10 x 5/25 = 50
    found = ledger(course("cortisone", 25, "2024-01-01..2024-01-10"))
    assert found.cumulative.point == 50


def test_a_pack_told_as_one_dose_is_questioned() -> None:
    found = ledger(course("Medrol Dosepak", 24, "2024-01-01..2024-01-06"))
    assert any("a course for each step" in notice for notice in found.notices)
