"""Every page answers, for those who may open it."""

import pytest
from django import forms
from django.test import Client
from pytest_django.asserts import assertHTMLEqual as assert_html_equal

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.chart.forms import FindingForm, LongSelect

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/readyz",
        "/account/login/",
        "/account/signup/",
        "/account/login/code/",
        "/account/password/reset/",
    ],
)
def test_public_pages(path):
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MACHINE_CLIENT}))
@pytest.mark.parametrize("path", ["/", "/me/", "/account/2fa/", "/account/email/"])
def test_own_pages(signed_in, role, path):
    assert signed_in(role).get(path).status_code == 200


def test_a_long_list_is_the_element_that_django_would_make():
    options = [("a", "A <b>"), ('b"', 'B "quoted"'), ("c", 'value="a"')]
    given = {"id": "i", "required": True}
    for value in ('b"', None, "", "<x>", "a"):
        theirs = forms.Select(choices=options).render("f", value, given)
        assert_html_equal(LongSelect(lambda: options).render("f", value, given), theirs)


def test_a_form_with_a_long_list_remembers_what_was_chosen():
    for chosen in ("log_roll", "age_over_50"):
        field = FindingForm({"finding": chosen})["finding"]
        assert str(field).count(" selected>") == 1 and f'value="{chosen}" selected>' in str(field)
    assert " selected>" not in str(FindingForm()["finding"])
