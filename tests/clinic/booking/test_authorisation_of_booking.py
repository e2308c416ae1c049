"""Every address of booking x role x foreign thing, made from the URL table itself."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking.links import token_of
from tests.clinic.booking import (
    access_of_desk,
    access_of_feeds,
    access_of_public,
    access_of_setup,
)
from tests.clinic.test_authorisation import NOBODY, _forms, allowed, names

pytestmark = pytest.mark.django_db
SPACES = ("booking", "desk", "setup", "scheduling", "api")
EXPECTED = (
    access_of_public.EXPECTED
    | access_of_desk.EXPECTED
    | access_of_setup.EXPECTED
    | access_of_feeds.EXPECTED
)


def test_every_address_of_booking_is_in_the_matrix():
    assert sorted(n for n in names() if n.split(":")[0] in SPACES) == sorted(EXPECTED)


@pytest.fixture
def address(clinic, booked):
    """address(name) -> a real address of that page, of somebody's appointment."""
    visit = booked()
    known = {
        "appointment_id": visit.pk,
        "hold_id": visit.pk,
        "entry_id": uuid.uuid4(),
        "token": token_of(visit),
        "location_slug": clinic.location.slug,
        "visit_slug": clinic.follow_up.slug,
        "resource_slug": clinic.haddad.slug,
        "location_id": clinic.location.pk,
        "resource_id": clinic.haddad.pk,
        "visit_type_id": clinic.follow_up.pk,
        "row_id": 0,
        "slug": clinic.location.slug,
        "rest": "nowhere",
    }

    def make(name):
        return reverse(name, kwargs={k: known[k] for _, keys, _, _ in _forms(name) for k in keys})

    return make


@pytest.mark.parametrize("role", [NOBODY, *Role])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_matrix(signed_in, address, role, method):
    client = Client() if role == NOBODY else signed_in(role)
    for name, who in EXPECTED.items():
        response = getattr(client, method)(address(name))
        assert allowed(response) == (role in who), (name, response.status_code)
        assert response.status_code < 500
