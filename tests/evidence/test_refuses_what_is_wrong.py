"""The loader refuses a table that cannot be right, and says where."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hipspine.errors import InvalidEvidence
from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.evidence.parse import parse_table
from hipspine.evidence.rows import Accuracy, Medicine, Prior

ROW = Accuracy(
    row_id="T1", finding_id="slr", condition_id="radiculopathy_l5",
    sensitivity=0.9, sens_low=0.8, sens_high=0.95,
    specificity=0.3, spec_low=None, spec_high=None,
    lr_pos=None, lr_pos_low=None, lr_pos_high=None,
    lr_neg=None, lr_neg_low=None, lr_neg_high=None,
    n="not_stated", basis="study", use=True, not_used_because="",
    comparison_group="not_stated", reference_standard="surgery",
    study="expert_judgement", verified=False, note="",
)  # fmt: skip


def with_row(**changes: Any) -> Evidence:
    """The shipped tables with one more accuracy row."""
    return replace(evidence(), accuracy=(*evidence().accuracy, replace(ROW, **changes)))


def test_the_shipped_tables_are_in_order() -> None:
    assert problems(evidence()) == []


def test_a_sound_row_is_accepted() -> None:
    assert problems(with_row()) == []


def test_a_row_with_likelihood_ratios_alone_is_usable() -> None:
    bare = with_row(
        sensitivity=None, sens_low=None, sens_high=None, specificity=None, lr_pos=3.0, lr_neg=0.5
    )
    assert problems(bare) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sensitivity": 1.2, "sens_high": None}, "sensitivity 1.2 is outside 0..1"),
        ({"specificity": -0.1}, "specificity -0.1 is outside 0..1"),
        ({"sens_low": 0.93}, "not in rising order"),
        ({"finding_id": "slrr"}, "finding 'slrr' is defined nowhere"),
        ({"condition_id": "radiculopathy_l9"}, "condition 'radiculopathy_l9' is defined nowhere"),
        ({"study": ""}, "has no study"),
        ({"study": "nobody_1999"}, "study 'nobody_1999' is not in studies"),
        ({"lr_pos": 8.0}, "lr_pos 8.0 contradicts Se/Sp, which give 1.29"),
        ({"sensitivity": 1.0, "sens_high": None}, "needs a continuity correction"),
        ({"basis": "hearsay"}, "basis 'hearsay' is not one of"),
        ({"row_id": "A002"}, "A002: stands twice"),
    ],
)
def test_a_wrong_row_is_named(changes: dict[str, Any], said: str) -> None:
    found = problems(with_row(**changes))
    assert any(said in problem for problem in found), found


def test_an_unused_row_may_be_empty_but_a_used_one_may_not() -> None:
    empty = {"sensitivity": None, "sens_low": None, "sens_high": None, "specificity": None}
    assert problems(with_row(**empty, use=False)) == []
    assert any("is used but has neither" in p for p in problems(with_row(**empty)))


def broken_prior(tables: Evidence) -> Evidence:
    worse = replace(tables.priors["radiculopathy_l5"], clinic=1.4)
    return replace(tables, priors={**tables.priors, "radiculopathy_l5": worse})


def leaf_without_prior(tables: Evidence) -> Evidence:
    return replace(
        tables, priors={k: v for k, v in tables.priors.items() if k != "radiculopathy_l5"}
    )


def synonym_twice(tables: Evidence) -> Evidence:
    taken = tables.findings["slump"].synonyms[0]
    slr = tables.findings["slr"]
    return replace(
        tables,
        findings={**tables.findings, "slr": replace(slr, synonyms=(*slr.synonyms, taken))},
    )


def exposure_scored_twice(tables: Evidence) -> Evidence:
    exposure = next(e for e in tables.exposures if e.use)
    row = replace(ROW, finding_id=exposure.exposure_id, condition_id=exposure.condition_id)
    return replace(tables, accuracy=(*tables.accuracy, row))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (broken_prior, "must rise within 0..1"),
        (leaf_without_prior, "radiculopathy_l5: has no row in priors"),
        (synonym_twice, "belongs to 2 findings"),
        (exposure_scored_twice, "acts on the prior and stands in accuracy too"),
    ],
)
def test_a_wrong_table_is_named(damage: Callable[[Evidence], Evidence], said: str) -> None:
    found = problems(damage(evidence()))
    assert any(said in problem for problem in found), found


MEDICINES = "name,drug_class,finding_id\n"


def test_a_cell_that_is_no_number_is_refused_by_line_and_column() -> None:
    head = ",".join(Prior.__dataclass_fields__)
    cells = ["radiculopathy_l5", "0.1", "", "", "many", "", ""] + [""] * 9
    with pytest.raises(InvalidEvidence, match=r"priors.csv line 2, column clinic: 'many'"):
        list(parse_table("priors", Prior, f"{head}\n{','.join(cells)}\n"))


def test_missing_columns_are_refused() -> None:
    with pytest.raises(InvalidEvidence, match=r"medicines.csv: columns are .*they must be"):
        list(parse_table("medicines", Medicine, "name\nprednisone\n"))


def test_infinity_is_not_a_number() -> None:
    head = ",".join(Prior.__dataclass_fields__)
    cells = ["radiculopathy_l5", "inf"] + [""] * 14
    with pytest.raises(InvalidEvidence, match="finite"):
        list(parse_table("priors", Prior, f"{head}\n{','.join(cells)}\n"))
