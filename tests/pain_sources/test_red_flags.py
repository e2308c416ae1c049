"""Every red-flag rule by a patient in whom it fires and one in whom it only nearly does.

A vignette reads `F 74, 3 weeks: pain_groin, -fever, myo_great_toe_ext_l5=4`: sex, age, duration,
then findings; `-` is looked for and absent, `=4` a value, `?` possible, `~` equivocal.
"""

import csv
from pathlib import Path

import pytest

from hipspine import patient_of
from hipspine.errors import InvalidEvidence
from hipspine.evidence import evidence
from hipspine.evidence.rows import RedFlagRow
from hipspine.findings.model import Findings, Observation
from hipspine.pain_sources import red_flags as module
from hipspine.pain_sources.red_flags import LEVELS, RedFlag, red_flags

HERE = Path(__file__).parent
VIGNETTES = list(csv.DictReader((HERE / "red_flag_vignettes.csv").open(encoding="utf-8")))
#: Patients whom a clinic sees every day; none has anything dangerous.
ORDINARY = list(csv.DictReader((HERE / "ordinary_patients.csv").open(encoding="utf-8")))
CERTAINTY = {"?": "possible", "~": "equivocal"}


def read(vignette: str) -> tuple[Findings, dict[str, object]]:
    who, _, told = vignette.partition(":")
    person, _, duration = who.partition(",")
    sex, age = person.split()
    weeks = float(duration.split()[0]) if duration else None
    findings = Findings(_observation(word.strip()) for word in told.split(","))
    return findings, {"sex": sex, "age": float(age), "duration_weeks": weeks}


def _observation(word: str) -> Observation:
    word, _, value = word.partition("=")
    present, certainty = not word.startswith("-"), CERTAINTY.get(word[-1], "definite")
    finding = word.strip("-?~")
    assert finding in evidence().findings, f"{finding} is not in the vocabulary"
    return Observation(finding, present, value=float(value) if value else None, certainty=certainty)


def flags_of(vignette: str) -> tuple[RedFlag, ...]:
    findings, person = read(vignette)
    return red_flags(findings, **person)


def verdict_of(rule: str, vignette: str) -> bool:
    """Whether the rule itself is true, also where a more urgent one of its condition hides it."""
    findings, person = read(vignette)
    known = module.Known(findings, **person)
    return next(
        read_rule(known).truth is True for row, read_rule in module._rules() if row.rule == rule
    )


def test_every_rule_has_a_vignette():
    assert [v["rule"] for v in VIGNETTES] == [row.rule for row in evidence().red_flags]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["rule"])
def test_rule_fires_and_nearly_fires(vignette):
    assert verdict_of(vignette["rule"], vignette["fires"])
    assert not verdict_of(vignette["rule"], vignette["near_miss"])


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["rule"])
def test_its_condition_is_warned_of_with_reasons_and_citations(vignette):
    row = next(row for row in evidence().red_flags if row.rule == vignette["rule"])
    flags = [f for f in flags_of(vignette["fires"]) if f.condition == row.condition_id]
    assert flags and LEVELS.index(flags[0].level) <= LEVELS.index(row.level)
    assert all(flag.because and flag.citations and flag.action for flag in flags)


def test_alarms_are_rare_in_ordinary_patients():
    alarmed = [
        ordinary["name"]
        for ordinary in ORDINARY
        if any(flag.level != "watch" for flag in flags_of(ordinary["patient"]))
    ]
    assert len(alarmed) <= 0.1 * len(ORDINARY), alarmed


@pytest.mark.parametrize("vignette", ["F 62: age_over_50", "M 88: -fever", "F 40: night_pain"])
def test_age_alone_and_night_pain_alone_never_fire(vignette):
    assert flags_of(vignette) == ()


def test_possible_counts_and_equivocal_does_not():
    assert flags_of("F 44: pain_low_back, saddle_anaesthesia?")[0].level == "emergency"
    assert flags_of("F 44: pain_low_back, saddle_anaesthesia~") == ()


def test_unknown_is_not_absent_and_nothing_known_says_nothing():
    assert red_flags(Findings()) == ()


def test_strength_decides_how_urgent_a_weakness_is():
    levels = {
        grade: flags_of(f"M 48: hx_sciatica_leg_pain, myo_ankle_dorsiflexion_l4l5={grade}")
        for grade in (2, 3, 4)
    }
    assert [f.level for f in levels[4]] == ["watch"]
    assert "urgent" in {f.level for f in levels[3]} and "urgent" in {f.level for f in levels[2]}


@pytest.mark.parametrize(
    ("vignette", "level"),
    [
        ("F 52, 1 weeks: pain_low_back, bilateral_weakness", "emergency"),
        ("F 52, 8 weeks: pain_low_back, bilateral_weakness, progressive_weakness", "emergency"),
        ("F 52, 8 weeks: pain_low_back, bilateral_weakness", "urgent"),
        ("F 52: pain_low_back, bilateral_weakness", "urgent"),  # nobody said since when
        ("F 78, 150 weeks: neurogenic_claudication, bilateral_weakness", "watch"),
    ],
)
def test_weakness_of_both_legs_is_the_canal_until_it_is_long_known(vignette, level):
    assert flags_of(vignette)[0].level == level


def test_the_most_urgent_comes_first_and_only_it_of_a_condition():
    flags = flags_of("F 61: cancer_history, pain_low_back, night_pain, myotome_weakness_any, fever")
    order = [LEVELS.index(flag.level) for flag in flags]
    assert order == sorted(order)
    assert {f.level for f in flags if f.condition == "spinal_malignancy"} == {"emergency"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"when": "feever"}, "red_flags made_up: 'feever' is not a finding; did you mean fever"),
        ({"level": "soon"}, "level 'soon' is not one of"),
        ({"condition_id": "ennui"}, "condition 'ennui' is defined nowhere"),
        ({"study": "nobody_1900"}, "study 'nobody_1900' is not in studies"),
    ],
)
def test_a_faulty_rule_is_refused_by_name(change, message):
    good = {
        "rule": "made_up", "condition_id": "spinal_infection", "level": "urgent", "when": "fever",
        "action": "", "because": "", "imaging": "", "study": "berbari_2015", "verified": False,
        "note": "",
    }  # fmt: skip
    with pytest.raises(InvalidEvidence, match=message):
        module._read(RedFlagRow(**{**good, **change}))


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        (["hip pain", "fever", "unable to bear weight"], "septic_hip_arthritis"),
        (["low back pain", "fever"], "spinal_infection"),
        (["pain over the sacroiliac joint", "fever"], "septic_sacroiliitis"),
        (["leg pain", "sudden onset", "absent pedal pulse", "cold leg"], "acute_limb_ischaemia"),
    ],
)
def test_the_plainest_words_for_a_place_are_enough_for_an_alarm(words, condition):
    """Nobody in a hurry writes "groin": a hip that hurts, with fever, is a septic hip until not."""
    patient = patient_of({"id": "x", "age": 60, "findings": words})
    flags = red_flags(patient.findings, age=60, sex=None, duration_weeks=None)
    assert condition in {f.condition for f in flags if f.level in ("emergency", "urgent")}
