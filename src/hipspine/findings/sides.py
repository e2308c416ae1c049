"""The side that words name, as the patient's own left or right."""

from collections.abc import Iterable

from hipspine.findings.canonical import Token
from hipspine.findings.model import Side


def side_of(tokens: Iterable[Token]) -> Side | None:
    """Left, right or bilateral when the tokens name it; both named is bilateral."""
    said = {token.word for token in tokens}
    if "BOTH" in said or {"LEFT", "RIGHT"} <= said:
        return "bilateral"
    if "LEFT" in said:
        return "left"
    return "right" if "RIGHT" in said else None


def shared_side(sides: Iterable[Side | None]) -> Side | None:
    """The one side that a whole phrase names; None when it names none or several."""
    named = {side for side in sides if side is not None}
    return named.pop() if len(named) == 1 else None


def names_the_other_side(tokens: Iterable[Token]) -> bool:
    """Whether the words place it opposite to the complaint ("on the other side")."""
    return any(token.word == "OTHER" for token in tokens)
