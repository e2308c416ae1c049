"""Another language: every sentence of ours has one, its fields are kept, its numbers are local."""

import datetime
import json
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine import Assessment, assess, patient_of
from hipspine.errors import InvalidInput
from hipspine.report import languages
from hipspine.report.catalogue import (
    add_blank,
    code_sentences,
    fields_of,
    table_sentences,
    untranslated,
)
from hipspine.report.confirmation import Confirmation, ConfirmedSource
from hipspine.report.html import page_of
from hipspine.report.languages import LOCALE, Translator, catalogue, language_of
from hipspine.report.patient_summary import patient_summary, summary_html
from hipspine.wording import Wording
from tests.report.whole_example import whole_example

SPANISH, ENGLISH = Translator("es"), Translator("en")
CASES = Path(__file__).parents[2] / "examples" / "cases"


def test_every_sentence_of_the_code_is_said_in_spanish() -> None:
    assert untranslated(code_sentences()) == {}


def test_every_cell_of_the_tables_that_is_shown_is_said_in_spanish() -> None:
    assert untranslated(table_sentences()) == {}


def test_a_translation_keeps_the_fields_of_its_template() -> None:
    wrong = {k: v for k, v in catalogue("es").items() if fields_of(k) != fields_of(v)}
    assert wrong == {}


def test_no_two_files_say_one_sentence_differently() -> None:
    said: dict[str, str] = {}
    for file in sorted(LOCALE.glob("es*.po")):
        for entry in polib.pofile(str(file), encoding="utf-8"):
            if entry.translated():
                assert said.setdefault(entry.msgid, entry.msgstr) == entry.msgstr, file.name


def test_blank_entries_are_added_once_and_count_as_untranslated(tmp_path: Path) -> None:
    file = tmp_path / "es_new_table.po"
    for _ in range(2):
        add_blank(file, ["a cell", "another"])
    book = polib.pofile(str(file), encoding="utf-8")
    assert [(entry.msgid, entry.translated()) for entry in book] == [
        ("a cell", False),
        ("another", False),
    ]


def test_files_of_tables_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, said in (("es", "uno"), ("es_findings", "dos"), ("fr", "un")):
        book = polib.POFile()
        book.append(polib.POEntry(msgid="one", msgstr=said))
        book.append(polib.POEntry(msgid=f"only in {name}", msgstr=said))
        book.save(str(tmp_path / f"{name}.po"))
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    said_so = catalogue.__wrapped__("es")
    assert said_so == {"one": "uno", "only in es": "uno", "only in es_findings": "dos"}


def _rendered() -> list[Assessment]:
    names = ["c2_sij_001", "rad_011", "ces_003", "avn_017", "gtp_002", "hoa_003", "pmr_004"]
    cases = [json.loads((CASES / f"{name}.json").read_text()) for name in names]
    return [whole_example(), *(assess(patient_of(case)) for case in cases)]


def test_nothing_in_a_rendered_report_stays_english() -> None:
    """Citations and a patient's own words are never looked up; the example's plan is invented."""
    example = {s for s in _sentences(whole_example()) if s not in catalogue("es")}
    for assessment in _rendered():
        say = Translator("es")
        page_of(assessment, say)
        first = Confirmation((ConfirmedSource(assessment.sources[0].condition),))
        summary_html(patient_summary(assessment, first, say), say)
        assert say.missing - example == set()


def _sentences(told: object) -> set[str]:
    """Every string in the invented rooms of the example, with the ids as they are shown."""
    if isinstance(told, Assessment):
        return set().union(*map(_sentences, (told.steroids, told.risks, told.plan)))
    if isinstance(told, Wording) and told.values:
        return {told.template}.union(*map(_sentences, told.values.values()))
    if isinstance(told, str):
        return {told, told.replace("_", " ")}
    if isinstance(told, tuple):
        return set().union(*map(_sentences, told))
    fields = getattr(told, "__dataclass_fields__", ())
    return set().union(*(_sentences(getattr(told, name)) for name in fields))


