"""The ledger as JSON, as text and as a picture say the same."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from hipspine.findings.reading import patient_of
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.findings.steroid_sum import ledger_of
from hipspine.report.dose_axes import axes_of, day_ticks, dose_ticks
from hipspine.report.dose_svg import dose_svg
from hipspine.report.steroids_json import steroids_data
from hipspine.report.steroids_text import steroids_text

SVG = "{http://www.w3.org/2000/svg}"
COURSE: dict[str, Any] = {
    "drug": "prednisone",
    "dose_mg": 20,
    "start": "2024-01-01",
    "end": "2024-01-10",
}
RANGE = {
    "drug": "prednisone",
    "dose_mg_low": 5,
    "dose_mg_high": 10,
    "start": "2023-05-01",
    "end": "2023-05-10",
}
HIP = {
    "drug": "Kenalog",
    "dose_mg": 40,
    "route": "intra_articular",
    "joint": "left hip",
    "start": "2024-02-01",
}
BACK = {
    "drug": "Depo-Medrol",
    "dose_mg": 80,
    "route": "epidural",
    "joint": "L4/5",
    "start": "2024-02-11",
}
INHALER = {"drug": "Flovent", "dose_mg": 0.2, "route": "inhaled"}


def ledger(*courses: dict[str, Any]) -> SteroidLedger:
    found = ledger_of(
        patient_of({"id": "x", "date": "2024-03-01", "steroid_courses": list(courses)})
    )
    assert found is not None
    return found


def test_json_has_the_shape_of_the_design() -> None:
    data = steroids_data(ledger(COURSE, RANGE, HIP, BACK, INHALER))
    assert data == json.loads(json.dumps(data))
    # 20 x 10 = 200 and 5 to 10 x 10 = 50 to 100, over 20 days
    assert (data["systemic_cumulative_mg"], data["systemic_cumulative_mg_range"]) == (
        275,
        [250, 300],
    )
    assert (data["systemic_mean_mg_per_day"], data["systemic_mean_mg_per_day_range"]) == (
        13.75,
        [12.5, 15],
    )
    assert (data["systemic_peak_mg_per_day"], data["systemic_peak_mg_per_day_range"]) == (
        20,
        [20, 20],
    )
    assert (data["longest_run_days"], data["days_since_first"], data["exposed_days"]) == (
        10,
        305,
        20,
    )
    assert (data["injected"], data["injected_range"]) == (150, [150, 150])
    joints = [(row["joint"], row["side"], row["injections"]) for row in data["joints"]]
    assert joints == [("hip", "left", 1), ("lumbar_epidural", None, 1)]
    assert [row["prednisone_equivalent_mg"] for row in data["joints"]] == [50, 100]
    assert [row["steroid"] for row in data["listed"]] == ["fluticasone"]
    assert [line["counted"] for line in data["lines"]] == [
        "systemic",
        "systemic",
        "injection",
        "injection",
        "listed",
    ]
    assert data["complete"] is True


def test_what_cannot_be_summed_is_null_not_zero() -> None:
    data = steroids_data(ledger({"drug": "prednisone"}, {**HIP, "dose_mg": None}))
    for key in (
        "systemic_cumulative_mg",
        "systemic_mean_mg_per_day",
        "systemic_peak_mg_per_day",
        "injected",
    ):
        assert data[key] is None
        assert data[f"{key}_range"] is None
    assert data["joints"][0]["prednisone_equivalent_mg"] is None
    assert data["complete"] is False
    text = " ".join(steroids_text(ledger({"drug": "prednisone"})))
    assert "systemic: unknown" in text
    assert " 0 mg" not in text


def test_without_systemic_courses_the_total_is_zero() -> None:
    data = steroids_data(ledger(HIP))
    assert data["systemic_cumulative_mg"] == 0
    assert data["days_since_first"] is None
    assert "systemic: none told" in steroids_text(ledger(HIP))


def test_text_says_the_figures() -> None:
    text = "\n".join(steroids_text(ledger(COURSE, RANGE, HIP, BACK)))
    for said in (
        "250 to 300 mg in all",
        "at most 20 mg on one day",
        "left hip: 1 injected",
        "50 mg in all",
    ):
        assert said in text
    unsure = "\n".join(steroids_text(ledger(COURSE, {"drug": "prednisone", "start": "2024-02-01"})))
    assert "at least 200 mg in all" in unsure


PICTURES = {
    "one day": [{**COURSE, "end": "2024-01-01"}],
    "taper": [COURSE, {**COURSE, "dose_mg": 10, "start": "2024-01-11", "end": "2024-01-20"}],
    "range": [COURSE, RANGE],
    "forty years": [
        {**COURSE, "start": f"{year}-01-01", "end": f"{year}-02-01"} for year in range(1984, 2024)
    ],
    "injections only": [HIP, BACK, {**HIP, "joint": "both hips"}],
    "a pulse among small doses": [
        {"drug": "prednisone", "dose_mg": 5, "start": "2015-01-01"},
        {
            "drug": "Solu-Medrol",
            "dose_mg": 1000,
            "route": "iv",
            "start": "2020-01-01",
            "end": "2020-01-03",
        },
    ],
    "nothing dated": [{"drug": "prednisone"}],
    "dose unknown": [{"drug": "prednisone", "start": "2020-01-01"}],
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_whole_and_stays_in_its_frame(name: str) -> None:
    found = ledger(*PICTURES[name])
    root = ElementTree.fromstring(dose_svg(found))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    drawn = [
        mark
        for mark in root.iter(f"{SVG}rect")
        if mark.attrib["class"] in ("dose", "range", "unknown")
    ]
    for mark in drawn:
        x, y, w, h = (float(mark.attrib[key]) for key in ("x", "y", "width", "height"))
        assert x >= 0 and x + w <= width and y >= 0 and y + h <= height
        assert w > 0
    assert sum(m.attrib["class"] == "dose" for m in drawn) == len(found.steps)
    assert len(list(root.iter(f"{SVG}circle"))) == sum(row.injections for row in found.joints)
    assert root.find(f"{SVG}title") is not None
    assert "nan" not in {value for mark in root.iter() for value in mark.attrib.values()}


def test_heights_and_widths_are_to_scale() -> None:
    # 20 mg for ten days, then 10 mg for ten: half as high and as wide
    root = ElementTree.fromstring(dose_svg(ledger(*PICTURES["taper"])))
    first, second = (mark for mark in root.iter(f"{SVG}rect") if mark.attrib["class"] == "dose")
    assert float(second.attrib["height"]) == pytest.approx(
        float(first.attrib["height"]) / 2, abs=0.02
    )
    assert float(second.attrib["width"]) == pytest.approx(float(first.attrib["width"]), abs=0.02)
    assert float(second.attrib["x"]) == pytest.approx(
        float(first.attrib["x"]) + float(first.attrib["width"]), abs=0.02
    )


def test_the_picture_is_also_told_in_words() -> None:
    root = ElementTree.fromstring(dose_svg(ledger(COURSE, HIP)))
    told = root.findtext(f"{SVG}desc")
    assert told is not None
    assert "1 Jan 2024 to 10 Jan 2024: 20 mg a day" in told
    assert "Left hip: 1 injected" in told


def test_a_place_in_words_cannot_break_out_of_the_picture() -> None:
    found = ledger({**HIP, "drug": 'Kenalog <40> & "lidocaine"'})
    root = ElementTree.fromstring(dose_svg(found))
    titles = [mark.text or "" for mark in root.iter(f"{SVG}title")]
    assert any('Kenalog <40> & "lidocaine"' in title for title in titles)


@pytest.mark.parametrize("most", [0, 4, 5, 7.5, 30, 61, 100, 1250, 3750])
def test_ticks_of_the_dose_are_round_and_reach_the_top(most: float) -> None:
    ticks = dose_ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 3 <= len(ticks) <= 7


def test_years_on_the_axis() -> None:
    axes = axes_of(ledger(*PICTURES["forty years"]))
    assert axes is not None
    words = [word for _, word in day_ticks(axes)]
    assert "1985" in words
    assert len(words) <= 14
