"""No word of the pictures leaves the paper or covers another, even words 40 % longer."""

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hipspine import assess, read_cases
from hipspine.report.as_text import name_of
from hipspine.report.body_map_svg import body_map_svg
from hipspine.report.languages import Translator
from hipspine.report.picture_frame import WIDTH, decibans_in, percent_in
from hipspine.report.probability_svg import probability_svg, shown_sources
from hipspine.report.reasons_svg import reasons_svg

pytestmark = pytest.mark.usefixtures("compiled_sweep")
CASES = Path(__file__).parents[2] / "examples" / "cases"
SVG = "{http://www.w3.org/2000/svg}"
PICTURES = (body_map_svg, probability_svg, reasons_svg)
BOLD = {"big", "word", "digit", "digit-ring"}
SIZES = {"big": 15.0, "word": 12.5, "digit": 10.0, "digit-ring": 10.0}
Box = tuple[float, float, float, float]


@cache
def assessed(name: str):
    return assess(read_cases(CASES / f"{name}.json")[0])


def longer(words: str) -> str:
    """Every word 40 % longer."""
    return re.sub(r"[A-Za-z]+", lambda m: m[0] + "e" * -(-4 * len(m[0]) // 10), words)


@cache
def advance(words: str, size: float, bold: bool) -> float:
    """Width in DejaVu Sans, the widest face of the list that the pictures name."""
    text_path = pytest.importorskip("matplotlib.textpath")
    face = pytest.importorskip("matplotlib.font_manager").FontProperties(
        family="DejaVu Sans", weight="bold" if bold else "normal"
    )
    return (
        text_path.TextToPath().get_text_width_height_descent(words, face, ismath=False)[0]
        * size
        / face.get_size_in_points()
    )


def boxes_of(svg: str) -> list[tuple[str, Box]]:
    """Left, top, right, bottom of each line of text outside the body."""
    boxes = []
    for line in ElementTree.fromstring(svg).findall(f"{SVG}text"):
        style = line.get("class")
        size = SIZES.get(style, 11.5)
        width = advance(line.text, size, style in BOLD)
        x, y = float(line.get("x")), float(line.get("y"))
        x -= {"start": 0, "middle": width / 2, "end": width}[line.get("text-anchor")]
        boxes.append((line.text, (x, y - 0.75 * size, x + width, y + 0.1 * size)))
    return boxes


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("name", ["c2_hsp_001", "vas_001", "rad_011"])
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("say", [str, longer, Translator("es")], ids=["en", "longer", "es"])
def test_words_stay_on_the_paper_and_apart(picture, name, say):
    svg = picture(assessed(name), say)
    boxes = boxes_of(svg)
    height = float(ElementTree.fromstring(svg).get("viewBox").split()[3])
    assert boxes
    for words, (left, top, right, bottom) in boxes:
        assert 8 <= left < right <= WIDTH - 8, words
        assert 8 <= top < bottom <= height - 4, words
    for (one, box), (other, another) in combinations(boxes, 2):
        assert not overlap(box, another), (one, other)


@pytest.mark.parametrize("name", ["c2_hsp_001", "vas_001", "rad_011"])
def test_no_word_lies_on_a_bar(name):
    for picture in (probability_svg, reasons_svg):
        svg = picture(assessed(name), longer)
        bars = [
            tuple(float(r.get(k)) for k in ("x", "y", "width", "height"))
            for r in ElementTree.fromstring(svg).findall(f"{SVG}rect")
            if r.get("class") in {"track", "chance", "for", "against", "together"}
        ]
        assert bars
        for words, box in boxes_of(svg):
            for x, y, width, height in bars:
                assert not overlap(box, (x, y, x + width, y + height)), words


def test_alt_text_of_probabilities_names_each_source_with_its_figures():
    for source in shown_sources(assessed("rad_011")):
        told = ElementTree.fromstring(probability_svg(assessed("rad_011"))).find(f"{SVG}desc").text
        assert f"{source.name} ({source.side or 'side unknown'}): " in told


def test_alt_text_of_reasons_names_the_source_and_every_finding():
    assessment = assessed("rad_011")
    told = ElementTree.fromstring(reasons_svg(assessment)).find(f"{SVG}desc").text
    first = assessment.sources[0]
    assert first.name in told
    assert all(name_of(reason.finding) in told for reason in first.why)


def test_spanish_pictures_lack_no_sentence_but_names_of_findings():
    say = Translator("es")
    for name in ("c2_hsp_001", "vas_001", "rad_011", "pmr_004"):
        for picture in PICTURES:
            picture(assessed(name), say)
    names = {name_of(o.finding) for n in ("c2_hsp_001", "vas_001", "rad_011", "pmr_004")
             for o in assessed(n).patient.findings}  # fmt: skip
    names |= {name_of(r.finding) for n in ("c2_hsp_001", "vas_001", "rad_011", "pmr_004")
              for r in assessed(n).sources[0].why}  # fmt: skip
    assert say.missing <= names


def test_figures_are_written_as_the_language_writes_them():
    es = Translator("es")
    assert percent_in(str, 0.054) == "5.4%"
    assert percent_in(es, 0.054) == "5,4\N{NO-BREAK SPACE}%"
    assert decibans_in(str, -3.25) == "\N{MINUS SIGN}3.2 dB"
    assert decibans_in(es, 16.0) == "+16,0 dB"
