"""CSV cells into typed, frozen rows. A cell that does not fit is refused by name."""

import csv
import math
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.resources import files
from typing import Any, TypeVar

from hipspine.errors import InvalidEvidence

Row = TypeVar("Row")
TABLES = files("hipspine.evidence") / "tables"


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a finite number is needed")
    return value


def _optional_number(text: str) -> float | None:
    return _number(text) if text else None


def _yes_no(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("'yes' or 'no' is needed")
    return text == "yes"


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _curve(text: str) -> tuple[tuple[float, float], ...]:
    """`20:-2|50:0` -> ((20, -2), (50, 0)), ages rising."""
    knots = tuple(
        (_number(age), _number(shift)) for age, shift in (knot.split(":") for knot in _list(text))
    )
    if list(knots) != sorted(knots, key=lambda knot: knot[0]):
        raise ValueError("ages must rise")
    return knots


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: _number,
    float | None: _optional_number,
    bool: _yes_no,
    tuple[str, ...]: _list,
    tuple[tuple[float, float], ...]: _curve,
}


def read_table(name: str, row_type: type[Row]) -> list[Row]:
    """Rows of `tables/<name>.csv` as `row_type`; raises InvalidEvidence naming line and column."""
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    return list(parse_table(name, row_type, text))


def parse_table(name: str, row_type: type[Row], text: str) -> Iterator[Row]:
    """As `read_table`, from the text of a table."""
    hints = typing.get_type_hints(row_type)
    columns = [field.name for field in fields(row_type)]  # type: ignore[arg-type]
    parsers = {column: _PARSERS[_plain(hints[column])] for column in columns}
    reader = csv.DictReader(text.splitlines(keepends=True))
    if list(reader.fieldnames or []) != columns:
        raise InvalidEvidence(
            f"{name}.csv: columns are {reader.fieldnames}; they must be {columns}"
        )
    for record in reader:
        values = {}
        for column, parse in parsers.items():
            cell = record[column]
            try:
                values[column] = parse((cell or "").strip())
            except ValueError as error:
                raise InvalidEvidence(
                    f"{name}.csv line {reader.line_num}, column {column}: {cell!r}: {error}"
                ) from None
        yield row_type(**values)


def _plain(hint: Any) -> Any:
    """`Optional[X]` and `X | None` compare equal only in one spelling; use that one."""
    if isinstance(hint, types.UnionType):
        return hint
    return hint
