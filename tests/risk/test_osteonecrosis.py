"""Risk of osteonecrosis: vignettes, published groups, and what must hold for anyone."""

import math
from datetime import date, timedelta

import pytest
from docs.build_risk_validation import osteonecrosis_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.assessment import assess
from hipspine.findings.patient import Patient
from hipspine.findings.reading import patient_of
from hipspine.findings.steroid_sum import ledger_of
from hipspine.pain_sources.osteonecrosis_exposure import bands_of
from hipspine.pain_sources.prior import prior_of, shifts_of
from hipspine.risk.model import Risk
from hipspine.risk.osteonecrosis import osteonecrosis_risks, share_to_come
from hipspine.risk.rapid_destruction import rapid_destruction_risks

DATE = "2026-01-01"
LEAF = "femoral_head_avascular_necrosis"


def someone(*courses: dict[str, object], present: tuple[str, ...] = (), **more: object) -> Patient:
    case = {
        "id": "invented",
        "date": DATE,
        "age": 45,
        "sex": "F",
        "findings": [{"name": name, "present": True} for name in present],
        "steroid_courses": list(courses),
        **more,
    }
    return patient_of(case, "invented")


def prednisone(mg: float, start: str, end: str | None = None) -> dict[str, object]:
    return {"drug": "prednisone", "dose_mg": mg, "route": "oral", "start": start, "end": end}


PACK = {
    "drug": "methylprednisolone",
    "dose_mg": 14,
    "route": "oral",
    "start": "2025-11-01",
    "end": "2025-11-06",
}
THREE_MONTHS_OF_40 = prednisone(40, "2025-10-04", "2026-01-01")


def risk(patient: Patient) -> Risk:
    (found,) = osteonecrosis_risks(patient, ledger_of(patient))
    return found


# --- vignettes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("courses", "band"),
    [
        ([PACK], "one_pack"),  # 84 mg of methylprednisolone = 105 mg
        ([PACK, prednisone(40, "2025-06-01", "2025-06-10")], "packs"),  # 105 + 400 mg
        ([prednisone(5, "2020-01-01")], "low"),  # 11 g in six years, never 7.5 mg a day
        ([prednisone(15, "2025-01-01")], "moderate"),
        ([THREE_MONTHS_OF_40], "high"),  # 90 days x 40 mg = 3.6 g
        # A flare long ago decides, not the 5 mg since: 60 days x 60 mg = 3.6 g at 20 mg or more.
        ([prednisone(60, "2015-01-01", "2015-03-01"), prednisone(5, "2015-03-02")], "high"),
    ],
)
def test_daily_dose_decides_the_band(courses: list[dict[str, object]], band: str) -> None:
    ledger = ledger_of(someone(*courses))
    assert ledger is not None
    bands = bands_of(ledger)
    assert bands is not None
    assert bands.point is not None
    assert bands.point.band == band


def test_injections_alone_are_no_systemic_steroid() -> None:
    hip = {
        "drug": "triamcinolone",
        "dose_mg": 40,
        "route": "intra_articular",
        "joint": "hip",
        "side": "left",
        "start": "2025-06-01",
        "end": "2025-06-01",
    }
    patient = someone(hip)
    assert risk(patient).point < 0.0002
    (destroyed,) = rapid_destruction_risks(patient, ledger_of(patient))
    assert destroyed.side == "left"
    assert {study.study for study in destroyed.studies} == {"okike_2021", "hess_2018"}
    assert destroyed.point == pytest.approx(37 / 688)
    assert destroyed.low < destroyed.point < destroyed.high


def test_the_risk_fades_when_the_high_dose_is_long_past() -> None:
    """e^(-t/35): ten years after the last day of 40 mg, 3 % of diagnoses are still to come."""
    past = someone(prednisone(40, "2015-10-01", "2016-01-01"))
    assert share_to_come(120) == pytest.approx(
        math.exp(-120 / 35) * (1 - math.exp(-36 / 35)), rel=1e-9
    )
    assert risk(past).point < risk(someone(THREE_MONTHS_OF_40)).point / 20


