"""`hipspine assess FILE`: every case of a file, answered in one format, to a terminal or a file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from rich.console import Console
from rich.progress import track

from hipspine.errors import InvalidInput
from hipspine.findings.cases import ReadCase, iter_cases
from hipspine.report.languages import Language, Translator

if TYPE_CHECKING:
    from hipspine.assessment import Assessment
    from hipspine.findings.model import Stage
    from hipspine.findings.patient import Setting
    from hipspine.report.pdf import Paper

Format = Literal["text", "json", "jsonl", "html", "pdf"]
PAGES = ("html", "pdf")
PROGRESS_FROM = 20
BAD_INPUT = 2
#: Terminal width of text that is written to a file.
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """How the cases are to be assessed and shown; `output` None: standard output."""

    format: Format = "text"
    language: Language = "en"
    paper: Paper = "a4"
    output: Path | None = None
    stages: tuple[Stage, ...] | None = None
    setting: Setting | None = None

    @property
    def say(self) -> Translator:
        return Translator(self.language)


def assess_file(file: Path, wish: Wish) -> int:
    """Answer every good case, report every bad one on stderr; 2 if any was bad.

    A page is one case: several of them go into a folder, one file each, named after the case.
    """
    if wish.format in ("json", "jsonl") and wish.language != "en":
        raise InvalidInput("--language: JSON is English alone; accepted: text, html or pdf")
    cases = list(iter_cases(file))
    if wish.format in PAGES:
        _check_output(wish, several=len(cases) > 1)
    faults: list[str] = []
    _write_all(_answers(cases, wish, faults), wish, single=len(cases) == 1)
    return BAD_INPUT if faults else 0


def _answers(cases: list[ReadCase], wish: Wish, faults: list[str]) -> Iterator[Assessment]:
    """The assessments, one after the other; a progress bar where a person is waiting.

    What a case may not be is told on stderr, kept in `faults`, and stops no other case: a posture
    is read by mechanics, so its faults show only here.
    """
    from hipspine.assessment import assess  # noqa: PLC0415  (start-up time)

    quiet = len(cases) < PROGRESS_FROM
    errors = Console(stderr=True)
    for case in track(cases, "Assessing", console=errors, disable=quiet, transient=True):
        try:
            if case.error is not None or case.patient is None:
                raise InvalidInput(str(case.error))
            answer = assess(case.patient, stages=wish.stages, setting=wish.setting)
        except InvalidInput as error:
            where = "" if case.error else f"{case.where}: "
            faults.append(f"{where}{error}")
            sys.stderr.write(f"hipspine: {faults[-1]}\n")
            continue
        yield answer


def _write_all(answers: Iterator[Assessment], wish: Wish, *, single: bool) -> None:
    if wish.format in PAGES:
        _write_pages(answers, wish, single=single)
    elif wish.format == "text":
        _write_text(answers, wish)
    else:
        _write_json(answers, wish, single=single)


def _write_text(answers: Iterator[Assessment], wish: Wish) -> None:
    from hipspine.report.as_text import show  # noqa: PLC0415

    if wish.output is None:
        console = Console()
        for answer in answers:
            show(answer, console, wish.say)
        return
    with opened(wish.output) as sheet:
        console = Console(file=sheet, width=WIDTH)
        for answer in answers:
            show(answer, console, wish.say)


def _write_json(answers: Iterator[Assessment], wish: Wish, *, single: bool) -> None:
    from hipspine.report.as_json import to_data  # noqa: PLC0415

    sheet = sys.stdout if wish.output is None else opened(wish.output)
    try:
        if wish.format == "jsonl":
            for answer in answers:
                sheet.write(json.dumps(to_data(answer), ensure_ascii=False) + "\n")
            return
        data = [to_data(answer) for answer in answers]
        if data:
            told = data[0] if single else data
            sheet.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    finally:
        if wish.output is not None:
            sheet.close()


def _write_pages(answers: Iterator[Assessment], wish: Wish, *, single: bool) -> None:
    taken: set[str] = set()
    for answer in answers:
        page = page_bytes(answer, wish)
        if wish.output is None:
            sys.stdout.buffer.write(page)
            sys.stdout.buffer.flush()
        elif single and not wish.output.is_dir():
            write_bytes(wish.output, page)
        else:
            write_bytes(wish.output / f"{_file_name(answer.id, taken)}.{wish.format}", page)


def page_bytes(answer: Assessment, wish: Wish) -> bytes:
    """One report as a file's content."""
    from hipspine.report.html import page_of  # noqa: PLC0415

    html = page_of(answer, wish.say)
    return to_bytes(html, wish)


def to_bytes(html: str, wish: Wish) -> bytes:
    """A page as UTF-8 or as PDF."""
    if wish.format != "pdf":
        return html.encode()
    from hipspine.report.pdf import pdf_of  # noqa: PLC0415

    return pdf_of(html, wish.paper)


def _check_output(wish: Wish, *, several: bool) -> None:
    """Say at once, before any work, where a page cannot go."""
    refuse_terminal(wish)
    if several and wish.output is None:
        raise InvalidInput(
            f"--format {wish.format} makes one file a case; accepted: --output FOLDER"
        )
    if several and wish.output is not None:
        if wish.output.exists() and not wish.output.is_dir():
            raise InvalidInput(f"--output {wish.output}: several cases; accepted: a folder")
        try:
            wish.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput(f"--output {wish.output}: {error.strerror}") from None


def refuse_terminal(wish: Wish) -> None:
    """A PDF would only spoil a terminal."""
    if wish.format == "pdf" and wish.output is None and sys.stdout.isatty():
        raise InvalidInput("a PDF is no text for a terminal; accepted: --output FILE, or a pipe")


def write_bytes(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InvalidInput(f"--output {file}: {error.strerror}") from None


def opened(file: Path) -> TextIO:
    """The file to write text to; raises InvalidInput where it cannot be written."""
    try:
        return file.open("w", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"--output {file}: {error.strerror}") from None


def _file_name(case: str, taken: set[str]) -> str:
    """The id with nothing in it that a file system minds; a second of the same name gets a 2."""
    name = re.sub(r"[^\w.-]+", "_", case).strip("._")[:80] or "case"
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.lower())
    return free
