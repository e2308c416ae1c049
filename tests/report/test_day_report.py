"""How a day is told: which hip carries more, unless the band cannot tell."""

import json

import pytest
from rich.console import Console

from hipspine.mechanics.typical import typical_posture
from hipspine.mechanics.typical_loads import typical_loads
from hipspine.report.day_report import day_text
from hipspine.report.loads_json import day_data, typical_data
from tests.mechanics.test_day import day


def told(found, width=140) -> str:
    console = Console(width=width)
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
    assert "9.6" in text and "8.6 to 11.5" in text


def test_what_an_hour_of_it_does_is_told() -> None:
    text = told(day(*ONE_SIDED))
    assert "For each hour of it at a stretch" in text
    assert "part 1, hip abductors left: a fifth of its full force" in text


def test_it_fits_a_narrow_terminal() -> None:
    """No figure is cut short at 80 columns."""
    text = told(day(*ONE_SIDED, {"hours": 2, "walking": True}), 80)
    assert "…" not in text and "8.6 to 11.5" in text


def test_no_side_is_named_where_the_band_spans_both() -> None:
    text = told(day({"hours": 8, "stance": "sitting"}))
    assert "both hips carry about the same: left is 0.80 times right" in text


def test_walking_has_its_own_column() -> None:
    text = told(day({"hours": 1, "stance": "two_leg"}, {"hours": 1, "walking": True}))
    assert "walking, kN h" in text and " 1.7" in text and "upper bound" in text
    assert "walking, kN h" not in told(day(*ONE_SIDED))


def test_data_is_plain_and_complete() -> None:
    found = day(*ONE_SIDED, id="dancer")
    data = json.loads(json.dumps(day_data(found), allow_nan=False))
    assert data["id"] == "dancer"
    assert data["left"]["resting_kn_h"] == pytest.approx(9.6)
    low, high = data["bands"]["left"]["resting_kn_h"]
    assert (low, high) == (pytest.approx(8.64), pytest.approx(11.52))
    assert data["parts"][0]["what"] == "left_leg"
    assert data["left_to_right_band"][0] < data["left_to_right"]


def test_typical_data_says_that_nothing_was_measured() -> None:
    typical = typical_posture("hip_osteoarthritis", "left", 75.0, 1.75, "M")
    data = json.loads(json.dumps(typical_data(typical_loads(typical, 20)), allow_nan=False))
    assert data["measured"] is False
    assert data["typical_of"] == {"condition": "hip_osteoarthritis", "side": "left"}
    low, high = data["bands"]["left"]["hip_contact_force_n"]
    assert low <= data["left"]["hip_contact_force_n"] <= high
    assert data["citations"] and data["assumptions"]
