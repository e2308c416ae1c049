"""The patient's sheet: plain words, and nothing that the clinician has not confirmed."""

import datetime
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from hipspine import assess
from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.report.confirmation import Confirmation, ConfirmedSource, read_day, read_sources
from hipspine.report.languages import Translator
from hipspine.report.patient_summary import (
    PatientSummary,
    patient_summary,
    show_summary,
    summary_html,
)
from hipspine.report.patient_words import ALARM, CALL, FOUND, HIPS, family_of
from tests.report.page_words import words_of
from tests.report.reading_ease import (
    english_syllables,
    huerta_ease,
    inflesz,
    kincaid_grade,
    spanish_syllables,
)
from tests.report.whole_example import PLAN, whole_example

LEAVES = tuple(evidence().leaves)
OFFERED = tuple(item.treatment for item in PLAN.items)
SIJ = Confirmation((ConfirmedSource("sacroiliac_joint_pain", "right"),))


def told(summary: PatientSummary) -> list[str]:
    """Every sentence and item of the sheet."""
    said = [summary.title, summary.opening, summary.closing]
    for section in summary.sections:
        said += [section.title, *section.sentences, *section.items]
    return said


def as_text(summary: PatientSummary) -> str:
    sheet = io.StringIO()
    show_summary(summary, Console(file=sheet, width=400))
    return sheet.getvalue()


confirmations = st.builds(
    Confirmation,
    sources=st.lists(
        st.sampled_from(LEAVES).map(lambda leaf: ConfirmedSource(leaf.id)), min_size=1, max_size=3
    ).map(lambda sources: tuple(dict.fromkeys(sources))),
    treatments=st.lists(st.sampled_from(OFFERED), unique=True).map(tuple),
)


@given(confirmations)
@settings(deadline=None)  # the first call assesses
def test_nothing_that_is_not_confirmed_is_told(confirmation: Confirmation) -> None:
    summary = patient_summary(whole_example(), confirmation)
    page = words_of(summary_html(summary, Translator()))
    confirmed = {source.condition for source in confirmation.sources}
    names = [evidence().conditions[c].plain_name for c in confirmed]
    for leaf in LEAVES:
        if leaf.id not in confirmed and not any(leaf.plain_name in name for name in names):
            assert leaf.name not in page
            assert leaf.plain_name not in page
    for item in PLAN.items:
        assert (item.name in page) == (item.treatment in confirmation.treatments)
    for refused in PLAN.not_recommended:
        assert refused.name not in page


def test_exercises_are_those_of_what_is_confirmed() -> None:
    """The real plan's lines name the other likely sources and their programmes: not told."""
    assessed = assess(whole_example().patient)
    confirmed = Confirmation(
        read_sources(["sacroiliac_joint_pain:right"]), treatments=("exercise_pt",)
    )
    for form in (as_text, lambda s: words_of(summary_html(s, Translator()))):
        told = form(patient_summary(assessed, confirmed))
        assert "four-point kneeling" in told  # of the sacroiliac programme
        assert "osteoarthritis" not in told.lower()
        assert "stepping with the knee" not in told  # of the hip programme
        assert "judgement" not in told
        assert "simulation" not in told


@given(confirmations)
def test_no_chance_no_decibel_no_risk_no_load_is_told(confirmation: Confirmation) -> None:
    summary = patient_summary(whole_example(), replace(confirmation, treatments=()))
    for text in (as_text(summary), words_of(summary_html(summary, Translator()))):
        told = text.replace(summary.date, "")
        assert not re.search(r"\b\d", told.replace(summary.id, "")), "no figure at all"
        assert not re.search(r"%|\bdB\b|in 10|probab|likely|risk", told)


def test_what_is_confirmed_is_told() -> None:
    whole = Confirmation(
        read_sources(["sacroiliac_joint_pain:right"]),
        OFFERED,
        loads=True,
        goals=True,
        come_back=datetime.date(2026, 12, 20),
    )
    text = as_text(patient_summary(whole_example(), whole))
    assert "Pain from the joint between the spine and the pelvis, on the right" in text
    for item in PLAN.items:
        assert item.name in text
    assert "four-point kneeling" in text, "how exercise is done"
    assert "Under fluoroscopy" not in text, "how a needle is guided is not for the patient to do"
    assert "blood thinners" in text
    assert "your left hip carries about 1.4 times as much" in text
    assert "Walk 30 minutes without stopping (15 Jan 2027)" in text
    assert "Come back on 20 Dec 2026." in text
    for sentence in (*ALARM, *CALL):
        assert sentence in text


