"""Thresholds as the tables write them: an operator and a number, such as <=70."""

import math
import re
from typing import NamedTuple

_LIMIT = re.compile(r"(<=|>=|<|>|==?)\s*(-?\d+(?:\.\d+)?)")


class Limit(NamedTuple):
    """`operator` is one of < <= > >= = ==; `number` is in the unit of the finding."""

    operator: str
    number: float

    def met(self, value: float) -> bool:
        """Whether a value in the unit of the finding lies beyond this limit."""
        return {
            "<": value < self.number, "<=": value <= self.number,
            ">": value > self.number, ">=": value >= self.number,
        }.get(self.operator, value == self.number)  # fmt: skip

    @property
    def rising(self) -> bool:
        """Whether higher values are further beyond."""
        return self.operator.startswith(">")

    @property
    def strictness(self) -> float:
        """Greater for the limit that fewer values meet, among limits of one direction."""
        number = self.number if self.rising else -self.number
        return math.nextafter(number, math.inf) if self.operator in "<>" else number


def limit_of(text: str) -> Limit | None:
    """The limit that a cell states; None when it states none."""
    match = _LIMIT.fullmatch(text.strip())
    return Limit(match[1], float(match[2])) if match else None