def test_known_osteonecrosis_is_no_risk_any_more_but_the_other_hip_is() -> None:
    left = someone(
        THREE_MONTHS_OF_40,
        findings=[{"name": "mri_avn", "present": True, "side": "left", "stage": "imaging"}],
    )
    found = risk(left)
    assert found.side == "right"
    assert "both hips" in found.action
    assert osteonecrosis_risks(someone(present=("mri_avn",)), None) == ()


def test_unknown_steroid_use_widens_and_says_so() -> None:
    unknown, never = (
        risk(someone()),
        risk(someone(findings=[{"name": "corticosteroids", "present": False}])),
    )
    assert unknown.high > 10 * never.high
    assert any("not told" in sentence for sentence in unknown.not_known)


def test_lupus_multiplies_and_alcohol_beside_steroids_hardly_does() -> None:
    """2.6 on the odds for lupus (Shigemura 2011); 1.1 for alcohol beside steroids (Fukushima)."""

    def odds(*present: str) -> float:
        p = risk(someone(THREE_MONTHS_OF_40, present=present)).point
        return p / (1 - p)

    assert odds("sle") / odds() == pytest.approx(2.6)
    assert odds("alcohol_excess") / odds() == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("courses", "present", "beginning"),
    [
        ([THREE_MONTHS_OF_40], ("pain_groin",), "Radiographs of the pelvis and hips (with"),
        ([PACK], ("pain_groin",), "Radiographs of the pelvis and hips; MRI"),
        ([THREE_MONTHS_OF_40], (), "No MRI without symptoms"),
        ([PACK], (), "No MRI: no symptom of the hip is told"),
        ([], ("sickle_cell_disease",), "No MRI without symptoms"),
    ],
)
def test_when_to_image(
    courses: list[dict[str, object]], present: tuple[str, ...], beginning: str
) -> None:
    assert risk(someone(*courses, present=present)).action.startswith(beginning)


# --- published groups ----------------------------------------------------------------------


def test_published_groups_are_reproduced_within_their_intervals() -> None:
    rows = osteonecrosis_rows()
    assert {row.group for row in rows} >= {"over_2_g", "one_pack", "low_dose", "sle_clinic"}
    assert [row.group for row in rows if not row.reproduced] == []


# --- the same figures in the prior ---------------------------------------------------------


def test_the_prior_of_dead_bone_reads_the_same_band() -> None:
    for courses in ([PACK], [prednisone(5, "2020-01-01")], [THREE_MONTHS_OF_40]):
        patient = someone(*courses)
        ledger = ledger_of(patient)
        assert ledger is not None
        bands = bands_of(ledger)
        assert bands is not None
        assert bands.point is not None
        (shift,) = [s for s in shifts_of(patient, LEAF) if s.row.row_id.startswith("band_")]
        assert shift.row.odds_ratio == bands.point.odds_ratio
        assert shift.row.study == bands.point.ratio_study


def test_without_courses_nothing_changes() -> None:
    """The plain words keep the plain exposure."""
    told = someone(present=("corticosteroids",))
    (shift,) = [s for s in shifts_of(told, LEAF) if s.finding == "corticosteroids"]
    assert shift.row.row_id == "X200"


def test_a_pack_is_no_prolonged_use() -> None:
    """105 mg must not raise dead bone as a long high dose does, nor count as long-term use."""
    assert someone(PACK).findings.is_present("corticosteroids") is None
    assert someone(PACK).findings.is_present("steroid_short_course")
    assert someone(THREE_MONTHS_OF_40).findings.is_present("corticosteroids")
    pains = ("pain_groin", "hip_ir_reduced")
    pack, high = (
        {s.condition: s.probability for s in assess(someone(c, present=pains)).sources}[LEAF]
        for c in (PACK, THREE_MONTHS_OF_40)
    )
    assert pack < high / 3


# --- properties ----------------------------------------------------------------------------

doses = st.floats(1, 80)
lengths = st.integers(1, 700)
starts = st.integers(1, 4000)


