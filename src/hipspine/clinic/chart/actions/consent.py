"""Recording a decision of the patient."""

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.actions.current import current_chart
from hipspine.clinic.chart.models import Consent, Patient
from hipspine.clinic.chart.models.consent import Scope, Source


@whole
def record_consent(
    patient: Patient, scope: str, permitted: bool, *, source: str, by: Actor
) -> Consent:
    """Add the decision; earlier ones of this scope stay on record and no longer count."""
    patient = current_chart(patient)
    consent = Consent.objects.create(
        patient=patient,
        scope=Scope(scope),
        permitted=permitted,
        source=Source(source),
        recorded_by=by.pseudonym,
    )
    record(
        "consent.permitted" if permitted else "consent.refused",
        actor=by,
        patient=patient.pseudonym,
        detail={"scope": consent.scope, "source": consent.source},
    )
    return consent
