"""Whoever comes back to the address of a button finds a page, never an empty 405."""

import time
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.urls import reverse

from hipspine.clinic.accounts.middleware import LAST_SEEN
from hipspine.clinic.accounts.roles import Role

NOBODYS = UUID(int=7)


@pytest.mark.parametrize(("button", "page"), [
    (reverse("desk:mark", args=[NOBODYS]), reverse("desk:visit", args=[NOBODYS])),
    (reverse("desk:answer_waiting", args=[NOBODYS]), reverse("desk:waiting")),
    (reverse("chart:consent", args=[NOBODYS]), reverse("chart:patient", args=[NOBODYS])),
    (reverse("set_language"), "/"),
])  # fmt: skip
def test_the_address_of_a_button_leads_to_the_nearest_page(signed_in, button, page):
    answer = signed_in(Role.FRONT_DESK).get(button)
    assert (answer.status_code, answer["Location"]) == (302, page)


def test_a_press_with_the_wrong_method_is_still_refused(signed_in):
    assert signed_in(Role.FRONT_DESK).put(reverse("desk:day")).status_code == 405


@pytest.mark.usefixtures("as_if_today")
def test_the_page_changed_meanwhile_can_be_left_after_an_idle_logout(signed_in, booked):
    """Its buttons stand on the answer to a press: the browser names that address as their page."""
    desk, visit = signed_in(Role.FRONT_DESK), booked(9)
    mark = reverse("desk:mark", args=[visit.pk])
    changed = desk.post(mark, {"status": "arrived", "version": visit.version + 7})
    assert changed.status_code == 409 and "Nothing was done" in changed.text
    session = desk.session
    session[LAST_SEEN] = time.time() - 16 * 60
    session.save()
    pressed = desk.post(
        mark, {"status": "arrived"}, headers={"referer": f"http://testserver{mark}"}
    )
    after_sign_in = unquote(pressed["Location"]).partition("next=")[2]
    desk.force_login(desk.user)
    page = desk.get(after_sign_in, follow=True)
    assert page.status_code == 200 and "Ana Invented" in page.text
