"""What is likely before anything is found: setting, age, sex and exposures.

The tests put two invented sources in place of the shipped ones, with numbers that are easy to
follow by hand: a prior of 0.2 has odds 1/4. What comes in multiplies the odds.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine import patient_of
from hipspine.evidence import Evidence, evidence
from hipspine.evidence.rows import Exposure, Prior
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources import prior
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import SOURCES_A_PATIENT, UNLISTED_SOURCE, company, prior_of

PRIOR = Prior(
    condition_id="radiculopathy_l5", clinic=0.2, clinic_low=None, clinic_high=None,
    primary=0.05, primary_low=None, primary_high=None, age_curve=(), sex_log_odds_f=None,
    only_sex="", gate="", basis="judgement", how_derived="", study="expert_judgement",
    verified=False, note="",
)  # fmt: skip
EXPOSURE = Exposure(
    row_id="T1", exposure_id="obesity", condition_id="radiculopathy_l5", odds_ratio=3.0,
    low=None, high=None, exposure_prevalence=0.25, measure="OR", population="", basis="study",
    use=True, not_used_because="", study="expert_judgement", verified=False, note="",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_company_is_remembered() -> Iterator[None]:
    company.cache_clear()
    yield
    company.cache_clear()


def invented(*exposures: dict[str, Any], **changes: Any) -> Evidence:
    """L5 radiculopathy with this prior and these exposures, beside a source that never moves.

    So few sources are seldom true together: nothing needs to be taken off for company.
    """
    shipped = evidence()
    two = ("radiculopathy_l5", "coccydynia")
    return replace(
        shipped,
        conditions={id: shipped.conditions[id] for id in two},
        priors={id: replace(PRIOR, condition_id=id) for id in two}
        | {two[0]: replace(PRIOR, **changes)},
        exposures=tuple(replace(EXPOSURE, **row) for row in exposures),
    )


@pytest.fixture
def probability(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The prior of L5 radiculopathy of a patient under invented tables."""

    def of(tables: Evidence, told: dict[str, bool] | None = None, **patient: Any) -> float:
        monkeypatch.setattr(prior, "evidence", lambda: tables)
        known = Findings(Observation(name, present) for name, present in (told or {}).items())
        found = prior_of(Patient("x", findings=known, **patient))
        assert found[1] == pytest.approx(0.05 if "setting" in patient else 0.2), "the other source"
        return float(found[0])

    return of


def test_setting_moves_the_prior(probability: Any) -> None:
    assert probability(invented()) == pytest.approx(0.2)
    assert probability(invented(), setting="primary_care") == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("age", "wanted"),
    [
        (None, 0.2),
        (40, 0.0842),  # odds e^-1 / 4 = 0.0920
        (45, 0.1317),  # a quarter of the way from -1 to 1: odds e^-0.5 / 4 = 0.1516
        (50, 0.2),  # half way: no shift
        (60, 0.4046),  # odds e / 4 = 0.6796
        (18, 0.0842),  # beyond the ends the curve is flat
        (95, 0.4046),
    ],
)
def test_age_moves_along_its_curve(probability: Any, age: float | None, wanted: float) -> None:
    curve = invented(age_curve=((40.0, -1.0), (60.0, 1.0)))
    assert probability(curve, age=age) == pytest.approx(wanted, abs=5e-5)


@pytest.mark.parametrize(
    ("sex", "odds"),
    # Women to men 4 : 1, and 1/4 for all together: each sex moves half the way, a factor of 2.
    [("F", 1 / 2), ("M", 1 / 8), ("X", 1 / 4), (None, 1 / 4)],
)
def test_sex_moves_half_its_ratio_each_way(probability: Any, sex: str | None, odds: float) -> None:
    found = probability(invented(sex_log_odds_f=math.log(4)), sex=sex)
    assert found / (1 - found) == pytest.approx(odds)


def test_a_source_of_one_sex_cannot_be_in_the_other(probability: Any) -> None:
    """... and its prior is that of the sex that can have it: no further shift for women."""
    womens = invented(only_sex="F", sex_log_odds_f=math.log(4))
    assert probability(womens, sex="M") < 1e-6
    assert [probability(womens, sex=sex) for sex in ("F", "X", None)] == pytest.approx([0.2] * 3)


