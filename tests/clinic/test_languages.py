"""English and Spanish: every sentence is translated, keeps its blanks, and is compiled."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import npgettext

import hipspine.clinic
from hipspine.clinic.accounts.roles import Role

FOLDER = Path(hipspine.clinic.__file__).parent
CATALOGUE = FOLDER / "locale" / "es" / "LC_MESSAGES" / "django.po"
BLANK = re.compile(r"%\(\w+\)s|\{\w+\}")
#: A sentence in a template, and in code.
MARKED = (
    re.compile(r"""{%\s*translate\s+(["'])(.+?)\1\s*(?:as \w+\s*)?%}"""),
    re.compile(r"""\b(?:_|gettext|gettext_lazy)\(\s*(["'])(.+?)\1\s*\)"""),
)


def test_every_sentence_is_translated_with_its_blanks():
    for entry in polib.pofile(str(CATALOGUE)):
        assert entry.translated() and not entry.fuzzy, entry.msgid
        spanish = entry.msgstr or "".join(entry.msgstr_plural.values())
        assert set(BLANK.findall(entry.msgid)) == set(BLANK.findall(spanish)), entry.msgid


def test_every_marked_sentence_is_in_the_catalogue():
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    files = [p for p in FOLDER.rglob("*") if p.suffix in (".py", ".html")]
    marked = {
        found[1]
        for file in files
        for pattern in MARKED
        for found in pattern.findall(file.read_text(encoding="utf-8"))
    }
    assert len(marked) > 100 and marked - known == set()


def test_the_compiled_catalogue_is_that_of_the_text():
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    text = {(e.msgid, e.msgstr) for e in polib.pofile(str(CATALOGUE)) if not e.msgid_plural}
    assert {(e.msgid, e.msgstr) for e in compiled if not e.msgid_plural} == text


def test_a_thing_has_one_word_in_spanish_on_pages_and_in_letters():
    """A visit is `cita`, never `visita`; it is `cancelada`, never `anulada`."""
    for entry in polib.pofile(str(CATALOGUE)):
        spanish = " ".join([entry.msgstr, *entry.msgstr_plural.values()])
        assert not re.search(r"\bvisitas?\b|\banul", spanish, re.IGNORECASE), entry.msgid


def test_what_is_counted_agrees_with_its_number():
    with translation.override("es"):
        counted = [npgettext("visits counted", "done", "done", n) for n in (0, 1, 2)]
    assert counted == ["realizadas", "realizada", "realizadas"]


@pytest.mark.django_db
def test_a_page_speaks_the_language_chosen(signed_in):
    client = Client()
    client.post("/language/", {"language": "es", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="es">' in page and "¿De dónde viene realmente el dolor?" in page
    staff = signed_in(Role.FRONT_DESK)
    staff.post("/me/", {"language": "es"})
    assert "Buscar un paciente" in staff.get("/").content.decode()
