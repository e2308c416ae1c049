"""The validation page says what the code says, within rounding."""

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILDER = runpy.run_path(str(ROOT / "docs" / "build_mechanics_validation.py"))
PAGE = (ROOT / "docs" / "mechanics-validation.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    made, stands = (re.split(r"(\d+\.?\d*)", text) for text in (BUILDER["page"](), PAGE))
    assert made[::2] == stands[::2], "run: python docs/build_mechanics_validation.py"
    for ours, theirs in zip(made[1::2], stands[1::2], strict=True):
        assert abs(float(ours) - float(theirs)) <= 0.011 * max(1.0, abs(float(theirs)) / 10)


def test_at_least_half_of_the_rows_are_predicted_and_failures_are_printed() -> None:
    rows = BUILDER["ROWS"]
    assert 2 * sum(not row.fitted for row in rows) >= len(rows)
    outside = [row.name for row in rows if not row.low <= row.figure() <= row.high]
    assert PAGE.count("**FAIL**") == len(outside)
