"""The small language that red-flag rules are written in, read once into functions.

`saddle_anaesthesia or (age >= 60 and count(weight_loss, night_pain) >= 2)`: finding ids and
named groups, `and`, `or`, `not`, `count(...)`, `value(id)`, `strength(id)` (MRC grade), `age`
(years), `duration_weeks` and `sex`. Three-valued: what nobody looked for is neither true nor
false, so a rule is true only on what is known.
"""

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from hipspine.errors import InvalidEvidence


class KnownFindings(Protocol):
    """What the rules ask of the findings of a patient."""

    def is_present(self, finding: str, /) -> bool | None:
        """True or False when known, by itself or by implication; None when not."""

    def value(self, finding: str, /) -> float | None:
        """The number recorded with it, in the vocabulary's unit."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may look at. Age in years; None is unknown."""

    findings: KnownFindings
    age: float | None = None
    sex: str | None = None
    duration_weeks: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, False or None (not known), with the findings that made it true."""

    truth: bool | None
    because: tuple[str, ...] = ()


Rule = Callable[[Known], Verdict]

_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_NUMBERS = ("age", "duration_weeks")


def read_rule(
    text: str, vocabulary: Collection[str], groups: Mapping[str, tuple[str, ...]]
) -> Rule:
    """The rule as a function; `groups` are names for "any of these findings".

    Raises InvalidEvidence for anything outside the language, unknown ids with the nearest ones.
    """
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except SyntaxError as error:
        raise InvalidEvidence(f"{text!r} cannot be read: {error.msg}") from None
    return _Reader(vocabulary, groups).read(tree.body)


class _Reader:
    def __init__(
        self, vocabulary: Collection[str], groups: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._vocabulary = vocabulary
        self._groups = groups

    def read(self, node: ast.expr) -> Rule:
        match node:
            case ast.BoolOp(op=ast.And()):
                return _all([self.read(part) for part in node.values])
            case ast.BoolOp(op=ast.Or()):
                return _any([self.read(part) for part in node.values])
            case ast.UnaryOp(op=ast.Not()):
                return _not(self.read(node.operand))
            case ast.Name():
                return self._named(node.id)
            case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=limit)]):
                return self._comparison(left, op, limit)
        raise InvalidEvidence(f"{ast.unparse(node)!r} is outside the language of the rules")

    def _named(self, name: str) -> Rule:
        if name in self._groups:
            return _any([_present(self._finding(member)) for member in self._groups[name]])
        return _present(self._finding(name))

    def _finding(self, name: str) -> str:
        if name in self._vocabulary:
            return name
        near = get_close_matches(name, [*self._vocabulary, *self._groups], n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InvalidEvidence(f"{name!r} is not a finding{hint}")

    def _comparison(self, left: ast.expr, op: ast.cmpop, limit: object) -> Rule:
        match left, op, limit:
            case ast.Name(id="sex"), ast.Eq(), "F" | "M":
                return lambda known: Verdict(known.sex == limit if known.sex else None)
            case _, _, bool():
                pass
            case ast.Name(id=name), _, int() | float() if name in _NUMBERS:
                return _number(name, _compare(op), limit)
            case ast.Call(func=ast.Name(id="count"), keywords=[]), _, int():
                parts = [self.read(part) for part in left.args]  # type: ignore[attr-defined]
                return _count(parts, op, limit)
            case ast.Call(
                func=ast.Name(id="value" | "strength"), args=[ast.Name(id=name)], keywords=[]
            ), _, int() | float():
                return _value(self._finding(name), _compare(op), limit)
        raise InvalidEvidence(
            f"{ast.unparse(left)!r} cannot be compared so; a rule compares age, duration_weeks,"
            " count(...), value(finding) and strength(finding) with a number by <, <=, >, >=,"
            " and sex by == with 'F' or 'M'"
        )


def _compare(op: ast.cmpop) -> Callable[[float, float], bool]:
    if type(op) not in _COMPARISONS:
        raise InvalidEvidence("a number is compared by <, <=, > or >=")
    return _COMPARISONS[type(op)]


def _present(finding: str) -> Rule:
    def rule(known: Known) -> Verdict:
        present = known.findings.is_present(finding)
        return Verdict(present, (finding,) if present else ())

    return rule


def _not(part: Rule) -> Rule:
    def rule(known: Known) -> Verdict:
        truth = part(known).truth
        return Verdict(None if truth is None else not truth)

    return rule


def _all(parts: list[Rule]) -> Rule:
    def rule(known: Known) -> Verdict:
        verdicts = [part(known) for part in parts]
        if any(v.truth is False for v in verdicts):
            return Verdict(False)
        if any(v.truth is None for v in verdicts):
            return Verdict(None)
        return Verdict(True, _reasons(verdicts))

    return rule


def _any(parts: list[Rule]) -> Rule:
    def rule(known: Known) -> Verdict:
        verdicts = [part(known) for part in parts]
        if any(v.truth for v in verdicts):
            return Verdict(True, _reasons(verdicts))
        return Verdict(None if any(v.truth is None for v in verdicts) else False)

    return rule


def _count(parts: list[Rule], op: ast.cmpop, limit: int) -> Rule:
    if not isinstance(op, ast.GtE):
        raise InvalidEvidence("count(...) is compared by >=")

    def rule(known: Known) -> Verdict:
        verdicts = [part(known) for part in parts]
        if sum(v.truth is True for v in verdicts) >= limit:
            return Verdict(True, _reasons(verdicts))
        possible = sum(v.truth is not False for v in verdicts) >= limit
        return Verdict(None if possible else False)

    return rule


def _number(name: str, compare: Callable[[float, float], bool], limit: float) -> Rule:
    def rule(known: Known) -> Verdict:
        number: float | None = getattr(known, name)
        return Verdict(None if number is None else compare(number, limit))

    return rule


def _value(finding: str, compare: Callable[[float, float], bool], limit: float) -> Rule:
    def rule(known: Known) -> Verdict:
        value = known.findings.value(finding)
        # An equivocal finding has a value too, but neither presence nor absence.
        if value is None or known.findings.is_present(finding) is None:
            return Verdict(None)
        met = compare(value, limit)
        return Verdict(met, (finding,) if met else ())

    return rule


def _reasons(verdicts: list[Verdict]) -> tuple[str, ...]:
    true = [finding for v in verdicts if v.truth for finding in v.because]
    return tuple(dict.fromkeys(true))
