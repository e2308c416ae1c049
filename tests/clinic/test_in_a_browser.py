"""The pages in Chromium: no violation of WCAG 2.2 AA, nothing wider than a phone, both themes."""

import os
import shutil

import pytest

from tests.clinic.rooms import pages_by_client

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
CONTRAST = RULES | {"runOnly": ["color-contrast"]}  # the one rule that looks at the theme
#: Each width gets every rule in one theme, and contrast in the other.
LOOKS = {390: {"light": RULES, "dark": CONTRAST}, 1440: {"dark": RULES, "light": CONTRAST}}


@pytest.fixture
def browser():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop is no request of ours
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def pages(transactional_db):
    """{session or None: addresses} over every page of these rooms."""
    return {
        client.session.session_key if hasattr(client, "user") else None: addresses
        for client, addresses in pages_by_client().items()
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_for_everyone(live_server, browser, pages, language):
    """Both themes at both widths of one load: a theme is looked at without a second request."""
    found = []
    for key, addresses in pages.items():
        context = browser.new_context(viewport={"width": 390, "height": 844})
        cookies = {"language": language} | ({"session": key} if key else {})
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        page = context.new_page()
        for address in addresses:
            page.goto(live_server.url + address)
            assert page.locator("html").get_attribute("lang") == language
            found += [(address, *fault) for fault in faults_of(page)]
        context.close()
    assert found == []


def faults_of(page):
    """(theme, width, rule, element) of each violation, and what is wider than the screen."""
    page.evaluate(axe.Axe().axe_script)  # not as a <script>: the CSP refuses that, rightly
    for width, themes in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield ("both", width, "wider than the screen", "")
        for theme, rules in themes.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for fault in page.evaluate("rules => axe.run(document, rules)", rules)["violations"]:
                yield (theme, width, fault["id"], fault["nodes"][0]["html"][:100])


def test_the_desk_finds_and_opens_a_chart_by_keyboard_alone(live_server, browser, pages):
    key = next(key for key, addresses in pages.items() if "/patients/" in addresses)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/patients/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator("#id_words:focus").count():
            break
    page.keyboard.type("rui")
    page.keyboard.press("Enter")
    page.wait_for_selector("table a")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator("table a:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 bdi")
    assert page.locator("h1").inner_text() == "Ana Ruiz"


def test_a_form_with_errors_is_for_everyone_too(live_server, browser, pages):
    key = next(key for key, addresses in pages.items() if "/patients/new/" in addresses)
    context = browser.new_context()
    context.add_cookies([{"name": "session", "value": key, "url": live_server.url}])
    page = context.new_page()
    for address in ("/patients/new/", "/patients/"):
        page.goto(live_server.url + address)
        page.click("main button.primary")
        page.wait_for_selector(".error-text, .notice.error")
        assert list(faults_of(page)) == []
    page.goto(live_server.url + "/patients/new/")
    page.click("main button.primary")
    wrong = page.locator("[aria-invalid=true]").first
    assert page.locator("#" + wrong.get_attribute("aria-describedby")).is_visible()
