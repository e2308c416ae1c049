"""Plain clinical words to findings: "cannot heel-walk", "lumbar MRI disc protrusion L4-5".

The way of a phrase: one spelling (`spelling`, `respelling`), numbers (`quantities`), one word per
meaning (`canonical`), members of lists (`conjuncts`, `phrases`, `lists`), best cover by synonyms
(`matching`, `cover`, `guards`), denial and doubt (`negation`), value against threshold
(`settling`). No module of them knows a finding: the vocabulary is passed in.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from hipspine.evidence import FindingDefinition, evidence
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.conjuncts import Conjunct, clauses, modality_of
from hipspine.findings.cover import find
from hipspine.findings.criterion_sentences import CriterionSentences
from hipspine.findings.index_cache import index_of_evidence
from hipspine.findings.lists import share_denials, share_relief, share_times
from hipspine.findings.matching import Context, Match
from hipspine.findings.model import Side, Stage
from hipspine.findings.negation import certainty
from hipspine.findings.phrase_reading import (
    FAMILY,
    NOT_TOLD,
    PAST,
    TO_BE_RULED_OUT,
    PhraseReading,
    Request,
    reading_of,
)
from hipspine.findings.phrases import understand
from hipspine.findings.respelling import Respeller, near_findings, near_ids
from hipspine.findings.settling import Settled, Stated
from hipspine.findings.sides import side_of
from hipspine.findings.values import Value, read_value, stated_by_id
from hipspine.findings.vocabulary_index import (
    SEPARATORS,
    Prepared,
    VocabularyIndex,
    build_index,
    prepare,
)

__all__ = ["PhraseReader", "PhraseReading", "reader"]

_MOVED_ELSEWHERE = {"FAMILY": FAMILY, "PAST": PAST, "RULEOUT": TO_BE_RULED_OUT}


class PhraseReader:
    """Reads phrases against one vocabulary; build it once."""

    def __init__(
        self,
        vocabulary: Mapping[str, FindingDefinition],
        index: VocabularyIndex | None = None,
        sentences: CriterionSentences | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._sentences = sentences or CriterionSentences((), {})
        self._index = index or build_index(vocabulary)
        self._respeller = Respeller(self._index.known)

    def read(
        self,
        phrase: str,
        *,
        present: bool | None = True,
        value: str | float | int | None = None,
        stage: Stage | None = None,
        side: Side | None = None,
        date: datetime.date | None = None,
    ) -> PhraseReading:
        """The findings that a phrase states; raises InvalidFinding for an impossible value.

        `present` False turns what the words say, None leaves it to words and value. Odd input
        never raises: what is not understood has suggestions.
        """
        request = Request(phrase, present, stage, side, date)
        told = read_value(value)
        name = phrase.strip()
        if name in self._vocabulary:
            return self._by_id(self._vocabulary[name], request, told)
        if "_" in name and " " not in name:
            return PhraseReading(phrase, suggestions=near_ids(name, list(self._vocabulary)))
        if value is None:
            stated = self._by_sentence(request)
            if stated is not None:
                return stated
        if told.words:
            reading = self._by_words(f"{phrase} {told.words}", request, told.in_the_words())
            if reading.matched:
                return reading
        return self._by_words(phrase, request, told)

    def _by_id(self, definition: FindingDefinition, request: Request, told: Value) -> PhraseReading:
        if definition.kind == "context":
            return PhraseReading(request.phrase, ignored=definition.ignored_because)
        settled = stated_by_id(definition, request.present, told)
        if settled.present is None:
            return PhraseReading(request.phrase, ignored=NOT_TOLD)
        tokens = canonical(self._prepared(told.words).stems)
        observation = request.observe(definition, settled, side_of(tokens))
        observation = replace(observation, certainty=certainty(tokens))
        notes = (settled.note,) if settled.note else ()
        return PhraseReading(request.phrase, (observation,), assumptions=notes)

    def _by_sentence(self, request: Request) -> PhraseReading | None:
        """The reading of a phrase that is one criterion, told as a whole; else None."""
        sentence = self._sentences.read(request.phrase)
        if sentence is None:
            return None
        settled = Settled(present=(request.present is not False) != sentence.denied)
        observation = request.observe(self._vocabulary[sentence.finding], settled, None)
        return PhraseReading(request.phrase, (replace(observation, certainty=sentence.certainty),))

    def _by_words(self, text: str, request: Request, told: Value) -> PhraseReading:
        prepared = self._prepared(text)
        quantities = dict(prepared.quantities)
        if told.quantity is not None:
            quantities[told.quantity.token] = told.quantity
        context = Context(request.stage, frozenset(), quantities, told.quantity)
        conjuncts = self._conjuncts(prepared.stems, context)
        stated = Stated(told.agreeing(request.present), told.quantity, told.written)
        reading = reading_of(conjuncts, quantities, stated, request, self._vocabulary)
        if reading.matched:
            return reading
        tokens = canonical([s for s in prepared.stems if s not in SEPARATORS])
        reason = self._why_ignored(tokens, context)
        if reason:
            return PhraseReading(request.phrase, ignored=reason)
        return PhraseReading(request.phrase, suggestions=near_findings(tokens, self._index))

    def _prepared(self, text: str) -> Prepared:
        return prepare(text, self._respeller.respelt)

    def _conjuncts(self, stems: Sequence[str], context: Context) -> list[Conjunct]:
        """The conjuncts of all clauses, understood, with denials shared within each clause."""
        understood: list[Conjunct] = []
        for clause in clauses(stems):
            context = replace(context, modality=modality_of(clause) or context.modality)
            done = understand(clause, _Search(self, context))
            share_denials(done)
            share_times(done)
            share_relief(done)
            understood += done
        return understood

    def find(self, tokens: Sequence[Token], context: Context) -> list[Match]:
        """The findings in canonical tokens, with the value of the request among them."""
        if context.given is not None:
            tokens = [*tokens, Token(context.given.token, 0)]
        return find(tokens, self._index, context)

    def _why_ignored(self, tokens: Sequence[Token], context: Context) -> str | None:
        """The reason when words would be understood but for one that moves them elsewhere."""
        reasons = (_MOVED_ELSEWHERE[t.word] for t in tokens if t.word in _MOVED_ELSEWHERE)
        reason = next(reasons, None)
        rest = [token for token in tokens if token.word not in _MOVED_ELSEWHERE]
        return reason if reason and self.find(rest, context) else None


class _Search:
    """`PhraseReader.find` in one context."""

    def __init__(self, reader: PhraseReader, context: Context) -> None:
        self._reader, self._context = reader, context

    def __call__(self, tokens: Sequence[Token]) -> list[Match]:
        return self._reader.find(tokens, self._context)


@cache
def reader() -> PhraseReader:
    """The reader of hipspine's own vocabulary."""
    vocabulary = evidence().findings
    sentences = CriterionSentences(evidence().mechanism_criteria.values(), vocabulary)
    return PhraseReader(vocabulary, index_of_evidence(), sentences)
