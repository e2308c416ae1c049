"""One person, several charts: those merged into a chart, and those merged into them before."""

from uuid import UUID

from hipspine.clinic.chart.models import Patient


def ids_of_person(patient_id: UUID) -> set[UUID]:
    """This chart and every chart merged into it, over however many merges; a query a step."""
    found, step = {patient_id}, {patient_id}
    while step:
        rows = Patient.objects.filter(merged_into__in=step).values_list("pk", flat=True)
        step = set(rows) - found
        found |= step
    return found


def current_id(patient_id: UUID) -> UUID:
    """The chart that this one was merged into, over however many merges; itself if into none."""
    found = patient_id
    while (into := Patient.objects.values_list("merged_into", flat=True).get(pk=found)) is not None:
        found = into
    return found
