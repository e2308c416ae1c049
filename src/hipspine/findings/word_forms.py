"""The language tables as sets and look-ups: which form stands for which word, what lies where."""

import re
from collections.abc import Mapping
from functools import cache

from hipspine.findings import anatomy_words, disease_words, lexicon, sign_words
from hipspine.findings.spelling import stems_of, words_of

SKIPPED_INSIDE = frozenset(["a", "an", "the", "of", "to", "his", "her", "their", "its"])

Forms = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


BLOCKS = (
    lexicon.CUES, lexicon.STATES, lexicon.ACTIVITIES, anatomy_words.PLACES,
    anatomy_words.MOTIONS, sign_words.TESTS, sign_words.MODALITIES,
    disease_words.PATHOLOGY, disease_words.ILLNESS, disease_words.MEDICINES,
    disease_words.PROCEDURES,
)  # fmt: skip


@cache
def forms() -> Forms:
    """First stem -> (all stems, canonical words), longest first."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for block in BLOCKS:
        for line in block.strip().splitlines():
            canonical, _, variants = line.partition(" = ")
            for variant in variants.split(" | "):
                stems = tuple(w for w in stems_of(variant.strip()) if w not in SKIPPED_INSIDE)
                found[stems] = tuple(canonical.split())
    by_first: Forms = {}
    for stems, canon in found.items():
        by_first.setdefault(stems[0], []).append((stems, canon))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


def _stems(words: str) -> frozenset[str]:
    return frozenset(stems_of(words))


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
    return frozenset(words_of(" ".join([*BLOCKS, *lists]).replace("=", " ").lower()))


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
MODALITIES = _words_before_equals(sign_words.MODALITIES)
MOTIONS = _words_before_equals(anatomy_words.MOTIONS) - {"low", "motion"}
ACTIVITIES = _words_before_equals(lexicon.ACTIVITIES)
TESTS = _words_before_equals(sign_words.TESTS) - {"low", "high"}
PLACES = _words_before_equals(anatomy_words.PLACES) - MOTIONS - DIRECTIONS
_LEVEL = re.compile(r"[lsct]\d{1,2}(?:[lsct]\d{1,2})?")


def is_level(word: str) -> bool:
    """Whether a word is a root or vertebra (l5) or a segment (l4l5)."""
    return bool(_LEVEL.fullmatch(word)) and word not in ("t1w", "t2w")
