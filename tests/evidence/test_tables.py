"""What the shipped tables hold, and what their figures rest on."""

from collections import Counter

import pytest

from hipspine.evidence import evidence
from hipspine.evidence.loader import content_version
from hipspine.evidence.parse import TABLES

LEAVES = [leaf.id for leaf in evidence().leaves]


def test_the_vocabulary_is_large_enough_to_take_a_clinic_letter() -> None:
    weighed = [f for f in evidence().findings.values() if f.kind != "context"]
    assert len(weighed) >= 300
    assert {"history", "exam", "imaging", "lab", "block"} <= {f.stage for f in weighed}


def test_every_finding_can_be_said_in_words() -> None:
    mute = [f.id for f in evidence().findings.values() if not f.synonyms]
    assert mute == []


def test_a_measured_finding_has_unit_range_and_threshold() -> None:
    lacking = [
        f.id
        for f in evidence().findings.values()
        if f.unit and (f.plausible_low is None or f.plausible_high is None)
    ]
    assert lacking == []


@pytest.mark.parametrize("leaf", LEAVES)
def test_every_source_is_described_by_findings_of_bedside_and_beyond(leaf: str) -> None:
    """A source with a handful of findings would win or lose by accident."""
    names = {leaf, *evidence().conditions[leaf].parents}
    rows = {r.finding_id for r in evidence().accuracy if r.use and r.condition_id in names}
    rows |= {r.finding_id for r in evidence().referral if r.use and r.condition_id in names}
    stages = Counter(evidence().findings[f].stage for f in rows)
    assert stages["history"] >= 5
    assert stages["exam"] >= 3
    assert len(rows) >= 15


def test_every_used_figure_names_its_study() -> None:
    for row in evidence().accuracy:
        assert row.study in evidence().studies
        if not row.use:
            assert row.not_used_because, f"{row.row_id}: says not why it is left out"


def test_judgement_is_never_called_verified() -> None:
    for row in evidence().accuracy:
        if row.basis == "judgement":
            assert not row.verified, row.row_id


def test_the_version_is_the_content() -> None:
    assert evidence().version == content_version()
    assert len(evidence().version) == 12
    assert any(path.name == "accuracy.csv" for path in TABLES.iterdir())


def test_priors_add_up_to_the_published_number_of_sources() -> None:
    """1.16 true sources a patient in primary care and 1.73 in a clinic, of the shared table."""
    priors = evidence().priors.values()
    assert 1.0 < sum(p.primary for p in priors) < 1.4
    assert 1.5 < sum(p.clinic for p in priors) < 2.0
