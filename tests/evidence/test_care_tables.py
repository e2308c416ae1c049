"""The tables of the plan of care refuse what is wrong, by name."""

from dataclasses import replace
from typing import Any

import pytest

from hipspine.evidence import evidence
from hipspine.evidence.checks_of_care import problems
from hipspine.evidence.loader import Evidence


def broken(**changes: Any) -> Evidence:
    """The tables with these parts of `care` in place of their own."""
    return replace(evidence(), care=replace(evidence().care, **changes))


def first_phase(**changes: Any) -> Evidence:
    phases = evidence().care.exercise
    return broken(exercise=(replace(phases[0], **changes), *phases[1:]))


def first_use(**changes: Any) -> Evidence:
    uses = evidence().care.effect_uses
    first = next(iter(uses.values()))
    return broken(effect_uses={**uses, first.effect: replace(first, **changes)})


def judged(**changes: Any) -> Evidence:
    rows = evidence().care.judged_benefits
    return broken(judged_benefits=(replace(rows[0], **changes), *rows[1:]))


def burden(**changes: Any) -> Evidence:
    rows = evidence().care.burdens
    return broken(burdens={**rows, 2: replace(rows[2], **changes)})


def test_the_tables_as_they_are_have_no_fault() -> None:
    assert list(problems(evidence())) == []


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (first_phase(study="nobody_1900"), "study 'nobody_1900' is not in studies"),
        (first_phase(targets=("knee",)), "condition 'knee' is not in conditions"),
        (first_phase(from_week=8, to_week=8), "do not rise"),
        (first_phase(sets=("3", "x")), "sets holds one whole number"),
        (first_phase(days_a_week=9.0), "outside 1..7"),
        (first_phase(dose_basis="felt"), "dose_basis 'felt'"),
        (first_use(scale="feet"), "scale 'feet'"),
        (first_use(comparator_percent=30.0), "only they have a comparator_percent"),
        (first_use(effect="f999"), "is not in treatment_effects"),
        (judged(treatment="prayer"), "is not in treatments"),
        (judged(benefit=1.5), "outside 0..1"),
        (burden(burden=1.0), "lie from 0 to below 1"),
        (broken(burdens={}), "one row for each invasiveness"),
        (broken(reviews={}), "the rows are emergency"),
        (broken(effect_uses={}), "has no row"),
    ],
)
def test_a_fault_is_named(tables: Evidence, words: str) -> None:
    assert any(words in problem for problem in problems(tables))


def test_every_exercise_has_a_way_to_grow() -> None:
    assert all(phase.progress for phase in evidence().care.exercise)


def test_every_source_that_exercise_is_given_for_has_a_programme() -> None:
    from hipspine.plan.exercise import programme_for

    leaves = evidence().plan.treatments["exercise_pt"].targets
    assert [leaf for leaf in leaves if not programme_for(leaf)] == []
