"""Anything at all, sent to every public form: an answer in words, never a 5xx."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.links import token_of, waiting_token_of
from tests.clinic.booking.test_public_booking import ANA, Visitor

pytestmark = pytest.mark.django_db
#: What the forms know, and what they do not.
FIELDS = [
    *ANA, "reminders", "start", "key", "instead", "version", "code", "answer", "earliest", "latest",
    "part_of_day", "practitioner", "unknown",
]  # fmt: skip


def long(text: str) -> str:
    """More than any field takes."""
    return text * 400


#: Values a form would send, near misses, and any text (a browser sends UTF-8, so no surrogates).
VALUES = st.one_of(
    st.sampled_from([
        "", "accept", "decline", "leave", "any", "morning", "haddad", "1", "0", "-1", "on",
        "2026-12-07", "2026-02-29", "0001-01-01", "9999-12-31", "2026-12-07T15:00Z/haddad",
        "9999-12-31T23:59Z/", "0001-01-01T00:00Z/x", "\x00", "\u202e", "<script>", "٣", "1e9",
        "00000000-0000-0000-0000-000000000000", "a@b.example", "+1 555 010 0199",
    ]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3).map(long),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    sent=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=10),
    base=st.booleans(),
    where=st.sampled_from(["week", "held", "join", "waiting", "move", "cancel", "who"]),
    query=st.dictionaries(st.sampled_from(["week", "with", "for", "q"]), VALUES, max_size=2),
)
def test_no_form_breaks(everything, sent, base, where, query):
    visitor, addresses = everything
    form = (ANA | sent) if base else sent
    for answer in (
        visitor.post(addresses[where], form, query_params=query),
        visitor.get(addresses[where], query),
    ):
        assert answer.status_code in (200, 302, 400, 404, 409, 429), answer.status_code
    assert visitor.get("/book/", query).status_code == 200


@pytest.fixture
def everything(clinic, details):
    """A visitor with a hold, and the address of every form."""
    visitor = Visitor()
    held = visitor.hold(clinic.at(9))
    visit = actions.confirm(actions.hold(clinic.wanted(10), key=uuid4()), details)
    wish = actions.Wish(clinic.follow_up, clinic.monday, clinic.monday + timedelta(days=20))
    entry = actions.join(wish, details, key=uuid4())
    actions.offer(entry, clinic.wanted(11))
    week, mine = "/book/river/follow-up/", f"/book/mine/{token_of(visit)}/"
    return visitor, {
        "week": week, "held": held, "join": f"{week}waiting/", "move": f"{mine}move/",
        "cancel": f"{mine}cancel/", "who": f"{mine}who/",
        "waiting": f"/book/waiting/{waiting_token_of(entry)}/",
    }  # fmt: skip
