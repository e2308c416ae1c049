"""The glossary: its lists say what the tables say, its terms are in order."""

import re
import runpy
from pathlib import Path

import pytest

from hipspine.evidence import evidence

ROOT = Path(__file__).resolve().parents[2]
BUILDER = runpy.run_path(str(ROOT / "docs" / "build_glossary.py"))
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WRITTEN, REST = TEXT.split(BUILDER["BEGIN"])
MADE, _ = REST.split(BUILDER["END"])
TERMS = re.findall(r"^- \*\*(.+?)\*\*: \S", WRITTEN, flags=re.MULTILINE)


def test_the_lists_are_up_to_date_with_the_tables() -> None:
    assert BUILDER["rebuilt"](TEXT) == TEXT, "run: python docs/build_glossary.py"


def test_stale_lists_are_made_anew_and_the_terms_left_alone() -> None:
    stale = f"{WRITTEN}{BUILDER['BEGIN']}\nstale\n{BUILDER['END']}\n"
    assert BUILDER["rebuilt"](stale) == TEXT


@pytest.mark.parametrize("id", [*evidence().conditions, *evidence().red_flag_conditions])
def test_every_source_group_and_red_flag_condition_has_one_row(id: str) -> None:
    assert MADE.count(f"\n| `{id}` |") == 1


def test_no_cell_breaks_a_table() -> None:
    tables = [part for part in MADE.split("\n\n") if part.strip().startswith("|")]
    assert len(tables) == 3
    for table in tables:
        assert len({line.count("|") for line in table.strip().splitlines()}) == 1


def test_terms_stand_once_and_in_alphabetical_order() -> None:
    assert len(TERMS) >= 60
    folded = [term.casefold() for term in TERMS]
    assert folded == sorted(set(folded))


def test_every_bullet_is_a_term() -> None:
    assert len(TERMS) == sum(line.startswith("- ") for line in WRITTEN.splitlines())
