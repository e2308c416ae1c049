"""Who asks the clinic for which page, in the database named by the environment; printed as JSON.

    python -m benchmarks.clinic_people

An app that has pages of its own adds a function to PAGES.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402

from hipspine.clinic.accounts.actions import create_user  # noqa: E402
from hipspine.clinic.audit.tasks import walk  # noqa: E402
from hipspine.clinic.booking.links import token_of  # noqa: E402
from hipspine.clinic.booking.models import Appointment, Location  # noqa: E402
from hipspine.clinic.chart import actions  # noqa: E402

USERS = 50
CHARTS = 300
ROLES = ("desk", "clinician", "admin", "auditor", "own")
Page = tuple[str, str]  # the role that asks ("public": a visitor) and the path


def pages_for_visitors(chart: Any) -> list[Page]:
    """Open to the world."""
    return [("public", reverse(name)) for name in VISITORS]


def pages_of_the_chart(chart: Any) -> list[Page]:
    """Those of the desk, of who treats, and of the patient whose chart it is."""
    return [
        ("desk", reverse("home")),
        ("desk", reverse("chart:search")),
        ("desk", reverse("chart:add")),
        ("desk", reverse("chart:patient", args=[chart.pk])),
        ("desk", reverse("chart:arrivals")),
        ("clinician", reverse("chart:patient", args=[chart.pk])),
        ("clinician", reverse("chart:add_finding", args=[chart.pk])),
        ("admin", reverse("chart:erasures")),
        ("own", reverse("chart:my_data", args=[chart.pk])),
        ("own", reverse("chart:who_looked", args=[chart.pk])),
    ]


def pages_of_the_auditor(chart: Any) -> list[Page]:
    """The audit chain."""
    return [("auditor", reverse(name)) for name in ("accounts:events", "accounts:verification")]


def pages_of_booking(chart: Any) -> list[Page]:
    """In the demonstration's fortnight: a visitor's way, one own visit, the desk's day."""
    place = Location.objects.get(slug="riverside")
    visit = Appointment.objects.filter(location=place, status="booked").latest("starts_at")
    public = [
        reverse("booking:find"),
        reverse("booking:location", args=[place.slug]),
        reverse("booking:clinician", args=[place.slug, "haddad"]),
        reverse("booking:week", args=[place.slug, "first-visit"]),
        reverse("booking:week", args=[place.slug, "follow-up"]),
        reverse("booking:join_waiting", args=[place.slug, "follow-up"]),
        reverse("booking:mine", args=[token_of(visit)]),
        reverse("booking:move", args=[token_of(visit)]),
    ]
    desk = [reverse(f"desk:{name}") for name in ("day", "week", "sheet", "book", "waiting")]
    return [("public", path) for path in public] + [("desk", path) for path in desk]


def pages_for_machines(chart: Any) -> list[Page]:
    """Feeds and probes."""
    return [("public", "/healthz"), ("public", "/readyz"), ("public", "/api/locations")]


VISITORS = ("home", "account_login", "account_request_login_code")
PAGES: list[Callable[[Any], list[Page]]] = [
    pages_for_visitors,
    pages_of_the_chart,
    pages_of_the_auditor,
    pages_of_booking,
    pages_for_machines,
]


def charts() -> Any:
    """Opens CHARTS charts; the last belongs to the account own@demo.example and is returned."""
    desk = _user("desk")
    own = create_user("own@demo.example", "patient")
    for n in range(CHARTS):
        chart = actions.create_patient(
            by=desk,
            given_name=f"G{n}",
            family_name=f"F{n}",
            birth_date=date(1950 + n % 50, 1, 1),
        )
    actions.link_account(chart, own, by=desk)
    walk.call_local(None)  # as every night
    return chart


def sessions(role: str) -> list[str]:
    """The keys of USERS fresh sessions, all signed in."""
    user, made = _user(role), []
    for _ in range(USERS):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        made.append(session.session_key)
    return made


def _user(role: str) -> Any:
    return get_user_model().objects.get(email=f"{role}@demo.example")


def main() -> None:
    """{"pages": [[role, path]], "sessions": {role: [key]}, "chart": id}."""
    chart = charts()
    pages = [page for asked in PAGES for page in asked(chart)]
    signed_in = {role: sessions(role) for role in ROLES}
    print(json.dumps({"pages": pages, "sessions": signed_in, "chart": str(chart.pk)}))


if __name__ == "__main__":
    main()
