"""A browser for tests, and what every page must bear: WCAG 2.2 AA, a phone, both themes."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
LAUNCH = {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}
PHONE = {"width": 390, "height": 844}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
CONTRAST = RULES | {"runOnly": ["color-contrast"]}  # the one rule that looks at the theme
#: Each width gets every rule in one theme, and contrast in the other.
LOOKS = {390: {"light": RULES, "dark": CONTRAST}, 1440: {"dark": RULES, "light": CONTRAST}}


@pytest.fixture(scope="module")
def chromium():
    """One browser for a file: to start it takes as long as a test."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop is no request of ours
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(**LAUNCH)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser(chromium):
    """No test finds what another left open, or its cookies."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def session(user):
    """The key of a session of this user."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client.session.session_key


def open_browser(browser, url, *, cookies=None, **context):
    """A page of a context of its own at this server; `cookies`: those that have a value are set."""
    opened = browser.new_context(**context)
    given = {name: value for name, value in (cookies or {}).items() if value}
    opened.add_cookies([{"name": n, "value": v, "url": url} for n, v in given.items()])
    return opened.new_page()


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
