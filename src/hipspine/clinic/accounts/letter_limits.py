"""How many letters with a code go to one letter box, whoever asks for them.

Few for one asker (a network address), and more for all of them together: a stranger who asks for
codes to somebody's address uses up his own, and the owner, who asks from elsewhere, still gets one.
He would need three connections within an hour, or four in a day, to keep the owner out; a letter
box gets thirty letters a day at most.
"""

from allauth.core.internal.ratelimit import consume  # as allauth counts: one at a time, sliding
from django.http import HttpRequest

from hipspine.clinic.accounts.limits import letter_box
from hipspine.clinic.web.client_address import network_of

FROM_ONE, TO_ONE = "from_one", "to_one"
#: Codes for signing in, registering and resetting a password.
OF_ACCOUNTS = {FROM_ONE: "3/m/key,5/h/key,8/d/key", TO_ONE: "15/h/key,30/d/key"}
#: Codes that say whose chart a booking belongs to; those of all are counted where they leave.
OF_CHARTS = {FROM_ONE: "3/h/key,6/d/key"}


def may_write(request: HttpRequest, email: str, rates: dict[str, str]) -> bool:
    """Count one more letter to this address; False: there were as many as there may be."""
    box, asker = letter_box(email), network_of(request)
    return all(
        consume(request, app="letters", action=action, config=rates, key=key, limit_get=True)
        for action, key in ((FROM_ONE, f"{box} {asker}"), (TO_ONE, box))
    )
