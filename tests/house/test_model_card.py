"""The model card says what was measured, and its evidence is that of the tables."""

import copy
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from benchmarks.calibration import SCENARIOS, SLOPE, WITHIN
from benchmarks.card_figures import evidence_counts, model

ROOT = Path(__file__).resolve().parents[2]
BUILDER = runpy.run_path(str(ROOT / "docs" / "build_model_card.py"))
TEMPLATE = BUILDER["TEMPLATE"].read_text(encoding="utf-8")
FIGURES: dict[str, Any] = json.loads(BUILDER["FIGURES"].read_text(encoding="utf-8"))
CARD = BUILDER["CARD"].read_text(encoding="utf-8")


def test_the_card_is_what_the_builder_makes_of_the_figures() -> None:
    assert BUILDER["built"](TEMPLATE, FIGURES) == CARD, "run: python docs/build_model_card.py"


def test_its_evidence_is_that_of_the_tables() -> None:
    command = "run: python docs/build_model_card.py --measure"
    assert FIGURES["evidence"] == json.loads(json.dumps(evidence_counts())), command
    assert FIGURES["model"] == json.loads(json.dumps(model())), command


def test_another_figure_makes_another_card() -> None:
    """No figure of the results stands in the template itself."""
    other = copy.deepcopy(FIGURES)
    other["open_cases"]["results"]["without leading findings, all, hipspine"]["first"] += 1
    other["calibration"]["scenarios"]["true correlation 0.6"][0]["slope"] = 0.77
    other["mechanism"]["methods"]["hipspine"]["balanced_accuracy"] = 0.555
    other["evidence"]["tables"]["Priors"]["judgement"] += 3
    other["red_flags"]["flagged"] -= 5
    changed = BUILDER["built"](TEMPLATE, other).splitlines()
    assert sum(a != b for a, b in zip(CARD.splitlines(), changed, strict=True)) == 5


def test_a_figure_that_nobody_measured_is_an_error() -> None:
    with pytest.raises(KeyError, match="not_measured"):
        BUILDER["built"](TEMPLATE + "$not_measured", FIGURES)


def test_rows_of_evidence_add_up() -> None:
    for row in FIGURES["evidence"]["tables"].values():
        assert row["study"] + row["derived"] + row["judgement"] == row["rows"]
        assert row["checked"] <= row["rows"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_calibration_was_measured_on_4000_patients_and_meets_its_targets(scenario: str) -> None:
    assert FIGURES["calibration"]["patients"] == 4000
    ours = FIGURES["calibration"]["scenarios"][scenario][0]
    assert ours["method"] == "hipspine"
    assert SLOPE[0] <= ours["slope"] <= SLOPE[1]
    assert abs(ours["sure_right"] - ours["sure_mean"]) <= WITHIN


def test_tables_of_the_card_are_whole() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", CARD, flags=re.MULTILINE)
    assert len(tables) >= 7
    for table in tables:
        assert len({line.count("|") for line in table.strip().splitlines()}) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "Intended use",
        "Assumptions",
        "Results",
        "Known failures",
        "Fairness and subgroups",
        "Safety",
    ],
)
def test_the_card_has_every_part(heading: str) -> None:
    assert CARD.count(f"\n## {heading}\n") == 1
