"""The desk in Chromium: a whole day by keyboard alone, every page for everyone, paper as paper."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import instant_words
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from tests.clinic.booking.clinic_for_tests import make_clinic
from tests.clinic.booking.desk_for_tests import full_day
from tests.clinic.browsing import browser, chromium, faults_of, open_browser, pytestmark, session

__all__ = ["browser", "chromium", "pytestmark"]  # fixtures, and the marks of this file too


@pytest.fixture
def desk_day(transactional_db, as_if_today):
    """(clinic, desk user, visits of a full day)."""
    clinic = make_clinic()
    desk = create_user("desk@x.example", Role.FRONT_DESK)
    return clinic, desk, full_day(clinic, desk, clinic.monday)


@pytest.fixture
def open_page(live_server, browser):
    """open_page(user, address, ...) -> a page of a new context."""

    def make(user, address, *, language="en", script=True, width=1440, scheme="light"):
        page = open_browser(
            browser, live_server.url, cookies={"session": session(user), "language": language},
            color_scheme=scheme, viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )  # fmt: skip
        page.goto(live_server.url + address)
        return page

    return make


def tab_to(page, selector, most=80):
    """Press Tab until it has the focus."""
    for _ in range(most):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {selector}")


def addresses(clinic, visits):
    details = actions.Details(given_name="Eva", family_name="Waits", phone="+1 555 010 7777")
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(20))
    waits, offered = (actions.join(wish, details, key=uuid4()) for _ in range(2))
    actions.offer(offered, clinic.wanted(11, 40, day=clinic.monday + timedelta(1)))
    at, visit = f"?at=river&on={clinic.monday}", visits[8].pk
    choice = f"/desk/book/{at}&visit=follow-up"
    return [
        f"/desk/day/{at}", "/desk/day/", "/desk/day/?on=never", f"/desk/week/{at}",
        f"/desk/sheet/{at}", choice, f"{choice}&start={instant_words(clinic.at(9))}",
        "/desk/walk-in/", "/desk/waiting/", "/desk/waiting/new/",
        f"/desk/waiting/{waits.pk}/offer/", f"/desk/visits/{visit}/",
        f"/desk/visits/{visit}/move/", f"/desk/visits/{visit}/cancel/", "/",
        f"/patients/arrivals/{visits[8].person_id}/", f"/patients/{visits[7].chart.pk}/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_for_everyone(live_server, open_page, desk_day, language):
    clinic, desk, visits = desk_day
    for visit in visits:
        visit.refresh_from_db()
    page = open_page(desk, "/", language=language)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    found = []
    for address in addresses(clinic, visits):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += [(address, *fault) for fault in faults_of(page)]
    assert found == []
    assert not [text for text in refused if "Content Security Policy" in text]


def has_focus(page, visit):
    """The visit has the focus, now or in a moment."""
    page.wait_for_selector(f"#visit-{visit.pk}:focus", timeout=5000)


def press(page, key):
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def now(visit):
    """As it is in the database."""
    return Appointment.objects.get(pk=visit.pk)


def test_a_day_at_the_desk_by_keys_alone(open_page, desk_day):
    clinic, desk, visits = desk_day
    done, here, sits = visits[0], visits[1], visits[4]
    page = open_page(desk, f"/desk/day/?at=river&on={clinic.monday}")
    tab_to(page, "#timetable")
    page.keyboard.press("ArrowDown")  # into the timetable: Osei's first visit
    has_focus(page, visits[12])
    page.keyboard.press("ArrowRight")  # the same time at Haddad's
    has_focus(page, done)
    page.keyboard.press("ArrowDown")
    has_focus(page, here)
    press(page, "d")
    assert now(here).status == Status.FULFILLED
    has_focus(page, here)  # back at the same visit
    press(page, "z")
    assert now(here).status == Status.ARRIVED
    while not page.locator(f"#visit-{sits.pk}:focus").count():
        page.keyboard.press("ArrowDown")
    press(page, "x")
    assert now(sits).status == Status.NOSHOW
    press(page, "a")
    press(page, "z")
    assert now(sits).status == Status.BOOKED

    press(page, "m")  # move: choose the first free time
    tab_to(page, ".times button")
    press(page, "Enter")
    assert now(sits).starts_at == clinic.at(10, 40)
    has_focus(page, sits)
    press(page, "c")  # cancel: the reason, then Enter
    tab_to(page, "#id_reason")
    page.keyboard.type("has a cold")
    press(page, "Enter")
    assert (now(sits).status, now(sits).cancel_reason) == (Status.CANCELLED, "has a cold")


def test_single_keys_rest_outside_the_timetable(open_page, desk_day):
    clinic, desk, _ = desk_day
    page = open_page(desk, f"/desk/day/?at=river&on={clinic.monday}")
    address = page.url
    tab_to(page, "#picker button")
    for key in "npbwxa?":
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == address and not page.locator("#keys[open]").count()
    tab_to(page, "#timetable")
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() and page.locator("#keys summary:focus").count()
    tab_to(page, "#timetable", most=300)
    page.keyboard.press("g")
    assert page.locator("#on:focus").count()
    tab_to(page, "#timetable")
    press(page, "n")
    assert f"on={clinic.monday + timedelta(1)}" in page.url


def test_the_telephone_rings_and_there_is_no_script(open_page, desk_day):
    """From a free stretch to a booking, and then to "arrived": Tab, Enter and typing only."""
    clinic, desk, _ = desk_day
    page = open_page(desk, f"/desk/day/?at=river&on={clinic.monday}", script=False)
    tab_to(page, "a[data-entry]")  # 10:40-11:00 of Osei
    press(page, "Enter")
    assert page.locator("#visit:focus").count()  # the next question has the focus
    page.keyboard.type("Follow")
    tab_to(page, ".choose button")
    press(page, "Enter")
    tab_to(page, ".times button")
    press(page, "Enter")
    assert "10:40–11:00" in page.locator(".chosen").inner_text()
    assert page.locator("#id_given_name:focus").count()
    for words in ("Eva", "Rings"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    tab_to(page, "#id_phone")
    page.keyboard.type("+1 555 010 4444")
    press(page, "Enter")
    visit = Appointment.objects.get(person__family_name="Rings")
    assert (visit.starts_at, visit.practitioner) == (clinic.at(10, 40), clinic.osei)
    tab_to(page, f"summary#visit-{visit.pk}")
    page.keyboard.press("Enter")
    tab_to(page, f"#visit-{visit.pk} + .more button.primary")
    press(page, "Enter")
    assert now(visit).status == Status.ARRIVED


def test_the_day_sheet_on_paper(open_page, desk_day):
    """A page a clinician on A4 and on Letter, all names on it, none cut at the edge."""
    pypdf = pytest.importorskip("pypdf")
    clinic, desk, _ = desk_day
    page = open_page(desk, f"/desk/sheet/?at=river&on={clinic.monday}", scheme="dark")
    for paper in ("A4", "Letter"):
        pdf = pypdf.PdfReader(BytesIO(page.pdf(format=paper)))
        texts = [sheet.extract_text() for sheet in pdf.pages]
        assert "Dr Ama Osei" in texts[0] and "Dr Noor Haddad" not in texts[0]
        assert all("Dr Ama Osei" not in text for text in texts[1:])
        assert sum(text.count("+1 555 010 0") for text in texts) >= 24  # a telephone a visit
        assert "Back to the day" not in "".join(texts)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"  # white in the dark too: it is paper
    )
