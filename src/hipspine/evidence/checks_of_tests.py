"""What may not stand in the tables of index tests: gaps, unknown ids, words outside the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from hipspine.evidence.rows_of_tests import FindingTest, IndexTest, TestContraindication, chosen

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence

#: Stages whose findings must name their test; at the bedside a finding is its own test.
NAMED_STAGES = ("imaging", "lab", "block")
#: The rows that stand for each finding of the history and of the examination by itself.
BEDSIDE_TEST = {"history": "question", "exam": "examination"}

WORDS = {
    "modality": (
        "question", "examination", "laboratory", "radiograph", "ct", "mri", "nuclear", "dxa",
        "ultrasound", "electrodiagnosis", "aspiration", "biopsy", "block",
    ),
    "contrast": ("none", "iodinated", "gadolinium"),
    "contrast_route": ("none", "iv", "joint", "local", "intrathecal"),
    "bleeding_risk": ("none", "low", "intermediate", "high"),
    "basis": ("judgement", "study"),
}  # fmt: skip
KINDS = ("absolute", "relative")
MOST = 4


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of index_tests, finding_tests and test_contraindications, as sentences."""
    for test in tables.index_tests.values():
        yield from _index_test(tables, test)
    for bedside in BEDSIDE_TEST.values():
        if bedside not in tables.index_tests:
            yield f"index_tests: {bedside!r} is missing"
    for link in tables.finding_tests.values():
        yield from _finding_test(tables, link)
    for finding in tables.findings.values():
        wanted = finding.stage in NAMED_STAGES and finding.kind != "context"
        if wanted and finding.id not in tables.finding_tests:
            yield f"finding_tests: the {finding.stage} finding {finding.id!r} names no test"
    seen: set[str] = set()
    for row in tables.test_contraindications:
        if row.id in seen:
            yield f"test_contraindications {row.id}: stands twice"
        seen.add(row.id)
        yield from _contraindication(tables, row)


def _index_test(tables: Evidence, test: IndexTest) -> Iterator[str]:
    where = f"index_tests {test.id}"
    for column, words in WORDS.items():
        if getattr(test, column) not in words:
            yield f"{where}: {column} {getattr(test, column)!r} is not one of {', '.join(words)}"
    for column in ("cost", "invasiveness"):
        if not 0 <= getattr(test, column) <= MOST:
            yield f"{where}: {column} {getattr(test, column)} is outside 0..{MOST}"
    if (test.contrast == "none") != (test.contrast_route == "none"):
        yield f"{where}: contrast and contrast_route must both be none, or neither"
    if test.bleeding_risk != "none" and not test.needle:
        yield f"{where}: has a bleeding risk without a needle"
    if (test.bleeding_risk != "none") != bool(test.bleeding_study):
        yield f"{where}: a bleeding risk needs bleeding_study, and only a bleeding risk does"
    if test.bleeding_study and test.bleeding_study not in tables.studies:
        yield f"{where}: study {test.bleeding_study!r} is not in studies"


def _finding_test(tables: Evidence, link: FindingTest) -> Iterator[str]:
    where = f"finding_tests {link.finding_id}"
    if link.finding_id not in tables.findings:
        yield f"{where}: is defined nowhere"
    for test in (link.index_test, *link.other_tests):
        if test not in tables.index_tests:
            yield f"{where}: test {test!r} is not in index_tests"
    if link.index_test in link.other_tests:
        yield f"{where}: {link.index_test!r} stands among its own other_tests"


def _contraindication(tables: Evidence, row: TestContraindication) -> Iterator[str]:
    where = f"test_contraindications {row.id}"
    if row.kind not in KINDS:
        yield f"{where}: kind {row.kind!r} is not one of {', '.join(KINDS)}"
    if not row.because or not row.instead:
        yield f"{where}: must say because and instead"
    for study in row.study.split("|"):
        if study not in tables.studies:
            yield f"{where}: study {study!r} is not in studies"
    columns = {field.name for field in fields(IndexTest)}
    for selector in row.applies_to:
        named = {part.split("=", 1)[0] for part in selector.split("&") if "=" in part}
        if named - columns:
            yield f"{where}: {selector!r} names no column of index_tests"
        elif not any(chosen(selector, test) for test in tables.index_tests.values()):
            yield f"{where}: {selector!r} chooses no test"
