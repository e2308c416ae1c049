"""The small language that red-flag rules are written in, read once into functions.

`saddle_anaesthesia or (age >= 60 and count(weight_loss, night_pain) >= 2)`: finding ids and
named groups, `and`, `or`, `not`, `count(...)`, `value(id)`, `strength(id)` (MRC grade), `age`
(years), `duration_weeks` and `sex`. `not x` wants x known to be absent; `unless(x)` is content
as long as x is not known to be true.
"""

import ast
import operator
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from hipspine.errors import InvalidEvidence
from hipspine.pain_sources import three_valued
from hipspine.pain_sources.three_valued import Compare, Rule

Groups = Mapping[str, tuple[str, ...]]

_COMPARISONS: dict[type[ast.cmpop], Compare] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def read_rule(text: str, vocabulary: Collection[str], groups: Groups) -> Rule:
    """The rule as a function; `groups` are names for "any of these findings".

    Raises InvalidEvidence for anything outside the language, unknown ids with the nearest ones.
    """
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except SyntaxError as error:
        raise InvalidEvidence(f"{text!r} cannot be read: {error.msg}") from None
    return _Reader(vocabulary, groups).read(tree.body)


class _Reader:
    def __init__(self, vocabulary: Collection[str], groups: Groups) -> None:
        self._vocabulary = vocabulary
        self._groups = groups

    def read(self, node: ast.expr) -> Rule:
        match node:
            case ast.BoolOp(op=ast.And()):
                return three_valued.every(self._each(node.values))
            case ast.BoolOp(op=ast.Or()):
                return three_valued.at_least(1, self._each(node.values))
            case ast.UnaryOp(op=ast.Not()):
                return three_valued.negation(self.read(node.operand))
            case ast.Call(func=ast.Name(id="unless"), args=[part], keywords=[]):
                return three_valued.unless(self.read(part))
            case ast.Name():
                return self._named(node.id)
            case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=limit)]):
                return self._comparison(left, op, limit)
        raise InvalidEvidence(f"{ast.unparse(node)!r} is outside the language of the rules")

    def _each(self, nodes: list[ast.expr]) -> list[Rule]:
        return [self.read(node) for node in nodes]

    def _named(self, name: str) -> Rule:
        if name in self._groups:
            members = [self._finding(member) for member in self._groups[name]]
            return three_valued.at_least(1, [three_valued.present(m) for m in members])
        return three_valued.present(self._finding(name))

    def _finding(self, name: str) -> str:
        if name in self._vocabulary:
            return name
        near = get_close_matches(name, [*self._vocabulary, *self._groups], n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InvalidEvidence(f"{name!r} is not a finding{hint}")

    def _comparison(self, left: ast.expr, op: ast.cmpop, limit: object) -> Rule:
        match left, op, limit:
            case ast.Name(id="sex"), ast.Eq(), "F" | "M":
                return three_valued.sex_is(limit)
            case _, _, bool():
                pass
            case ast.Name(id="age" | "duration_weeks" as name), _, int() | float():
                return three_valued.number(name, _compare(op), limit)
            case ast.Call(func=ast.Name(id="count"), args=args, keywords=[]), ast.GtE(), int():
                return three_valued.at_least(limit, self._each(args))
            case (
                ast.Call(func=ast.Name(id="value" | "strength"), args=[ast.Name(id=name)]),
                _,
                int() | float(),
            ):
                return three_valued.value(self._finding(name), _compare(op), limit)
        raise InvalidEvidence(
            f"{ast.unparse(left)!r} cannot be compared so; a rule compares age, duration_weeks,"
            " value(finding) and strength(finding) with a number by <, <=, >, >=,"
            " count(...) by >=, and sex by == with 'F' or 'M'"
        )


def _compare(op: ast.cmpop) -> Compare:
    if type(op) not in _COMPARISONS:
        raise InvalidEvidence("a number is compared by <, <=, > or >=")
    return _COMPARISONS[type(op)]