def test_a_wording_is_said_with_its_values() -> None:
    told = Wording("{source}, {side}", source=Wording("left hip"), side=Wording("right"))
    assert SPANISH(told) == "cadera izquierda, lado derecho"
    assert ENGLISH(told) == told == "left hip, right"


def test_what_has_no_translation_stays_english_and_is_counted() -> None:
    say = Translator("es")
    assert say("a sentence that nobody has said") == "a sentence that nobody has said"
    assert say.missing == {"a sentence that nobody has said"}


def test_figures_signs_and_ids_are_the_same_in_every_language() -> None:
    say = Translator("es")
    for text in ("12", "12 %", "L4/5", "-", "", "trunk_flexion_deg"):
        assert say(text) == text
    assert say.missing == set()


@pytest.mark.parametrize(
    ("value", "decimals", "english", "spanish"),
    [
        (1234.5, 1, "1234.5", "1234,5"),
        (-0.04, 1, "0.0", "0,0"),
        (51234.0, 0, "51\N{NO-BREAK SPACE}234", "51\N{NO-BREAK SPACE}234"),
    ],
)
def test_numbers(value: float, decimals: int, english: str, spanish: str) -> None:
    assert ENGLISH.number(value, decimals) == english
    assert SPANISH.number(value, decimals) == spanish


@pytest.mark.parametrize(
    ("p", "english", "spanish"),
    [
        (0.69, "69%", "69\N{NO-BREAK SPACE}%"),
        (0.034, "3.4%", "3,4\N{NO-BREAK SPACE}%"),
        (0.9999, ">99%", ">99\N{NO-BREAK SPACE}%"),
        (0.0001, "<0.1%", "<0,1\N{NO-BREAK SPACE}%"),
    ],
)
def test_percents(p: float, english: str, spanish: str) -> None:
    assert ENGLISH.percent(p) == english
    assert SPANISH.percent(p) == spanish


@given(st.floats(0, 1))
def test_a_percent_is_never_nothing_nor_certainty(p: float) -> None:
    for told in (ENGLISH.percent(p), ENGLISH.end(p)):
        assert told not in ("0%", "0.0%", "100%")
    if p > 0:
        assert ENGLISH.small_percent(p) not in ("0%", "100%")


@given(st.floats(0.0001, 0.995, exclude_max=True))
def test_a_percent_is_the_number_it_stands_for(p: float) -> None:
    """Half a step off at most: whole percents from 10, tenths below, two digits when rare."""
    told = ENGLISH.percent(p)
    if not told.startswith("<"):
        assert abs(float(told[:-1]) / 100 - p) <= (0.005 if p >= 0.1 else 0.0005) + 1e-12
    rare = float(ENGLISH.small_percent(p)[:-1]) / 100
    assert abs(rare - p) <= (0.005 if p >= 0.1 else 0.05 * p) + 1e-12


def test_dates() -> None:
    day = datetime.date(2026, 11, 5)
    assert ENGLISH.date(day) == "5 Nov 2026"
    assert SPANISH.date(day) == "05/11/2026"
    assert SPANISH(Wording("Come back on {day}.", day=day)) == "Vuelva el 05/11/2026."


def test_a_value_in_a_wording_gets_a_decimal_comma() -> None:
    told = Wording("{mpa:.2f} MPa; shear {shear} N", mpa=1.4, shear=12)
    assert SPANISH(told) == "1,40 MPa; cizalla 12 N"
    written = Wording("{hip}: peak pressure {peak} MPa as told", hip="left hip", peak="1.35")
    assert SPANISH(written) == "cadera izquierda: presión máxima 1,35 MPa en lo indicado"


def test_a_language_nobody_speaks_here_is_refused() -> None:
    with pytest.raises(InvalidInput, match="accepted: en or es"):
        language_of("tlh")
