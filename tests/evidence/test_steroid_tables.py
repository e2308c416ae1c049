"""The tables of steroids: what they say, and what would be refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.evidence.rows_of_steroids import SteroidName


def with_steroid(**changes: object) -> Evidence:
    steroids = evidence().steroid_equivalents
    row = replace(steroids["betamethasone"], **changes)  # type: ignore[arg-type]
    return replace(evidence(), steroid_equivalents={**steroids, "betamethasone": row})


def with_name(name: str, drug: str, form: str) -> Evidence:
    names = {**evidence().steroid_names, name: SteroidName(name, drug, form)}
    return replace(evidence(), steroid_names=names)


def with_suppression(**changes: object) -> Evidence:
    row = replace(evidence().steroid_hpa[0], **changes)  # type: ignore[arg-type]
    return replace(evidence(), steroid_hpa=(row,))


WRONG: list[tuple[Callable[[], Evidence], str]] = [
    (lambda: with_steroid(study="nobody_2000"), "'nobody_2000' is not in studies"),
    (lambda: with_steroid(study=""), "has no study"),
    (lambda: with_steroid(alternative_study=""), "an alternative comes with its study"),
    (lambda: with_steroid(mg_equal_to_5_mg_prednisone=0.0), "outside 0.1 to 100"),
    (lambda: with_steroid(most_iv_mg=0.0), "most_iv_mg must be above 0"),
    (lambda: with_name("novum", "novumone", ""), "'novumone' is not in steroid_equivalents"),
    (lambda: with_name("novum", "prednisone", "rectal"), "form 'rectal'"),
    (lambda: with_name("No-Vum", "prednisone", ""), "lower-case words"),
    (lambda: with_suppression(study="nobody_2000"), "'nobody_2000' is not in studies"),
    (lambda: with_suppression(route="oral"), "neither epidural nor intra_articular"),
    (lambda: with_suppression(caution_days=0), "above 0"),
    (lambda: with_suppression(share_still_suppressed=1.2, at_day=7.0), "a share is 0..1"),
]


@pytest.mark.parametrize(("made", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_row_is_named(made: Callable[[], Evidence], said: str) -> None:
    assert any(said in problem for problem in problems(made()))


def test_every_counted_equivalent_was_read_in_its_source() -> None:
    counted = [s for s in evidence().steroid_equivalents.values() if s.equivalent_of_1_mg]
    assert len(counted) == 9
    assert all(steroid.verified for steroid in counted)


def test_steroids_of_the_medicines_are_names_of_the_ledger() -> None:
    """A steroid that the medicine list knows must not be unknown to the ledger."""
    from hipspine.findings.steroid_names import steroids_in

    unknown = [
        m.name
        for m in evidence().medicines.values()
        if "corticosteroid" in m.drug_class and not steroids_in(m.name)
    ]
    assert unknown == []
