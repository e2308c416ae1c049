"""A matched finding with its value to an observation: present or absent, and how sure.

The rules, in the order they hold:
1. A bare measurement ("internal rotation", "CRP", "alpha angle") with a value is decided by the
   threshold of the vocabulary, unless it was recorded as absent.
2. A finding that is asserted ("fever", "raised CRP", "positive straight leg raise") is as
   stated; a value clearly on the other side of the threshold is refused (InvalidFinding).
   A provocation test stays as stated at any angle.
3. `present=False` turns what the words say: absent "normal reflexes" are impaired reflexes.
4. `present=None` leaves it to the words or the value; if neither tells, nothing is observed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hipspine.errors import InvalidFinding
from hipspine.evidence import FindingDefinition
from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token
from hipspine.findings.matching import Match
from hipspine.findings.quantities import Comparator, Quantity, checked, in_unit, plausible
from hipspine.findings.thresholds import clearly_fails, clearly_meets, meets, threshold
from hipspine.findings.units import dimension


@dataclass(frozen=True, slots=True)
class Settled:
    """What is observed; `present` None: nobody told. `note` names an assumption made.

    `bound`: the value is an end of a range ("over 50").
    """

    present: bool | None
    value: float | None = None
    note: str | None = None
    bound: Comparator = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What came with the phrase: `present`, and the quantity of `value` as it was written."""

    present: bool | None
    quantity: Quantity | None = None
    written: object = None


def settle(
    match: Match,
    tokens: Sequence[Token],
    quantities: Mapping[str, Quantity],
    stated: Stated,
) -> Settled:
    """Presence and value of a match; raises InvalidFinding when value and statement clash."""
    definition = match.definition
    quantity, value, note = _value(match, tokens, quantities, stated)
    by_words = _by_words(match, stated.present)
    if quantity is None or value is None or threshold(definition) is None:
        return Settled(by_words, value, note, quantity.comparator if quantity else "")
    by_value = meets(quantity, value, definition)
    settled = Settled(by_words, value, note, quantity.comparator)
    if by_value is None and match.entry.neutral:
        return replace(settled, present=None)  # "over 20" says nothing about a threshold of 50
    if by_value is None or definition.kind == "exam_test":
        return settled
    if stated.present is None and not match.told:
        return replace(settled, present=by_value)
    if _is_measurement(match) and stated.present is not False:
        return replace(settled, present=by_value)
    if by_words is not None and by_words != by_value:
        _refuse_a_clash(by_words, value, definition, stated.written or quantity.value)
    return settled


def _is_measurement(match: Match) -> bool:
    """Whether the words only name what is measured, and say nothing about it."""
    asserts = bool(match.entry.required & words.DEVIATIONS) or match.told
    return (match.entry.neutral or not asserts) and not match.denied


def _by_words(match: Match, present: bool | None) -> bool | None:
    if match.entry.neutral and not match.told:
        return present
    said = not match.denied
    if present is None:
        return said if match.told else None
    return said == present


def _refuse_a_clash(
    present: bool, value: float, definition: FindingDefinition, written: object
) -> None:
    clash = clearly_fails(value, definition) if present else clearly_meets(value, definition)
    if clash:
        state = "present" if present else "absent"
        raise InvalidFinding(
            f"{definition.id}: stated {state}, but its value is {str(written)[:60]};"
            f" present is {definition.present_if} {definition.unit}"
        )


def _value(
    match: Match, tokens: Sequence[Token], quantities: Mapping[str, Quantity], stated: Stated
) -> tuple[Quantity | None, float | None, str | None]:
    definition = match.definition
    if not definition.unit:
        return None, None, None
    if stated.quantity is not None:
        return stated.quantity, *checked(stated.quantity, definition, stated.written)
    for token in tokens:
        quantity = quantities.get(token.word)
        value = in_unit(quantity, definition) if quantity is not None else None
        if quantity is None or value is None:
            continue
        if plausible(value, definition):
            return quantity, value, None
        if _is_meant(quantity, definition):
            return quantity, *checked(quantity, definition, token.word.removeprefix("#"))
    return None, None, None


def _is_meant(quantity: Quantity, definition: FindingDefinition) -> bool:
    """Whether an implausible number in a phrase must be the finding's value all the same.

    "Morning stiffness for 3 months" has a duration, not a stiffness of 3 months.
    """
    if quantity.unit:
        return dimension(quantity.unit) != "time" and not quantity.unit.startswith("of")
    return definition.kind == "lab"
