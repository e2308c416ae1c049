"""The page as a file: it needs nothing else, says its language, escapes all, cites in one list."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hipspine import assess, patient_of
from hipspine.errors import InvalidInput
from hipspine.report.html import page_of, report_html
from hipspine.report.languages import Translator
from hipspine.report.pdf import paper_of, pdf_of, refusing
from tests.report.whole_example import whole_example

CASES = Path(__file__).parents[2] / "examples" / "cases"
HOSTILE = '<script>alert("x")</script>\N{RIGHT-TO-LEFT OVERRIDE}\\"}@page{'


@pytest.fixture(scope="module")
def report() -> str:
    return report_html(whole_example())


def test_nothing_is_fetched_and_nothing_runs(report: str) -> None:
    without_names = report.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(
        r"https?://|<script|<link|<img|@import|\burl\((?!#)|\bon\w+=", without_names
    )


def test_it_says_its_language() -> None:
    assert '<html lang="es">' in page_of(whole_example(), Translator("es"))
    assert '<html lang="en">' in report_html(whole_example())


def test_sections_stand_in_the_order_of_reading(report: str) -> None:
    order = ["red-flags", "summary", "sources", "why", "doubts", "tests", "loads", "steroids"]
    order += ["risks", "plan", "not-now", "goals", "understood", "references"]
    found = re.findall(r'<section id="([\w-]+)"', report)
    assert [name for name in found if name in order] == order


def test_the_contents_lead_to_sections_that_exist(report: str) -> None:
    ids = set(re.findall(r'\bid="([^"]+)"', report))
    assert set(re.findall(r'href="#([^"]+)"', report)) <= ids


def test_ids_are_given_once(report: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', report)
    assert len(ids) == len(set(ids))


def test_every_reference_is_cited_and_numbered_in_the_order_of_reading(report: str) -> None:
    listed = [int(n) for n in re.findall(r'<li id="ref-(\d+)"', report)]
    assert listed == list(range(1, len(listed) + 1))
    first = list(dict.fromkeys(int(n) for n in re.findall(r'href="#ref-(\d+)"', report)))
    assert sorted(first) == listed
    assert first[:5] == [1, 2, 3, 4, 5]


def test_unchecked_figures_are_marked_and_the_mark_is_explained(report: str) -> None:
    assert re.search(r'href="#ref-\d+">\d+\*<', report)
    assert "was not checked in the study itself" in report
    assert "[figure not checked]" not in report.split('id="references"')[1]


def test_words_of_the_case_are_escaped() -> None:
    raw = {"id": HOSTILE, "findings": [{"name": HOSTILE}, {"name": "{{ 7 * 7 }} {% raw %}"}]}
    page = report_html(assess(patient_of(raw)))
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in page, "it is shown as it was told, not computed"
    assert "}@page{" not in page.split("</style>")[0].rsplit("@top-left", 1)[1]


def test_every_case_makes_a_page_without_loose_ends() -> None:
    for file in sorted(CASES.glob("*.json"))[::6]:
        page = report_html(assess(patient_of(json.loads(file.read_text()))))
        assert not re.search(r"\bNone\b|\bnan\b|Undefined|\{[a-z_]+\}", page.split("</style>")[1])


def test_a_case_that_tells_nothing_makes_a_page() -> None:
    page = report_html(assess(patient_of({"id": "nothing"})))
    assert "Sources of the pain" in page
    assert "Red flags" not in page


def test_pdf_is_tagged_paged_and_headed() -> None:
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    import io

    from pypdf import PdfReader

    for paper, size in (("a4", (595, 842)), ("letter", (612, 792))):
        reader = PdfReader(io.BytesIO(pdf_of(report_html(whole_example()), paper_of(paper))))
        box = reader.pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
        count = len(reader.pages)
        assert count > 2
        for number, sheet in enumerate(reader.pages, 1):
            text = sheet.extract_text()
            assert f"{number} / {count}" in text
            assert ("20 Nov 2026" in text) or number == 1
        assert whole_example().id in reader.pages[1].extract_text()
        assert reader.trailer["/Root"]["/Lang"] == "en"


def test_a_pdf_fetches_nothing(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for the report")
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.png"):
        assert pdf_of(f'<p>text</p><img src="{address}">').startswith(b"%PDF")
        with pytest.raises(ValueError, match="disallowed"):
            refusing(weasyprint).fetch(address)


def test_without_the_library_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(InvalidInput, match="pip install 'hipspine"):
        pdf_of("<p>text</p>")


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(InvalidInput, match="accepted: a4 or letter"):
        paper_of("A5")


def test_a_section_without_content_is_left_out() -> None:
    bare = replace(whole_example(), steroids=None, risks=(), plan=None, loads=None)
    page = report_html(bare)
    for anchor in ("steroids", "risks", "plan", "loads", "not-now", "goals"):
        assert f'id="{anchor}"' not in page
        assert f'href="#{anchor}"' not in page
