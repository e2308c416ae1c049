"""One's own visit, by its signed link: see it, take it into a calendar, move it, cancel it."""

from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hipspine.clinic.accounts.access import PUBLIC, allow
from hipspine.clinic.booking import actions, limits
from hipspine.clinic.booking.calendar_file import CONTENT_TYPE, FILE_NAME, ics_of
from hipspine.clinic.booking.links import appointment_of, token_of, void_since
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.times_shown import clock, day_and_clock, full_day, zone_words
from hipspine.clinic.booking.views.public import visitor
from hipspine.clinic.booking.views.public.choosing import (
    Said,
    by_telephone,
    not_a_time,
    read_choice,
    sentence_page,
    taken,
    week_page,
)
from hipspine.clinic.booking.week import practitioners_of


def private(view):
    """A page behind a signed link: in no index, no cache, and no other site hears its address.

    The referrer stays within this site (`SECURE_REFERRER_POLICY`); with no referrer at all browsers
    send forms with `Origin: null`, which cannot be told from a forgery.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


def of_link(view):
    """Give the view the appointment of its token; a forged, cut or old one gets a calm page."""

    @private
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        appointment = appointment_of(token)
        if appointment is None or appointment.status == Status.PENDING:
            return link_over(request, token)
        return view(request, appointment)

    return found


def link_over(request: HttpRequest, token: str) -> HttpResponse:
    """404; or 410, if it was made void: whoever has it is told so, and whom to call."""
    place = void_since(token)
    if place:
        return sentence_page(
            request, 410, _("This link no longer holds"),
            _("A newer one was sent to the e-mail address we have now. Call us if you need it."),
            place,
        )  # fmt: skip
    return sentence_page(
        request, 404, _("This link does not lead anywhere"),
        _("Perhaps it was cut when it was copied, or the visit is long over. Call us and we help."),
        None,
    )  # fmt: skip


@allow(PUBLIC)
@require_safe
@of_link
def mine(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """When, where, with whom, what to bring; and what one can do about it."""
    return render(request, "booking/public/mine.html", facts_of(appointment))


@allow(PUBLIC)
@require_safe
@of_link
def calendar_file(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """For one's own calendar."""
    answer = HttpResponse(ics_of(appointment), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@of_link
def move(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """The week page once more; the old time is kept until the new one is taken."""
    visit_type = appointment.visit_type
    if not may_change(appointment):
        return redirect("booking:mine", token_of(appointment))
    offered = visit_type.is_active and visit_type.is_online and appointment.location.is_active
    if not offered:
        return by_telephone(request, appointment.location)
    clinicians = practitioners_of(visit_type)
    if request.method != "POST":
        return week_page(request, visit_type, clinicians, moving=appointment)
    wanted = read_choice(request, visit_type, clinicians)
    if wanted is None:
        return week_page(request, visit_type, clinicians, not_a_time(), moving=appointment)
    try:
        with limits.within_limits(limits.MOVE, visitor.asker_of(request), appointment.location):
            limits.check_moves_of(appointment)
            moved = actions.reschedule(appointment, wanted, version=_version(request))
    except limits.TooMuch as refused:
        kept = _("You keep the time you have.")
        said = Said(f"{refused} {kept}", 429)
    except actions.SlotTaken as lost:
        said = taken(lost, moving=appointment)
    except actions.Changed:
        fresh = Appointment.objects.get(pk=appointment.pk)
        if not may_change(fresh):
            return redirect("booking:mine", token_of(fresh))
        said = Said(_("This visit was changed meanwhile, perhaps in another window."), 409)
        appointment.starts_at, appointment.version = fresh.starts_at, fresh.version
    else:
        messages.success(request, _("Your visit is moved."))
        return redirect("booking:mine", token_of(moved))
    return week_page(request, visit_type, clinicians, said, moving=appointment)


@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@of_link
def cancel(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Ask, then cancel."""
    if not may_change(appointment):
        return redirect("booking:mine", token_of(appointment))
    if request.method != "POST":
        return render(request, "booking/public/cancel.html", facts_of(appointment))
    try:
        actions.cancel(appointment, version=_version(request), reason="by the patient, online")
    except actions.Changed:
        messages.error(request, _("This visit was changed meanwhile. Look at it again."))
    return redirect("booking:mine", token_of(appointment))


def may_change(appointment: Appointment) -> bool:
    """Booked, and not begun."""
    return appointment.status == Status.BOOKED and appointment.starts_at > timezone.now()


def facts_of(appointment: Appointment) -> dict[str, object]:
    """What the pages about one visit say; the name is the one that was typed."""
    zone = appointment.location.zone
    local = appointment.starts_at.astimezone(zone)
    person = appointment.person
    whose = person or appointment.whose
    return {
        "appointment": appointment,
        "location": appointment.location,
        "token": token_of(appointment),
        "when": day_and_clock(appointment.starts_at, zone),
        "day": full_day(local.date()),
        "begins": clock(appointment.starts_at, zone),
        "ends": clock(appointment.ends_at, zone),
        "zone": zone_words(appointment.starts_at, zone),
        "name": whose.full_name if whose else "",
        "is_cancelled": appointment.status == Status.CANCELLED,
        "may_change": may_change(appointment),
        "may_confirm": bool(person) and not person.confirmed_at,
    }


def _version(request: HttpRequest) -> int:
    """Of the page that was sent; 0, which no appointment has, for anything else."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
