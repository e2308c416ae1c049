"""Booking in Chromium: from the clinic to the moved visit, by keyboard alone, and in a race."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.links import token_of, waiting_token_of
from hipspine.clinic.booking.models import Appointment, Holiday
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import appointments_between
from hipspine.clinic.chart.actions import create_patient, link_account
from tests.clinic.booking.test_public_booking import ANA
from tests.clinic.browsing import (
    LAUNCH,
    PHONE,
    browser,
    chromium,
    faults_of,
    open_browser,
    pytestmark,
    session,
)

__all__ = ["browser", "chromium", "pytestmark"]  # fixtures, and the marks of this file too
MONTH_FIRST = "{1}{2}{0}"  # how a date is typed into Chromium's field in English


@pytest.fixture
def clinic(transactional_db):
    from tests.clinic.booking.clinic_for_tests import make_clinic

    made = make_clinic()
    for visit in (made.first_visit, made.follow_up):
        visit.about = "Bring earlier pictures (MRI, X-ray) and the list of your medicines."
        visit.save()
    made.haddad.about, made.haddad.languages = "Listens first.", "English, Arabic"
    made.haddad.save()
    made.location.about = "Backs, hips and the legs below them."
    made.location.directions = "Tram 4; step-free entrance from the courtyard."
    made.location.save()
    return made


def fill_in(page):
    for field in ("given_name", "family_name", "birth_date", "email", "comment"):
        page.fill(f"[name={field}]", ANA[field])


def first_time(page):
    return page.locator("ul.times button").first


def test_find_a_clinic_book_move_by_the_link_and_the_desk_sees_it(live_server, browser, clinic):
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.goto(live_server.url)
    page.click("text=Book a visit >> nth=0")
    page.fill("#q", "spring")
    page.keyboard.press("Enter")
    page.click("text=River Street Clinic")
    page.click("li:has-text('Follow-up') a.button")
    page.goto(f"{page.url}?week={clinic.monday}")
    first_time(page).click()
    fill_in(page)
    page.click("form.form button.primary")
    assert page.locator("h1").inner_text() == "Your visit is booked"

    (visit,) = Appointment.objects.filter(status=Status.BOOKED)
    assert visit.starts_at == clinic.at(9)
    later = browser.new_context().new_page()  # days later, on another device: the link in the mail
    later.set_default_timeout(10_000)
    later.goto(f"{live_server.url}/book/mine/{token_of(visit)}/")
    with later.expect_download() as file:
        later.click("text=Add to my calendar")
    assert file.value.suggested_filename == "visit.ics"
    later.click("text=Move")
    later.locator("section.day:has-text('Wed') button:has-text('2:00 PM')").click()
    assert "Your visit is moved" in later.locator("main").inner_text()
    assert "2:00 PM" in later.locator("main").inner_text()

    day = clinic.monday + timedelta(days=2)
    assert [a.pk for a in appointments_between(clinic.location, day)] == [visit.pk]
    assert not appointments_between(clinic.location, clinic.monday)
    key = session(create_user("desk@x.example", Role.FRONT_DESK))
    seen = open_browser(browser, live_server.url, cookies={"session": key})
    seen.goto(f"{live_server.url}/desk/day/?on={day}")
    assert "Ana Invented" in seen.locator("main").inner_text()
    seen.goto(f"{live_server.url}/desk/day/?on={clinic.monday}")
    assert "Ana Invented" not in seen.locator("main").inner_text()
    page.reload()  # the first browser sees it too, and cancels
    page.click("text=Cancel the visit")
    page.click("text=Yes, cancel the visit")
    assert page.locator("h1").inner_text() == "This visit is cancelled"


def tab_to(page, what, most=80):
    """Tab until the element has the focus: the only way there without a mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{what}:focus").count():
            return
    raise AssertionError(f"not reached by keyboard: {what}")


def test_the_same_by_keyboard_alone_without_javascript(live_server, browser, clinic):
    page = browser.new_context(java_script_enabled=False, locale="en-US").new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/book/")
    for what in ("h2 a", "li:nth-child(2) a.primary"):
        tab_to(page, what)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    tab_to(page, "ul.times button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/held/**")
    for field in ("given_name", "family_name"):
        tab_to(page, f"[name={field}]")
        page.keyboard.type(ANA[field])
    tab_to(page, "[name=birth_date]")
    page.keyboard.type(MONTH_FIRST.format(*ANA["birth_date"].split("-")))
    tab_to(page, "[name=email]")
    page.keyboard.type(ANA["email"])
    tab_to(page, "form.form button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mine/**")
    visit = Appointment.objects.get(status=Status.BOOKED)
    assert str(visit.person.birth_date) == ANA["birth_date"]
    tab_to(page, "a[href$='/move/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/")
    tab_to(page, "ul.times li:nth-child(2) button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/mine/[^/]+/$"))
    assert Appointment.objects.get(pk=visit.pk).version == visit.version + 1


