"""The pictures of an assessment: body map, probabilities, reasons."""

import re
from itertools import combinations, pairwise
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from hipspine import assess, patient_of, read_cases
from hipspine.evidence import evidence
from hipspine.findings.regions import COARSE_REGIONS, PAIN_REGIONS
from hipspine.report import body_shapes
from hipspine.report.as_text import name_of
from hipspine.report.body_map_structures import ROADS, STRUCTURES
from hipspine.report.body_map_svg import body_map_svg, hurting, marked
from hipspine.report.probability_svg import probability_svg
from hipspine.report.reasons_svg import reasons_svg

pytestmark = pytest.mark.usefixtures("compiled_sweep")
CASES = Path(__file__).parents[2] / "examples" / "cases"
SVG = "{http://www.w3.org/2000/svg}"
PICTURES = (body_map_svg, probability_svg, reasons_svg)


@pytest.fixture(scope="module")
def assessment():
    return assess(read_cases(CASES / "rad_011.json")[0])


def told_of(svg: str) -> str:
    return ElementTree.fromstring(svg).find(f"{SVG}desc").text


@pytest.mark.parametrize("picture", PICTURES)
def test_is_small_sound_xml_and_the_same_every_time(assessment, picture):
    svg = picture(assessment)
    assert len(svg) < 60_000
    assert svg == picture(assessment)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"


