"""Stems to one form: each word of a phrase becomes the word that all its synonyms share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hipspine.findings import anatomy_words, disease_words, lexicon
from hipspine.findings.spelling import stems_of, words_of

_SKIPPED_INSIDE = frozenset(["a", "an", "the", "of", "to", "his", "her", "their", "its"])


class Token(NamedTuple):
    """A canonical word (capitals: a cue, not content) and where its stem stood."""

    word: str
    at: int

    @property
    def is_cue(self) -> bool:
        """Whether it says something about the content instead of being content."""
        return self.word.isupper()


_Forms = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


BLOCKS = (
    lexicon.CUES, lexicon.STATES, lexicon.ACTIVITIES, anatomy_words.PLACES,
    anatomy_words.MOTIONS, anatomy_words.TESTS, anatomy_words.MODALITIES,
    disease_words.PATHOLOGY, disease_words.ILLNESS, disease_words.MEDICINES,
    disease_words.PROCEDURES,
)  # fmt: skip


@cache
def forms() -> _Forms:
    """First stem -> (all stems, canonical words), longest first."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for block in BLOCKS:
        for line in block.strip().splitlines():
            canonical, _, variants = line.partition(" = ")
            for variant in variants.split(" | "):
                stems = tuple(w for w in stems_of(variant.strip()) if w not in _SKIPPED_INSIDE)
                found[stems] = tuple(canonical.split())
    by_first: _Forms = {}
    for stems, canon in found.items():
        by_first.setdefault(stems[0], []).append((stems, canon))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for stem in stems_of(word))


OPTIONAL = _stems(lexicon.OPTIONAL)
DURATION = _stems(lexicon.DURATION)
HEDGES = _stems(lexicon.HEDGES)
QUALIFIERS = _stems(lexicon.QUALIFIERS)
STOP = _stems(lexicon.STOP)
SHIFTERS = _stems(disease_words.SHIFTERS) | frozenset({"anabolic_steroid"})
DEVIATIONS = frozenset({"low", "high", "dev", "unable"})


@cache
def known_words() -> frozenset[str]:
    """Every word of the language tables, in one spelling: none of them is a misspelling."""
    lists = (
        lexicon.OPTIONAL, lexicon.DURATION, lexicon.HEDGES, lexicon.QUALIFIERS, lexicon.STOP,
        disease_words.SHIFTERS, disease_words.NEVER_RESPELLED, anatomy_words.DIRECTIONS,
    )  # fmt: skip
    single = (word for words in lists for word in words)
    return frozenset(words_of(" ".join([*BLOCKS, *single]).replace("=", " ").lower()))


@cache
def narrower_to_wider() -> Mapping[str, tuple[str, ...]]:
    """Word -> the wider words it may stand for."""
    table = {}
    for pair in re.split(r"\s*\|\s*|\n", disease_words.IS_A.strip()):
        narrow, _, wide = pair.partition(":")
        table[narrow.strip()] = tuple(wide.split())
    return table


@cache
def around() -> Mapping[str, frozenset[str]]:
    """Place or test -> the places around it."""
    table = {}
    for pair in re.split(r"\s*\|\s*|\n", anatomy_words.AROUND.strip()):
        inner, _, outer = pair.partition(":")
        table[inner.strip()] = frozenset(outer.split())
    return table


def _words_before_equals(block: str) -> frozenset[str]:
    return frozenset(
        word for line in block.strip().splitlines() for word in line.partition(" = ")[0].split()
    )


DIRECTIONS = _stems(anatomy_words.DIRECTIONS)
MODALITIES = _words_before_equals(anatomy_words.MODALITIES)
MOTIONS = _words_before_equals(anatomy_words.MOTIONS) - {"low", "motion"}
ACTIVITIES = _words_before_equals(lexicon.ACTIVITIES)
TESTS = _words_before_equals(anatomy_words.TESTS) - {"low", "high"}
PLACES = _words_before_equals(anatomy_words.PLACES) - MOTIONS - DIRECTIONS
_LEVEL = re.compile(r"[lsct]\d{1,2}(?:[lsct]\d{1,2})?")


def is_level(word: str) -> bool:
    """Whether a word is a root or vertebra (l5) or a segment (l4l5)."""
    return bool(_LEVEL.fullmatch(word)) and word not in ("t1w", "t2w")


