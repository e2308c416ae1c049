"""Recording what was found, in the words of the vocabulary."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.actions.current import current_chart
from hipspine.clinic.chart.models import Patient, RecordedFinding
from hipspine.clinic.chart.models.consent import Source
from hipspine.clinic.chart.vocabulary import check_value, finding_row
from hipspine.errors import InvalidInput


@dataclass(frozen=True)
class Statement:
    """What is said about a finding; side "" is not stated."""

    finding: str
    present: bool | None
    observed_on: date
    value: float | None = None
    side: str = ""


@whole
def record_finding(patient: Patient, said: Statement, *, source: str, by: Actor) -> RecordedFinding:
    """Add one finding; an unknown id or an impossible value is refused."""
    row = finding_row(said.finding)
    check_value(row, said.value)
    patient = current_chart(patient)
    finding = RecordedFinding.objects.create(
        patient=patient,
        finding=said.finding,
        present=said.present,
        value=said.value,
        side=said.side,
        observed_on=said.observed_on,
        source=Source(source),
        recorded_by=by.pseudonym,
    )
    _note("finding.recorded", finding, by)
    return finding


@whole
def correct_finding(
    wrong: RecordedFinding, said: Statement | None, *, source: str, by: Actor
) -> RecordedFinding:
    """A new row that replaces the wrong one; `said` None withdraws it. Both stay on record."""
    current_chart(wrong.patient)
    wrong = RecordedFinding.objects.select_for_update().get(pk=wrong.pk)  # of where it is now
    if RecordedFinding.objects.filter(corrects=wrong).exists():
        raise InvalidInput(_("this finding was corrected already; correct the newer one"))
    if said is not None:
        check_value(finding_row(said.finding), said.value)
    truth = said or Statement(wrong.finding, wrong.present, wrong.observed_on, wrong.value)
    newer = RecordedFinding.objects.create(
        patient=wrong.patient,
        finding=truth.finding,
        present=truth.present,
        value=truth.value,
        side=truth.side or wrong.side,
        observed_on=truth.observed_on,
        source=Source(source),
        recorded_by=by.pseudonym,
        corrects=wrong,
        withdrawn=said is None,
    )
    _note("finding.corrected" if said else "finding.withdrawn", newer, by)
    return newer


def _note(action: str, finding: RecordedFinding, by: Actor) -> None:
    record(
        action,
        actor=by,
        patient=finding.patient.pseudonym,
        target=f"chart.RecordedFinding:{finding.pk}",
    )
