"""Whatever is sent to the desk's pages: an answer in words, never a fault, never half a booking."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.clock_words import instant_words
from hipspine.clinic.booking.models import Appointment, WaitingListEntry

pytestmark = pytest.mark.django_db
FIELDS = (
    "at", "visit", "who", "on", "from", "start", "wanted", "overbook", "other", "time", "reason",
    "status", "version", "key", "seen", "patient", "find", "book", "given_name", "family_name",
    "birth_date", "email", "phone", "comment", "language", "channel", "earliest", "latest",
    "part_of_day", "answer", "all",
)  # fmt: skip
ODD = st.sampled_from([
    "\x00", "²", "9" * 400, "-1", "new", "yes", "river", "follow-up", "haddad", "charts same_day",
    "2026-11-01T06:30Z", "9999-99-99T99:99Z", "2026-02-30", "24:00", "' OR 1=1 --", "<script>",
    "x" * 10_000, "\u202eevil", "🦴", "a@b.c", "arrived", "booked", "any", "\ud7ff", "%00",
])  # fmt: skip
SENT = st.dictionaries(st.sampled_from(FIELDS), ODD | st.text(max_size=30), max_size=12)
A_FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def pages(signed_in, clinic, booked, details):
    """(client of the desk, every address with a real visit and a real entry)."""
    visit = booked(10, 0)
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(9))
    entry = actions.join(wish, details, key=uuid4())
    choice = f"?at=river&visit=follow-up&start={instant_words(clinic.at(9))}"
    return signed_in(Role.FRONT_DESK), [
        *(reverse(f"desk:{n}") for n in ("day", "week", "sheet", "book", "walk_in", "waiting",
                                         "add_waiting")),
        reverse("desk:book") + choice,
        *(reverse(f"desk:{n}", args=[visit.pk]) for n in ("visit", "mark", "move", "cancel")),
        *(reverse(f"desk:{n}", args=[entry.pk]) for n in ("offer", "answer_waiting")),
    ]  # fmt: skip


@A_FEW
@given(sent=SENT, place=st.integers(0, 13), post=st.booleans())
def test_no_page_breaks(pages, sent, place, post):
    client, addresses = pages
    response = (client.post if post else client.get)(addresses[place], sent)
    assert response.status_code < 500


@pytest.mark.parametrize("name", ["at", "visit", "who", "on", "from", "start", "time"])
def test_a_character_no_database_takes_is_refused_before_it_gets_there(pages, name):
    client, _ = pages
    response = client.get(reverse("desk:book"), {"at": "river", name: "a\x00b", "other": "yes"})
    assert response.status_code in (200, 400, 404)


def test_what_is_refused_writes_nothing(pages):
    client, addresses = pages
    before = Appointment.objects.count(), WaitingListEntry.objects.count()
    for address in addresses:
        client.post(address, {"book": "yes", "given_name": "\x00"})
    assert (Appointment.objects.count(), WaitingListEntry.objects.count()) == before


def test_a_visit_or_entry_that_is_none_is_not_found(pages):
    client, _ = pages
    for name in ("visit", "move", "cancel", "offer"):
        assert client.get(reverse(f"desk:{name}", args=[uuid4()])).status_code == 404
    for name in ("mark", "answer_waiting"):
        assert client.post(reverse(f"desk:{name}", args=[uuid4()])).status_code == 404
