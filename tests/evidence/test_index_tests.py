"""The tables of index tests are complete, and the loader says what is wrong with a broken one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.evidence.rows_of_tests import IndexTest, TestContraindication

TESTS = evidence().index_tests


def test_every_image_blood_test_and_block_names_its_test() -> None:
    for finding in evidence().findings.values():
        if finding.stage in ("imaging", "lab", "block") and finding.kind != "context":
            assert finding.id in evidence().finding_tests, finding.id


def test_x_rays_radiate_and_magnets_do_not() -> None:
    for test in TESTS.values():
        if test.modality in ("radiograph", "ct", "nuclear", "dxa"):
            assert test.radiation, test.id
        if test.modality in ("mri", "ultrasound", "laboratory", "question", "examination"):
            assert not test.radiation, test.id


def test_every_block_and_aspiration_has_a_needle_and_a_bleeding_class() -> None:
    for test in TESTS.values():
        if test.modality in ("block", "aspiration", "biopsy"):
            assert test.needle, test.id
            assert test.bleeding_risk != "none", test.id
            assert test.invasiveness >= 2, test.id


def test_gadolinium_is_for_the_magnet_and_iodine_for_x_rays() -> None:
    for test in TESTS.values():
        if test.contrast == "gadolinium":
            assert test.modality == "mri", test.id
        if test.contrast == "iodinated":
            assert test.radiation, test.id


def test_the_bedside_costs_less_than_the_scanner_and_the_scanner_less_than_the_needle() -> None:
    def burden(test: str) -> int:
        return TESTS[test].cost + TESTS[test].invasiveness

    for dearer, cheaper in (
        ("xray_pelvis_hip", "examination"),
        ("mri_hip", "xray_pelvis_hip"),
        ("mr_arthrography_hip", "mri_hip"),
        ("block_hip_joint", "mri_hip"),
        ("block_nerve_root", "mri_lumbar_spine"),
    ):
        assert burden(dearer) > burden(cheaper), (dearer, cheaper)


def with_test(**changes: object) -> Callable[[Evidence], Evidence]:
    def broken(tables: Evidence) -> Evidence:
        worse: IndexTest = replace(TESTS["mri_hip"], **changes)  # type: ignore[arg-type]
        return replace(tables, index_tests={**TESTS, "mri_hip": worse})

    return broken


def with_rule(**changes: object) -> Callable[[Evidence], Evidence]:
    def broken(tables: Evidence) -> Evidence:
        rule: TestContraindication = replace(
            tables.test_contraindications[0], id="extra", **changes
        )  # type: ignore[arg-type]
        rules = (*tables.test_contraindications, rule)
        return replace(tables, test_contraindications=rules)

    return broken


def with_link(finding: str, **changes: object) -> Callable[[Evidence], Evidence]:
    def broken(tables: Evidence) -> Evidence:
        link = replace(tables.finding_tests["mri_avn"], **changes)  # type: ignore[arg-type]
        return replace(tables, finding_tests={**tables.finding_tests, finding: link})

    return broken


def without_link(tables: Evidence) -> Evidence:
    kept = {k: v for k, v in tables.finding_tests.items() if k != "mri_avn"}
    return replace(tables, finding_tests=kept)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (without_link, "the imaging finding 'mri_avn' names no test"),
        (with_link("mri_avn", index_test="mri_hips"), "test 'mri_hips' is not in index_tests"),
        (with_link("mri_avn", other_tests=("mri_hip",)), "stands among its own other_tests"),
        (with_link("mri_avm", finding_id="mri_avm"), "mri_avm: is defined nowhere"),
        (with_test(modality="magnet"), "modality 'magnet' is not one of"),
        (with_test(cost=5), "cost 5 is outside 0..4"),
        (with_test(contrast="gadolinium"), "must both be none, or neither"),
        (with_test(bleeding_risk="low"), "has a bleeding risk without a needle"),
        (with_rule(kind="maybe"), "kind 'maybe' is not one of absolute, relative"),
        (with_rule(study="nobody_1999"), "study 'nobody_1999' is not in studies"),
        (with_rule(instead=""), "must say because and instead"),
        (with_rule(applies_to=("modality=magnet",)), "'modality=magnet' chooses no test"),
        (with_rule(applies_to=("colour=red",)), "names no column of index_tests"),
    ],
)
def test_a_broken_table_is_named(broken: Callable[[Evidence], Evidence], said: str) -> None:
    found = problems(broken(evidence()))
    assert any(said in problem for problem in found), found


def test_a_rule_stands_once() -> None:
    tables = evidence()
    twice = (*tables.test_contraindications, tables.test_contraindications[0])
    found = problems(replace(tables, test_contraindications=twice))
    assert any("stands twice" in problem for problem in found)
