"""Case files (JSON, JSONL, or a folder of them) to patients."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hipspine.errors import InvalidInput
from hipspine.findings.patient import Patient

MOST_BYTES_ONE_CASE = 5_000_000


@dataclass(frozen=True, slots=True)
class ReadCase:
    """One case of a file: a patient, or the error that stood in its place."""

    where: str
    patient: Patient | None
    error: InvalidInput | None


def read_cases(path: str | Path) -> list[Patient]:
    """All patients of a case file or folder; raises InvalidInput at the first bad case."""
    patients = []
    for case in iter_cases(path):
        if case.error:
            raise case.error
        assert case.patient is not None
        patients.append(case.patient)
    return patients


def iter_cases(path: str | Path) -> Iterator[ReadCase]:
    """Cases one by one; a bad one is answered with its error, and the next ones follow."""
    path = Path(path)
    if not path.exists():
        raise InvalidInput(f"{path}: there is no such file or folder")
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if p.suffix in (".json", ".jsonl"))
        if not inside:
            raise InvalidInput(f"{path}: holds no .json or .jsonl file")
        for file in inside:
            yield from _guarded(file)
    else:
        yield from _read_file(path)


def _guarded(file: Path) -> Iterator[ReadCase]:
    """A file of a folder that cannot be read at all is reported, and the next follows."""
    try:
        yield from _read_file(file)
    except InvalidInput as error:
        yield ReadCase(file.name, None, error)


def _read_file(path: Path) -> Iterator[ReadCase]:
    text = _text(path)
    if not text.strip():
        raise InvalidInput(f"{path.name}: is empty; a case is a JSON object with an id")
    whole = _whole(text, path.name) if path.suffix != ".jsonl" else None
    if whole is None:
        yield from _lines(text, path.name)
    elif isinstance(whole, list):
        for number, raw in enumerate(whole, 1):
            yield _case(raw, f"{path.name}, case {number}")
    else:
        if len(text) > MOST_BYTES_ONE_CASE:
            raise InvalidInput(
                f"{path.name}: one case of {len(text) / 1e6:.1f} MB; "
                f"accepted: at most {MOST_BYTES_ONE_CASE / 1e6:.0f} MB"
            )
        yield _case(whole, path.name)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None


def _whole(text: str, name: str) -> object | None:
    """The JSON value of the text; None when it rather is one value a line."""
    try:
        value: object = json.loads(text)
        return value
    except RecursionError:
        raise InvalidInput(f"{name}: is nested too deeply to be a case") from None
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith("{") and _is_json(lines[0]):
            return None
        raise InvalidInput(
            f"{name}: is not JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            "accepted: one JSON object, a list of them, or one a line"
        ) from None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _lines(text: str, name: str) -> Iterator[ReadCase]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            raw = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            yield ReadCase(
                where, None, InvalidInput(f"{where}: is not JSON ({reason}); a case a line")
            )
            continue
        yield _case(raw, where)


def _case(raw: object, where: str) -> ReadCase:
    from hipspine.findings.reading import patient_of  # noqa: PLC0415  (slow to import)

    try:
        return ReadCase(where, patient_of(raw, where), None)
    except InvalidInput as error:
        return ReadCase(where, None, error)
