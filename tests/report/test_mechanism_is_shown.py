"""The mechanism in JSON and text: the same figures, the reasons, and what they rest on."""

import io
import json
import re

import pytest
from rich.console import Console

from hipspine import assess, patient_of
from hipspine.assessment import Assessment
from hipspine.report.as_json import to_data
from hipspine.report.as_text import show
from hipspine.report.evidence_text import show_evidence


def assessed(*names: str) -> Assessment:
    return assess(patient_of({"id": "invented", "findings": [{"name": n} for n in names]}))


def text_of(assessment: Assessment) -> str:
    sheet = io.StringIO()
    show(assessment, Console(file=sheet, width=200))
    return sheet.getvalue()


def test_json_holds_three_probabilities_and_the_reasons_of_each() -> None:
    data = json.loads(json.dumps(to_data(assessed("straight leg raise", "burning pain"))))
    assert list(data["mechanism"]) == ["nociceptive", "neuropathic", "nociplastic"]
    assert sum(data["mechanism"].values()) == pytest.approx(1)
    why = {entry["mechanism"]: entry["why"] for entry in data["mechanism_why"]}
    assert {r["finding"] for r in why["neuropathic"]} == {"slr", "burning_pain"}
    assert set(why["neuropathic"][0]) == {"finding", "present", "decibans", "citations"}


def test_the_text_names_the_first_mechanism_its_reasons_and_the_reference() -> None:
    assessment = assessed("straight leg raise", "burning pain")
    shown = text_of(assessment).split("Mechanism of the pain: ")[1]
    first, percent = re.match(r"(\w+) (\d+)%", shown).groups()  # type: ignore[union-attr]
    assert first == "neuropathic"
    assert int(percent) == pytest.approx(100 * assessment.mechanism.neuropathic, abs=0.51)
    assert "Straight leg raise" in shown
    assert "2 criteria known" in shown
    assert "experienced examiner" in shown


def test_with_nothing_known_the_text_says_that_it_is_the_prior() -> None:
    shown = text_of(assessed())
    assert "Mechanism of the pain: nociceptive 55%" in shown
    assert "no criterion is known" in shown


def test_evidence_of_a_criterion_tells_its_frequencies_and_that_they_are_judged() -> None:
    sheet = io.StringIO()
    show_evidence("diffuse_tenderness", Console(file=sheet, width=200))
    assert "judged" in sheet.getvalue()
    assert re.search(r"nociplastic +70% +yes +yes", sheet.getvalue())
    assert "part 1 of 3" in sheet.getvalue()
