"""A value against the vocabulary's `present_if`."""

import math

from hipspine.evidence import FindingDefinition
from hipspine.evidence.limits import Limit, limit_of
from hipspine.findings import units
from hipspine.findings.quantities import Quantity


def threshold(definition: FindingDefinition) -> Limit | None:
    """Operator and number of `present_if`, in the vocabulary's unit."""
    return limit_of(definition.present_if)


def meets(quantity: Quantity, value: float, definition: FindingDefinition) -> bool | None:
    """Whether a value makes the finding present; None without threshold or when it is open.

    "over 20" says nothing about a threshold of 50.
    """
    limit = threshold(definition)
    if limit is None:
        return None
    if quantity.strict:
        value = math.nextafter(value, math.inf if quantity.comparator == ">" else -math.inf)
    answer = limit.met(value)
    sure = quantity.comparator == "" or (quantity.comparator == ">") == (answer == limit.rising)
    return answer if sure else None


def clearly_fails(value: float, definition: FindingDefinition) -> bool:
    """Whether a value is so far on the wrong side that the finding cannot be present.

    Laboratories and papers differ in their limits, so only 1 degree Celsius, or a factor of
    two, counts (hipspine judgement); of muscle strength, a whole grade: 5 of 5 is no weakness.
    """
    return _distance(value, definition) < 0


def clearly_meets(value: float, definition: FindingDefinition) -> bool:
    """Whether a value is so far beyond the threshold that the finding cannot be absent."""
    return _distance(value, definition) > 0


def _distance(value: float, definition: FindingDefinition) -> int:
    """1 clearly beyond the threshold, -1 clearly short of it, 0 near it."""
    limit = threshold(definition)
    if limit is None or limit.operator in ("=", "=="):
        return 0
    number = limit.number
    beyond = 1 if limit.rising else -1
    if units.symbol(definition.unit) == "mrc":
        return 1 if value <= number - 1 else -1 if value >= number else 0
    if units.symbol(definition.unit) == "degc":
        return 0 if abs(value - number) < 1.0 else beyond * (1 if value > number else -1)
    if number <= 0:
        return 0
    if value >= number * 2:
        return beyond
    return -beyond if value <= number / 2 else 0
