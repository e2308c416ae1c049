"""Misspelt words set right, and near findings named when a phrase is not understood."""

from collections.abc import Iterable, Sequence

from hipspine.findings import canonical as words
from hipspine.findings.canonical import Token
from hipspine.findings.matching import weight
from hipspine.findings.vocabulary_index import SEPARATORS, VocabularyIndex

#: A word is taken for another one only when it is this similar (percent) and this long.
LEAST_SIMILAR = 88.0
SHORTEST_WORD = 5
_OPPOSITE_PREFIXES = ("hyper", "hypo", "ab", "ad", "inter", "intra", "ante", "anti", "pre", "post")


class Respeller:
    """Sets single misspelt words right; a word that is any known word is never touched."""

    def __init__(self, stems: Iterable[str]) -> None:
        known = words.known_stems() | frozenset(stems)
        self._known = known
        self._by_first: dict[str, list[str]] = {}
        for stem in sorted(known):
            if len(stem) >= SHORTEST_WORD - 1 and stem.isalpha():
                self._by_first.setdefault(stem[0], []).append(stem)
        self._memory: dict[str, str] = {}

    def respelt(self, stems: Sequence[str]) -> list[str]:
        """The stems, each unknown one replaced by a known one that it must have meant."""
        return [self._respell(stem) for stem in stems]

    def _respell(self, stem: str) -> str:
        if stem in self._known or len(stem) < SHORTEST_WORD or not stem.isalpha():
            return stem
        if stem not in self._memory:
            if len(self._memory) > 5_000:
                self._memory.clear()
            self._memory[stem] = self._nearest(stem) or stem
        return self._memory[stem]

    def _nearest(self, stem: str) -> str | None:
        from rapidfuzz import process  # slow to import, seldom needed
        from rapidfuzz.distance import OSA

        near = [s for s in self._by_first.get(stem[0], ()) if abs(len(s) - len(stem)) <= 2]
        near = [s for s in near if not _prefixes_differ(stem, s)]
        similar = OSA.normalized_similarity
        found = process.extractOne(
            stem, near, scorer=similar, score_cutoff=_cutoff(len(stem)), processor=None
        )
        return str(found[0]) if found else None


def _cutoff(length: int) -> float:
    """One slip (two letters swapped count as one) in up to 10 letters, two in longer words."""
    slips = 1 if length <= 10 else 2
    return 1.0 - (slips + 0.01) / length


def _prefixes_differ(one: str, other: str) -> bool:
    return any(one.startswith(p) != other.startswith(p) for p in _OPPOSITE_PREFIXES)


def near_ids(name: str, ids: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Ids of the vocabulary that are written much like `name`."""
    from rapidfuzz import fuzz, process

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
