"""Stems to one form: each word of a phrase becomes the word that all its synonyms share."""

from collections.abc import Sequence
from typing import NamedTuple

from hipspine.findings.word_forms import (
    ACTIVITIES,
    DEVIATIONS,
    MOTIONS,
    SKIPPED_INSIDE,
    STOP,
    TESTS,
    Forms,
    forms,
)


class Token(NamedTuple):
    """A canonical word (capitals: a cue, not content) and where its stem stood."""

    word: str
    at: int

    @property
    def is_cue(self) -> bool:
        """Whether it says something about the content instead of being content."""
        return self.word.isupper()


def canonical(stems: Sequence[str]) -> list[Token]:
    """The canonical tokens of stems, without stop words, context applied."""
    tokens: list[Token] = []
    kept = [(i, stem) for i, stem in enumerate(stems) if stem not in SKIPPED_INSIDE]
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


def _longest(table: Forms, words: Sequence[str], position: int) -> tuple[int, tuple[str, ...]]:
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
    if words & _WEAKNESS_TASKS and words & {"low", "dev", "strength", "unable", "difficult"}:
        told = ("low", "dev", "strength", "unable", "difficult")
        tokens = [t for t in tokens if t.word not in told]
        tokens.append(Token("unable", tokens[0].at))
    tokens = _replace(tokens, "difficult", "worse" if moves & _TIRING else "unable")
    if "high" in words and words & ACTIVITIES and not words & _NOT_AGGRAVATED:
        tokens = _replace(tokens, "high", "worse")
    if words & _FUNCTIONS and "low" in words:
        tokens = [t for t in tokens if t.word != "ABSENT"]  # reduced, even absent
    elif words & _FUNCTIONS and not words & (DEVIATIONS | {"NORMAL"}) and words & {"ABSENT", "NO"}:
        tokens = _lost(tokens)
    elif words & _FUNCTIONS and not words & DEVIATIONS:
        tokens = _replace(tokens, "POS", "NORMAL")
    if words & {"worse", "relief", "bending", "arching"} and not words & MOVED_JOINTS:
        tokens = _replace(_replace(tokens, "flexion", "bending"), "extension", "arching")
        moves = moves | (words & {"flexion", "extension"})
    if words & {"sit", "side_lying"}:
        tokens = _replace(tokens, "unable", "worse")
    if words & _SPHINCTERS:
        tokens = _replace(tokens, "symptom", "dev")
    if words & {"block", "injection"} and words & {"POS", "NEG"} and "relief" not in words:
        tokens = [*tokens, Token("relief", tokens[0].at)]
    if any(w.startswith("#") and w.endswith(("degc", "degf")) for w in words):
        tokens = [*tokens, Token("temperature", tokens[0].at)]
    if "painless" in words:
        tokens = _painless(tokens, bool(moves))
    if "great_toe" in words and "dorsiflexion" in words:
        tokens = _replace(tokens, "dorsiflexion", "extension")
    if "pain" in words and moves and not words & _STATED:
        first = next(t for t in tokens if t.word == "pain")
        tokens = [*tokens, Token("worse", first.at)]
    if "ago" in words and any(_is_years(w) for w in words) and not words & _BEGINNING:
        tokens = _replace(tokens, "ago", "PAST")
    if any(_is_strength(t.word) for t in tokens) and not words & (_COUNTED | {"strength"}):
        tokens = [*tokens, Token("strength", tokens[0].at)]
    return _pluses(tokens)


#: Activities with which difficulty means pain; with others it means weakness or stiffness.
_TIRING = frozenset({"walk", "stand", "run", "sit", "side_lying", "stairs", "squat", "lift"})
#: "Increased running mileage" is no pain that increases with running.
_NOT_AGGRAVATED = frozenset({"temperature", "mileag", "volum", "load", "intensity", "distanc"})
_SPHINCTERS = frozenset({"bladder", "bowel", "anal"})


def _painless(tokens: list[Token], moved: bool) -> list[Token]:
    """ "Pain free on flexion" denies pain there; in "painless full motion" it may go."""
    if any(t.word in ("NORMAL", "low", "limp") for t in tokens):
        return [t for t in tokens if t.word != "painless"]
    said = ("NEG", "pain", "worse") if moved else ("NEG", "pain")
    at = next(t.at for t in tokens if t.word == "painless")
    return [*(t for t in tokens if t.word != "painless"), *(Token(w, at) for w in said)]


MOVED_JOINTS = frozenset(
    {"hip", "knee", "ankle", "foot", "toe", "great_toe", "thigh", "leg", "neck"}
)


_BEGINNING = frozenset({"start", "begin", "began", "onset", "develop"})


def _lost(tokens: list[Token]) -> list[Token]:
    """ "No ankle jerk" is a lost one; the "no" of "non-tender" speaks of its own word only."""
    bound = {t.at for t in tokens if not t.is_cue}
    return [
        Token("low", t.at) if t.word == "ABSENT" or (t.word == "NO" and t.at not in bound) else t
        for t in tokens
    ]


def _is_years(word: str) -> bool:
    return word.startswith("#") and word.endswith("year")


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
