"""The findings that one conjunct states: the best cover of its words by synonyms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hipspine.evidence import FindingDefinition
from hipspine.findings import canonical as words
from hipspine.findings.canonical import Token
from hipspine.findings.guards import fits_modality, forbids, says_too_much
from hipspine.findings.negation import NEGATIVE, is_denied
from hipspine.findings.quantities import Quantity, in_unit, plausible
from hipspine.findings.vocabulary_index import Entry, VocabularyIndex

#: A positive finding may leave up to this share of the words' weight unexplained.
LEAST_EXPLAINED = 0.34
_STAGE_BONUS = 0.6
_WHOLE = NEGATIVE - {"NO"}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the conjunct: stage, modality told earlier, quantities by token.

    `given`: a number came as the value of the finding, not in its words.
    """

    stage: str | None
    modality: frozenset[str]
    quantities: Mapping[str, Quantity]
    given: bool = False


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


def find(tokens: Sequence[Token], index: VocabularyIndex, context: Context) -> list[Match]:
    """The findings in `tokens`, best first; empty when none covers them safely."""
    present = _present(tokens)
    candidates = [
        match
        for entry in index.entries(present)
        if (match := _candidate(entry, tokens, index, context)) is not None
    ]
    if not candidates:
        return []
    chosen = _cover(candidates, tokens, context)
    while chosen:
        explained = frozenset[int]().union(*(match.used for match in chosen))
        judged = [_judged(match, tokens, explained, index) for match in chosen]
        kept = [match for match in judged if match is not None]
        if len(kept) == len(chosen):
            return kept
        chosen = kept  # what a refused match explained is left over again
    return _second_best(candidates, tokens, index)


def _second_best(
    candidates: Iterable[Match], tokens: Sequence[Token], index: VocabularyIndex
) -> list[Match]:
    """The best single finding that passes every guard, when the best cover does not."""
    for match in sorted(candidates, key=lambda m: -m.weight):
        judged = _judged(match, tokens, match.used, index)
        if judged is not None:
            return [judged]
    return []


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
    if context.given and definition.kind == "lab":
        return True
    value = in_unit(quantity, definition)
    return value is not None and (plausible(value, definition) or quantity.unit == "")


def _cover(candidates: Sequence[Match], tokens: Sequence[Token], context: Context) -> list[Match]:
    """The best match, what ties with it by measure, and others that explain what is left."""
    ranked = sorted(candidates, key=lambda m: (-m.weight, m.entry.neutral, len(m.entry.required)))
    best = ranked[0]
    chosen = [best]
    if best.entry.neutral:
        chosen += _same_measure(best, ranked)
    if any(t.word in _WHOLE for t in tokens):
        return chosen
    best_denied = is_denied(tokens, best.used)
    taken = set(best.used)
    seen = {match.definition.id for match in chosen}
    for match in ranked[1:]:
        new = [i for i in match.used - taken if weight(tokens[i].word) >= 1.0]
        shared = {tokens[i].word for i in match.used & taken if weight(tokens[i].word) >= 1.0}
        shareable = {"pain"} | words.MODALITIES
        if (
            new
            and shared <= shareable
            and match.definition.id not in seen
            and not match.entry.neutral
        ):
            if (
                best.definition.kind in ("exam_test", "rom")
                and match.definition.kind == "pain_location"
            ):
                continue
            if best_denied and is_denied(tokens, match.used):
                continue
            chosen.append(match)
            seen.add(match.definition.id)
            taken |= match.used
    return chosen


def _same_measure(best: Match, ranked: Iterable[Match]) -> list[Match]:
    """Other findings cut from the same measurement: ESR over 20, ESR over 50."""
    seen = {best.definition.id}
    same = []
    for match in ranked:
        if match.entry.neutral and match.entry.required == best.entry.required:
            if match.definition.unit == best.definition.unit and match.definition.id not in seen:
                same.append(match)
                seen.add(match.definition.id)
    return same if best.definition.unit else []


def _judged(
    match: Match, tokens: Sequence[Token], explained: frozenset[int], index: VocabularyIndex
) -> Match | None:
    """The match with its polarity; None when words left over forbid it."""
    left = [token.word for i, token in enumerate(tokens) if i not in explained]
    bag = index.bags[match.definition.id]
    used = frozenset(tokens[i].word for i in match.used)
    if forbids(match.entry, bag, used, left):
        return None
    denied = is_denied(tokens, match.used) != match.entry.absent
    if (denied and not match.entry.absent) and says_too_much(bag, used, left):
        return None
    if not denied and _explained_share(tokens, explained) < LEAST_EXPLAINED:
        return None
    cues = {token.word for token in tokens}
    told = bool(cues & (NEGATIVE | {"POS"})) or match.entry.absent
    return Match(match.entry, match.used, match.weight, denied, told)


def _explained_share(tokens: Sequence[Token], explained: frozenset[int]) -> float:
    total = sum(weight(token.word) for token in tokens)
    return sum(weight(tokens[i].word) for i in explained) / total if total else 0.0
