"""The command line: `hipspine assess FILE`, `hipspine loads FILE`, `hipspine evidence [ID]`."""

from __future__ import annotations

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console

from hipspine.errors import HipspineError, InvalidInput

if TYPE_CHECKING:
    from hipspine.findings.model import Stage
    from hipspine.findings.patient import Setting

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Where spine and hip pain comes from. Decision support for professionals.",
)
BAD_INPUT = 2


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    PDF = "pdf"


class LoadsFormat(StrEnum):
    """How loads are written; svg draws one posture."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SVG = "svg"


@app.command()
def assess(  # noqa: PLR0913  (each is an option of the command)
    file: Annotated[Path, typer.Argument(help="A case (JSON), many (JSONL), or a folder.")],
    format: Annotated[Format, typer.Option(help="How to answer.")] = Format.TEXT,
    stages: Annotated[
        str | None, typer.Option(help="Only these, by comma: history,exam,imaging,lab,block.")
    ] = None,
    setting: Annotated[
        str | None, typer.Option(help="primary_care or spine_and_hip_clinic.")
    ] = None,
    language: Annotated[str, typer.Option(help="en or es (text, html and pdf).")] = "en",
    paper: Annotated[str, typer.Option(help="a4 or letter (pdf).")] = "a4",
    output: Annotated[
        Path | None, typer.Option(help="A file; for many cases as html or pdf, a folder.")
    ] = None,
) -> None:
    """Rank the sources of the pain of each case, red flags first."""
    from hipspine.report.assess_command import Wish, assess_file  # noqa: PLC0415  (start-up time)
    from hipspine.report.languages import language_of  # noqa: PLC0415
    from hipspine.report.pdf import paper_of  # noqa: PLC0415

    wish = Wish(
        format=format.value,
        language=language_of(language),
        paper=paper_of(paper),
        output=output,
        stages=_stages(stages),
        setting=_setting(setting),
    )
    raise typer.Exit(assess_file(file, wish))


class SheetFormat(StrEnum):
    """How a patient's sheet is written."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"


@app.command()
def summary(  # noqa: PLR0913  (each is an option of the command)
    file: Annotated[Path, typer.Argument(help="One case (JSON).")],
    confirm: Annotated[
        list[str] | None,
        typer.Option(help="A source that you confirm: SOURCE or SOURCE:left|right|bilateral."),
    ] = None,
    confirm_treatment: Annotated[
        list[str] | None, typer.Option(help="A treatment of the plan that you confirm, by id.")
    ] = None,
    confirm_loads: Annotated[
        bool, typer.Option("--confirm-loads", help="Tell which hip carries more.")
    ] = False,
    confirm_goals: Annotated[
        bool, typer.Option("--confirm-goals", help="Tell the goals of the plan.")
    ] = False,
    come_back: Annotated[str | None, typer.Option(help="The next visit: 2026-12-31.")] = None,
    format: Annotated[SheetFormat, typer.Option(help="How to answer.")] = SheetFormat.TEXT,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    paper: Annotated[str, typer.Option(help="a4 or letter (pdf).")] = "a4",
    output: Annotated[Path | None, typer.Option(help="A file.")] = None,
) -> None:
    """Write a patient's sheet in plain words; it tells only what you confirm."""
    from hipspine.report.assess_command import Wish  # noqa: PLC0415  (start-up time)
    from hipspine.report.confirmation import Confirmation, read_day, read_sources  # noqa: PLC0415
    from hipspine.report.languages import language_of  # noqa: PLC0415
    from hipspine.report.pdf import paper_of  # noqa: PLC0415
    from hipspine.report.summary_command import summarise_file  # noqa: PLC0415

    confirmation = Confirmation(
        sources=read_sources(confirm or []),
        treatments=tuple(dict.fromkeys(confirm_treatment or [])),
        loads=confirm_loads,
        goals=confirm_goals,
        come_back=read_day(come_back),
    )
    wish = Wish(
        format=format.value,
        language=language_of(language),
        paper=paper_of(paper),
        output=output,
    )
    summarise_file(file, confirmation, wish)


@app.command()
def loads(
    file: Annotated[Path, typer.Argument(help="A posture or a day (JSON), or many (JSONL).")],
    format: Annotated[LoadsFormat, typer.Option(help="How to answer.")] = LoadsFormat.TEXT,
) -> None:
    """Tell what a posture does to each hip and to the lumbar spine."""
    from hipspine.report.loads_command import answer_file  # noqa: PLC0415  (start-up time)

    raise typer.Exit(answer_file(file, format.value))


@app.command()
def evidence(
    id: Annotated[str | None, typer.Argument(help="A finding or a source; none: a list.")] = None,
) -> None:
    """Print what is known about a finding or a source, with its studies."""
    from hipspine.report.evidence_text import show_evidence  # noqa: PLC0415

    show_evidence(id, Console())


def _stages(text: str | None) -> tuple[Stage, ...] | None:
    from hipspine.findings.model import Stage  # noqa: PLC0415

    if text is None:
        return None
    accepted: tuple[Stage, ...] = get_args(Stage)
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if not asked or not set(asked) <= set(accepted):
        raise InvalidInput(f"--stages {text!r}: accepted: {', '.join(accepted)}, by comma")
    return tuple(stage for stage in accepted if stage in asked)


def _setting(text: str | None) -> Setting | None:
    from hipspine.findings.patient import Setting  # noqa: PLC0415

    accepted: tuple[Setting, ...] = get_args(Setting)
    for setting in accepted:
        if text == setting:
            return setting
    if text is not None:
        raise InvalidInput(f"--setting {text!r}: accepted: {' or '.join(accepted)}")
    return None


def main() -> None:
    """Run; an error meant for a person is one line on stderr and exit code 2."""
    gc.set_threshold(200_000)  # tables and indexes live until the end; do not search them often
    try:
        app()
    except HipspineError as error:
        sys.stderr.write(f"hipspine: {error}\n")
        raise SystemExit(BAD_INPUT) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
