"""Looking is an act: who read which chart, why, is part of the chain."""

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.chart.models import Patient


def note_reading(patient: Patient, *, by: Actor, page: str) -> None:
    """Someone opened this page of this chart."""
    record("chart.read", actor=by, patient=patient.pseudonym, detail={"page": page})


def note_arrivals(*, by: Actor, shown: int) -> None:
    """Someone read the list of people who are not yet known to be a patient."""
    record("identity.list_read", actor=by, detail={"shown": shown})


def note_search(*, by: Actor, found: int) -> None:
    """Someone searched; the words are not kept, they are names."""
    record("chart.search", actor=by, detail={"found": found})


def note_export(patient: Patient, *, by: Actor) -> None:
    """A copy of the whole chart left the clinic."""
    record("chart.exported", actor=by, patient=patient.pseudonym)
