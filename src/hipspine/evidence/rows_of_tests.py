"""Rows of the tables of tests, what forbids them, and what is done about each source."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class IndexTest:
    """Something one can ask or do that answers one or more findings.

    `cost` and `invasiveness` run from 0 (none) to 4 and are judgement (`basis`);
    `bleeding_risk` is the class of the needle (none, low, intermediate, high).
    """

    id: str
    name: str
    modality: str
    region: str
    cost: int
    invasiveness: int
    radiation: bool
    contrast: str
    contrast_route: str
    needle: bool
    bleeding_risk: str
    basis: str
    bleeding_study: str
    bleeding_verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class FindingTest:
    """The test that answers a finding; `other_tests` answer it when the first may not be done.

    `not_next_because` says why the finding is never offered as a next test (blank: it may be).
    """

    finding_id: str
    index_test: str
    other_tests: tuple[str, ...]
    not_next_because: str


@dataclass(frozen=True, slots=True)
class TestContraindication:
    """What forbids (`absolute`) or cautions against (`relative`) tests, and what to do instead.

    `applies_to` holds test ids or properties (`modality=mri`, `contrast=iodinated&needle=yes`);
    `when` is in the language of the red-flag rules; with `same_side` only what is known of the
    tested side counts.
    """

    __test__ = False  # no test class of pytest

    id: str
    applies_to: tuple[str, ...]
    when: str
    kind: str
    same_side: bool
    because: str
    instead: str
    study: str
    verified: bool
    note: str

    def concerns(self, test: IndexTest) -> bool:
        """Whether the rule speaks of this test."""
        return any(chosen(selector, test) for selector in self.applies_to)


def chosen(selector: str, test: Any) -> bool:
    """Whether an id, or `column=value&column=value`, chooses this row."""
    if "=" not in selector:
        return bool(selector == test.id)
    wanted = (part.split("=", 1) for part in selector.split("&"))
    return all(_cell(getattr(test, column)) == value for column, value in wanted)


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class TreatmentFamily:
    """What one would do about sources that are treated alike, and what it is worth (judgement).

    `benefit` of acting when such a source is true (1: right), `harm_if_missed` when it is true and
    another thing is done, `burden` of acting at all; one unit is a common source treated rightly.
    """

    id: str
    name: str
    action: str
    benefit: float
    harm_if_missed: float
    burden: float
    basis: str
    study: str
    note: str


@dataclass(frozen=True, slots=True)
class TreatmentDecision:
    """The family that a source is treated with."""

    condition_id: str
    family: str
    basis: str
    study: str


@dataclass(frozen=True, slots=True)
class TreatmentCover:
    """How much of what `true_family` needs is done by `acting_on` another family (0..1)."""

    acting_on: str
    true_family: str
    share: float
    because: str
    basis: str
    study: str
