"""A week of free times; choosing one holds it for ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.booking import actions, limits
from hipspine.clinic.booking.links import token_of
from hipspine.clinic.booking.models import Appointment, Location, Resource, VisitType
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.slots import nearest_slots
from hipspine.clinic.booking.times_shown import day_and_clock, zone_words
from hipspine.clinic.booking.views.public import visitor
from hipspine.clinic.booking.views.public.finding import open_visit
from hipspine.clinic.booking.week import (
    ShownSlot,
    practitioners_of,
    read_day,
    read_value,
    shown,
    week_of,
)
from hipspine.clinic.web.errors import as_sentence


@dataclass(frozen=True)
class Said:
    """What the page says above the week: why the last choice did not work, and what is near."""

    sentence: str = ""
    status: int = 200
    alternatives: tuple[ShownSlot, ...] = ()


NOTHING = Said()


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)  # kept for the way back: it shows nobody's data
def week(request: HttpRequest, location_slug: str, visit_slug: str) -> HttpResponse:
    """`?week=` any day of it, `?with=` a clinician; POST holds a time."""
    visit_type = open_visit(location_slug, visit_slug)
    if not visit_type.is_online:
        return by_telephone(request, visit_type.location)
    clinicians = practitioners_of(visit_type)
    if request.method == "POST":
        return _hold(request, visit_type, clinicians)
    return week_page(request, visit_type, clinicians)


def week_page(
    request: HttpRequest,
    visit_type: VisitType,
    clinicians: Sequence[Resource],
    said: Said = NOTHING,
    *,
    moving: Appointment | None = None,
) -> HttpResponse:
    """The page, for a first time and for moving a visit there is."""
    who = _asked_for(request, clinicians, moving)
    zone = visit_type.location.zone
    first = moving.starts_at.astimezone(zone).date() if moving else None
    shown_week = week_of(visit_type, read_day(request.GET.get("week", "")) or first, who, moving)
    begins = max(timezone.now(), _noon_of(shown_week.monday, visit_type))
    return render(
        request,
        "booking/public/week.html",
        {
            "visit_type": visit_type,
            "location": visit_type.location,
            "clinicians": clinicians,
            "who": who,
            "with": who.slug if who else "",
            "week": shown_week,
            "zone": zone_words(begins, zone),
            "key": uuid4(),
            "said": said,
            "moving": moving,
            "token": token_of(moving) if moving else "",
            "old_time": day_and_clock(moving.starts_at, zone) if moving else "",
            "earlier": None if moving else _earlier(request, visit_type),
        },
        status=said.status,
    )


def read_choice(
    request: HttpRequest, visit_type: VisitType, clinicians: Sequence[Resource]
) -> actions.Wanted | None:
    """The button that was pressed; None for anything that is no button of ours."""
    picked = read_value(request.POST.get("start", ""))
    if picked is None:
        return None
    starts_at, slug = picked
    who = next((r for r in clinicians if r.slug == slug), None)
    return None if slug and who is None else actions.Wanted(visit_type, starts_at, who)


def taken(lost: actions.SlotTaken, *, moving: Appointment | None = None) -> Said:
    """Somebody was faster: the three nearest free times."""
    wanted, sentences = lost.wanted, [_("Somebody else has just taken this time.")]
    if moving is None:
        free = lost.alternatives
    else:
        sentences.append(_("You keep the time you have."))
        near = nearest_slots(
            wanted.visit_type, wanted.starts_at, wanted.practitioner, ignoring=moving
        )
        free = [slot for slot in near if slot.starts_at != moving.starts_at]
    near = tuple(shown(slot, wanted.visit_type, wanted.practitioner) for slot in free)
    return Said(" ".join(sentences), 409, near)


def not_a_time() -> Said:
    """What was sent is no time of this page."""
    return Said(_("Please choose one of the times below."), 400)


def by_telephone(request: HttpRequest, location: Location) -> HttpResponse:
    """What is not bookable online."""
    title, sentence = _("This visit is booked by telephone"), _("Call us and we find a time.")
    return sentence_page(request, 200, title, sentence, location)


def sentence_page(
    request: HttpRequest, status: int, title: str, sentence: str, location: Location | None
) -> HttpResponse:
    """A calm page with one sentence and the telephone number."""
    shown_there = {"title": title, "sentence": sentence, "location": location}
    return render(request, "booking/public/sentence.html", shown_there, status=status)


def _hold(
    request: HttpRequest, visit_type: VisitType, clinicians: Sequence[Resource]
) -> HttpResponse:
    wanted = read_choice(request, visit_type, clinicians)
    if wanted is None:
        return week_page(request, visit_type, clinicians, not_a_time())
    already = _own_hold_of(request, wanted)
    if already:
        return redirect("booking:held", already.pk)
    key = _key(request)
    try:
        with limits.within_limits(limits.HOLD, visitor.asker_of(request), visit_type.location):
            held = _take(wanted, key, visitor.holder_of(request, key))
    except actions.SlotTaken as lost:
        return week_page(request, visit_type, clinicians, taken(lost))
    except (actions.TooManyHolds, limits.TooMuch) as refused:
        title = _("Too many times at once")
        return sentence_page(request, 429, title, as_sentence(refused), visit_type.location)
    for other in visitor.holds_of_form(request, key):
        if other.pk != held.pk:
            actions.release(other)
    asked_for = wanted.practitioner.slug if wanted.practitioner else ""
    visitor.remember(request, held, key, asked_for)
    return redirect("booking:held", held.pk)


def _own_hold_of(request: HttpRequest, wanted: actions.Wanted) -> Appointment | None:
    """The same time, held in another window or by the first of two presses: nobody else has it."""
    own = visitor.live_holds(request).filter(visit_type=wanted.visit_type)
    if wanted.practitioner:
        own = own.filter(resources=wanted.practitioner)
    return own.filter(starts_at=wanted.starts_at).last()


def _take(wanted: actions.Wanted, form_key: UUID, holder: actions.Holder) -> Appointment:
    """The same button of the same page twice is one hold; another button is another hold.

    From an old page, whose hold is over, it begins anew: with the next key of a row of keys, so
    that two presses there are one hold too.
    """
    who = wanted.practitioner.slug if wanted.practitioner else ""
    key = form_key
    while True:
        key = uuid5(key, f"{wanted.visit_type.pk} {wanted.starts_at.isoformat()} {who}")
        held = actions.hold(wanted, key=key, holder=holder)
        over = held.status == Status.PENDING and held.expires_at <= timezone.now()
        if not over and held.status != Status.CANCELLED:
            return held


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _asked_for(
    request: HttpRequest, clinicians: Sequence[Resource], moving: Appointment | None
) -> Resource | None:
    """By the address; who moves a visit first sees the clinician they have."""
    current = moving.practitioner.slug if moving and moving.practitioner else ""
    slug = request.GET.get("with", current)
    return next((r for r in clinicians if r.slug == slug), None)


def _earlier(request: HttpRequest, visit_type: VisitType) -> Appointment | None:
    """What this browser holds already: the way back to it."""
    return visitor.live_holds(request).filter(visit_type=visit_type).last()


def _noon_of(day: date, visit_type: VisitType) -> datetime:
    return datetime.combine(day, time(12), visit_type.location.zone)