@st.composite
def courses(draw: st.DrawFn) -> list[dict[str, object]]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = date(2026, 1, 1) - timedelta(days=draw(starts))
        end = min(start + timedelta(days=draw(lengths)), date(2026, 1, 1))
        found.append(prednisone(round(draw(doses), 1), start.isoformat(), end.isoformat()))
    return found


@settings(max_examples=60, deadline=None)
@given(courses(), st.randoms())
def test_a_risk_is_a_probability_between_its_ends_whatever_the_order(
    told: list[dict[str, object]], rng: object
) -> None:
    found = risk(someone(*told))
    assert 0 < found.low <= found.point <= found.high < 1
    shuffled = list(told)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert risk(someone(*shuffled)) == found
    assert all(0 < p < 1 for p in prior_of(someone(*told)))


@settings(max_examples=40, deadline=None)
@given(st.floats(1, 60), st.floats(1, 60))
def test_a_higher_daily_dose_never_lowers_the_risk(one: float, other: float) -> None:
    small, large = (
        risk(someone(prednisone(round(mg, 2), "2025-07-01"))) for mg in sorted((one, other))
    )
    assert small.point <= large.point * (1 + 1e-12)


KENALOG_LEFT_HIP = {
    "drug": "triamcinolone",
    "dose_mg": 40,
    "route": "intra_articular",
    "joint": "hip",
    "side": "left",
    "start": "2023-06-01",
}


def test_an_artificial_hip_has_neither_risk() -> None:
    left = someone(
        KENALOG_LEFT_HIP, THREE_MONTHS_OF_40, comorbidities=["left total hip arthroplasty"]
    )
    assert risk(left).side == "right"
    assert rapid_destruction_risks(left, ledger_of(left)) == ()
    both = someone(THREE_MONTHS_OF_40, comorbidities=["bilateral total hip arthroplasty"])
    assert osteonecrosis_risks(both, ledger_of(both)) == ()
    unsided = someone(THREE_MONTHS_OF_40, comorbidities=["hip replacement"])
    assert risk(unsided).side is None
    assert any("which hip is artificial" in sentence for sentence in risk(unsided).not_known)


@pytest.mark.parametrize("symptom", ["pain_lateral_hip", "pain_anterior_thigh", "fadir"])
def test_a_symptom_of_the_hip_is_never_called_none(symptom: str) -> None:
    """A high dose and pain in the thigh: imaged now, not told to come at the first pain."""
    assert "MRI of both hips" in risk(someone(THREE_MONTHS_OF_40, present=(symptom,))).action


def test_no_radiograph_of_a_pregnant_pelvis() -> None:
    pregnant = someone(KENALOG_LEFT_HIP, THREE_MONTHS_OF_40, present=("pregnant", "pain_groin"))
    (destroyed,) = rapid_destruction_risks(pregnant, ledger_of(pregnant))
    for action in (risk(pregnant).action, destroyed.action):
        assert "MRI" in action
        assert "no radiographs" in action


def test_an_injection_years_ago_is_said_to_be_long_past() -> None:
    old = someone(KENALOG_LEFT_HIP)
    new = someone({**KENALOG_LEFT_HIP, "start": "2025-12-01"})
    for patient, past in ((old, True), (new, False)):
        (destroyed,) = rapid_destruction_risks(patient, ledger_of(patient))
        assert any("more than a year past" in s for s in destroyed.not_known) is past


def test_a_pack_in_plain_words_is_steroid_that_was_told() -> None:
    """A range over one and several packs, and no sentence that steroids were never told of."""
    told = risk(someone(present=("steroid_short_course",)))
    assert risk(someone(PACK)).low <= told.low
    assert told.high < risk(someone(present=("corticosteroids",))).high
    assert not any("is not told" in sentence for sentence in told.not_known)


def test_a_pack_is_not_called_prolonged_use() -> None:
    for patient in (someone(PACK), someone(present=("steroid_short_course",))):
        assert [f.finding for f in risk(patient).factors] == ["steroid_short_course"]
