"""What the cues of a phrase do to a finding in it: denied, normal, uncertain, past.

A cue that belongs to the finding's own synonym ("not relieved supine") is part of its name and
denies nothing. "no X" reaches to the end of its conjunct; "X negative", "X absent" and
"normal X" hold for the whole conjunct.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token

Certainty = Literal["definite", "possible", "equivocal"]
NEGATIVE = frozenset({"NO", "NEG", "ABSENT", "NORMAL"})
_PREDICATES = frozenset({"worse", "relief"})
_PASSED_OVER = words.OPTIONAL | words.HEDGES | words.QUALIFIERS | words.STOP


def is_denied(tokens: Sequence[Token], used: AbstractSet[int]) -> bool:
    """Whether the words deny the finding that the tokens at `used` state.

    Several denials are one, unless one denies the other.
    """
    told = [i for i, token in enumerate(tokens) if token.word in NEGATIVE]
    if any(_denies_a_denial(tokens, index) for index in told):
        return bool(used & set(told))
    if used & set(told):
        return False
    return any(tokens[i].word != "NO" or _reaches(tokens, i, used) for i in told)


def _denies_a_denial(tokens: Sequence[Token], at: int) -> bool:
    """Whether "no" stands before another denial: "no normal reflexes", "not absent"."""
    if tokens[at].word != "NO":
        return False
    later = (t for t in tokens[at + 1 :] if t.word not in _PASSED_OVER)
    following = next(later, None)
    return following is not None and following.word in NEGATIVE - {"NO"}


def _reaches(tokens: Sequence[Token], at: int, used: Collection[int]) -> bool:
    """Whether "no" at a place speaks of the finding.

    "Groin pain not worse with coughing" and "no relief of groin pain" leave the pain present.
    """
    place = tokens[at].at
    scope = [
        (index, token)
        for index, token in enumerate(tokens)
        if token.at >= place and index != at and not token.is_cue
    ]
    scope = [(i, t) for i, t in scope if t.at > place or i > at]
    bound = [i for i, t in scope if t.at == place]
    if bound:  # "non-tender" denies tenderness and nothing else
        return any(index in used for index in bound)
    content = [(i, t) for i, t in scope if t.word not in _PASSED_OVER and t.word[0] != "#"]
    if not content:
        return True
    first, token = min(content, key=lambda pair: (pair[1].at, pair[0]))
    if first not in used and token.word in _PREDICATES:
        return False
    return any(index in used for index, _ in content)


def certainty(tokens: Sequence[Token]) -> Certainty:
    """Definite unless a word of doubt stands among the tokens."""
    found = {token.word for token in tokens}
    if "EQUIVOCAL" in found:
        return "equivocal"
    return "possible" if "POSSIBLE" in found else "definite"


def leads(tokens: Sequence[Token]) -> str | None:
    """The negative cue that a conjunct opens with, which its fellows share.

    What was looked at may stand before it: "lumbar MRI: no fracture or tumour".
    """
    looked = any(token.word in words.MODALITIES for token in tokens)
    passed = _PASSED_OVER | words.MODALITIES | (words.PLACES if looked else frozenset())
    for token in tokens:
        if token.word in NEGATIVE:
            return token.word
        if not token.is_cue and token.word not in passed:
            return None
    return None


def opens_elsewhere(tokens: Sequence[Token]) -> bool:
    """Whether a conjunct opens by speaking of the past or of the family."""
    for token in tokens:
        if token.word in ("PAST", "FAMILY"):
            return True
        if not token.is_cue and token.word not in _PASSED_OVER:
            return False
    return False


def trails(tokens: Sequence[Token]) -> bool:
    """Whether a conjunct ends on "negative", "normal" or "absent", which its fellows share."""
    for token in reversed(tokens):
        if token.word in ("NEG", "ABSENT", "NORMAL"):
            return True
        if not token.is_cue and token.word not in _PASSED_OVER:
            return False
    return False


def has_own_word(tokens: Sequence[Token]) -> bool:
    """Whether a conjunct says for itself that it is present, absent, worse, reduced, ..."""
    own = NEGATIVE | words.DEVIATIONS | _PREDICATES | {"POS", "onset"}
    return any(token.word in own for token in tokens)


_HAVING = frozenset({"has", "had", "have", "report", "describ", "complain", "admit", "endors"})


def affirms(stems: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Whether a conjunct says that what it names is there."""
    return stems[0] in _HAVING or any(token.word in ("POS", "onset") for token in tokens)


def takes_back(match_kind: str, tokens: Sequence[Token]) -> bool:
    """Whether "without pain" or "without relief" after a test or block makes it negative."""
    content = {t.word for t in tokens if not t.is_cue and t.word not in _PASSED_OVER}
    return match_kind in ("exam_test", "block") and bool(content) and content <= {"pain", "relief"}


_SYMPTOMS = frozenset(
    {"sensation", "strength", "paresthesia", "bladder", "bowel", "saddle", "anal"}
)


def names_a_symptom(tokens: Sequence[Token]) -> bool:
    """Whether the word that seems to affirm is part of a symptom's name ("weakness")."""
    return any(token.word in _SYMPTOMS for token in tokens)


_MILD = frozenset({"mild", "mildly", "slight", "minimal", "minor", "subtle"})


def is_mild(tokens: Sequence[Token]) -> bool:
    """Whether a change is called slight: on images such a change is half a finding."""
    return any(token.word in _MILD for token in tokens)


def says_relief(tokens: Sequence[Token]) -> bool:
    """Whether a conjunct speaks of relief."""
    return any(token.word == "relief" for token in tokens)
