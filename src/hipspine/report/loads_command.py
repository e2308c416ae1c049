"""`hipspine loads FILE`: every posture or day of a file, answered in one format."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from hipspine.errors import InvalidInput
from hipspine.mechanics import solve
from hipspine.mechanics.day import DayLoads, solve_day
from hipspine.mechanics.day_plan import DayPlan
from hipspine.mechanics.loads import Loads
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.posture_files import ReadEntry, iter_postures
from hipspine.report.loads_json import day_data, loads_data

#: From this many entries on a person is waiting and sees a bar.
PROGRESS_FROM = 20
BAD_INPUT = 2


def answer_file(file: Path, format: str) -> int:
    """Answer every good entry, report every bad one on stderr; 2 if any was bad."""
    entries = list(iter_postures(file))
    good = [entry for entry in entries if entry.error is None]
    if format == "svg" and (len(entries) != 1 or any(isinstance(e.entry, DayPlan) for e in good)):
        raise InvalidInput(
            f"{file.name}: --format svg draws one posture; accepted: a file with one"
        )
    console, answers = Console(), []
    waiting = len(entries) >= PROGRESS_FROM
    errors = Console(stderr=True)
    for entry in track(entries, "Solving", console=errors, disable=not waiting, transient=True):
        if entry.entry is None:
            sys.stderr.write(f"hipspine: {entry.error}\n")
            continue
        answer = _answer(entry)
        if format == "text":
            _show(entry.entry, answer, console)
        elif format == "svg":
            _draw(entry.entry, answer)
        elif format == "jsonl":
            _write(_data(answer), None)
        else:
            answers.append(_data(answer))
    if answers:
        _write(answers[0] if len(entries) == 1 else answers, 2)
    return 0 if len(good) == len(entries) else BAD_INPUT


def _answer(entry: ReadEntry) -> Loads | DayLoads:
    if isinstance(entry.entry, DayPlan):
        return solve_day(entry.entry, lambda postures: [solve(p) for p in postures])
    assert entry.entry is not None
    return solve(entry.entry)


def _show(asked: Posture | DayPlan, answer: Loads | DayLoads, console: Console) -> None:
    from hipspine.report.loads_text import show_day, show_loads  # noqa: PLC0415

    if isinstance(answer, DayLoads):
        show_day(answer, console)
    else:
        assert isinstance(asked, Posture)
        show_loads(asked, answer, console)


def _draw(asked: Posture | DayPlan, answer: Loads | DayLoads) -> None:
    from hipspine.report.loads_svg import loads_svg  # noqa: PLC0415

    assert isinstance(asked, Posture)
    assert isinstance(answer, Loads)
    sys.stdout.write(loads_svg(asked, answer) + "\n")


def _data(answer: Loads | DayLoads) -> dict[str, Any]:
    return day_data(answer) if isinstance(answer, DayLoads) else loads_data(answer)


def _write(value: object, indent: int | None) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n")
