"""A visit as its reader may see it: what decides which parts are shown, and what stands in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import TREATING, Role
from hipspine.clinic.booking.actions.changing import has_come
from hipspine.clinic.booking.glass import is_behind_glass
from hipspine.clinic.booking.models import Appointment, Resource
from hipspine.clinic.booking.models.appointment import Channel, Status
from hipspine.clinic.booking.models.resource import Kind
from hipspine.clinic.chart.models import Patient, UnconfirmedPerson
from hipspine.clinic.web.rows import Row


@dataclass(frozen=True)
class Reader:
    """Who reads, and the token their forms send."""

    user: User
    csrf: str
    is_desk: bool
    treats: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        role = request.user.role
        return cls(request.user, get_token(request), role == Role.FRONT_DESK, role in TREATING)


class VisitKind(NamedTuple):
    """Which parts are shown; `chart`: open, erased, none as long as it is not known whose the visit
    is, nobody if it is no one's (a hold that was cancelled)."""

    status: str
    is_desk: bool
    treats: bool
    is_own: bool
    is_sealed: bool
    may_arrive: bool
    may_be_missed: bool
    chart: str
    is_walk_in: bool
    is_overbooked: bool
    has_comment: bool


@dataclass(frozen=True)
class VisitRow(Row):
    """Facts and buttons of a visit. `chart`, `person`: where more of them is."""

    template = "booking/desk/visit_more.html"
    kind: VisitKind
    csrf: str
    pk: UUID
    version: int
    name: str
    born: str
    phones: SafeString
    channel: str
    reason: str
    comment: str
    chart: UUID | None
    person: UUID | None


def visit_row(
    visit: Appointment, reader: Reader, resources: Sequence[Resource], *, in_list: bool
) -> VisitRow:
    """`resources`: what the visit takes; `in_list`: see `is_behind_glass`."""
    return VisitRow(**values_of(visit, reader, resources, in_list=in_list))


def values_of(
    visit: Appointment, reader: Reader, resources: Sequence[Resource], *, in_list: bool
) -> dict[str, object]:
    """The values of a `VisitRow`, by name."""
    chart = visit.chart
    who = chart or visit.person
    return {
        "kind": _kind_of(visit, reader, resources, in_list=in_list),
        "csrf": reader.csrf,
        "pk": visit.pk,
        "version": visit.version,
        "name": who.full_name if who else "",
        "born": who.birth_date.isoformat() if who and who.birth_date else "–",
        "phones": _after_dots(visit.phones),
        "channel": str(Channel(visit.channel).label),
        "reason": visit.overbook_reason,
        "comment": visit.comment,
        "chart": chart.pk if chart else None,
        "person": visit.person_id,
    }


def rooms_in_words(resources: Sequence[Resource]) -> SafeString:
    """Rooms and machines, each after a dot."""
    return _after_dots(r.name for r in resources if r.kind != Kind.PRACTITIONER)


def _after_dots(words: Iterable[str]) -> SafeString:
    return format_html_join("", " · <bdi>{}</bdi>", ((word,) for word in words))


def _kind_of(
    visit: Appointment, reader: Reader, resources: Sequence[Resource], *, in_list: bool
) -> VisitKind:
    chart = visit.chart
    first = next((r for r in resources if r.kind == Kind.PRACTITIONER), None)
    at_desk = reader.is_desk and visit.status == Status.BOOKED
    return VisitKind(
        status=visit.status,
        is_desk=reader.is_desk,
        treats=reader.treats,
        is_own=first is not None and first.user_id == reader.user.pk,
        is_sealed=is_behind_glass(reader.user, visit, resources, in_list=in_list),
        may_arrive=at_desk and has_come(visit, Status.ARRIVED),
        may_be_missed=at_desk and has_come(visit, Status.NOSHOW),
        chart=_state_of(chart, visit.person),
        is_walk_in=visit.channel == Channel.WALK_IN,
        is_overbooked=bool(visit.overbook_reason),
        has_comment=bool(visit.comment),
    )


def _state_of(chart: Patient | None, person: UnconfirmedPerson | None) -> str:
    if chart is None:
        return "none" if person else "nobody"
    return "erased" if chart.erased_at else "open"