def test_the_ratio_of_the_hips_is_that_of_the_loads() -> None:
    loads = whole_example().loads
    assert loads is not None
    left, right = (getattr(loads.figures, side).hip_contact_force_n for side in ("left", "right"))
    assert f"{left / right:.1f}" == "1.4"


def test_help_at_once_is_always_told() -> None:
    for leaf in LEAVES:
        confirmation = Confirmation((ConfirmedSource(leaf.id),))
        summary = patient_summary(whole_example(), confirmation)
        urgent = [section for section in summary.sections if section.urgent]
        assert [section.items for section in urgent] == [tuple(ALARM)]


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.id)
def test_english_reads_at_grade_eight_or_below(leaf: object) -> None:
    confirmation = replace(SIJ, sources=(ConfirmedSource(leaf.id),))  # type: ignore[attr-defined]
    confirmation = replace(confirmation, loads=True, come_back=datetime.date(2026, 12, 20))
    text = ". ".join(told(patient_summary(whole_example(), confirmation)))
    assert kincaid_grade(text) <= 8


def sentences(summary: PatientSummary) -> str:
    """The whole sentences alone: headings and lists of names would only make it look easier."""
    said = [text for section in summary.sections for text in (*section.sentences, *section.items)]
    return " ".join(text for text in said if text.endswith((".", ":")))


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.id)
def test_whole_sentences_are_easy_in_both_languages(leaf: object) -> None:
    confirmation = replace(SIJ, sources=(ConfirmedSource(leaf.id),), loads=True)  # type: ignore[attr-defined]
    assert kincaid_grade(sentences(patient_summary(whole_example(), confirmation))) <= 8
    said = sentences(patient_summary(whole_example(), confirmation, Translator("es")))
    assert min(huerta_ease(said), inflesz(said)) >= 55


@pytest.mark.parametrize("family", list(FOUND))
def test_each_paragraph_of_our_own_is_easy_too(family: str) -> None:
    for paragraph in (FOUND[family], HIPS[family]):  # type: ignore[index]
        assert kincaid_grade(paragraph) <= 8
        said = Translator("es")(paragraph)
        assert huerta_ease(said) >= 55
        assert inflesz(said) >= 55


def test_spanish_is_easy() -> None:
    summary = patient_summary(whole_example(), replace(SIJ, loads=True), Translator("es"))
    text = ". ".join(told(summary))
    assert huerta_ease(text) >= 55
    assert inflesz(text) >= 55


def test_syllables_are_counted_as_a_teacher_would() -> None:
    english = {"pain": 1, "nerve": 1, "muscle": 2, "medicine": 3, "emergency": 4, "carries": 2}
    assert {word: english_syllables(word) for word in english} == english
    spanish = {"dolor": 2, "cadera": 3, "pierna": 2, "articulación": 5, "día": 2, "guía": 2}
    assert {word: spanish_syllables(word) for word in spanish} == spanish


def test_every_source_belongs_to_a_family() -> None:
    assert {family_of(leaf.id) for leaf in LEAVES} == set(FOUND) == set(HIPS)
    assert family_of("cauda_equina_syndrome") == family_of("septic_hip_arthritis") == "soon"
    assert family_of("radiculopathy_l5") == "root"


@pytest.mark.parametrize(
    ("confirmation", "says"),
    [
        (Confirmation(()), r"accepted: at least one --confirm SOURCE\[:SIDE\]"),
        (replace(SIJ, treatments=("leeches",)), "accepted: exercise_pt, sij_inj"),
        (replace(SIJ, treatments=("rfa_sij",)), "not recommended now .no block has been done"),
        (replace(SIJ, come_back=datetime.date(2026, 11, 1)), "accepted: a day after the visit"),
    ],
)
def test_what_cannot_be_confirmed_says_what_can(confirmation: Confirmation, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        patient_summary(whole_example(), confirmation)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("sacroiliac_joint", "did you mean sacroiliac_joint_pain"),
        ("sacroiliac_joint_pain:up", "accepted sides: left, right, bilateral"),
        ("discogenic_pain:left", "has no side; accepted: discogenic_pain"),
        ("", "not a source of pain"),
    ],
)
def test_a_source_that_cannot_be_read_says_what_can(source: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        read_sources([source])


def test_a_day_that_cannot_be_read_says_what_can() -> None:
    with pytest.raises(InvalidInput, match="accepted: a day as 2026-12-31"):
        read_day("soon")
    assert read_day(None) is None
