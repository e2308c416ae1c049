"""A clinician and a patient: treating, or breaking the glass with a reason."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.accounts.models import User
from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.models import Patient, TreatingRelation
from hipspine.errors import InvalidInput

OPEN_FOR = timedelta(hours=12)
SHORTEST_REASON = 10


@whole
def begin_treating(patient: Patient, user: User, *, by: Actor) -> TreatingRelation:
    """From now on the chart is open to this clinician; without an end."""
    relation, is_new = TreatingRelation.objects.get_or_create(
        patient=patient, user=user, ends_at=None
    )
    if is_new:
        record("treating.began", actor=by, patient=patient.pseudonym, target=str(user.pseudonym))
    return relation


@whole
def break_glass(patient: Patient, reason: str, *, by: User) -> TreatingRelation:
    """Open someone else's chart for twelve hours. The patient sees that it was done.

    The reason stays beside the chart, for the administrator: the chain keeps the row's number.
    """
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise InvalidInput(
            _("the reason needs %(least)s characters or more") % {"least": SHORTEST_REASON}
        )
    relation = TreatingRelation.objects.create(
        patient=patient, user=by, ends_at=timezone.now() + OPEN_FOR, reason=words
    )
    record("chart.glass_broken", actor=by, patient=patient.pseudonym, target=str(relation.pk))
    return relation
