"""The set-up in Chromium: for everyone in both themes and languages, and without a mouse."""
# ruff: noqa: F401, F811  (the browser is the fixture of the other browser tests)

from datetime import timedelta
from uuid import uuid4

import pytest

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models import Holiday, HoursException, Location, WeeklyHours
from tests.clinic.booking.test_public_in_a_browser import clinic, tab_to
from tests.clinic.browsing import (
    PHONE,
    browser,
    chromium,
    faults_of,
    open_browser,
    pytestmark,
    session,
)

__all__ = ["browser", "chromium", "pytestmark"]  # fixtures, and the marks of this file too


@pytest.fixture
def key(clinic):
    return session(create_user("admin@x.example", Role.CLINIC_ADMIN))


@pytest.fixture
def addresses(clinic, details):
    """Every kind of page, with rows of every state behind them, and visits outside the hours."""
    for hour in (9, 10, 11):
        wanted = clinic.wanted(hour, who=clinic.haddad)
        actions.confirm(actions.hold(wanted, key=uuid4()), details)
    day, haddad, place = clinic.monday, clinic.haddad, clinic.location
    holiday = Holiday.objects.create(location=place, day=day + timedelta(7), name="Founders' day")
    away = HoursException.objects.create(resource=haddad, day=day, reason="congress")
    HoursException.objects.create(
        resource=haddad, day=day + timedelta(5), is_open=True, opens="10:00", closes="12:00"
    )
    later = WeeklyHours.objects.create(
        resource=haddad, weekday=5, opens="09:00", closes="12:00", valid_from=day
    )
    clinic.injection.is_online = False
    clinic.injection.save()
    clinic.first_visit.needs.all().delete()
    clinic.rooms[1].is_active = False
    clinic.rooms[1].save()
    Location.objects.create(slug="empty", name="Empty Clinic", time_zone="UTC", is_active=False)
    one, who = f"/setup/clinics/{place.pk}/", f"/setup/resources/{haddad.pk}/"
    first, injection = (f"/setup/visits/{v.pk}/" for v in (clinic.first_visit, clinic.injection))
    need = clinic.injection.needs.first().pk
    return [
        "/", "/setup/", "/setup/clinics/new/", one, f"{one}profile/", f"{one}remove/",
        f"{one}holidays/", f"{one}holidays/new/", f"{one}holidays/{holiday.pk}/",
        f"{one}holidays/{holiday.pk}/remove/", f"{one}resources/new/?kind=practitioner",
        f"{one}resources/new/?kind=room", who, f"{who}profile/", f"{who}remove/",
        f"{who}hours/new/", f"{who}hours/{later.pk}/", f"{who}hours/{later.pk}/remove/",
        f"{who}exceptions/new/", f"{who}exceptions/{away.pk}/",
        f"/setup/resources/{clinic.rooms[0].pk}/", f"{one}visits/new/", first, injection,
        f"{injection}profile/", f"{injection}remove/", f"{injection}needs/new/",
        f"{injection}needs/{need}/", f"{injection}needs/{need}/remove/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_for_everyone(live_server, browser, clinic, addresses, key, language):
    cookies = {"language": language, "session": key}
    page = open_browser(browser, live_server.url, cookies=cookies, viewport=PHONE)
    page.set_default_timeout(10_000)
    found = []

    def look(what):
        assert page.locator("html").get_attribute("lang") == language
        found.extend((what, *fault) for fault in faults_of(page))

    for address in addresses:
        assert page.goto(live_server.url + address).status == 200
        look(address)
    for what in refused(page, live_server.url, clinic):
        look(what)
    page.context.close()
    assert found == []


def refused(page, url, clinic):
    """The pages one comes to only by pressing: errors, a warning, something that hangs on it."""
    page.goto(f"{url}/setup/clinics/new/")
    page.click("form.form button.primary")
    assert page.locator(".wrong").count() >= 5
    yield "a clinic with errors"
    page.goto(f"{url}/setup/clinics/{clinic.location.pk}/holidays/new/")
    page.fill("[name=day]", str(clinic.monday))
    page.fill("[name=name]", "Founders")
    HoursException.objects.all().delete()
    page.click("form.form button.primary")
    assert page.locator("[name=accept]").count() == 1
    yield "a holiday on visits"
    page.goto(f"{url}/setup/resources/{clinic.haddad.pk}/remove/")
    page.click("[value=retire]")
    assert page.locator("[name=accept]").count() == 1
    yield "a clinician with visits"


def test_hours_are_added_by_keyboard_alone_without_javascript(live_server, browser, clinic, key):
    cookies = {"session": key}
    page = open_browser(browser, live_server.url, cookies=cookies, java_script_enabled=False)
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/setup/")
    for what in (".cards a", f"a[href='/setup/resources/{clinic.haddad.pk}/']", "#hours .button"):
        tab_to(page, what)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    tab_to(page, "[name=weekday]")
    page.keyboard.type("Saturday")
    for field, typed in (("opens", "0905AM"), ("closes", "1100AM")):
        tab_to(page, f"[name={field}]")
        page.keyboard.type(typed)
    tab_to(page, "form.form button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/setup/resources/{clinic.haddad.pk}/")
    row = WeeklyHours.objects.get(resource=clinic.haddad, weekday=5)
    assert f"{row}" == "Saturday 09:05-11:00"