def canonical(stems: Sequence[str]) -> list[Token]:
    """The canonical tokens of stems, without stop words, context applied."""
    tokens: list[Token] = []
    kept = [(i, stem) for i, stem in enumerate(stems) if stem not in _SKIPPED_INSIDE]
    words = [stem for _, stem in kept]
    table = forms()
    position = 0
    while position < len(words):
        length, canon = _longest(table, words, position)
        at = kept[position][0]
        if length == 0:
            if words[position] not in STOP:
                tokens.append(Token(words[position], at))
            position += 1
            continue
        tokens.extend(Token(word, at) for word in canon)
        position += length
    return in_context(tokens)


def _longest(table: _Forms, words: Sequence[str], position: int) -> tuple[int, tuple[str, ...]]:
    for stems, canon in table.get(words[position], ()):
        if tuple(words[position : position + len(stems)]) == stems:
            return len(stems), canon
    return 0, ()


_WEAKNESS_TASKS = frozenset({"heel_walk", "toe_walk"})
_FUNCTIONS = frozenset({"reflex", "puls", "vibrat"})
_STATED = frozenset({"worse", "relief", "low", "high", "dev", "tender", "strength", "sensation",
                     "paresthesia", "unable", "reflex", "swell"})  # fmt: skip
_COUNTED = frozenset({"test", "criteria", "criterion", "cluster", "item", "sij", "sign", "rule"})


def in_context(tokens: list[Token]) -> list[Token]:
    """Words that mean another thing beside others: "painful walking" is worse walking."""
    words = {token.word for token in tokens}
    moves = words & (ACTIVITIES | MOTIONS | TESTS)
    if "unable" in words and "relief" in words:
        tokens = _replace(tokens, "unable", "NO")
    if words & _WEAKNESS_TASKS and words & {"low", "dev", "strength", "unable"}:
        tokens = [t for t in tokens if t.word not in ("low", "dev", "strength", "unable")]
        tokens.append(Token("unable", tokens[0].at))
    if "high" in words and words & ACTIVITIES and "temperature" not in words:
        tokens = _replace(tokens, "high", "worse")
    if words & _FUNCTIONS and not words & (DEVIATIONS | {"NORMAL"}) and words & {"ABSENT", "NO"}:
        tokens = _replace(_replace(tokens, "ABSENT", "low"), "NO", "low")
    if words & {"worse", "relief", "bending", "arching"} and not words & MOVED_JOINTS:
        tokens = _replace(_replace(tokens, "flexion", "bending"), "extension", "arching")
        moves = moves | (words & {"flexion", "extension"})
    if "great_toe" in words and "dorsiflexion" in words:
        tokens = _replace(tokens, "dorsiflexion", "extension")
    if "pain" in words and moves and not words & _STATED:
        first = next(t for t in tokens if t.word == "pain")
        tokens = [*tokens, Token("worse", first.at)]
    if "ago" in words and any(w.startswith("#") and w.endswith("year") for w in words):
        if not words & {"start", "begin", "began", "onset", "develop", "sinc"}:
            tokens = _replace(tokens, "ago", "PAST")
    if any(_is_strength(t.word) for t in tokens) and not words & (_COUNTED | {"strength"}):
        tokens = [*tokens, Token("strength", tokens[0].at)]
    return _pluses(tokens)


MOVED_JOINTS = frozenset(
    {"hip", "knee", "ankle", "foot", "toe", "great_toe", "thigh", "leg", "neck"}
)


def _is_strength(word: str) -> bool:
    return word.startswith("#") and word.endswith(("of5", "mrc"))


def _pluses(tokens: list[Token]) -> list[Token]:
    """A reflex or pulse graded 0 or 1+ is reduced, 2+ normal, 3+ and more raised."""
    if not any(t.word in _FUNCTIONS for t in tokens):
        return tokens
    said = {
        "#0plus": "low",
        "#1plus": "low",
        "#2plus": "NORMAL",
        "#3plus": "high",
        "#4plus": "high",
    }
    return [Token(said.get(t.word, t.word), t.at) for t in tokens]


def _replace(tokens: list[Token], old: str, new: str) -> list[Token]:
    return [Token(new, t.at) if t.word == old else t for t in tokens]
