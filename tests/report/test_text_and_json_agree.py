"""Text and JSON are two views of one assessment: a reader of either must be told the same.

The tests read the text as a person does: line by line, a long name going on in the next line.
"""

import io
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from rich.console import Console

from hipspine import Assessment, assess, patient_of
from hipspine.evidence import EXPERT_JUDGEMENT, evidence
from hipspine.report.as_json import to_data
from hipspine.report.as_text import show
from hipspine.report.evidence_text import show_evidence
from hipspine.report.languages import Translator
from hipspine.report.view import view_of

WIDTH = 100
#: Invented. The last finding of each means nothing, and must be handed back as it was told.
PATIENTS: dict[str, dict[str, Any]] = {
    "glazier": {
        "age": 44,
        "sex": "M",
        "side": "left",
        "duration_weeks": 4,
        "pain_regions": ["buttock", "posterior_thigh", "calf"],
        "findings": [
            {"name": "left ankle jerk absent"},
            {"name": "straight leg raise positive at 40 degrees"},
            {"name": "saddle anaesthesia"},
            {"name": "hums when it rains"},
        ],
    },
    "organist": {
        "age": 71,
        "sex": "F",
        "side": "right",
        "duration_weeks": 150,
        "pain_regions": ["groin"],
        "findings": [
            {"name": "hip internal rotation limited to 5 degrees"},
            {"name": "joint space narrowing on hip radiograph"},
            {"name": "fever", "present": False},
            {"name": "wobbly moonlight reflex"},
        ],
    },
    "gardener": {
        "age": 52,
        "sex": "F",
        "side": "left",
        "setting": "primary_care",
        "pain_regions": ["lateral_hip"],
        "findings": [
            {"name": "tender over the greater trochanter"},
            {"name": "night pain"},
            {"name": "weight loss"},
            {"name": "history of cancer"},
            {"name": "owns eleven umbrellas"},
        ],
    },
}
NONSENSE = {"glazier": "hums when it rains", "organist": "wobbly moonlight reflex"}
NONSENSE["gardener"] = "owns eleven umbrellas"
with_red_flags = pytest.mark.parametrize("who", ["glazier", "gardener"])
everyone = pytest.mark.parametrize("who", list(PATIENTS))


@dataclass
class Row:
    """A line of the text's table of sources; percentages as printed."""

    name: str
    side: str
    probability: str
    low: str
    high: str


@cache
def assessment(who: str) -> Assessment:
    return assess(patient_of({"id": f"invented {who}", **PATIENTS[who]}))


def text_of(who: str) -> str:
    sheet = io.StringIO()
    show(assessment(who), Console(file=sheet, width=WIDTH))
    return sheet.getvalue()


def data_of(who: str) -> dict[str, Any]:
    """As another program gets it: through JSON and back."""
    data: dict[str, Any] = json.loads(json.dumps(to_data(assessment(who))))
    return data


def rows_of(text: str) -> list[Row]:
    """The table of sources: a row ends in `76%  14% to 87%`; what follows without is its name."""
    table = text.split("Sources of the pain")[1].split("\nWhy ", maxsplit=1)[0]
    line = re.compile(r" (.+?) {2,}(\S+) .* ([\d.]+)% +([<\d]+)% to ([>\d]+)%")
    rows: list[Row] = []
    for printed in table.splitlines()[2:]:
        found = line.match(printed)
        if found:
            rows.append(Row(*found.groups()))
        elif printed.strip():
            rows[-1].name += f" {printed.strip()}"
    return rows


