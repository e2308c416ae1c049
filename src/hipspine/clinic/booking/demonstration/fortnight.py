"""This week and the next: what has happened, what happens today, what is booked."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from hipspine.clinic.accounts.actions import create_user
from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.booking import actions
from hipspine.clinic.booking.actions.afterwards import quiet
from hipspine.clinic.booking.demonstration.people import (
    COMMENTS,
    OVERBOOKED_BECAUSE,
    make_patients,
)
from hipspine.clinic.booking.demonstration.places import Places, make_places
from hipspine.clinic.booking.models import Appointment, Location, WaitingListEntry
from hipspine.clinic.booking.models.appointment import Channel, Letter, Status
from hipspine.clinic.booking.slots import free_slots
from hipspine.clinic.chart.actions import link_account
from hipspine.clinic.chart.models import Patient

SEED = 20_260_101
PAST = actions.Terms(staff=True, past=timedelta(days=30))
#: Who does which visits, and how often.
MIX = {
    "haddad": (("first", 3), ("follow", 5), ("injection", 2)),
    "castellanos": (("first", 3), ("follow", 5), ("injection", 1)),
    "okafor": (("therapy", 1),),
    "castellanos-branch": (("call", 1),),
}
PATIENT = "patient@demo.example"


@dataclass(frozen=True)
class Stage:
    """The cast."""

    chance: random.Random
    places: Places
    patients: list[Patient]
    desk: User
    today: date

    def somebody(self, day: date) -> Patient | None:
        """One of the forty who has no visit on that day yet."""
        busy = Appointment.objects.filter(starts_at__date=day).values_list("patient", flat=True)
        free = [patient for patient in self.patients if patient.pk not in set(busy)]
        return self.chance.choice(free) if free else None


@transaction.atomic
def make_bookings() -> list[str]:
    """Once; the lines to print about it. Nobody is written to."""
    if Location.objects.exists():
        return []
    with quiet():
        return _make()


def _make() -> list[str]:
    chance = random.Random(SEED)
    desk = User.objects.get(email="desk@demo.example")
    clinician = User.objects.get(email="clinician@demo.example")
    today = timezone.now().date()
    places = make_places(today)
    stage = Stage(chance, places, make_patients(chance, desk, clinician), desk, today)
    monday = today - timedelta(days=today.weekday())
    for n in range(14):
        day = monday + timedelta(days=n)
        for slug in places.clinicians:
            _fill(stage, slug, day)
    _overbook(stage)
    _cancel_some(stage)
    _note_what_happened(stage)
    _unconfirmed(stage)
    _waiting(stage)
    _with_account(stage)
    Appointment.objects.update(letter=Letter.NONE)
    WaitingListEntry.objects.update(offer_owed=False)
    return [
        f"{PATIENT} (patient): signs in by a code, which is printed here",
        f"{len(stage.patients)} invented patients, {Appointment.objects.count()} visits",
    ]


def _fill(stage: Stage, slug: str, day: date) -> None:
    """Most of the day, in the order of the clock: full when near, thinner when far."""
    who, mix = stage.places.clinicians[slug], MIX[slug]
    share = 0.55 if day <= stage.today + timedelta(days=1) else 0.4
    kinds = [stage.places.visits[kind] for kind, _ in mix]
    free = {
        slot.starts_at
        for kind in kinds
        for slot in free_slots(kind, day, day, who, now=_long_ago(), for_staff=True)
    }
    for starts_at in sorted(free):
        kind = stage.chance.choices(kinds, [weight for _, weight in mix])[0]
        if stage.chance.random() < share:
            _book(stage, actions.Wanted(kind, starts_at, who))


def _book(stage: Stage, wanted: actions.Wanted, terms: actions.Terms = PAST) -> None:
    """One visit of one of the forty; a start that is taken or off the grid is passed over."""
    patient = stage.somebody(wanted.starts_at.date())
    if patient is None:
        return
    details = actions.Details(
        patient=patient,
        comment=stage.chance.choice(COMMENTS),
        reminders=stage.chance.random() < 0.5,
        language=patient.language,
    )
    channel = stage.chance.choice((Channel.TELEPHONE, Channel.ONLINE, Channel.DESK))
    try:
        actions.book_by_staff(
            wanted, details, key=uuid4(), by=stage.desk, channel=channel, terms=terms
        )
    except actions.SlotTaken:
        return


def _overbook(stage: Stage) -> None:
    ahead = Appointment.objects.filter(
        status=Status.BOOKED, starts_at__gt=timezone.now(), location=stage.places.main
    )
    for reason, visit in zip(OVERBOOKED_BECAUSE, list(ahead[5:60:20]), strict=False):
        wanted = actions.Wanted(visit.visit_type, visit.starts_at, visit.practitioner)
        _book(stage, wanted, actions.overbooking(reason))


def _cancel_some(stage: Stage) -> None:
    for visit in list(Appointment.objects.filter(status=Status.BOOKED))[7::25]:
        actions.cancel(visit, reason="called: cannot come", by=stage.desk)


def _note_what_happened(stage: Stage) -> None:
    """Before now: done, or nobody came; who waits right now has arrived."""
    now = timezone.now()
    for visit in Appointment.objects.filter(status=Status.BOOKED, starts_at__lt=now):
        if stage.chance.random() < 0.07:
            actions.mark(visit, Status.NOSHOW, by=stage.desk)
            continue
        actions.mark(visit, Status.ARRIVED, by=stage.desk)
        if visit.ends_at < now:
            actions.mark(visit, Status.FULFILLED, by=stage.desk)
    soon = now + timedelta(minutes=20)
    for visit in Appointment.objects.filter(status=Status.BOOKED, starts_at__lt=soon)[:2]:
        actions.mark(visit, Status.ARRIVED, by=stage.desk)


def _unconfirmed(stage: Stage) -> None:
    """Six who booked online without an account: two of them have a chart, the desk will see."""
    kind, known = stage.places.visits["first"], stage.patients[:2]
    ahead = free_slots(kind, stage.today + timedelta(days=2), stage.today + timedelta(days=30))
    for n, slot in enumerate(ahead[3:63:10]):
        patient = known[n] if n < len(known) else None
        given = patient.given_name if patient else f"Newcomer {n}"
        details = actions.Details(
            given_name=given,
            family_name=patient.family_name if patient else "Invented",
            birth_date=patient.birth_date if patient else date(1961 + 3 * n, 4, 5),
            email=f"{given.lower().replace(' ', '')}@invented.example",
            comment=COMMENTS[n],
            reminders=True,
        )
        actions.confirm(actions.hold(actions.Wanted(kind, slot.starts_at), key=uuid4()), details)


def _waiting(stage: Stage) -> None:
    for n, patient in enumerate(stage.patients[10:15]):
        wish = actions.Wish(
            stage.places.visits["first" if n % 2 else "follow"],
            stage.today + timedelta(days=1),
            stage.today + timedelta(days=20 + n),
        )
        actions.join(wish, actions.Details(patient=patient), key=uuid4(), by=stage.desk)


def _with_account(stage: Stage) -> None:
    """The first of the forty signs in and has a visit to look at."""
    first = stage.patients[0]
    user = create_user(PATIENT, Role.PATIENT, name=first.full_name)
    link_account(first, user, by=stage.desk)
    kind = stage.places.visits["follow"]
    slot = free_slots(kind, stage.today + timedelta(days=3), stage.today + timedelta(days=40))[0]
    details = actions.Details(patient=first, comment="pain when sitting", reminders=True)
    actions.confirm(actions.hold(actions.Wanted(kind, slot.starts_at), key=uuid4()), details)


def _long_ago():
    return timezone.now() - timedelta(days=30)
