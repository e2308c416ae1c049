"""Who asks: the holds of this browser's session, the address they come from, their own chart."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hipspine.clinic.accounts.roles import STAFF, Role
from hipspine.clinic.booking.actions import Holder
from hipspine.clinic.booking.limits import Asker
from hipspine.clinic.booking.models import Appointment
from hipspine.clinic.booking.models.appointment import Status
from hipspine.clinic.booking.selectors import with_people
from hipspine.clinic.chart.models import Patient
from hipspine.clinic.web.client_address import IPV6_NETWORK, network_of

HOLDS = "holds"
FORMS_KEPT = 10
#: Some are given as many as 65,536 of those (/64): one visitor for what is held, and by the day.
IPV6_SITE = 48


def origin_of(request: HttpRequest, ipv6_network: int = IPV6_NETWORK) -> str:
    """Keyed hash of the client's address: counts what they do, names nobody."""
    address = network_of(request, ipv6_network)
    if not address:
        return ""
    return salted_hmac("hipspine.booking.origin", address, algorithm="sha256").hexdigest()


def asker_of(request: HttpRequest) -> Asker:
    """Whom the limits count: nobody, where staff book for somebody."""
    user = request.user
    if user.is_authenticated and user.role in STAFF:
        return Asker()
    return Asker(origin_of(request), origin_of(request, IPV6_SITE))


def holder_of(request: HttpRequest, form_key: UUID) -> Holder:
    """Whom holds count for; what the same page held before is about to be let go."""
    rows = request.session.get(HOLDS, [])
    own = frozenset(UUID(row["id"]) for row in rows if row["form"] != str(form_key))
    return Holder(origin_of(request, IPV6_SITE), own)


def remember(request: HttpRequest, held: Appointment, form_key: UUID, asked_for: str) -> None:
    """This session may fill in this hold; `asked_for`: slug of a clinician, "" for anyone.

    The latest are kept, more than one may hold at once: a form that is open is not forgotten while
    others expire; what the same page held before was let go.
    """
    rows = request.session.get(HOLDS, [])
    others = [r for r in rows if r["id"] != str(held.pk) and r["form"] != str(form_key)]
    row = {"id": str(held.pk), "form": str(form_key), "with": asked_for}
    request.session[HOLDS] = [*others, row][-FORMS_KEPT:]


def hold_of(request: HttpRequest, hold_id: UUID) -> tuple[Appointment, str] | None:
    """(the hold or what it became, whom they asked for), if it is of this session."""
    for row in request.session.get(HOLDS, []):
        if row["id"] == str(hold_id):
            found = with_people(Appointment.objects.filter(pk=hold_id)).first()
            return (found, row["with"]) if found else None
    return None


def live_holds(request: HttpRequest) -> QuerySet[Appointment]:
    """What this session holds now; asks nothing of a session that never held anything."""
    ids = [row["id"] for row in request.session.get(HOLDS, [])]
    if not ids:
        return Appointment.objects.none()
    return Appointment.objects.filter(
        pk__in=ids, status=Status.PENDING, expires_at__gt=timezone.now()
    )


def holds_of_form(request: HttpRequest, form_key: UUID) -> list[Appointment]:
    """What was held from the same page before: someone went back and chose another time."""
    ids = [row["id"] for row in request.session.get(HOLDS, []) if row["form"] == str(form_key)]
    return list(Appointment.objects.filter(pk__in=ids).select_related("visit_type"))


def own_chart(request: HttpRequest) -> Patient | None:
    """The chart of the patient who is signed in."""
    user = request.user
    if not user.is_authenticated or user.role != Role.PATIENT:
        return None
    return Patient.objects.filter(account=user, erased_at=None, merged_into=None).first()