def words(text: str) -> str:
    """Without frames and line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@everyone
def test_the_same_three_sources_come_first(who: str) -> None:
    rows, sources = rows_of(text_of(who))[:3], data_of(who)["sources"][:3]
    assert [row.name for row in rows] == [source["name"] for source in sources]
    assert [row.side for row in rows] == [source["side"] or "?" for source in sources]


@everyone
def test_the_percentages_are_those_of_the_json_rounded(who: str) -> None:
    """To whole per cents, below ten to tenths: so printed and exact differ by half a step."""
    rows, sources = rows_of(text_of(who)), data_of(who)["sources"]
    assert len(rows) >= 3
    assert any("." in row.probability for row in rows), "one of them is below ten per cent"
    for row, source in zip(rows, sources, strict=False):
        exact = 100 * source["probability"]
        assert ("." in row.probability) == (exact < 10)
        step = 0.1 if "." in row.probability else 1.0
        assert float(row.probability) == pytest.approx(exact, abs=step / 2 + 1e-9)
        assert_end(row.low, source["low"])
        assert_end(row.high, source["high"])


def assert_end(printed: str, exact: float) -> None:
    """Whole per cents; the ends of the scale are told as less than 1 and more than 99."""
    if printed == "<1":
        assert exact < 0.005
    elif printed == ">99":
        assert exact > 0.995
    else:
        assert float(printed) == pytest.approx(100 * exact, abs=0.5 + 1e-9)


@everyone
def test_the_reasons_of_the_first_source_are_the_same(who: str) -> None:
    first = data_of(who)["sources"][0]
    told = text_of(who).split(f"Why {first['name']}")[1].split("\nWhy ")[0]
    printed = [
        float(number)
        for number in re.findall(r"^ *([+-]\d+\.\d) dB (?!together)", told, re.MULTILINE)
    ]
    assert printed
    exact = [reason["decibans"] for reason in first["why"]][: len(printed)]
    assert printed == pytest.approx(exact, abs=0.056)  # from two decimals to one
    for reason in first["why"][: len(printed)]:
        assert evidence().findings[reason["finding"]].name in words(told)


@with_red_flags
def test_red_flags_come_first_in_the_text(who: str) -> None:
    text, flags = text_of(who), data_of(who)["red_flags"]
    assert flags
    before_sources = words(text.split("Sources of the pain")[0])
    for flag in flags:
        assert flag["level"].upper() in before_sources
        assert flag["action"] in before_sources
    assert text.index(flags[0]["level"].upper()) < text.index("%"), "before any percentage"


def test_without_red_flags_there_is_no_frame_for_them() -> None:
    assert data_of("organist")["red_flags"] == []
    assert "Red flags" not in text_of("organist")


@everyone
def test_what_was_not_understood_is_named_in_both(who: str) -> None:
    assert [entry["name"] for entry in data_of(who)["unmatched_findings"]] == [NONSENSE[who]]
    assert f"Not understood: {NONSENSE[who]}" in text_of(who)


@pytest.mark.parametrize("finding", ["thigh_thrust", "uveitis", "pain_ischial"])
def test_evidence_of_a_finding_names_its_studies(finding: str) -> None:
    """Figures, exposures and referred pain alike; the sheet is wide, so that no cell is broken."""
    tables = evidence()
    sheet = io.StringIO()
    show_evidence(finding, Console(file=sheet, width=600))
    cited = [
        row
        for table in (tables.accuracy, tables.exposures, tables.referral)
        for row in table
        if finding in (getattr(row, "finding_id", ""), getattr(row, "exposure_id", ""))
    ]
    for row in cited:
        assert tables.studies[row.study].citation in sheet.getvalue()
    studied = [row for row in cited if row.study != EXPERT_JUDGEMENT]
    assert studied
    unchecked = sum(not row.verified for row in studied)
    assert sheet.getvalue().count("[figure not checked]") == unchecked


def test_the_second_horizon_of_a_risk_says_nothing_twice() -> None:
    """JSON has every sentence of each risk; the page says those of one hip once."""
    case = {"id": "invented", "age": 60, "sex": "F", "findings": []}
    assessment = assess(patient_of(case))
    view = [r for r in view_of(assessment, Translator("en")).risks if "osteoarthritis" in r.outcome]
    assert len(view) == 2
    assert not {*view[0].known, *view[0].not_known} & {*view[1].known, *view[1].not_known}
    assert view[0].action
    assert not view[1].action
    assert any("for these 25 years" in sentence for sentence in view[1].known)
    assert all(r.action and r.not_known for r in assessment.risks)
