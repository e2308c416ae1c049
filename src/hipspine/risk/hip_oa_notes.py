"""Cited sentences about the hips: course, load and inflammation, where the findings call for them.

They never touch a probability. Each ends with its study, and says so where that was remembered or
is a reading of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_hip_oa import HipOaStatement
from hipspine.findings.patient import Patient
from hipspine.risk.hip_oa_factors import Side, on_side
from hipspine.risk.load_dose import PostureHours, sentences_of_load
from hipspine.wording import Wording

#: Injected into a hip, in words of a course; counts as an injection told.
INJECTED = "intra_articular"


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences for the reader; `load` is this person's own figures, and known."""

    known: tuple[str, ...]
    not_known: tuple[str, ...]


def notes_of(
    patient: Patient,
    side: Side | None,
    parts: Sequence[PostureHours] = (),
    *,
    told_hours: bool = False,
) -> Notes:
    """What bears on this hip; side None: on either. Load only where a posture is given."""
    rows = [row for row in evidence().hip_oa_statements.values() if _bears(row, patient, side)]
    rows = [row for row in rows if row.topic != "load" or parts]
    load = sentences_of_load(parts, told_hours=told_hours) if parts else ()
    return Notes(
        known=(*load, *(_cited(row) for row in rows if row.kind == "known")),
        not_known=tuple(_cited(row) for row in rows if row.kind == "not_known"),
    )


def _bears(row: HipOaStatement, patient: Patient, side: Side | None) -> bool:
    if not row.when:
        return True
    findings = patient.findings
    if row.sided and side is not None:
        no_side = any(
            o.side is None and o.present for o in findings if o.finding in row.when
        )  # a hip not named may be this one
        if no_side:
            return True
        findings = on_side(findings, side)
    if any(findings.is_present(finding) for finding in row.when):
        return True
    courses = patient.steroid_courses
    return "prior_steroid_injection" in row.when and any(c.route == INJECTED for c in courses)


def _cited(row: HipOaStatement) -> str:
    study = evidence().studies[row.study]
    if row.kind == "not_known" and not row.verified:
        return row.text
    cited = Wording("{text} [{citation}]", text=Wording(row.text), citation=study.citation)
    if row.verified:
        return cited
    return Wording("{text} (remembered, not re-read)", text=cited)
