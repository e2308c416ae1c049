"""Text, page, PDF and JSON tell the same numbers: each figure of the JSON, put into words here by
a naive twin of the formatting, is found in all three."""

import io
import json
import re
from functools import cache
from typing import Any

import pytest
from rich.console import Console

from hipspine.report.as_json import to_data
from hipspine.report.as_text import show
from hipspine.report.html import report_html
from tests.report.page_words import words_of
from tests.report.whole_example import whole_example

MEDIA = ("text", "html", "pdf")


@cache
def shown(medium: str) -> str:
    """All words of the example in that medium, on one line."""
    if medium == "text":
        sheet = io.StringIO()
        show(whole_example(), Console(file=sheet, width=500))
        return " ".join(sheet.getvalue().split())
    html = report_html(whole_example())
    if medium == "html":
        return words_of(html)
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    from pypdf import PdfReader

    from hipspine.report.pdf import pdf_of

    pages = PdfReader(io.BytesIO(pdf_of(html))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@cache
def data() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(to_data(whole_example())))
    return told


def whole_percent(p: float) -> str:
    return "<1%" if p < 0.005 else ">99%" if p > 0.995 else f"{round(100 * p)}%"


def percent(p: float) -> str:
    return f"{round(100 * p)}%" if 0.1 <= p <= 0.995 else f"{100 * p:.1f}%"


def rare(p: float) -> str:
    return f"{round(100 * p)}%" if p >= 0.1 else f"{100 * p:.2g}%"


def milligrams(low: float, high: float) -> str:
    ends = [f"{dose:.1f}".removesuffix(".0") for dose in (low, high)]
    return ends[0] if low == high else f"{ends[0]} to {ends[1]}"


def day(iso: str) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    year, month, date = (int(part) for part in iso.split("-"))
    return f"{date} {months[month - 1]} {year}"


