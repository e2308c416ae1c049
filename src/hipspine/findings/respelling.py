"""Misspelt words set right, and near findings named when a phrase is not understood."""

from collections.abc import Iterable, Sequence

from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token
from hipspine.findings.matching import weight
from hipspine.findings.spelling import stem_of
from hipspine.findings.vocabulary_index import SEPARATORS, VocabularyIndex

#: One slip (two letters swapped count as one) is forgiven in words from this length on, two in
#: words longer than the other; the first letter must be right, in short words the last one too.
SHORTEST_WORD = 6
TWO_SLIPS_FROM = 10
_OPPOSITE_PREFIXES = ("hyper", "hypo", "ab", "ad", "inter", "intra", "ante", "anti", "pre", "post")


class Respeller:
    """Sets single misspelt words right; a word that is any known word is never touched."""

    def __init__(self, known_words: Iterable[str]) -> None:
        known = words.known_words() | frozenset(known_words)
        self._known_stems = frozenset(stem_of(word) for word in known)
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(known):
            if len(word) >= SHORTEST_WORD and word.isalpha():
                self._by_first.setdefault(word[0], []).append(word)
        self._memory: dict[str, str] = {}

    def respelt(self, word: str) -> str:
        """The known word that an unknown one must have meant; else the word itself."""
        if len(word) < SHORTEST_WORD or not word.isalpha() or stem_of(word) in self._known_stems:
            return word
        if word not in self._memory:
            if len(self._memory) > 5_000:
                self._memory.clear()
            self._memory[word] = self._nearest(word) or word
        return self._memory[word]

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA  # noqa: PLC0415  (slow to import)

        slips = 1 if len(word) <= TWO_SLIPS_FROM else 2
        best: tuple[int, str] | None = None
        for other in self._by_first.get(word[0], ()):
            if abs(len(other) - len(word)) > slips or _prefixes_differ(word, other):
                continue
            if len(word) <= 7 and word[-1] != other[-1]:
                continue
            distance = OSA.distance(word, other, score_cutoff=slips)
            if distance <= slips and (best is None or distance < best[0]):
                best = (distance, other)
        return best[1] if best else None


def _prefixes_differ(one: str, other: str) -> bool:
    return any(one.startswith(p) != other.startswith(p) for p in _OPPOSITE_PREFIXES)


def near_ids(name: str, ids: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Ids of the vocabulary that are written much like `name`."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (slow to import)

    found = process.extract(name[:80].lower(), ids, scorer=fuzz.WRatio, limit=most, score_cutoff=60)
    return tuple(str(match[0]) for match in found)


def near_findings(
    tokens: Sequence[Token], index: VocabularyIndex, most: int = 3
) -> tuple[str, ...]:
    """Findings that share most words with `tokens`, for a suggestion."""
    content = {t.word for t in tokens if not t.is_cue and t.word not in SEPARATORS}
    content -= words.STOP | words.OPTIONAL
    if not content:
        return ()
    scores: dict[str, float] = {}
    for entries in index.by_word.values():
        for entry in entries:
            shared = sum(weight(w) for w in entry.required & content)
            if shared >= 1.0:
                total = sum(weight(w) for w in entry.required | content)
                name = entry.definition.id
                scores[name] = max(scores.get(name, 0.0), shared / total)
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    return tuple(ranked[:most])
