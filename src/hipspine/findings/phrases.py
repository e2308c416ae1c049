"""A phrase as conjuncts, and what they lend each other: "normal strength, sensation and reflexes".

A conjunct is understood alone if it can be; else with words borrowed from its neighbours, of
which every borrowed content word must be used ("worse with sitting and coughing", "L5 and S1
sensory loss"). Neighbouring conjuncts are joined when one synonym spans them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hipspine.findings import canonical as words
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.matching import Match, weight

#: Words that end a clause: nothing is shared across them.
_STOPS = frozenset({";", ".", "-", "but", "however", "although", "though", "wherea", "except"})
_LINKS = frozenset({",", "(", ")", "and", "or", "/", "without", ":"})
_RADIATES = frozenset({"radiat", "spread", "extend", "refer", "travel", "shoot"})
_TOWARDS = frozenset({"to", "into", "down", "toward", "along", "over", "through"})
MOST_CONJUNCTS = 40
_LONGEST_LOAN = 6


@dataclass(slots=True)
class Conjunct:
    """One member of a list; `link` is what joins it to the one before ("" for the first)."""

    link: str
    stems: list[str]
    matches: list[Match] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    borrowed: bool = False
    effective: list[str] = field(default_factory=list)


Find = Callable[[Sequence[Token]], list[Match]]


def clauses(stems: Sequence[str]) -> list[list[Conjunct]]:
    """The conjuncts of a phrase, clause by clause."""
    done: list[list[Conjunct]] = [[]]
    link, current = "", list[str]()

    def close(next_link: str) -> None:
        nonlocal link, current
        if current:
            done[-1].append(Conjunct(link if done[-1] else "", current))
            link = next_link
        elif next_link != ",":
            link = next_link
        current = []

    for position, stem in enumerate(stems):
        following = stems[position + 1] if position + 1 < len(stems) else ""
        if stem in _STOPS:
            close("")
            done.append([])
        elif stem == "without":
            close("without")
            current = ["no"]
        elif stem in _LINKS:
            close("," if stem in "():" else stem)
        elif stem in _RADIATES and following in _TOWARDS and current:
            close("radiates")
            current = [stem]
        else:
            current.append(stem)
    close("")
    whole = [_merged(clause) for clause in done if clause]
    return [_levels_apart(_list_links(clause))[:MOST_CONJUNCTS] for clause in whole]


def _merged(clause: list[Conjunct]) -> list[Conjunct]:
    """Remarks such as "(left)", ", 40 degrees" and "(L5)" joined to what they are about."""
    merged: list[Conjunct] = []
    for conjunct in clause:
        if merged and conjunct.link == "," and _is_remark(conjunct, merged[-1]):
            merged[-1].stems += conjunct.stems
        else:
            merged.append(conjunct)
    return merged


def _is_remark(conjunct: Conjunct, before: Conjunct) -> bool:
    kinds = {_remark_kind(token.word) for token in canonical(conjunct.stems)}
    if "content" in kinds:
        return False
    return not (kinds & {_remark_kind(token.word) for token in canonical(before.stems)} - {"light"})


def _remark_kind(word: str) -> str:
    if word in ("LEFT", "RIGHT", "BOTH"):
        return "side"
    if word in ("POS", "NEG", "NORMAL", "ABSENT", "low", "high"):
        return "state"
    if word.startswith("#"):
        return "quantity"
    if words.is_level(word):
        return "level"
    return "light" if word.isupper() or weight(word) < 1.0 else "content"


def _list_links(clause: list[Conjunct]) -> list[Conjunct]:
    """In "A, B or C" the comma means "or" too; likewise "and"."""
    for earlier, later in zip(reversed(clause[:-1]), reversed(clause[1:]), strict=True):
        if earlier.link == "," and later.link in ("and", "or", "or_list", "and_list"):
            earlier.link = f"{later.link.removesuffix('_list')}_list"
    for conjunct in clause:
        conjunct.link = conjunct.link.removesuffix("_list")
    return clause


_ROOTED = frozenset({"strength", "sensation", "reflex", "dermatom", "dermatomal", "myotom"})


def _levels_apart(clause: list[Conjunct]) -> list[Conjunct]:
    """Sensory loss at L4-5 is one of L4 and one of L5: roots, not a disc."""
    apart: list[Conjunct] = []
    for conjunct in clause:
        pair = next((s for s in conjunct.stems if len(s) == 4 and words.is_level(s)), None)
        rooted = any(t.word in _ROOTED for t in canonical(conjunct.stems))
        if pair is None or not rooted:
            apart.append(conjunct)
            continue
        at = conjunct.stems.index(pair)
        for link, level in ((conjunct.link, pair[:2]), ("and", pair[2:])):
            apart.append(Conjunct(link, [*conjunct.stems[:at], level, *conjunct.stems[at + 1 :]]))
    return apart


def modality_of(clause: Sequence[Conjunct]) -> frozenset[str]:
    """The modalities that a clause names anywhere; they hold for all its conjuncts."""
    said = {token.word for conjunct in clause for token in canonical(conjunct.stems)}
    return frozenset(said & words.MODALITIES)


def understand(clause: list[Conjunct], find: Find) -> list[Conjunct]:
    """The conjuncts of a clause with their matches, joined or completed where needed."""
    done: list[Conjunct] = []
    position = 0
    while position < len(clause):
        joined = _joined(clause[position : position + 3], find)
        if joined:
            conjunct, length = joined
            done.append(conjunct)
            position += length
            continue
        conjunct = clause[position]
        if not _alone(conjunct, find, clause[position + 1 :]):
            _with_loan(conjunct, done, clause[position + 1 :], find)
        done.append(conjunct)
        position += 1
    return done


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
    own_kinds = {_remark_kind(token.word) for token in canonical(own)} - {"light", "content"}
    for earlier in reversed(before[-2:]):
        head = earlier.effective or earlier.stems
        lent = [s for s in head if not own_kinds & {_remark_kind(t.word) for t in canonical([s])}]
        most = len(lent) - (len(lent) == len(head))
        head = lent
        for length in range(min(most, _LONGEST_LOAN), 0, -1):
            yield [*head[:length], *own]
        for length in range(1, min(len(head), 4)):
            yield [*own, *head[-length:]]
    yield from _endings(own, after)


def _endings(own: Sequence[str], after: Sequence[Conjunct]) -> Iterator[list[str]]:
    for later in after[:4]:
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
