"""The pages in Chromium: no violation of WCAG 2.2 AA, nothing wider than a phone, both themes."""

import os
import shutil
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart import actions
from hipspine.clinic.chart.actions.findings import Statement

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


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
    """{session or None: addresses} over every kind of page of these rooms."""
    people = {
        role: create_user(f"{role}@x.example", role)
        for role in (Role.FRONT_DESK, Role.CLINICIAN, Role.PATIENT, Role.CLINIC_ADMIN, Role.AUDITOR)
    }
    clinician = people[Role.CLINICIAN]
    ana = {"given_name": "Ana", "family_name": "Ruiz", "birth_date": date(1980, 2, 29)}
    chart, twin = (actions.create_patient(by=clinician, **ana) for _ in range(2))
    actions.link_account(chart, people[Role.PATIENT], by=clinician)
    said = Statement("log_roll", True, date(2026, 1, 1), side="left")
    actions.record_finding(chart, said, source="clinician", by=clinician)
    person = actions.note_arrival(**ana)
    actions.request_erasure(twin, by=clinician)
    at = f"/patients/{chart.pk}/"
    return {
        None: ["/", "/account/login/", "/account/signup/", "/account/login/code/", "/nowhere/"],
        session(people[Role.FRONT_DESK]): ["/", "/patients/", "/patients/new/", at,
            "/patients/arrivals/", f"/patients/arrivals/{person.pk}/", f"{at}merge/{twin.pk}/"],
        session(clinician): [at, f"{at}findings/new/", "/account/2fa/", "/me/"],
        session(people[Role.PATIENT]): ["/", f"{at}mine/", f"{at}mine/who-looked/", "/me/again/"],
        session(people[Role.CLINIC_ADMIN]): ["/", "/patients/erasures/"],
        session(people[Role.AUDITOR]): ["/", "/me/events/", "/me/events/verification/"],
    }  # fmt: skip


def session(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client.session.session_key


@pytest.mark.parametrize(
    ("scheme", "language", "width"), [("light", "en", 1440), ("dark", "es", 390)]
)
def test_every_page_is_for_everyone(live_server, browser, pages, scheme, language, width):
    found = []
    for key, addresses in pages.items():
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        cookies = {"language": language} | ({"session": key} if key else {})
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        page = context.new_page()
        for address in addresses:
            page.goto(live_server.url + address)
            assert page.locator("html").get_attribute("lang") == language
            for fault in axe.Axe().run(page, options=RULES).response["violations"]:
                found.append((address, fault["id"], fault["nodes"][0]["html"][:100]))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((address, "wider than the screen", width))
        context.close()
    assert found == []


def test_the_desk_finds_and_opens_a_chart_by_keyboard_alone(live_server, browser, pages):
    key = list(pages)[1]
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
