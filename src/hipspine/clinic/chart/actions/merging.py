"""Two charts of one person become one; and two again, when that was wrong."""

from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from hipspine.clinic.audit.actions import Actor, record
from hipspine.clinic.audit.whole import whole
from hipspine.clinic.chart.models import Patient, PatientMerge
from hipspine.errors import InvalidInput

#: Rows that tell of a merge or of a wish stay with the chart they were about.
STAY = {"chart.Patient", "chart.PatientMerge", "chart.ErasureRequest"}


@whole
def merge_patients(
    survivor: Patient, duplicate: Patient, *, reason: str, by: Actor
) -> PatientMerge:
    """Move every row of the duplicate to the survivor and remember which; nothing is deleted."""
    rows = _locked_pair(survivor.pk, duplicate.pk)
    if len(rows) != 2:
        raise InvalidInput(_("a chart cannot be merged with itself"))
    survivor, duplicate = rows[survivor.pk], rows[duplicate.pk]
    if not survivor.is_current or not duplicate.is_current:
        raise InvalidInput(_("one of the charts was merged or erased already"))
    if survivor.account_id and duplicate.account_id:
        raise InvalidInput(_("both charts have an account; close one account first"))
    merge = PatientMerge.objects.create(
        survivor=survivor,
        duplicate=duplicate,
        reason=reason,
        merged_by=by.pseudonym,
        moved=_move_all(duplicate, survivor),
        account_moved=bool(duplicate.account_id),
    )
    duplicate.merged_into = survivor
    duplicate.save(update_fields=["merged_into"])
    _note("chart.merged", merge, by)
    if merge.account_moved:  # last: changing an account locks the key
        _hand_over_account(duplicate, survivor)
    return merge


@whole
def undo_merge(merge: PatientMerge, *, by: Actor) -> None:
    """Every moved row goes back; what was recorded since stays with the survivor."""
    merge = PatientMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise InvalidInput(_("this merge was undone already"))
    rows = _locked_pair(merge.survivor_id, merge.duplicate_id)
    merge.survivor, merge.duplicate = rows[merge.survivor_id], rows[merge.duplicate_id]
    if not merge.survivor.is_current:
        raise InvalidInput(_("the chart was merged on or erased; undo that merge first"))
    for label, field, key in merge.moved:
        model = apps.get_model(label)
        model.objects.filter(pk=key, **{field: merge.survivor_id}).update(
            **{field: merge.duplicate_id}
        )
    merge.duplicate.merged_into = None
    merge.duplicate.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by = timezone.now(), by.pseudonym
    merge.save(update_fields=["undone_at", "undone_by"])
    _note("chart.merge_undone", merge, by)
    if merge.account_moved:
        _hand_over_account(merge.survivor, merge.duplicate)


def _locked_pair(one: UUID, other: UUID) -> dict[UUID, Patient]:
    """Both charts as they are now, by key. Not their keys: who books for one of them points at its
    row, and waits for nobody."""
    pair = Patient.objects.select_for_update(no_key=True).filter(pk__in=(one, other))
    return {patient.pk: patient for patient in pair.order_by("pk")}


def _move_all(source: Patient, destination: Patient) -> list[list[str]]:
    """Every row of every app that points at a patient, found from the models themselves."""
    moved: list[list[str]] = []
    for relation in Patient._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        if model._meta.label in STAY:
            continue
        rows = model._base_manager.filter(**{field: source})
        moved += [[model._meta.label, field, str(key)] for key in rows.values_list("pk", flat=True)]
        rows.update(**{field: destination})
    return moved


def _hand_over_account(giver: Patient, taker: Patient) -> None:
    account, giver.account = giver.account, None
    giver.save(update_fields=["account"])
    taker.account = account
    taker.save(update_fields=["account"])


def _note(action: str, merge: PatientMerge, by: Actor) -> None:
    """One event in each of the two stories."""
    for patient in (merge.survivor, merge.duplicate):
        record(action, actor=by, patient=patient.pseudonym, target=f"chart.PatientMerge:{merge.pk}")
