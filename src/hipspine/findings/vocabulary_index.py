"""The vocabulary's synonyms as sets of canonical words, indexed by their rarest word."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hipspine.evidence import FindingDefinition
from hipspine.findings import word_forms as words
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.quantities import Quantity, find_quantities, may_hold_a_quantity
from hipspine.findings.spelling import plain, stem_of, stems_of, words_of
from hipspine.findings.thresholds import threshold

SEPARATORS = frozenset({",", ";", "(", ")", "/", "-", ".", ":", "and", "or", "but", "without"})
CRITERION = "mechanism"
_MERE = frozenset({"pain", "symptom"})
_NOT_REQUIRED_CUES = frozenset({"WITH", "POS", "LEFT", "RIGHT", "POSSIBLE", "EQUIVOCAL", "NEG"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as stems and separators; `quantities` by the token that stands for each."""

    stems: tuple[str, ...]
    quantities: Mapping[str, Quantity]


def prepare(text: str, correct: Callable[[str], str] = str) -> Prepared:
    """Spelling, levels and quantities of a text settled; nothing interpreted yet."""
    text = plain(text)
    found: list[Quantity] = []
    if may_hold_a_quantity(text):
        text, found = find_quantities(text)
    stems = tuple(
        found[int(word[1:-1])].token if word.startswith("#") else stem_of(correct(word))
        for word in words_of(text)
    )
    return Prepared(stems, {quantity.token: quantity for quantity in found})


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to say a finding.

    `required` words must all be in a phrase; `optional` ones add to the match. `absent`: it says
    the finding is absent. `neutral`: its deviation was taken off ("reflex" of "reduced reflex"),
    so a value or "normal" must tell. `removed` is what was taken off.
    """

    definition: FindingDefinition
    required: frozenset[str]
    optional: frozenset[str]
    modality: frozenset[str]
    absent: bool = False
    neutral: bool = False
    removed: frozenset[str] = frozenset()


@dataclass
class VocabularyIndex:
    """All entries by their rarest required word, each finding's bag of words, all its words."""

    by_word: dict[str, list[Entry]] = field(default_factory=dict)
    bags: dict[str, frozenset[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def entries(self, present: Iterable[str]) -> Iterator[Entry]:
        """Entries whose required words are all among `present`."""
        inside = present if isinstance(present, (set, frozenset)) else set(present)
        for word in inside:
            for entry in self.by_word.get(word, ()):
                if entry.required <= inside:
                    yield entry


def build_index(vocabulary: Mapping[str, FindingDefinition]) -> VocabularyIndex:
    """Index of a vocabulary; the order of its findings decides nothing but ties.

    Criteria of a pain mechanism are told by whole sentences (`criterion_sentences`): their words
    ("resolving", "localised") are too common to be looked for one by one.
    """
    index = VocabularyIndex()
    entries: dict[tuple[str, frozenset[str], frozenset[str], bool, bool], Entry] = {}
    known: set[str] = set()
    for definition in vocabulary.values():
        if definition.kind == CRITERION:
            continue
        bag: set[str] = set()
        for phrase, absent in _phrases(definition):
            prepared = prepare(phrase)
            known.update(words_of(phrase.lower()))
            content = [s for s in prepared.stems if s not in SEPARATORS]
            tokens = canonical(content)
            bag.update(token.word for token in tokens)
            for entry in _entries(definition, tokens, absent):
                key = (definition.id, entry.required, entry.modality, absent, entry.neutral)
                entries.setdefault(key, entry)
        bag.update(t.word for t in canonical(stems_of(definition.id.replace("_", " "))))
        index.bags[definition.id] = frozenset(bag)
    index.known = frozenset(known)
    _file(index, entries.values())
    return index


def _file(index: VocabularyIndex, entries: Iterable[Entry]) -> None:
    entries = list(entries)
    counts = Counter(word for entry in entries for word in entry.required)
    for entry in entries:
        rarest = min(entry.required, key=lambda word: (counts[word], word))
        index.by_word.setdefault(rarest, []).append(entry)


def _phrases(definition: FindingDefinition) -> Iterator[tuple[str, bool]]:
    yield definition.name, False
    for synonym in definition.synonyms:
        yield synonym, False
    for synonym in definition.absent_synonyms:
        yield synonym, True


def _entries(
    definition: FindingDefinition, tokens: Sequence[Token], absent: bool
) -> Iterator[Entry]:
    content = {t.word for t in tokens} - _NOT_REQUIRED_CUES
    if "NEG" in {t.word for t in tokens}:
        content.add("NEG")
    modality = frozenset(content & words.MODALITIES)
    content -= modality
    optional = _optional(definition, content)
    required = frozenset(content - optional)
    if required:
        yield Entry(definition, required, frozenset(optional), modality, absent)
    elif modality:
        yield Entry(definition, modality, frozenset(optional), frozenset(), absent)
    if absent or required & {"NO", "NORMAL", "ABSENT", "NEG"}:
        return
    removed = {w for w in required if w in words.DEVIATIONS or w.startswith("#")}
    removed = removed if threshold(definition) else removed & words.DEVIATIONS
    rest = required - removed
    if rest & words.MOTIONS:  # "normal dorsiflexion" speaks of strength without saying so
        optional |= rest & {"strength"}
        rest -= optional
    if removed and not rest <= (words.OPTIONAL | words.QUALIFIERS | words.PLACES | _MERE):
        yield Entry(
            definition,
            rest,
            frozenset(optional),
            modality,
            neutral=True,
            removed=frozenset(removed),
        )


def _optional(definition: FindingDefinition, content: set[str]) -> set[str]:
    """Words of a synonym that a phrase may leave out without meaning something else."""
    optional = content & words.OPTIONAL
    if definition.kind in ("medication", "exposure"):
        optional |= content & words.DURATION
    if content & ({"worse", "relief", "tender"} | words.TESTS) and content - {"pain"}:
        optional |= {"pain"}
    if definition.kind == "exam_test" and content & words.TESTS:
        optional |= {"worse"}
    if definition.kind == "imaging" and content - words.PLACES - words.MODALITIES - {"dev"}:
        optional |= content & {"dev"}  # "Modic 1 changes"
    if content & words.SHIFTERS:  # an operation is past anyway
        optional |= content & {"PAST"}
    around = words.around()
    enclosing = {outer for word in content for outer in around.get(word, ())}
    optional |= content & enclosing & words.PLACES
    return optional if content - optional else set()
