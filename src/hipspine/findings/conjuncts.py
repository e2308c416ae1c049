"""A phrase cut into clauses and conjuncts: the members of its lists and what joins them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.matching import Match, weight

#: Words that end a clause: nothing is shared across them.
_STOPS = frozenset({";", ".", "-", "but", "however", "although", "though", "wherea", "except"})
_LINKS = frozenset({",", "(", ")", "and", "or", "/", "without", ":"})
_RADIATES = frozenset({"radiat", "spread", "extend", "refer", "travel", "shoot"})
_TOWARDS = frozenset({"to", "into", "down", "toward", "along", "over", "through"})
_BY = frozenset({"by", "with", "on", "when", "in", "after", "while", "during", "upon"})
_DENIALS = frozenset({"no", "not", "never", "deni", "deny", "without"})
MOST_CONJUNCTS = 40


@dataclass(slots=True)
class Conjunct:
    """One member of a list; `link` is what joins it to the one before ("" for the first).

    `unclear`: a denial before it may or may not reach it.
    """

    link: str
    stems: list[str]
    matches: list[Match] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    borrowed: bool = False
    unclear: bool = False
    effective: list[str] = field(default_factory=list)

    def own_tokens(self) -> list[Token]:
        """The tokens of its own words, without what it borrowed."""
        return canonical(self.stems)


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
        elif stem in _RADIATES and following in _TOWARDS and set(current) - _DENIALS:
            close("radiates")
            current = [stem]
        elif _turns(stem, following, current):
            negated = [current.pop()] if current[-1] in ("not", "no", "never") else []
            close("then")
            current = [*negated, stem]
        else:
            current.append(stem)
    close("")
    whole = [_merged(clause) for clause in done if clause]
    return [_levels_apart(_list_links(clause))[:MOST_CONJUNCTS] for clause in whole]


def _turns(stem: str, following: str, current: Sequence[str]) -> bool:
    """Whether a phrase turns to another activity: "pain on sitting | relieved by standing"."""
    said = {token.word for token in canonical([stem])}
    if not said & {"worse", "relief"}:
        return False
    after = {token.word for token in canonical([following])} if following else set()
    if not (following in _BY or after & words.ACTIVITIES):
        return False
    before = {token.word for token in canonical(current)}
    return bool(before & words.ACTIVITIES) and bool(before & {"pain", "worse", "relief"})


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
    kinds = kinds_of(conjunct.stems)
    return "content" not in kinds and not kinds & kinds_of(before.stems) - {"light"}


def kinds_of(stems: Sequence[str]) -> set[str]:
    """What kinds of words are among stems, each looked at alone."""
    return {_remark_kind(t.word) for stem in stems for t in canonical([stem])[:1]}


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
