"""Numbers with units in clinical words: find, convert, check, compare with a threshold."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hipspine.errors import InvalidFinding
from hipspine.evidence import FindingDefinition
from hipspine.findings import units

Comparator = Literal["", "<", ">"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written; `unit` is a symbol of `units`, "of5" for a score, "" when bare.

    `comparator` is ">" for "over 50" and ">= 50", "<" for "under 15"; a range is its midpoint.
    """

    value: float
    unit: str = ""
    comparator: Comparator = ""
    strict: bool = False

    @property
    def token(self) -> str:
        """The word that stands for it when phrases are compared."""
        return f"#{self.value:g}{self.unit}"


_COMPARATORS: dict[str, tuple[Comparator, bool]] = {
    ">": (">", True), ">=": (">", False), "<": ("<", True), "<=": ("<", False),
    "over": (">", True), "above": (">", True), "more than": (">", True),
    "greater than": (">", True), "longer than": (">", True), "exceeding": (">", True),
    "at least": (">", False), "under": ("<", True), "below": ("<", True), "less than": ("<", True),
    "up to": ("<", False), "at most": ("<", False), "within": ("<", False),
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NUMBER_WORDS = {w: str(n) for n, w in enumerate(_COUNTED, 1)}

_NUMERALS = frozenset(_NUMBER_WORDS) | frozenset(_ROMAN)

_GRADED = (
    r"grade|type|stage|class|ficat|arco|kl|kellgren[- ]lawrence(?: grade)?|tonnis|pfirrmann|"
    r"steinberg|modic(?: type)?|meyerding|mrc(?: grade)?|garden|wiltse|goutallier"
)
_SCALE = re.compile(
    rf"\b({_GRADED})[\s:=]+(?:(iii|iv|ii|vi|i|v)|([0-6]))\s?[abc]?\b(?![./%]\d)"
    r"(?: or (?:more|higher|greater|above))?"
)
_STRENGTH = re.compile(r"(?<![\w.,/-])([0-5])(?:\.([05]))?\s?([+-])?(?:/| of | out of )5(?![\d.%])")
_MRC = re.compile(r"\b(?:mrc|power|strength)((?: of| is| grade|:|,)*) ([0-5])([+-])?(?![\d.,/%])")
_PLUS = re.compile(r"(?<![\w.,/])([0-4])\+(?![\w/])")
_DIGIT = re.compile(r"\d")
_DIGITS = r"\d+(?:[.,]\d+)*|\.\d+"
_NUMBER = re.compile(
    r"(?P<cmp>>=|<=|>|<|\b(?:" + "|".join(w for w in _COMPARATORS if w.isalpha() or " " in w) + r")"
    r"(?= (?:\d|\.\d)))?\s?"
    rf"(?<![\w.])(?P<sign>-(?=\d))?(?P<low>{_DIGITS})"
    rf"(?:\s?(?:-|to|or)\s?(?P<high>{_DIGITS}))?"
    r"(?P<more>\s?(?:or (?:more|greater|higher|above)|and over)|\+)?"
    r"(?:\s?(?:/|of(?: the)?|out of)\s?(?P<whole>\d+)(?![\d.,]|\s?(?:mg|ml|l\b)))?"
    rf"(?:[\s-]?(?:{units.UNIT_PATTERN}))?"
)
_NUMBER_WORD = re.compile(
    r"\b(" + "|".join(_NUMBER_WORDS) + r")(?=[ -](?:of|out of|or more|seconds?|min|hours?|days?|"
    r"weeks?|months?|years?|positive))"
)
_OF_WORD = re.compile(r"(?<=\d) (?:out )?of (" + "|".join(_NUMBER_WORDS) + r")\b")


def may_hold_a_quantity(text: str) -> bool:
    """Whether it is worth looking: a digit, a Roman numeral or a number word."""
    return bool(_DIGIT.search(text)) or not _NUMERALS.isdisjoint(text.split())


def find_quantities(text: str) -> tuple[str, list[Quantity]]:
    """`text` (as `spelling.plain` gives it) with #0#, #1#, ... for its numbers, and these."""
    found: list[Quantity] = []

    def mark(quantity: Quantity, before: str = " ") -> str:
        found.append(quantity)
        return f"{before} #{len(found) - 1}# "

    def strength(match: re.Match[str]) -> str:
        half = 0.5 if match[2] == "5" else 0.0
        return mark(Quantity(_mrc(match[1], match[3]) + half, "of5"))

    text = _NUMBER_WORD.sub(lambda m: _NUMBER_WORDS[m[1]], text)
    text = _OF_WORD.sub(lambda m: f" of {_NUMBER_WORDS[m[1]]}", text)
    text = _STRENGTH.sub(strength, text)
    text = _MRC.sub(lambda m: mark(Quantity(_mrc(m[2], m[3]), "mrc"), " strength"), text)
    text = _PLUS.sub(lambda m: mark(Quantity(float(m[1]), "plus")), text)
    text = _SCALE.sub(
        lambda m: mark(Quantity(float(m[3] or _ROMAN[m[2]]), "grade"), f"{m[1]} "), text
    )
    text = _NUMBER.sub(lambda m: _number(m, mark), text)
    return text, found


def _mrc(digit: str, sign: str | None) -> float:
    """The MRC grade with plus and minus as a third (4+ is 4.33, 4- is 3.67)."""
    return round(float(digit) + {"+": 1 / 3, "-": -1 / 3}.get(sign or "", 0.0), 2)


def _number(match: re.Match[str], mark: Callable[[Quantity], str]) -> str:
    before = match.string[: match.start("low")]
    if before.endswith("#"):  # the index of a quantity already marked
        return match[0]
    low = _decimal(match["low"])
    value = (low + _decimal(match["high"])) / 2 if match["high"] else low
    if not math.isfinite(value) or abs(value) > 1e12:
        return " "
    value = -value if match["sign"] else value
    unit = f"of{int(match['whole'])}" if match["whole"] else ""
    for number, name in enumerate(units.UNIT_NAMES):
        if match[f"u{number}"]:
            unit = name
    comparator, strict = _COMPARATORS.get((match["cmp"] or "").strip(), ("", False))
    if match["more"] and not comparator:
        comparator = ">"
    return mark(Quantity(value, unit, comparator, strict))


def _decimal(text: str) -> float:
    """A number with a decimal point or comma; groups of three after a comma are thousands."""
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    whole, point, rest = text.partition(".")
    return float(whole + point + rest.replace(".", "") if whole or rest else "nan")


def in_unit(quantity: Quantity, definition: FindingDefinition) -> float | None:
    """The value in the vocabulary's unit; None when it measures something else."""
    target = units.symbol(definition.unit)
    return units.convert(quantity.value, quantity.unit, target, definition.id) if target else None


def plausible(value: float, definition: FindingDefinition) -> bool:
    """Whether a value in the vocabulary's unit can be true of a person."""
    low, high = definition.plausible_low, definition.plausible_high
    return (low is None or value >= low) and (high is None or value <= high)


def accepted(definition: FindingDefinition) -> str:
    """The accepted range with its unit, for a message."""
    low, high, unit = definition.plausible_low, definition.plausible_high, definition.unit
    if low is None and high is None:
        return f"a number in {unit}"
    return f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'} {unit}"


def checked(
    quantity: Quantity, definition: FindingDefinition, written: object
) -> tuple[float | None, str | None]:
    """The value in the vocabulary's unit, and the assumption made about its unit, if any.

    Raises InvalidFinding when the unit does not convert or the value is out of range. A bare
    number out of range is taken in another usual unit (8.2 for a haemoglobin in g/dL). Outside
    the laboratory a quantity of another kind ("more than 50 %" of a strength) is set aside, and
    in it a bare number that fits no usual unit.
    """
    value = in_unit(quantity, definition)
    if value is None and definition.kind != "lab":
        return None, f"{definition.id}: {str(written)[:60]!r} is not kept: not {definition.unit}"
    if value is not None and plausible(value, definition):
        return value, None
    if value is not None and quantity.unit in ("", "deg"):
        for other in units.OTHER_USUAL_UNITS.get(units.symbol(definition.unit), ()):
            meant = in_unit(Quantity(quantity.value, other), definition)
            if meant is not None and plausible(meant, definition):
                return meant, f"{definition.id}: {quantity.value:g} read as {other}"
    if definition.kind == "lab" and not quantity.unit:
        return None, f"{definition.id}: {quantity.value:g} is not kept: tell its unit"
    reason = "is not a value of it" if value is None else "is out of range"
    raise InvalidFinding(
        f"{definition.id}: {str(written)[:60]!r} {reason}; accepted: {accepted(definition)}"
    )
