"""The best cover of one conjunct's words by findings, and which of them may stand."""

from collections.abc import Iterable, Sequence

from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token
from hipspine.findings.guards import forbids, says_too_much
from hipspine.findings.matching import Context, Match, candidates, weight
from hipspine.findings.negation import NEGATIVE, is_denied
from hipspine.findings.vocabulary_index import Entry, VocabularyIndex

#: A positive finding may leave up to this share of the words' weight unexplained.
LEAST_EXPLAINED = 0.34
_WHOLE = NEGATIVE - {"NO"}


def find(tokens: Sequence[Token], index: VocabularyIndex, context: Context) -> list[Match]:
    """The findings in `tokens`, best first; empty when none covers them safely."""
    possible = candidates(tokens, index, context)
    if not possible:
        return []
    chosen = _cover(possible, tokens, context)
    while chosen:
        explained = frozenset[int]().union(*(match.used for match in chosen))
        judged = [_judged(match, tokens, explained, index) for match in chosen]
        kept = [match for match in judged if match is not None]
        if len(kept) == len(chosen):
            return _what_a_test_provokes_is_the_test(kept, tokens)
        chosen = kept  # what a refused match explained is left over again
    return _second_best(possible, tokens, index)


def _preference(match: Match) -> tuple[float, bool, int, str, list[str]]:
    """Best first, in one order whatever the order of search was."""
    entry = match.entry
    required = sorted(entry.required)
    return (-match.weight, entry.neutral, len(required), entry.definition.id, required)


def _second_best(
    possible: Iterable[Match], tokens: Sequence[Token], index: VocabularyIndex
) -> list[Match]:
    """The best single finding that passes every guard, when the best cover does not."""
    for match in sorted(possible, key=_preference):
        judged = _judged(match, tokens, match.used, index)
        if judged is not None:
            return [judged]
    return []


def _cover(possible: Sequence[Match], tokens: Sequence[Token], context: Context) -> list[Match]:
    """The best match, what ties with it by measure, and others that explain what is left."""
    ranked = sorted(possible, key=_preference)
    best = ranked[0]
    chosen = [best]
    if best.entry.neutral or any(t.word in context.quantities for t in tokens):
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


def _what_a_test_provokes_is_the_test(chosen: list[Match], tokens: Sequence[Token]) -> list[Match]:
    """ "Straight leg raise reproduces calf pain" tells of the test, not of pain at other times.

    Nor does the steroid of a diagnostic injection tell of steroids taken.
    """
    tested = any(
        m.definition.kind == "exam_test" and any(tokens[i].word in words.TESTS for i in m.used)
        for m in chosen
    )
    injected = any(m.definition.kind == "block" for m in chosen)
    beside = {"pain_location"} if tested else {"medication"} if injected else set[str]()
    return [m for m in chosen if m.definition.kind not in beside]


def _same_measure(best: Match, ranked: Iterable[Match]) -> list[Match]:
    """Other findings cut from the same measurement: ESR over 20, ESR over 50."""
    seen = {best.definition.id}
    same = []
    measured = _measured(best.entry)
    for match in ranked:
        comparable = match.definition.unit == best.definition.unit
        if not (comparable and match.entry.neutral and match.entry.required == measured):
            continue
        if match.definition.id not in seen:
            same.append(match)
            seen.add(match.definition.id)
    return same if best.definition.unit else []


def _measured(entry: Entry) -> frozenset[str]:
    return frozenset(
        w for w in entry.required if w not in words.DEVIATIONS and not w.startswith("#")
    )


def _judged(
    match: Match, tokens: Sequence[Token], explained: frozenset[int], index: VocabularyIndex
) -> Match | None:
    """The match with its polarity; None when words left over forbid it."""
    left = [token.word for i, token in enumerate(tokens) if i not in explained]
    bag = index.bags[match.definition.id]
    used = frozenset(tokens[i].word for i in match.used)
    pain = any(token.word == "pain" for token in tokens)
    if forbids(match.entry, bag, used, left, pain):
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
