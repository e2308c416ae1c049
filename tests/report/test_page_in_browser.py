"""The pages in a browser, phone and desk, light and dark: nothing hidden, nothing too wide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hipspine.report.confirmation import Confirmation, ConfirmedSource
from hipspine.report.html import page_of
from hipspine.report.languages import Translator
from hipspine.report.patient_summary import patient_summary, summary_html
from tests.browser import browser_path
from tests.report.whole_example import whole_example

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = browser_path()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser (scripts/needs_of_tests.py)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def _report(say: Translator) -> str:
    return page_of(whole_example(), say)


def _sheet(say: Translator) -> str:
    confirmed = Confirmation((ConfirmedSource("sacroiliac_joint_pain", "right"),), loads=True)
    return summary_html(patient_summary(whole_example(), confirmed, say), say)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("page", [_report, _sheet])
def test_it_fits_and_anybody_can_read_it(
    browser: Any, tmp_path: Path, page: Any, language: Any, width: int, scheme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(Translator(language)), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    assert asked == [file.as_uri()], "nothing else is asked for"
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = axe.Axe().run(tab).response["violations"]
    context.close()
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in found] == []
