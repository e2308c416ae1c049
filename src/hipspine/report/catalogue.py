"""What the catalogue of a language must hold: `python -m hipspine.report.catalogue [--write]`.

Sentences of the code are those in Wording("..."), say("..."), translate("...") and, in templates,
_("..."), and in the rooms of risk and plan every string of several words; sentences of the tables
are whole cells that are shown. Prints those that `es` lacks, by where they come from; --write adds
them blank, to be filled in: those of the code to locale/es.po, of a table to locale/es_<table>.po.
"""

from __future__ import annotations

import ast
import csv
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from hipspine.report.languages import LOCALE, catalogue

_SOURCE = Path(__file__).parents[1]
_TABLES = _SOURCE / "evidence" / "tables"
_SAYING = {"Wording", "say", "translate", "_"}
WRAP = 100
#: Rooms whose plain sentences reach the reader as they are.
_OUTSPOKEN = ("risk", "plan")
_IN_TEMPLATES = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
#: Columns of the tables that people read, by the start of the file's name.
SHOWN_COLUMNS = {
    "anticoagulant_holds": ("drug_group", "hold", "restart"),
    "conditions": ("name", "plain_name"),
    "findings_": ("name", "ignored_because"),
    "index_tests": ("name",),
    "guideline_conflicts": ("topic", "stricter", "looser", "unless"),
    "hip_oa_factors": ("name", "halved_because"),
    "hip_oa_incidence": ("population",),
    "hip_oa_statements": ("text",),
    "osteonecrosis_bands": ("name",),
    "osteonecrosis_groups": ("population",),
    "plan_burdens": ("name",),
    "plan_exercise": ("programme", "exercise", "effort", "progress"),
    "plan_judged_benefits": ("because",),
    "plan_reviews": ("because",),
    "red_flag_conditions": ("name",),
    "red_flags": ("action",),
    "steroid_interactions": ("text", "action"),
    "test_contraindications": ("because", "instead"),
    "treatment_contraindications": ("because", "instead"),
    "treatment_families": ("action",),
    "treatment_gates": ("gate", "find_out", "guideline"),
    "treatments": ("name", "how", "regulatory", "no_effect_known"),
    "treatment_effects": ("measure", "words", "unit", "comparator", "follow_up"),
    "treatment_limits": ("because", "instead"),
}


def code_sentences() -> dict[str, set[str]]:
    """Every English sentence of code and templates, by file."""
    found: dict[str, set[str]] = {}
    for file in sorted(_SOURCE.rglob("*.py")):
        if "clinic" not in file.relative_to(_SOURCE).parts:
            found[str(file.relative_to(_SOURCE))] = set(_in_code(file))
    for file in sorted((Path(__file__).parent / "templates").glob("*.jinja")):
        told = _IN_TEMPLATES.findall(file.read_text(encoding="utf-8"))
        found[file.name] = {double or single for double, single in told}
    return {where: kept for where, told in found.items() if (kept := _with_letters(told))}


def _in_code(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            name = "say"
        first = node.args[0]
        if name in _SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
    if file.relative_to(_SOURCE).parts[0] in _OUTSPOKEN:
        yield from _plain(tree)


def _plain(node: ast.AST) -> Iterator[str]:
    """Strings of several words that are neither docstrings, parts of f-strings nor of errors."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Raise, ast.Assert, ast.JoinedStr, ast.alias)):
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            if re.search(r"\w \w", child.value):
                yield child.value
        else:
            yield from _plain(child)


def table_sentences() -> dict[str, set[str]]:
    """Every cell of the evidence tables that people read (a list by its items), by table."""
    found: dict[str, set[str]] = {}
    for start, columns in SHOWN_COLUMNS.items():
        for file in sorted(_TABLES.glob(f"{start}*.csv")):
            with file.open(encoding="utf-8", newline="") as rows:
                told = {row.get(c) or "" for row in csv.DictReader(rows) for c in columns}
            found[file.stem] = _with_letters({part for cell in told for part in cell.split("|")})
    return found


def _with_letters(told: set[str]) -> set[str]:
    """Without what is figures and signs alone, in any language the same."""
    fields = re.compile(r"\{[^}]*\}")
    return {s for s in told if re.search(r"[^\W\d_]{2}", fields.sub("", s))}


def fields_of(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def untranslated(found: dict[str, set[str]]) -> dict[str, list[str]]:
    """What the Spanish catalogue lacks, by place."""
    said = catalogue("es")
    lacking = {where: sorted(s for s in told if s not in said) for where, told in found.items()}
    return {where: told for where, told in lacking.items() if told}


def add_blank(file: Path, sentences: list[str]) -> None:
    """Put entries to be filled in at the end of a catalogue; a new one is made."""
    import polib  # noqa: PLC0415

    if file.exists():
        book = polib.pofile(str(file), encoding="utf-8", wrapwidth=WRAP)
    else:
        book = polib.POFile(encoding="utf-8", wrapwidth=WRAP)
        book.metadata = {
            "Language": "es",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
    held = {entry.msgid for entry in book}
    book.extend(polib.POEntry(msgid=s) for s in sentences if s not in held)
    book.save(str(file))


def main(asked: list[str]) -> int:
    """Print what is lacking; 1 if anything is."""
    code, tables = untranslated(code_sentences()), untranslated(table_sentences())
    if "--write" in asked:
        said = {sentence for told in code.values() for sentence in told}
        if said:
            add_blank(LOCALE / "es.po", sorted(said))
        for table, told in tables.items():
            add_blank(LOCALE / f"es_{table}.po", told)
    console = Console()
    for where, told in {**code, **tables}.items():
        console.print(f"{where}: {len(told)}", style="bold")
        for sentence in told:
            console.print(f"  {sentence}", markup=False, highlight=False)
    return 1 if code or tables else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
