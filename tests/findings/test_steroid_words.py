"""Names of steroids and joints as a clinic writes them, and what is refused in one line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hipspine.cli import app
from hipspine.errors import InvalidInput
from hipspine.findings.model import Side
from hipspine.findings.patient import Patient, SteroidCourse
from hipspine.findings.reading import patient_of
from hipspine.findings.steroid_names import steroid_of
from hipspine.findings.steroid_places import place_of, side_in
from hipspine.findings.steroid_sum import ledger_of

NAMES = {
    "prednisone": "prednisone; Prednisone 10 mg; Deltasone; prednisona; PREDNISONE tablets; prednisone taper",
    "prednisolone": "prednisolone; prednisolona; Orapred; prednisolone sodium phosphate",
    "methylprednisolone": "methylprednisolone; methyl-prednisolone; methyl prednisolone; Medrol; Medrol Dosepak; "
    "Depo-Medrol; depo medrol 80mg/ml; Solu-Medrol; metilprednisolona; methylprednisolone acetate; Depo-Medrone",
    "triamcinolone": "Kenalog; Kenalog-40; triamcinolone acetonide; triamcinolone hexacetonide; Zilretta; Volon A",
    "dexamethasone": "dexamethasone; Decadron; dexamethasone sodium phosphate; dexametasona; DEXAMETHASONE 4 mg/mL",
    "betamethasone": "betamethasone; Celestone Soluspan; Diprospan; betametasona",
    "hydrocortisone": "hydrocortisone; Cortef; Solu-Cortef; hydro-cortisone; cortisol; hidrocortisona",
    "cortisone": "cortisone; cortisone acetate",
    "deflazacort": "deflazacort; Emflaza; Calcort",
    "fluticasone": "Flovent; Advair; fluticasone/salmeterol; fluticasone propionate nasal spray",
    "budesonide": "budesonide; Entocort; Pulmicort",
}


@pytest.mark.parametrize("drug", NAMES)
def test_names_brands_salts_and_spellings(drug: str) -> None:
    for words in NAMES[drug].split(";"):
        assert steroid_of(words.strip()).steroid.drug == drug, words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("prednizone", "prednisone"),
        ("dexamethsone", "dexamethasone"),
        ("ibuprofen", "accepted"),
        ("fluprednisolone", "accepted"),
        ("fluoro prednisolone", "'fluoro' is not understood"),
        ("prednisone and dexamethasone", "one steroid a course"),
    ],
)
def test_no_guess_at_a_drug(words: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        steroid_of(words)


def test_equivalents_are_those_of_the_label() -> None:
    label = {"prednisone": 5, "prednisolone": 5, "methylprednisolone": 4, "triamcinolone": 4, "dexamethasone": 0.75,
             "betamethasone": 0.75, "hydrocortisone": 20, "cortisone": 25, "deflazacort": 6}  # fmt: skip
    assert {d: steroid_of(d).steroid.mg_equal_to_5_mg_prednisone for d in label} == label


@pytest.mark.parametrize(
    ("words", "joint", "side"),
    [
        ("hip", "hip", None), ("left hip", "hip", "left"), ("R hip joint", "hip", "right"),
        ("SI joint", "sacroiliac_joint", None), ("sacroiliac", "sacroiliac_joint", None),
        ("bilateral SIJ", "sacroiliac_joint", "bilateral"), ("both knees", "knee", "bilateral"),
        ("greater trochanter of the left hip", "greater_trochanter", "left"),
        ("trochanteric bursa", "greater_trochanter", None), ("L4/5 facet right", "lumbar_facet_joint", "right"),
        ("C5-6 facet", "cervical_facet_joint", None), ("piriformis", "piriformis", None),
        ("subacromial", "shoulder", None), ("iliopsoas bursa", "iliopsoas_bursa", None), (None, "joint_not_told", None),
    ],
)  # fmt: skip
def test_joints_in_words(words: str | None, joint: str, side: Side | None) -> None:
    assert place_of(words, "intra_articular") == joint
    assert side_in(words) == side


@pytest.mark.parametrize(
    ("words", "place", "side"),
    [
        (None, "lumbar_epidural", None), ("L4/5 epidural", "lumbar_epidural", None),
        ("left L5 transforaminal", "lumbar_epidural", "left"), ("L5-S1", "lumbar_epidural", None),
        ("S1 right", "lumbar_epidural", "right"), ("caudal", "caudal_epidural", None),
        ("C7-T1 interlaminar", "cervical_epidural", None), ("T8", "thoracic_epidural", None),
        ("lumbar spine", "lumbar_epidural", None), ("left", "lumbar_epidural", "left"),
    ],
)  # fmt: skip
def test_epidurals_in_words(words: str | None, place: str, side: Side | None) -> None:
    assert place_of(words, "epidural") == place
    assert side_in(words) == side


GOOD = {"drug": "prednisone", "dose_mg": 10, "start": "2024-01-01", "end": "2024-01-10"}
SHOT = {
    "drug": "Kenalog",
    "dose_mg": 40,
    "start": "2024-01-01",
    "route": "intra_articular",
    "joint": "hip",
}
#: what is changed in a good course, and what the message must hold besides "steroid course 2"
WRONG: list[tuple[dict[str, Any], list[str]]] = [
    (GOOD | {"end": "2023-12-31"}, ["end 2023-12-31 is before start", "accepted"]),
    (GOOD | {"dose_mg": 0}, ["dose_mg", "above 0"]),
    (GOOD | {"dose_mg": -5}, ["dose_mg", "above 0"]),
    (GOOD | {"dose_mg": True}, ["dose_mg", "True", "above 0"]),
    (GOOD | {"dose_mg": float("nan")}, ["dose_mg", "above 0"]),
    (GOOD | {"dose_mg": float("inf")}, ["dose_mg", "above 0"]),
    (GOOD | {"dose_mg": 5000}, ["5000 mg in one day", "up to 1500 mg"]),
    (GOOD | {"dose_mg": 200, "per_day": 10}, ["2000 mg in one day"]),
    (GOOD | {"drug": "Decadron", "dose_mg": 400}, ["400 mg", "dexamethasone", "up to 100 mg"]),
    (GOOD | {"dose_mg_low": 5}, ["both dose_mg and dose_mg_low"]),
    (GOOD | {"dose_mg": None, "dose_mg_low": 9, "dose_mg_high": 3}, ["9 is above dose_mg_high 3"]),
    (GOOD | {"dose_mg": None, "dose_mg_high": 3}, ["one end of the dose is missing"]),
    (GOOD | {"drug": "prednizone"}, ["did you mean prednisone", "accepted"]),
    (GOOD | {"route": "rectal"}, ["route", "'rectal'", "oral, iv, im"]),
    (GOOD | {"per_day": 0}, ["per_day", "0.5 for every other day"]),
    (GOOD | {"per_day": False}, ["per_day", "False"]),
    (GOOD | {"per_day": 0.05}, ["less than one dose"]),
    (GOOD | {"start": "2024-07-01", "end": None}, ["start 2024-07-01 is after the date of the case"]),
    (GOOD | {"start": 2020}, ["start", "2020", "2024-05-31"]),
    (GOOD | {"start": "1920-01-01"}, ["before steroids were used", "1948"]),
    (GOOD | {"start": "1970-01-01"}, ["before the birth", "aged 40"]),
    (GOOD | {"joint": "hip", "route": "oral"}, ["joint 'hip' with route oral", "epidural or intra_articular"]),
    (GOOD | {"doses": 3}, ["doses", "unknown key", "per_day"]),
    (GOOD | {"drug": "Depo-Medrol", "route": "oral"}, ["not given by route oral", "im, epidural or intra_articular"]),
    (GOOD | {"drug": "Flovent", "route": "iv"}, ["not given by route iv", "inhaled"]),
    (SHOT | {"end": "2024-03-01"}, ["one course for each injection"]),
    (SHOT | {"per_day": 0.5}, ["whole number"]),
    (SHOT | {"joint": "elefant"}, ["joint 'elefant' is not known", "hip, knee"]),
    (SHOT | {"joint": "hpi joint"}, ["is not known", "accepted"]),
    (SHOT | {"joint": "L4/5 epidural"}, ["route epidural"]),
    (SHOT | {"route": "epidural", "joint": "hip"}, ["does not go with route epidural"]),
    (SHOT | {"joint": "left hip", "side": "right"}, ["side right", "left hip"]),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "said"), WRONG, ids=[row[1][0] for row in WRONG])
def test_a_wrong_course_is_refused_in_one_line(bad: dict[str, Any], said: list[str]) -> None:
    case = {"id": "x", "date": "2024-06-30", "age": 40, "steroid_courses": [GOOD, bad]}
    with pytest.raises(InvalidInput) as caught:
        patient_of(case, "case.json, case 1")
    message = str(caught.value)
    assert "\n" not in message
    for part in ["case.json, case 1", "steroid course 2", "accepted", *said]:
        assert part in message, message


@pytest.mark.parametrize("drug", ["Depo-Medrol", "Solu-Medrol"])
def test_an_injected_brand_without_a_route_is_asked_for_it(drug: str) -> None:
    with pytest.raises(InvalidInput, match="route is missing"):
        patient_of(
            {"id": "x", "steroid_courses": [{"drug": drug, "dose_mg": 80, "start": "2024-01-01"}]}
        )


def test_a_joint_without_a_route_is_asked_for_it() -> None:
    told = {"drug": "triamcinolone", "dose_mg": 40, "start": "2024-01-01", "joint": "hip"}
    with pytest.raises(InvalidInput, match="route is missing for joint 'hip'"):
        patient_of({"id": "x", "steroid_courses": [told]})


def test_an_inhaler_without_a_route_is_inhaled() -> None:
    patient = patient_of({"id": "x", "steroid_courses": [{"drug": "Flovent", "dose_mg": 0.22}]})
    assert patient.steroid_courses[0].route == "inhaled"


def test_a_course_made_in_python_is_checked_too() -> None:
    odd = SteroidCourse("prednisone", float("nan"), 5.0, 1.0, "oral", None, None, None, None)
    with pytest.raises(InvalidInput, match="steroid course 1"):
        ledger_of(Patient(id="x", steroid_courses=(odd,)))


def test_the_command_line_exits_2(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(
        json.dumps({"id": "x", "steroid_courses": [GOOD | {"drug": "prednizone"}]}),
        encoding="utf-8",
    )
    answer = CliRunner().invoke(app, ["assess", str(file)])
    assert answer.exit_code == 2
    assert "did you mean prednisone" in " ".join(answer.output.split())
    assert "Traceback" not in answer.output
