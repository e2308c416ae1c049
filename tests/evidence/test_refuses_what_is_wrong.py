"""The loader refuses a table that cannot be right, and says where."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hipspine.errors import InvalidEvidence
from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.evidence.parse import parse_table
from hipspine.evidence.rows import Accuracy, Grade, Medicine, Prior, RootState

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


GRADE = Grade(
    row_id="T2", finding_id="slr", rung="<=30", condition_id="facet_joint_pain",
    share=0.2, low=None, high=None, n="not_stated", basis="judgement", use=True,
    study="expert_judgement", verified=False, note="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"rung": "<=20"}, "no row says how many reach it without a listed source"),
        ({"rung": "<=70"}, "must be another threshold in the direction of the finding's own"),
        ({"rung": ">=30"}, "must be another threshold in the direction of the finding's own"),
        ({"rung": "steep"}, "must be another threshold"),
        ({"finding_id": "night_pain"}, "must be another threshold"),
        ({"share": None}, "is used but states no share"),
        ({"share": 1.4}, "must rise within 0..1"),
        ({"condition_id": "elbow_pain"}, "condition 'elbow_pain' is defined nowhere"),
        ({"condition_id": ""}, None),
    ],
)
def test_rungs_that_cannot_be_right_are_refused(changes: dict[str, Any], said: str | None) -> None:
    row = replace(GRADE, **changes)
    found = problems(replace(evidence(), grades=(*evidence().grades, row)))
    assert (said is None and found == []) or (said is not None and said in " ".join(found))


STATE = RootState(
    row_id="T3", finding_id="night_pain", condition_id="radiculopathy_l5", about="night",
    pressed=0.4, pressed_n="20", inflamed=0.5, inflamed_n="20", basis="judgement", use=True,
    study="expert_judgement", verified=False, note="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"inflamed": None}, "a finding needs both states"),
        ({"finding_id": ""}, "the share of pressed roots just one"),
        ({"about": ""}, "says not what it tells about"),
        ({"pressed": -0.1}, "must rise within 0..1"),
        ({"finding_id": "night_panic"}, "finding 'night_panic' is defined nowhere"),
    ],
)
def test_root_states_that_cannot_be_right_are_refused(
    changes: dict[str, Any], said: str | None
) -> None:
    row = replace(STATE, **changes)
    found = problems(replace(evidence(), root_states=(*evidence().root_states, row)))
    assert (said is None and found == []) or (said is not None and said in " ".join(found))
