"""The `value` of a finding: a number with a unit, plain words, or both."""

import math
from dataclasses import dataclass, replace

from hipspine.errors import InvalidFinding
from hipspine.evidence import FindingDefinition
from hipspine.findings import word_forms as words
from hipspine.findings.canonical import canonical
from hipspine.findings.negation import NEGATIVE
from hipspine.findings.quantities import Comparator, Quantity, checked
from hipspine.findings.settling import Settled
from hipspine.findings.thresholds import clearly_fails, clearly_meets, meets, threshold
from hipspine.findings.vocabulary_index import prepare


@dataclass(frozen=True, slots=True)
class Value:
    """A value as given; `words` is its text when it holds more than a number with its unit."""

    written: object = None
    quantity: Quantity | None = None
    words: str = ""
    polarity: bool | None = None

    merged: bool = False

    def in_the_words(self) -> "Value":
        """This value when its words, number and all, were put behind the phrase."""
        return replace(self, quantity=None, merged=True)

    def agreeing(self, present: bool | None) -> bool | None:
        """`present` for a phrase read together with the words of the value.

        Words that deny ("negative", "normal") restate an absent finding and do not deny twice;
        for a present one they decide.
        """
        if self.polarity is None or not self.merged:
            return present
        if present is False and self.polarity:
            raise InvalidFinding(
                f"stated absent, but its value is {str(self.written)[:60]!r};"
                " leave out one, or set present to true"
            )
        return True


def read_value(value: str | float | int | None) -> Value:
    """The value of a case file; raises InvalidFinding when it is not a finite number."""
    if value is None or isinstance(value, bool):
        return Value()
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise InvalidFinding(f"value {value} is not a number; accepted: a finite number")
        return Value(value, Quantity(float(value)))
    prepared = prepare(value)
    tokens = canonical(prepared.stems)
    quantity = next(iter(prepared.quantities.values()), None)
    rest = {t.word for t in tokens if not t.word.startswith("#")} - words.OPTIONAL - words.STOP
    return Value(value, quantity, value if rest else "", _polarity({t.word for t in tokens}))


def _polarity(said: set[str]) -> bool | None:
    """False when the words deny, True when they affirm, None when they do neither."""
    if said & NEGATIVE:
        return False
    return True if said & ({"POS"} | words.DEVIATIONS) else None


def stated_by_id(definition: FindingDefinition, present: bool | None, told: Value) -> Settled:
    """A finding named by its id: as stated; the value decides only when `present` is None.

    Of a block the value decides always: "present, 30 percent" says that it was done and how
    much of the pain it took away.
    """
    value, note = None, None
    bound: Comparator = ""
    if definition.unit and told.quantity is not None:
        value, note = checked(told.quantity, definition, told.written)
        bound = told.quantity.comparator
    by_value = None
    if told.quantity is not None and value is not None:
        by_value = meets(told.quantity, value, definition)
    if present is None:
        return Settled(told.polarity if by_value is None else by_value, value, note, bound)
    if present and definition.kind == "block" and by_value is False:
        done = f"{definition.id}: {value:g} {definition.unit} relief counts as a negative block"
        return Settled(False, value, note or done, bound)
    clash = present and told.polarity is False and not _is_a_lost_function(definition)
    if value is not None and threshold(definition) and definition.kind != "exam_test":
        wrong = clearly_fails if present else clearly_meets
        clash = clash or wrong(value, definition)
    if clash:
        state = "present" if present else "absent"
        limit = f"; present is {definition.present_if} {definition.unit}" if value else ""
        raise InvalidFinding(
            f"{definition.id}: stated {state}, but its value is {str(told.written)[:60]!r}{limit}"
        )
    return Settled(present, value, note, bound)


def _is_a_lost_function(definition: FindingDefinition) -> bool:
    """Whether "absent" is the strongest form of the finding, as in a reduced reflex."""
    return any(word in definition.id for word in ("reflex", "pulse", "sens", "vibration"))
