"""What conjuncts lend each other: "normal strength, sensation and reflexes".

A conjunct is understood alone if it can be; else with words borrowed from its neighbours, of
which every borrowed content word must be used ("worse with sitting and coughing", "L5 and S1
sensory loss"). Neighbouring conjuncts are joined when one synonym spans them.
"""

from collections.abc import Callable, Iterator, Sequence

from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.conjuncts import Conjunct, kinds_of
from hipspine.findings.matching import Match, weight

_LONGEST_LOAN = 6
Find = Callable[[Sequence[Token]], list[Match]]


def understand(clause: list[Conjunct], find: Find) -> list[Conjunct]:
    """The conjuncts of a clause with their matches, joined or completed where needed."""
    done: list[Conjunct] = []
    position = 0
    while position < len(clause):
        joined = _joined(clause[position : position + 3], find)
        length = joined[1] if joined else 1
        apart = done.copy()
        for at in range(position, position + length):
            conjunct = clause[at]
            if not _alone(conjunct, find, clause[at + 1 :]) or _says_little(conjunct):
                told = (conjunct.effective, conjunct.matches)
                if not _with_loan(conjunct, apart, clause[at + 1 :], find) and told[1]:
                    _set(conjunct, *told, False)
            apart.append(conjunct)
        found = {m.definition.id for c in apart[len(done) :] for m in c.matches}
        if joined and joined[0].matches[0].definition.id not in found:
            done.append(joined[0])
        else:
            done = apart
        position += length
    return done


def _says_little(conjunct: Conjunct) -> bool:
    """Whether alone it is without bearing, so that a loan may say more ("new ... headache")."""
    return all(match.definition.kind == "context" for match in conjunct.matches)


def _set(conjunct: Conjunct, stems: Sequence[str], matches: list[Match], loan: bool) -> bool:
    conjunct.matches, conjunct.tokens = matches, canonical(stems)
    conjunct.effective, conjunct.borrowed = list(stems), loan
    return bool(matches)


def _joined(clause: Sequence[Conjunct], find: Find) -> tuple[Conjunct, int] | None:
    """Two or three conjuncts as one, when one finding uses words of each and leaves none."""
    for length in range(len(clause), 1, -1):
        group = clause[:length]
        if any(c.link in ("without", "radiates") for c in group[1:]):
            continue
        stems = [stem for conjunct in group for stem in conjunct.stems]
        tokens = canonical(stems)
        matches = find(tokens)
        if len(matches) != 1 or not _spans(matches[0], tokens, group):
            continue
        conjunct = Conjunct(group[0].link, stems)
        _set(conjunct, stems, matches, False)
        return conjunct, length
    return None


def _spans(match: Match, tokens: Sequence[Token], group: Sequence[Conjunct]) -> bool:
    content = [i for i, t in enumerate(tokens) if weight(t.word) >= 1.0]
    if any(i not in match.used for i in content):
        return False
    start = 0
    seen_before: set[str] = set()
    for conjunct in group:
        inside = range(start, start + len(conjunct.stems))
        own = {tokens[i].word for i in content if tokens[i].at in inside}
        if not own - seen_before:
            return False
        seen_before |= own
        start += len(conjunct.stems)
    return True


def _alone(conjunct: Conjunct, find: Find, later: Sequence[Conjunct]) -> bool:
    """Understood by itself; "no reflex" before "or sensory change" waits for its noun."""
    tokens = canonical(conjunct.stems)
    matches = find(tokens)
    if not matches:
        return False
    shares_a_noun = (
        conjunct.stems[0] in ("no", "normal") and later and later[0].link in ("or", "and")
    )
    if shares_a_noun and any(t.word in ("reflex", "sensation", "strength") for t in tokens):
        for loan in _endings(conjunct.stems, later[:1]):
            longer = find(canonical(loan))
            if longer and {m.definition.id for m in longer} == {m.definition.id for m in matches}:
                return _set(conjunct, loan, longer, True)
    return _set(conjunct, conjunct.stems, matches, False)


def _with_loan(
    conjunct: Conjunct, before: Sequence[Conjunct], after: Sequence[Conjunct], find: Find
) -> bool:
    """Understood with words lent by the conjuncts before, else by those after."""
    _set(conjunct, conjunct.stems, [], False)
    for stems in _loans(conjunct, before, after):
        tokens = canonical(stems)
        own = _own_span(stems, conjunct.stems)
        matches = find(tokens)
        if matches and _uses_all_borrowed(matches, tokens, own):
            return _set(conjunct, stems, matches, True)
    return False


def _loans(
    conjunct: Conjunct, before: Sequence[Conjunct], after: Sequence[Conjunct]
) -> Iterator[list[str]]:
    own = conjunct.stems
    if conjunct.link == "radiates":
        yield ["pain", *own[1:]]
        own = own[1:]
    own_kinds = kinds_of(own) - {"light", "content"}
    for earlier in reversed(before[-2:]):
        head = earlier.effective or earlier.stems
        lent = [s for s in head if not own_kinds & kinds_of([s])]
        most = len(lent) - (len(lent) == len(head))
        head = lent
        for length in range(min(most, _LONGEST_LOAN), 0, -1):
            yield [*head[:length], *own]
        for length in range(1, min(len(head), 4)):
            yield [*own, *head[-length:]]
    yield from _endings(own, after)


def _endings(own: Sequence[str], after: Sequence[Conjunct]) -> Iterator[list[str]]:
    for later in after[:4]:
        if later.link == "without":
            return  # what is denied lends nothing to what is affirmed
        tail = later.stems
        for dropped in range(1, min(len(tail), 4)):
            for end in range(len(tail), dropped, -1):
                if end - dropped <= _LONGEST_LOAN:
                    yield [*own, *tail[dropped:end]]


def _own_span(stems: Sequence[str], own: Sequence[str]) -> range:
    """Where the conjunct's own words stand among the borrowed ones."""
    for start in range(len(stems) - len(own) + 1):
        if list(stems[start : start + len(own)]) == list(own):
            return range(start, start + len(own))
    return range(1, len(stems))


def _uses_all_borrowed(matches: Sequence[Match], tokens: Sequence[Token], own: range) -> bool:
    used = frozenset[int]().union(*(match.used for match in matches))
    content = [i for i, token in enumerate(tokens) if weight(token.word) >= 1.0]
    borrowed = [i for i in content if tokens[i].at not in own]
    mine = [
        i for i, t in enumerate(tokens) if t.at in own and (i in content or words.is_level(t.word))
    ]
    uses_own = not mine or any(i in used for i in mine)
    return uses_own and all(i in used for i in borrowed)