def test_an_exposure_moves_up_and_its_absence_down(probability: Any) -> None:
    """A quarter are exposed, OR 3: the odds of all are 1 - 0.25 + 0.25 * 3 = 1.5 times those of
    the unexposed. So exposed 1/4 * 3 / 1.5 = 1/2 (P 1/3), unexposed 1/4 / 1.5 = 1/6 (P 1/7).
    """
    exposed = invented({})
    assert probability(exposed, {"obesity": True}) == pytest.approx(1 / 3)
    assert probability(exposed, {"obesity": False}) == pytest.approx(1 / 7)
    assert probability(exposed) == pytest.approx(0.2), "nobody asked: the prior of the setting"


def test_one_exposure_can_be_left_unknown(probability: Any) -> None:
    """As the reasons need it: what would be likely had nobody asked."""
    patient = Patient("x", findings=Findings([Observation("obesity", True)]))
    assert probability(invented({}), {"obesity": True}) > 0.3
    assert prior_of(patient, without="obesity")[0] == pytest.approx(0.2)


@given(st.floats(0.05, 20.0), st.floats(0.01, 0.9))
def test_the_mean_over_all_keeps_the_odds_of_the_setting(ratio: float, share: float) -> None:
    """Exposed and unexposed in their proportion have the mean odds 1/4 that were published."""
    tables = invented({"odds_ratio": ratio, "exposure_prevalence": share})
    odds = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prior, "evidence", lambda: tables)
        for present in (True, False):
            known = Findings([Observation("obesity", present)])
            p = prior_of(Patient("x", findings=known))[0]
            odds.append(p / (1 - p))
    assert share * odds[0] + (1 - share) * odds[1] == pytest.approx(0.25)
    assert odds[0] / odds[1] == pytest.approx(ratio)


def test_an_exposure_of_a_group_reaches_its_leaves_once(probability: Any) -> None:
    """OR 3 for any radiculopathy; where L5 has a row of its own (OR 1), that one counts."""
    group = {"condition_id": "lumbar_radiculopathy"}
    own = {"row_id": "T2", "odds_ratio": 1.0}
    assert probability(invented(group), {"obesity": True}) == pytest.approx(1 / 3)
    assert probability(invented(group, own), {"obesity": True}) == pytest.approx(0.2)


def test_many_exposures_together_stay_below_a_factor_of_150(probability: Any) -> None:
    """50 * 50 on odds of 1/999 would be 2.5; odds 150 / 999 are P 150 / 1149."""
    rare = {"odds_ratio": 50.0, "exposure_prevalence": 0.0}
    tables = invented(rare, {**rare, "row_id": "T2", "exposure_id": "smoking"}, clinic=0.001)
    found = probability(tables, {"obesity": True, "smoking": True})
    assert found == pytest.approx(150 / 1149)


def test_a_source_behind_a_gate_needs_it(probability: Any) -> None:
    """No pain from a hip replacement without one; as long as nobody says so it may be there."""
    gated = invented(gate="hip_replacement")
    assert probability(gated, {"hip_replacement": False}) < 1e-6
    assert probability(gated, {"hip_replacement": True}) == pytest.approx(0.2)
    assert probability(gated) == pytest.approx(0.2)


@pytest.mark.parametrize(("setting", "wanted"), SOURCES_A_PATIENT.items())
def test_as_many_sources_are_true_together_as_clinics_find(setting: Any, wanted: float) -> None:
    """Shipped tables: the number of true sources, source by source, in those in whom any hurts.

    chance[k] is P(k listed sources are true). Without any, pain comes from an unlisted source
    in UNLISTED_SOURCE of patients; everyone else without a true source is no patient.
    """
    chance = [1.0]
    for p in prior_of(Patient("x", setting=setting)):
        without = [share * (1 - p) for share in chance] + [0.0]
        with_it = [0.0] + [share * p for share in chance]
        chance = [a + b for a, b in zip(without, with_it, strict=True)]
    chance[0] *= UNLISTED_SOURCE
    mean = sum(count * share for count, share in enumerate(chance)) / sum(chance)
    assert mean == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize(("replaced", "possible"), [("left", False), ("right", True)])
def test_a_replaced_hip_has_no_arthritis_of_its_own(replaced: str, possible: bool) -> None:
    """Left hip pain: with the left joint replaced no osteoarthritis, with the right one still."""
    raw = {
        "id": "x",
        "side": "left",
        "findings": [{"name": "hip_replacement", "present": True, "side": replaced}],
    }
    prior = dict(zip(network().leaves, prior_of(patient_of(raw)), strict=True))
    assert bool(prior["hip_osteoarthritis"] > 1e-4) is possible
    assert prior["greater_trochanteric_pain_syndrome"] > 1e-4
