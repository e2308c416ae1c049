"""The pictures of an assessment: body map, probabilities, reasons."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from hipspine import assess, read_cases
from hipspine.evidence import evidence
from hipspine.findings.regions import COARSE_REGIONS, PAIN_REGIONS
from hipspine.report import body_shapes
from hipspine.report.as_text import name_of
from hipspine.report.body_map_marks import signs
from hipspine.report.body_map_structures import ROADS, STRUCTURES
from hipspine.report.body_map_svg import body_map_svg, hurting
from hipspine.report.probability_svg import probability_svg
from hipspine.report.reasons_svg import reasons_svg

CASES = Path(__file__).parents[2] / "examples" / "cases"
PICTURES = (body_map_svg, probability_svg, reasons_svg)


@pytest.fixture(scope="module")
def assessment():
    return assess(read_cases(CASES / "rad_011.json")[0])


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
    told = root.find("{http://www.w3.org/2000/svg}desc").text
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


def test_the_patients_left_is_the_viewers_right_in_front_and_left_behind():
    assert signs("front", "left") == (1,)
    assert signs("back", "left") == (-1,)
    assert signs("front", None) == (1, -1)
