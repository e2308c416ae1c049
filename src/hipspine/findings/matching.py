"""The findings whose synonyms are among the words of one conjunct, weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hipspine.evidence import FindingDefinition
from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token
from hipspine.findings.guards import fits_modality
from hipspine.findings.negation import NEGATIVE
from hipspine.findings.quantities import Quantity, in_unit, plausible
from hipspine.findings.vocabulary_index import Entry, VocabularyIndex

_STAGE_BONUS = 0.6


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the conjunct: stage, modality told earlier, quantities by token.

    `given`: the number that came as the value of the finding, not in its words.
    """

    stage: str | None
    modality: frozenset[str]
    quantities: Mapping[str, Quantity]
    given: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A finding found in tokens; `used` are indexes of tokens, `denied` as the words say.

    `neutral`: the words only name what is measured; `told`: they state how it is.
    """

    entry: Entry
    used: frozenset[int]
    weight: float
    denied: bool = False
    told: bool = False

    @property
    def definition(self) -> FindingDefinition:
        """The finding's row of the vocabulary."""
        return self.entry.definition


def weight(word: str) -> float:
    """How much a word says."""
    if word in words.OPTIONAL or word in words.STOP:
        return 0.1
    if word.isupper():
        return 0.5 if word in NEGATIVE or word in ("BOTH", "FAMILY", "PAST", "OTHER") else 0.0
    if word in words.QUALIFIERS or word in words.HEDGES:
        return 0.3
    if word.startswith("#") or words.is_level(word):
        return 0.2
    if word in words.PLACES or word in words.MOTIONS or word in words.TESTS:
        return 2.0
    return 1.5


def candidates(tokens: Sequence[Token], index: VocabularyIndex, context: Context) -> list[Match]:
    """Every finding of which some synonym is wholly among `tokens`, modality allowing."""
    found = (_candidate(e, tokens, index, context) for e in index.entries(_present(tokens)))
    return [match for match in found if match is not None]


def _present(tokens: Sequence[Token]) -> set[str]:
    """The words of the tokens and those they imply."""
    present = {token.word for token in tokens}
    wider = words.narrower_to_wider()
    for word in tuple(present):
        present.update(wider.get(word, ()))
        if word[0] == "l" and words.is_level(word):
            present.add("lumbar")
            if len(word) == 4:
                present.update((word[:2], word[2:]))
    if present & words.DEVIATIONS:
        present.add("dev")
        if "dev" in present and present & {"sensation", "strength"}:
            present.add("low")
    return present


def _says(word: str, wanted: frozenset[str]) -> bool:
    if word in wanted:
        return True
    if word in words.DEVIATIONS:
        return bool(wanted & words.DEVIATIONS)
    if words.is_level(word) and len(word) == 4:
        return word[:2] in wanted or word[2:] in wanted
    return any(wide in wanted for wide in words.narrower_to_wider().get(word, ()))


def _candidate(
    entry: Entry, tokens: Sequence[Token], index: VocabularyIndex, context: Context
) -> Match | None:
    bag = index.bags[entry.definition.id]
    said = frozenset(token.word for token in tokens) & words.MODALITIES
    if not fits_modality(entry, bag, said, context.modality, context.stage):
        return None
    wanted = entry.required | entry.optional | entry.modality
    used = frozenset(i for i, token in enumerate(tokens) if _says(token.word, wanted))
    cues = {tokens[i].word for i in range(len(tokens)) if i not in used}
    measured = any(_measures(t.word, entry.definition, context) for t in tokens)
    if entry.neutral and not (measured or cues & {"NORMAL", "NEG"}):
        return None
    if "NORMAL" in cues and not entry.neutral and not _is_test(entry.definition):
        return None
    total = sum({tokens[i].word: weight(tokens[i].word) for i in used}.values())
    total += _STAGE_BONUS * (entry.definition.stage == context.stage)
    total += 0.2 * (entry.neutral and measured) - 0.05 * len(entry.optional)
    total -= 0.3 * bool(entry.modality and not said)
    return Match(entry, used, total)


def _is_test(definition: FindingDefinition) -> bool:
    """Whether "normal" can be said of it: a test, a block or a laboratory value."""
    return definition.kind in ("exam_test", "block", "lab", "imaging")


def _measures(word: str, definition: FindingDefinition, context: Context) -> bool:
    quantity = context.quantities.get(word)
    if quantity is None or not definition.unit:
        return False
    if context.given is not None and definition.kind == "lab":
        return True
    value = in_unit(quantity, definition)
    meant = context.given is not None or quantity.unit == ""
    return value is not None and (meant or plausible(value, definition))
