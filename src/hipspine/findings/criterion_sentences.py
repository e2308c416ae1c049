"""Sentences that state one criterion of a pain mechanism, however long they are.

"Pain in proportion to trauma or pathology" tells of no trauma, and "(eg, SLR)" of no straight leg
raise: such a sentence is one statement, and reading its words one by one would make findings of
its examples. The table `mechanism` says by which words each criterion is known:
`clear/predictable mechanical aggravat/eas !test` needs one beginning of each group and none of
the last. A sentence that holds any word beyond those and the general ones below says more than
the criterion and is left to the ordinary reader, so that nothing told is lost. The names and
synonyms of a criterion are known word for word.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from hipspine.evidence import FindingDefinition, MechanismCriterion
from hipspine.findings.lexicon import STOP
from hipspine.findings.spelling import plain, words_of
from hipspine.findings.vocabulary_index import CRITERION

Certainty = Literal["definite", "possible", "equivocal"]

#: Beginnings of words (with "=" whole words) that may stand in any criterion and state nothing.
GENERAL = """
pain= pains= painful symptom associat pattern factor aggravat ease= eases= easing reliev movement
mechanical anatomic test= tests= testing tissue positive finding distribution usual clear= clearly
consistent constant nature= extent= some= more= may= various level high= function time= times=
expect area region site= sign= signs= report present response respon multiple= nonspecific relevant
target within= activit somatic referral referred= primary= secondary= other= rapid medical surgical
therapeutic identif describ provo patient tells= any= history= strong marked process= also= both=
when= with= unpredictable disproportionate= proportionate= nonmechanical= nonanatomic= tender
palpat involv example
"""
_DENIALS = frozenset({"no", "not", "never", "denies", "absence", "absent", "lacks", "without"})
_DOUBTS = frozenset({"possible", "possibly", "probable", "probably", "suspected", "questionable"})
_UNCLEAR = frozenset({"equivocal", "uncertain", "unclear", "inconclusive"})
_EXAMPLES = re.compile(
    r"\((?:(?:eg|ie|e\.g|i\.e|for example|such as)\b|with ?(?:/|or) ?without)[^)]*\)"
)
_ONE_WORD = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:out of|not in) proportion\b|\bnot proportion\w+|\bdisproportion\w*",
         "disproportionate"),
        (r"\bin proportion\b|\bproportional\w*", "proportionate"),
        (r"\bnon[ -]?(mechanical|anatomic)\w*", r"non\1"),
        (r"\bnon[ -]?specific\b", "nonspecific"),
        (r"\b(?:unresponsive|(?:poor|no) response)\b", "not responsive"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """The criterion that a sentence states; `denied` as its own words say."""

    finding: str
    denied: bool
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class _Signature:
    finding: str
    groups: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    may_say: tuple[str, ...]

    def fits(self, words: frozenset[str]) -> bool:
        ended = [f"{word}=" for word in words]
        own = tuple(beginning for group in self.groups for beginning in group)
        return (
            sum(w.startswith(own) for w in ended) >= len(self.groups)
            and all(any(w.startswith(group) for w in ended) for group in self.groups)
            and not any(w.startswith(self.never) for w in ended)
            and all(w.startswith(self.may_say) for w in ended)
        )


class CriterionSentences:
    """Recognises the sentences of some criteria; build it once."""

    def __init__(
        self,
        criteria: Iterable[MechanismCriterion],
        vocabulary: Mapping[str, FindingDefinition],
    ) -> None:
        self._named = {
            _words(name): definition.id
            for definition in vocabulary.values()
            if definition.kind == CRITERION
            for name in (definition.name, *definition.synonyms)
        }
        self._signatures = tuple(
            _signature(criterion.finding_id, said)
            for criterion in criteria
            for said in criterion.said_by
        )

    def read(self, phrase: str) -> Sentence | None:
        """The one criterion that a phrase states; None when it states none, or more than one."""
        words = _words(phrase)
        cues = (_DENIALS | _DOUBTS | _UNCLEAR) & words
        denials = cues & _DENIALS
        if len(denials) > 1:  # "not without": who would know
            return None
        named = self._named.get(words) or self._named.get(words - cues)
        if named is None and len(words) < 2:
            return None
        content = frozenset(w for w in words if w not in cues and w not in STOP)
        found = {named} if named else {s.finding for s in self._signatures if s.fits(content)}
        if len(found) != 1:
            return None
        certainty: Certainty = "possible" if words & _DOUBTS else "definite"
        if words & _UNCLEAR:
            certainty = "equivocal"
        return Sentence(str(found.pop()), bool(denials), certainty)


def _signature(finding: str, said: str) -> _Signature:
    parts = said.split()
    groups = tuple(tuple(part.split("/")) for part in parts if not part.startswith("!"))
    never = tuple(part[1:] for part in parts if part.startswith("!"))
    own = tuple(beginning for group in groups for beginning in group)
    return _Signature(finding, groups, never, own + tuple(GENERAL.split()))


def _words(phrase: str) -> frozenset[str]:
    """The words of a phrase without its examples, in one spelling, opposites as one word."""
    text = _EXAMPLES.sub(" ", phrase.lower())
    for pattern, word in _ONE_WORD:
        text = pattern.sub(word, text)
    return frozenset(word for word in words_of(plain(text)) if word[0].isalnum())
