"""The pages of accounts, audit and chart in Chromium: for everyone, and by keyboard alone."""

import pytest

from tests.clinic.browsing import PHONE, browser, chromium, faults_of, open_browser, pytestmark
from tests.clinic.rooms import pages_by_client

__all__ = ["browser", "chromium", "pytestmark"]  # fixtures, and the marks of this file too


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
        cookies = {"language": language, "session": key}
        page = open_browser(browser, live_server.url, cookies=cookies, viewport=PHONE)
        for address in addresses:
            page.goto(live_server.url + address)
            assert page.locator("html").get_attribute("lang") == language
            found += [(address, *fault) for fault in faults_of(page)]
        page.context.close()
    assert found == []


def test_the_desk_finds_and_opens_a_chart_by_keyboard_alone(live_server, browser, pages):
    key = next(key for key, addresses in pages.items() if "/patients/" in addresses)
    cookies = {"session": key}
    page = open_browser(browser, live_server.url, cookies=cookies, java_script_enabled=False)
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
    page = open_browser(browser, live_server.url, cookies={"session": key})
    for address in ("/patients/new/", "/patients/"):
        page.goto(live_server.url + address)
        page.click("main button.primary")
        page.wait_for_selector(".error-text, .notice.error")
        assert list(faults_of(page)) == []
    page.goto(live_server.url + "/patients/new/")
    page.click("main button.primary")
    wrong = page.locator("[aria-invalid=true]").first
    assert page.locator("#" + wrong.get_attribute("aria-describedby")).is_visible()


def test_the_pages_of_a_code_are_for_everyone(live_server, browser, pages):
    """They come only after a form was sent, so no list of addresses has them."""
    for path in ("signup", "login/code", "password/reset"):
        page = open_browser(browser, live_server.url, viewport=PHONE)
        page.goto(f"{live_server.url}/account/{path}/")
        page.fill("main input[name=email]", "nobody@x.example")
        page.click("main button.primary")
        page.wait_for_selector("input[name=code]")
        for details in page.locator("details").all():
            details.locator("summary").click()
        page.fill("input[name=code]", "NOPE")
        page.click("main button.primary")
        page.wait_for_selector(".error-text")
        assert list(faults_of(page)) == []
        page.context.close()