def test_two_browsers_race_for_one_time(served, chromium):
    """Each a program of its own, both having seen the time free, both pressing at once."""
    running = [chromium.browser_type.launch(**LAUNCH) for _ in range(2)]
    pages = [program.new_page() for program in running]
    for page in pages:
        page.set_default_timeout(10_000)
        page.goto(f"{served.url}/book/river/follow-up/?week={served.monday}&with=haddad")
    for page in pages:
        first_time(page).click(no_wait_after=True)
    for page in pages:
        page.wait_for_selector("ul.alternatives, form.form")
    won = [page for page in pages if "/held/" in page.url]
    lost = [page for page in pages if "/held/" not in page.url]
    assert (len(won), len(lost)) == (1, 1)
    assert "9:00 AM" in won[0].locator(".when").inner_text()
    assert "has just taken this time" in lost[0].locator("[role=alert]").inner_text()
    near = lost[0].locator("ul.alternatives button")
    times = [re.search(r"\d+:\d+ [AP]M", words)[0] for words in near.all_inner_texts()]
    assert times == ["9:20 AM", "9:40 AM", "10:00 AM"]
    near.first.click()
    fill_in(lost[0])
    lost[0].click("form.form button.primary")
    assert "9:20 AM to 9:40 AM" in lost[0].locator("main").inner_text()
    fill_in(won[0])
    won[0].click("form.form button.primary")
    assert "9:00 AM to 9:20 AM" in won[0].locator("main").inner_text()
    for program in running:
        program.close()
    with closing(sqlite3.connect(served.database)) as rows:
        found = rows.execute(
            "SELECT status, count(*) FROM booking_appointment GROUP BY status"
        ).fetchall()
    assert found == [("booked", 2)]


@pytest.fixture
def addresses(clinic, details):
    """Every kind of public page, in every state it has."""

    def booked(hour, **more):
        return actions.confirm(actions.hold(clinic.wanted(hour, **more), key=uuid4()), details)

    visit, gone = booked(9), actions.cancel(booked(10))
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(days=20))
    waits, offered = (actions.join(wish, details, key=uuid4()) for _ in range(2))
    actions.offer(offered, clinic.wanted(15))
    clinic.injection.is_online = False
    clinic.injection.save()
    Holiday.objects.create(location=clinic.location, day=clinic.monday, name="Founders' day")
    empty = clinic.monday + timedelta(days=80)
    mine, week = f"/book/mine/{token_of(visit)}/", "/book/river/follow-up/"
    return [
        "/book/", "/book/?q=zzz", "/book/river/", "/book/river/with/haddad/", week,
        f"{week}?week={clinic.monday}&with=osei", f"{week}?week={empty}",
        "/book/river/injection/", f"{week}waiting/", mine, f"{mine}move/", f"{mine}cancel/",
        f"{mine}who/", f"/book/mine/{token_of(gone)}/", "/book/mine/forged/",
        f"/book/waiting/{waiting_token_of(waits)}/", f"/book/waiting/{waiting_token_of(offered)}/",
    ]  # fmt: skip


@pytest.fixture
def patient_session(clinic):
    """A patient who is signed in, with a visit to come and one cancelled."""
    user = create_user("patient@x.example", Role.PATIENT)
    chart = create_patient(
        by=user, given_name="Bea", family_name="Invented", birth_date=date(1970, 1, 1)
    )
    link_account(chart, user, by=user)
    own = actions.Details(patient=chart)
    for hour in (11, 13):
        wanted = clinic.wanted(hour, day=clinic.monday + timedelta(days=2))
        visit = actions.confirm(actions.hold(wanted, key=uuid4()), own)
    actions.cancel(visit)
    return session(user)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_for_everyone(
    live_server, browser, clinic, addresses, patient_session, language
):
    page = open_browser(browser, live_server.url, cookies={"language": language}, viewport=PHONE)
    page.set_default_timeout(10_000)
    found = []

    def look(what):
        assert page.locator("html").get_attribute("lang") == language
        found.extend((what, *fault) for fault in faults_of(page))

    for address in addresses:
        page.goto(live_server.url + address)
        look(address)
    for what in lost_and_wrong(page, live_server.url, clinic):
        look(what)
    page.context.add_cookies(
        [{"name": "session", "value": patient_session, "url": live_server.url}]
    )
    page.goto(live_server.url)
    look("the first page of a patient")
    assert page.locator("a[href$='/move/']").count() == 1
    page.goto(f"{live_server.url}/book/river/follow-up/")
    first_time(page).click()
    look("the form of a patient")
    page.context.close()
    assert found == []


def lost_and_wrong(page, url, clinic):
    """The pages one comes to only by pressing: a lost race, the form, the form with errors."""
    tuesday = clinic.monday + timedelta(days=1)
    page.goto(f"{url}/book/river/follow-up/?week={tuesday}&with=haddad")
    actions.hold(clinic.wanted(9, who=clinic.haddad, day=tuesday), key=uuid4())
    first_time(page).click()
    yield "a lost race"
    page.locator("ul.alternatives button").first.click()
    yield "the form"
    page.click("form.form button.primary")
    yield "the form with errors"
    fill_held(page, url, clinic)
    yield "typed too long"


def fill_held(page, url, clinic):
    """Someone else takes the time while one types."""
    held = Appointment.objects.filter(status=Status.PENDING, origin__gt="").latest("created_at")
    page.goto(f"{url}/book/held/{held.pk}/")
    fill_in(page)
    Appointment.objects.filter(pk=held.pk).update(expires_at=timezone.now())
    wanted = actions.Wanted(held.visit_type, held.starts_at, clinic.haddad)
    actions.hold(wanted, key=uuid4())
    page.click("form.form button.primary")
    assert page.locator("[name=instead]").count() == 3
