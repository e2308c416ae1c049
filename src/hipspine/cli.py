"""The command line: `hipspine assess FILE`, `hipspine loads FILE`, `hipspine evidence [ID]`."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console

from hipspine.errors import HipspineError, InvalidInput

if TYPE_CHECKING:
    from hipspine.findings.cases import ReadCase
    from hipspine.findings.model import Stage
    from hipspine.findings.patient import Setting

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Where spine and hip pain comes from. Decision support for professionals.",
)
PROGRESS_FROM = 20
BAD_INPUT = 2


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class LoadsFormat(StrEnum):
    """How loads are written; svg draws one posture."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SVG = "svg"


@app.command()
def assess(
    file: Annotated[Path, typer.Argument(help="A case (JSON), many (JSONL), or a folder.")],
    format: Annotated[Format, typer.Option(help="How to answer.")] = Format.TEXT,
    stages: Annotated[
        str | None, typer.Option(help="Only these, by comma: history,exam,imaging,lab,block.")
    ] = None,
    setting: Annotated[
        str | None, typer.Option(help="primary_care or spine_and_hip_clinic.")
    ] = None,
) -> None:
    """Rank the sources of the pain of each case, red flags first."""
    raise typer.Exit(_assess_file(file, format, _stages(stages), _setting(setting)))


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


def _assess_file(
    file: Path, format: Format, stages: tuple[Stage, ...] | None, setting: Setting | None
) -> int:
    """Answer every good case, report every bad one on stderr; 2 if any was bad."""
    from hipspine.assessment import assess as assess_patient  # noqa: PLC0415  (start-up time)
    from hipspine.findings.cases import iter_cases  # noqa: PLC0415

    cases = list(iter_cases(file))
    good = [case for case in cases if case.error is None]
    answers = []
    console = Console()
    for case in _with_progress(cases, quiet=len(cases) < PROGRESS_FROM):
        if case.error is not None or case.patient is None:
            sys.stderr.write(f"hipspine: {case.error}\n")
            continue
        answer = assess_patient(case.patient, stages=stages, setting=setting)
        if format is Format.TEXT:
            from hipspine.report.as_text import show  # noqa: PLC0415

            show(answer, console)
            continue
        from hipspine.report.as_json import to_data  # noqa: PLC0415

        if format is Format.JSONL:
            _write_json(to_data(answer), indent=None)
        else:
            answers.append(to_data(answer))
    if format is Format.JSON and answers:
        _write_json(answers[0] if len(cases) == 1 else answers, indent=2)
    return 0 if len(good) == len(cases) else BAD_INPUT


def _with_progress(cases: list[ReadCase], *, quiet: bool) -> Iterable[ReadCase]:
    """A progress bar on stderr where a person is waiting for many cases."""
    from rich.progress import track  # noqa: PLC0415

    return track(cases, "Assessing", console=Console(stderr=True), disable=quiet, transient=True)


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


def _write_json(value: object, *, indent: int | None) -> None:
    """JSON on stdout, as UTF-8."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
