"""Posture files: one JSON object, a list of them, or one a line; a posture or a day each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hipspine.errors import InvalidInput
from hipspine.mechanics.day_plan import DayPlan, is_day, read_day
from hipspine.mechanics.posture import Posture, read_posture


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry of a file: a posture or a day, or the error that stood in its place."""

    where: str
    entry: Posture | DayPlan | None
    error: InvalidInput | None


def iter_postures(path: str | Path) -> Iterator[ReadEntry]:
    """Entries one by one; a bad one is answered with its error, and the next ones follow."""
    path = Path(path)
    text = _text(path)
    if not text.strip():
        raise InvalidInput(f"{path.name}: is empty; a posture is a JSON object with a stance")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if path.suffix == ".jsonl" or (len(lines) > 1 and _is_object(lines[0][1])):
        for number, line in lines:
            yield _line(line, f"{path.name}, line {number}")
        return
    whole = _whole(text, path.name)
    if isinstance(whole, list):
        for number, raw in enumerate(whole, 1):
            yield _entry(raw, f"{path.name}, posture {number}")
        return
    yield _entry(whole, path.name)


def _text(path: Path) -> str:
    if path.is_dir():
        raise InvalidInput(f"{path}: is a folder; accepted: a .json or .jsonl file of postures")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InvalidInput(f"{path}: there is no such file") from None
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name}: byte {error.start} is not UTF-8") from None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _whole(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise InvalidInput(f"{name}: is nested too deeply to be a posture") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"{name}: is not JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            "accepted: one JSON object, a list of them, or one a line"
        ) from None


def _line(line: str, where: str) -> ReadEntry:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        return ReadEntry(where, None, InvalidInput(f"{where}: is not JSON ({reason})"))
    return _entry(raw, where)


def _entry(raw: Any, where: str) -> ReadEntry:
    try:
        if is_day(raw):
            return ReadEntry(where, read_day(raw, where), None)
        return ReadEntry(where, read_posture(raw, where), None)
    except InvalidInput as error:
        return ReadEntry(where, None, error)
