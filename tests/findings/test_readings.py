"""What words became which findings: two lists read through by a person, kept as they are.

`readings_of_open_cases.txt` holds every finding of the example cases; `nothing` are words that
were not understood, `ignored` words without bearing on the source. `readings_of_clinic_language`
holds phrases of clinic letters, examination sheets and reports, written without those cases.
A change here is a change of meaning: look at it, then write the list anew with
`python -m tests.findings.test_readings`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hipspine.findings.words import reader
from tests.findings.reading_table import expected, rows, said

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "examples" / "cases"
OPEN_CASES = HERE / "readings_of_open_cases.txt"
LANGUAGE = HERE / "readings_of_clinic_language.txt"


def readings_of(case: Path) -> Iterator[tuple[str, set[str]]]:
    """(words, what they were read as) for each finding of a case file."""
    for finding in json.loads(case.read_text(encoding="utf-8"))["findings"]:
        reading = reader().read(
            finding["name"],
            present=finding["present"],
            value=finding.get("value"),
            stage=finding.get("stage"),
            side=finding.get("side"),
        )
        yield finding["name"], said(reading)


def listed() -> dict[str, list[tuple[str, str]]]:
    """The reviewed readings by case."""
    blocks = OPEN_CASES.read_text(encoding="utf-8").split("# ")[1:]
    return {name.strip(): rows(body) for name, _, body in (b.partition("\n") for b in blocks)}


@pytest.mark.parametrize("case", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_the_words_of_a_case_become_the_reviewed_findings(case: Path) -> None:
    wanted = [(words, expected(answer)) for words, answer in listed()[case.stem]]
    assert list(readings_of(case)) == wanted


def test_nine_of_ten_findings_of_the_open_cases_are_understood() -> None:
    answers = [answer for case in listed().values() for _, answer in case]
    understood = sum(answer != "nothing" for answer in answers)
    assert understood / len(answers) >= 0.9, f"{understood} of {len(answers)}"


def test_the_language_of_the_clinic_is_read_as_reviewed() -> None:
    table = rows(LANGUAGE.read_text(encoding="utf-8"))
    assert len(table) > 1000
    wrong = [
        f"{words}: {sorted(said(reader().read(words)))}, reviewed: {answer}"
        for words, answer in table
        if said(reader().read(words)) != expected(answer)
    ]
    assert wrong == []


def write() -> None:
    """Write both lists as they are read now."""
    blocks = []
    for case in sorted(CASES.glob("*.json")):
        lines = [f"{words} -> {', '.join(sorted(s))}" for words, s in readings_of(case)]
        blocks.append("\n".join([f"# {case.stem}", *lines]))
    OPEN_CASES.write_text("\n".join(blocks) + "\n", encoding="utf-8")
    phrases = [words for words, _ in rows(LANGUAGE.read_text(encoding="utf-8"))]
    lines = [f"{words} -> {', '.join(sorted(said(reader().read(words))))}" for words in phrases]
    LANGUAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
