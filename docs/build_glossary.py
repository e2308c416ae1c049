"""Make the lists of docs/glossary.md from the evidence tables; the terms are written by hand.

`python docs/build_glossary.py` from the repository root.
"""

from collections.abc import Iterable
from pathlib import Path

from hipspine.evidence import Condition, Evidence, evidence
from hipspine.evidence.rows import RedFlagCondition

GLOSSARY = Path(__file__).parent / "glossary.md"
BEGIN = "<!-- begin: made by docs/build_glossary.py -->"
END = "<!-- end: made by docs/build_glossary.py -->"
COLUMNS = ("id", "name", "plain name", "ICD-10-CM")


def rebuilt(text: str) -> str:
    """The glossary with the part between its markers made anew."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{lists(evidence())}\n{END}{after}"


def lists(tables: Evidence) -> str:
    """Sources, groups and red-flag conditions as Markdown, in the order of the tables."""
    groups = [condition for condition in tables.conditions.values() if condition.is_group]
    parts = (
        f"### Sources of pain ({len(tables.leaves)})",
        _table(COLUMNS, map(_cells, tables.leaves)),
        f"### Groups ({len(groups)})",
        _table((*COLUMNS, "members"), ((*_cells(g), _members(tables, g)) for g in groups)),
        f"### Red-flag conditions ({len(tables.red_flag_conditions)})",
        "What red-flag rules warn of beside sources and groups; none of it is ranked as a source.",
        _table(COLUMNS, map(_cells, tables.red_flag_conditions.values())),
    )
    return "\n\n".join(parts) + "\n"


def _cells(row: Condition | RedFlagCondition) -> tuple[str, ...]:
    codes = ", ".join(row.icd10cm.split("|")) or "none of its own"
    return f"`{row.id}`", row.name, row.plain_name, codes


def _members(tables: Evidence, group: Condition) -> str:
    return ", ".join(f"`{leaf}`" for leaf in tables.members(group.id))


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heading, ("---",) * len(heading), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Write the lists into the glossary."""
    text = GLOSSARY.read_text(encoding="utf-8")
    GLOSSARY.write_text(rebuilt(text), encoding="utf-8")


if __name__ == "__main__":
    main()
