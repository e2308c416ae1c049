"""A full day at the desk: overlaps, holds, who did not come, long names, right-to-left, emoji."""

from datetime import date
from uuid import uuid4

from hipspine.clinic.booking import actions
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.chart.actions import confirm_as_new

NAMES = (
    "Ana Invented", "Björk Þórðardóttir", "نور حداد", "李 小龍", "Zoë 🦴 Emoji",
    "O'Neil <b>Bold</b>",
    "Maximiliana-Alexandra von und zu Hohenlohe-Schillingsfürst-Waldenburg", "Ed Li",
    "Chukwuemeka Okonkwo", "María José García de la Torre", "Сергей Иванов", "Jo Ng",
)  # fmt: skip


def book(clinic, desk, n, hour, minute, **more):
    """The n-th invented person at that time; `reason`: overbooked."""
    reason = more.pop("reason", "")
    given, _, family = NAMES[n % len(NAMES)].partition(" ")
    details = actions.Details(
        given_name=given, family_name=family or given, birth_date=date(1950 + n, 1 + n % 12, 3),
        phone=f"+1 555 010 {n:04d}", email="" if n % 3 else f"p{n}@invented.example",
        comment="" if n % 4 else "pain in the left buttock when I sit, since spring",
    )  # fmt: skip
    terms = actions.overbooking(reason) if reason else actions.STAFF
    channel = (Channel.ONLINE, Channel.TELEPHONE, Channel.DESK)[n % 3]
    booked = actions.book_by_staff(
        clinic.wanted(hour, minute, **more), details, key=uuid4(), by=desk, channel=channel,
        terms=terms,
    )  # fmt: skip
    if n % 2:
        confirm_as_new(booked.person, by=desk)
    return booked


def full_day(clinic, desk, day):
    """Twenty-five visits, of every kind and state; returns them by time of making."""
    made = []
    for n in range(9):  # Haddad: every 20 minutes from 09:00, then the afternoon
        hour, minute = (9 + n // 3, n % 3 * 20)
        made.append(book(clinic, desk, n, hour, minute, who=clinic.haddad, day=day))
    for n, hour in enumerate((13, 14, 15), start=10):
        made.append(book(clinic, desk, n, hour, 0, who=clinic.haddad, visit=clinic.injection,
                         day=day))  # fmt: skip
    for n, (hour, minute) in enumerate(
        ((9, 0), (9, 40), (11, 0), (13, 0), (13, 40), (14, 40), (15, 20), (16, 0)), start=13
    ):
        made.append(book(clinic, desk, n, hour, minute, who=clinic.osei, day=day,
                         visit=clinic.first_visit))  # fmt: skip
    for n, minute in enumerate((0, 20, 40), start=21):
        made.append(book(clinic, desk, n, 16, minute, who=clinic.haddad, day=day))
    made.append(book(clinic, desk, 24, 12, 20, who=clinic.osei, day=day, reason="over lunch"))
    made.append(book(clinic, desk, 9, 9, 20, who=clinic.haddad, day=day,
                     reason="cannot walk since yesterday"))  # fmt: skip
    for visit in made[:3]:
        actions.mark(visit, Status.ARRIVED, by=desk)
    actions.mark(made[0], Status.FULFILLED, by=desk)
    actions.mark(made[3], Status.NOSHOW, by=desk)
    actions.cancel(made[5], reason="has a cold", by=desk)
    actions.hold(clinic.wanted(10, 20, who=clinic.osei, day=day), key=uuid4())
    return made