def test_ids_are_unique_in_a_page_of_all_three(assessment):
    ids = [
        e.get("id")
        for picture in PICTURES
        for e in ElementTree.fromstring(picture(assessment)).iter()
        if e.get("id")
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("picture", PICTURES)
def test_words_are_translated_and_escaped(assessment, picture):
    svg = picture(assessment, lambda words: f"<{words}> & más")
    words = " ".join(ElementTree.fromstring(svg).itertext())
    assert "más" in words


def test_alt_text_names_the_first_source_and_the_hurting_regions(assessment):
    root = ElementTree.fromstring(body_map_svg(assessment))
    told = root.find(f"{SVG}desc").text
    assert assessment.sources[0].name in told
    assert hurting(assessment)
    assert all(name_of(hurt.finding) in told for hurt in hurting(assessment))


def test_every_region_has_a_place():
    drawn = {r for v in ("front", "back") for r in body_shapes.SIDED[v] | body_shapes.CENTRAL[v]}
    for finding in (*PAIN_REGIONS.values(), *COARSE_REGIONS.values()):
        assert set(body_shapes.PLACES[finding]) <= drawn


def test_structures_are_sources_of_the_evidence():
    assert STRUCTURES.keys() <= {leaf.id for leaf in evidence().leaves}
    assert ROADS.keys() <= STRUCTURES.keys()


def case(regions: list[str], side: str, *names: str) -> dict[str, object]:
    findings = [{"name": name, "present": True, "value": None, "stage": "exam"} for name in names]
    return {"id": "drawn", "age": 50, "sex": "F", "pain_regions": regions, "side": side,
            "findings": findings}  # fmt: skip


def view_of(svg: str, view: str) -> ElementTree.Element:
    (group,) = ElementTree.fromstring(svg).findall(f".//{SVG}g[@data-view='{view}']")
    return group


def xs_of(path: ElementTree.Element) -> list[float]:
    """The x of every point of M and C commands; the frame has its midline at 0."""
    return [float(x) for x in re.findall(r"(-?[\d.]+) -?[\d.]+", path.get("d"))]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_patients_left_is_drawn_on_the_viewers_right_in_front_and_left_behind(side):
    """Shades, nerves and markers: each says its side, and lies there."""
    signs = ["weakness of great toe extension", "straight leg raise"]
    told = case(["lateral_thigh", "leg_lateral", "buttock", "groin"], side, *signs)
    assessment = assess(patient_of(told))
    assert assessment.sources[0].condition == "radiculopathy_l5"
    svg = body_map_svg(assessment)
    for view, viewers_left in (("front", "right"), ("back", "left")):
        group = view_of(svg, view)
        drawn = [p for p in group.iter(f"{SVG}path") if p.get("data-side")]
        assert {p.get("class") for p in drawn} == {"pain", "nerve"}
        for path in drawn:
            assert path.get("data-side") == side
            xs = xs_of(path)
            assert max(xs) < 0 if side == viewers_left else min(xs) > 0
        for disc in group.iter(f"{SVG}circle"):
            if disc.get("data-side") == side:
                assert (float(disc.get("cx")) < 0) == (side == viewers_left)
    back = view_of(svg, "back")
    assert any(c.get("data-source") == "radiculopathy_l5" for c in back.iter(f"{SVG}circle"))


def test_the_words_left_and_right_stand_on_the_patients_sides():
    root = ElementTree.fromstring(body_map_svg(assess(patient_of(case(["groin"], "left")))))
    x = {word: [float(t.get("x")) for t in root.findall(f"{SVG}text") if t.text == word]
         for word in ("front", "back", "left", "right")}  # fmt: skip
    front_right, back_right = x["right"]
    front_left, back_left = x["left"]
    assert front_right < x["front"][0] < front_left
    assert back_left < x["back"][0] < back_right


def test_what_lies_on_the_midline_has_no_unknown_side():
    svg = body_map_svg(assess(patient_of(case(["pubic", "low_back_midline"], "left"))))
    assert "side unknown)" not in told_of(svg).split("It may come from")[0]
    assert "Pubic symphysis pain (midline)" in told_of(svg)
    assert "Pale and dashed" not in svg
    sides = {p.get("data-region"): p.get("data-side") for p in ElementTree.fromstring(svg).iter()}
    assert sides["pubic"] == sides["low_back_midline"] == "midline"


def test_low_back_pain_has_no_side_and_is_sure():
    assessment = assess(patient_of(case(["low_back"], "left")))
    (hurt,) = (h for h in hurting(assessment) if h.finding == "pain_low_back")
    assert hurt.sure
    assert hurt.side == "whole"


def test_a_place_or_side_not_told_is_pale_and_explained():
    told = {**case(["buttock"], "left"), "side": None}
    svg = body_map_svg(assess(patient_of(told)))
    shades = [p for p in ElementTree.fromstring(svg).iter() if p.get("data-region") == "buttock"]
    assert {p.get("class") for p in shades} == {"unsure"}
    assert {p.get("data-side") for p in shades} == {"left", "right"}
    assert "Pale and dashed" in svg


def test_every_arrow_starts_at_a_marker_of_its_view():
    for name in ("c2_hsp_001", "ifi_001", "c2_mer_001", "avn_001"):
        svg = body_map_svg(assess(read_cases(CASES / f"{name}.json")[0]))
        starts = 0
        for view in ("front", "back"):
            group = view_of(svg, view)
            centres = {(c.get("cx"), c.get("cy")) for c in group.iter(f"{SVG}circle")}
            for path in group.iter(f"{SVG}path"):
                if path.get("class") == "refer":
                    start = re.match(r"M(\S+) ([^Q]+)Q", path.get("d")).groups()
                    assert start in centres
                    starts += 1
        assert starts


def test_a_source_without_a_place_has_its_number_in_the_legend():
    assessment = assess(read_cases(CASES / "pmr_004.json")[0])
    root = ElementTree.fromstring(body_map_svg(assessment))
    sources = marked(assessment)
    assert any(s.condition not in STRUCTURES for s in sources)
    discs = [c.get("class") for c in root.findall(f"{SVG}circle")]
    assert discs == ["source" if s.condition in STRUCTURES else "ring" for s in sources]
    numbers = [t.text for t in root.findall(f"{SVG}text") if t.get("class").startswith("digit")]
    assert numbers == [str(i + 1) for i in range(len(sources))]


def test_markers_of_one_view_do_not_cover_each_other():
    for name in ("c2_rad_003", "dys_002", "sac_001", "c2_axs_002", "avn_001"):
        svg = body_map_svg(assess(read_cases(CASES / f"{name}.json")[0]))
        for view in ("front", "back"):
            places = [(float(c.get("cx")), float(c.get("cy")))
                      for c in view_of(svg, view).iter(f"{SVG}circle")
                      if c.get("class") == "source"]  # fmt: skip
            assert all(dist(a, b) >= 15 for a, b in combinations(places, 2))


@pytest.mark.parametrize("view", ["front", "back"])
def test_every_region_lies_within_the_skin(view):
    """Against the outline itself, by counting crossings to the right of each point."""
    skin = body_shapes.curve(body_shapes.OUTLINE[view])
    for region, shape in body_shapes.SIDED[view].items():
        if region == "foot_sole":
            continue
        numbers = re.findall(r"-?[\d.]+", body_shapes.inside(shape, 1))
        points = np.array(numbers, float).reshape(-1, 2)
        assert [(x, y) for x, y in points if not is_inside(x, y, skin)] == [], region


def is_inside(x, y, polygon):
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def test_nothing_is_fetched_or_run(assessment):
    for picture in PICTURES:
        svg = picture(assessment).replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|<script|<image|@import|url\(|\bon\w+=", svg)


def test_a_source_of_unknown_side_is_marked_on_both_and_explained():
    svg = body_map_svg(assess(read_cases(CASES / "c2_pgp_003.json")[0]))
    discs = [c for c in view_of(svg, "back").iter(f"{SVG}circle") if c.get("data-source")]
    assert {c.get("data-side") for c in discs} == {"left", "right"}
    assert "marked on both sides" in svg
