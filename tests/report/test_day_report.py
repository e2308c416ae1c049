"""How a day is told: which hip carries more, unless the band cannot tell."""

import json

import pytest
from rich.console import Console

from hipspine.report.day_report import day_data, day_text
from tests.mechanics.test_day import day


def told(found) -> str:
    console = Console(width=140)
    with console.capture() as captured:
        console.print(day_text(found))
    return captured.get()


ONE_SIDED = (
    {"hours": 4, "stance": "left_leg"},
    {"hours": 4, "stance": "two_leg"},
)


def test_the_heavier_hip_is_named_with_its_band() -> None:
    """left 4 * 1.8 + 4 * 0.6 = 9.6 kN h, right 4 * 0.3 + 2.4 = 3.6: 2.67 times."""
    text = told(day(*ONE_SIDED, id="dancer"))
    assert "dancer" in text
    assert "the left hip carries 2.67 times (2.00 to 3.56) what the right does" in text
    assert "9.6 (8.6 to 11.5) kN h" in text


def test_no_side_is_named_where_the_band_spans_both() -> None:
    text = told(day({"hours": 8, "stance": "sitting"}))
    assert "both hips carry about the same: left is 0.80 times right" in text


def test_walking_has_its_own_column() -> None:
    text = told(day({"hours": 1, "stance": "two_leg"}, {"hours": 1, "walking": True}))
    assert "walking adds" in text and "1.7 kN h" in text and "upper bound" in text
    assert "walking adds" not in told(day(*ONE_SIDED))


def test_data_is_plain_and_complete() -> None:
    found = day(*ONE_SIDED, id="dancer")
    data = json.loads(json.dumps(day_data(found), allow_nan=False))
    assert data["id"] == "dancer"
    assert data["day"]["left"]["resting_kn_h"] == pytest.approx(9.6)
    low, high = data["day"]["bands"]["left"]["resting_kn_h"]
    assert (low, high) == (pytest.approx(8.64), pytest.approx(11.52))
    assert data["day"]["parts"][0]["what"] == "left_leg"
    assert data["day"]["left_to_right_band"][0] < data["day"]["left_to_right"]