def squeezed(text: str) -> str:
    """Without spaces: a PDF breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def assert_told(medium: str, *expected: str) -> None:
    told = squeezed(shown(medium))
    assert [figure for figure in expected if squeezed(figure) not in told] == []


@pytest.mark.parametrize("medium", MEDIA)
def test_sources_with_their_intervals(medium: str) -> None:
    sources = [s for s in data()["sources"][:8] if s["probability"] >= 0.01]
    assert len(sources) >= 5
    for source in sources:
        interval = f"{whole_percent(source['low'])} to {whole_percent(source['high'])}"
        assert_told(medium, f"{percent(source['probability'])} {interval}", source["name"])


@pytest.mark.parametrize("medium", MEDIA)
def test_reasons_mechanism_and_next_tests(medium: str) -> None:
    told = [float(figure) for figure in re.findall(r"([+-]\d+\.\d) ?dB", shown(medium))]
    for source in data()["sources"][:3]:
        for reason in source["why"][:5]:  # from two decimals to one
            assert any(abs(reason["decibans"] - figure) < 0.056 for figure in told)
    for name, share in data()["mechanism"].items():
        assert_told(medium, f"{name} {percent(share)}")
    for test in data()["next_tests"]:
        assert_told(medium, f"{test['gain_bits']:.2f} bit", test["test_name"])
        after = f"{percent(test['if_present']['about'])} if so, "
        assert_told(medium, f"{after}{percent(test['if_absent']['about'])} if not")


@pytest.mark.parametrize("medium", MEDIA[1:])
def test_no_probability_stands_in_one_and_not_in_the_other(medium: str) -> None:
    figure = re.compile(r"([<>]?[\d.]+%) ?([<>]?[\d.]+% ?to ?[<>]?[\d.]+%)")
    said = [[tuple(map(squeezed, pair)) for pair in figure.findall(shown(m))] for m in MEDIA]
    by_medium = dict(zip(MEDIA, said, strict=True))
    sources = [s for s in data()["sources"][:8] if s["probability"] >= 0.01]
    assert by_medium[medium][: len(sources)] == by_medium["text"][: len(sources)]


@pytest.mark.parametrize("medium", MEDIA)
def test_loads(medium: str) -> None:
    loads = data()["loads"]
    for side in ("left", "right"):
        hip = loads[side]
        assert_told(
            medium,
            f"{hip['hip_contact_force_n']:.0f}",
            f"{hip['hip_contact_force_percent_bw']:.0f}",
            f"{loads['ratio_to_neutral'][side]['hip_contact_force_n']:.1f} ×",
        )
    for disc in ("l4_l5", "l5_s1"):
        pressure = loads[disc]["intradiscal_pressure_mpa"]
        assert_told(medium, f"{loads[disc]['compression_n']:.0f}", f"{pressure:.2f}")


@pytest.mark.parametrize("medium", MEDIA)
def test_steroids(medium: str) -> None:
    steroids = data()["steroids"]
    assert_told(
        medium,
        f"Systemic, cumulative {milligrams(*steroids['systemic_cumulative_mg_range'])} mg",
        f"{milligrams(*steroids['systemic_mean_mg_per_day_range'])} mg/day",
        f"Peak {milligrams(*steroids['systemic_peak_mg_per_day_range'])} mg/day",
        f"Longest run, days {steroids['longest_run_days']}",
        f"Days since the first {steroids['days_since_first']}",
        day(steroids["as_of"]),
    )
    for joint in steroids["joints"]:
        dose = milligrams(*joint["prednisone_equivalent_mg_range"])
        place = joint["joint"].replace("_", " ")
        assert_told(medium, f"{joint['injections']} (", f"{dose} mg", place)
    for line in steroids["listed"]:
        assert_told(medium, line["drug"])


@pytest.mark.parametrize("medium", MEDIA)
def test_risks_with_every_study(medium: str) -> None:
    for risk in data()["risks"]:
        assert_told(medium, rare(risk["point"]), f"{rare(risk['low'])} to {rare(risk['high'])}")
        years = risk["horizon_months"] % 12 == 0 and risk["horizon_months"] >= 60
        horizon = f"{risk['horizon_months'] // 12} years" if years else "36 months"
        assert_told(medium, f"within {horizon}", risk["action"])
        for study in risk["studies"]:
            assert_told(medium, rare(study["point"]), study["population"])
        assert_told(medium, *risk["known"], *risk["not_known"])


@pytest.mark.parametrize("medium", MEDIA)
def test_the_plan_and_what_is_not_recommended(medium: str) -> None:
    for item in data()["plan"]:
        assert_told(medium, f"{item['benefit']:.2f}", item["name"], *item["how"])
        for effect in item["effects"]:
            if effect["value"] is not None:
                ends = f"{effect['low']:g} to {effect['high']:g}"
                assert_told(medium, f"{effect['value']:g} ({ends})")
        for gate in item["gates"]:
            assert_told(medium, gate["gate"], gate["because"])
        for caution in item["cautions"]:
            assert_told(medium, caution["text"], caution["action"])
    for refused in data()["not_recommended"]:
        assert_told(medium, refused["name"], *refused["because"], *refused["unless"])
    details = data()["plan_details"]
    for change in details["posture_changes"]:
        assert_told(medium, *(f"{change[k]:.2f} ×" for k in ("left_hip", "right_hip", "l4_l5")))
    for goal in details["goals"]:
        assert_told(medium, goal["text"], day(goal["by"]))
    assert_told(medium, day(details["reassess_on"]), *details["would_change"])


@pytest.mark.parametrize("medium", MEDIA)
def test_red_flags_come_before_every_probability(medium: str) -> None:
    told = shown(medium)
    assert data()["red_flags"]
    for flag in data()["red_flags"]:
        assert_told(medium, flag["action"])
        assert told.index(flag["action"][:20]) < told.index("%")


@pytest.mark.parametrize("medium", MEDIA)
def test_what_was_not_understood_is_named(medium: str) -> None:
    assert data()["unmatched_findings"]
    assert_told(medium, *(entry["name"] for entry in data()["unmatched_findings"]))
