"""Plain clinical words to findings: "cannot heel-walk", "lumbar MRI disc protrusion L4-5".

The way of a phrase: one spelling (`spelling`, `respelling`), numbers (`quantities`), one word per
meaning (`canonical`), conjuncts (`phrases`), best cover by synonyms (`matching`, `guards`),
denial and doubt (`negation`), value against threshold (`settling`). Nothing here knows a
finding: the vocabulary is passed in.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hipspine.evidence import FindingDefinition, evidence
from hipspine.findings import phrases
from hipspine.findings.canonical import Token, canonical
from hipspine.findings.lists import agree, doubtful_alternatives, share_denials
from hipspine.findings.matching import Context, Match, find
from hipspine.findings.model import Observation, Side, Stage
from hipspine.findings.negation import certainty
from hipspine.findings.phrases import Conjunct
from hipspine.findings.quantities import Quantity, in_unit
from hipspine.findings.respelling import Respeller, near_findings, near_ids
from hipspine.findings.settling import Stated, settle
from hipspine.findings.sides import names_the_other_side, shared_side, side_of
from hipspine.findings.values import Value, read_value, stated_by_id
from hipspine.findings.vocabulary_index import SEPARATORS, Prepared, build_index, prepare

PAST = "stated as past, not as a present finding"
FAMILY = "stated of the family, not of the patient"
TO_BE_RULED_OUT = "to be ruled out: a question, not a finding"
NOT_TOLD = "not told whether present or absent"


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """What a phrase was read as.

    `ignored` is the reason when it is understood but has no bearing; `suggestions` are near
    findings when it is not understood; `assumptions` name a unit that was guessed;
    `other_side`: the words place it opposite to the side of the complaint.
    """

    phrase: str
    observations: tuple[Observation, ...] = ()
    ignored: str | None = None
    suggestions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    other_side: bool = False

    @property
    def matched(self) -> bool:
        """Whether the phrase was understood."""
        return bool(self.observations) or self.ignored is not None


@dataclass(frozen=True, slots=True)
class _Request:
    """The arguments of a reading that every observation takes over."""

    phrase: str
    present: bool | None
    stage: Stage | None
    side: Side | None
    date: datetime.date | None


class PhraseReader:
    """Reads phrases against one vocabulary; build it once."""

    def __init__(self, vocabulary: Mapping[str, FindingDefinition]) -> None:
        self._vocabulary = vocabulary
        self._index = build_index(vocabulary)
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
        """The findings that a phrase states; raises InvalidFinding for an impossible value."""
        request = _Request(phrase, present, stage, side, date)
        told = read_value(value)
        name = phrase.strip()
        if name in self._vocabulary:
            return self._by_id(self._vocabulary[name], request, told)
        if "_" in name and " " not in name:
            return PhraseReading(phrase, suggestions=near_ids(name, list(self._vocabulary)))
        for words_of_value in (told.words, "") if told.words else ("",):
            prepared = self._prepared(f"{phrase} {words_of_value}")
            reading = self._by_words(prepared, request, told, bool(words_of_value))
            if reading.matched:
                return reading
        return reading

    def _prepared(self, text: str) -> Prepared:
        return prepare(text, self._respeller.respelt)

    def _by_id(
        self, definition: FindingDefinition, request: _Request, told: Value
    ) -> PhraseReading:
        if definition.kind == "context":
            return PhraseReading(request.phrase, ignored=definition.ignored_because)
        settled = stated_by_id(definition, request.present, told)
        if settled.present is None:
            return PhraseReading(request.phrase, ignored=NOT_TOLD)
        tokens = canonical(self._prepared(told.words).stems)
        observation = Observation(
            finding=definition.id,
            present=settled.present,
            side=(request.side or side_of(tokens)) if definition.sided else None,
            value=settled.value,
            stage=request.stage,
            date=request.date,
            certainty=certainty(tokens),
            phrase=request.phrase,
        )
        notes = (settled.note,) if settled.note else ()
        return PhraseReading(request.phrase, (observation,), assumptions=notes)

    def _by_words(
        self, prepared: Prepared, request: _Request, told: Value, value_in_words: bool
    ) -> PhraseReading:
        given = None if value_in_words else told.quantity
        quantities = dict(prepared.quantities)
        if given is not None:
            quantities[given.token] = given
        conjuncts = self._conjuncts(
            prepared.stems, request.stage, quantities, given and given.token
        )
        present = told.agreeing(request.present) if value_in_words else request.present
        stated = Stated(present, given, told.written)
        reading = self._observed(conjuncts, quantities, stated, request)
        if reading.matched:
            return reading
        reason = self._why_ignored(prepared.stems, request.stage, quantities)
        if reason:
            return PhraseReading(request.phrase, ignored=reason)
        tokens = canonical([s for s in prepared.stems if s not in SEPARATORS])
        return PhraseReading(request.phrase, suggestions=near_findings(tokens, self._index))

    def _conjuncts(
        self,
        stems: Sequence[str],
        stage: Stage | None,
        quantities: Mapping[str, Quantity],
        given: str | None,
    ) -> list[Conjunct]:
        """The conjuncts of all clauses, understood, with denials shared within each clause."""
        extra = [Token(given, 0)] if given else []
        modality: frozenset[str] = frozenset()
        understood: list[Conjunct] = []
        for clause in phrases.clauses(stems):
            modality = phrases.modality_of(clause) or modality
            context = Context(stage, modality, quantities, given is not None)

            def search(tokens: Sequence[Token], context: Context = context) -> list[Match]:
                return find([*tokens, *extra], self._index, context)

            done = phrases.understand(clause, search)
            share_denials(done)
            understood += done
        return understood

    def _observed(
        self,
        conjuncts: Sequence[Conjunct],
        quantities: Mapping[str, Quantity],
        stated: Stated,
        request: _Request,
    ) -> PhraseReading:
        common = shared_side(side_of(c.tokens) for c in conjuncts)
        observations: list[Observation] = []
        notes: list[str] = []
        ignored: str | None = None
        for conjunct in conjuncts:
            if any(token.word == "RULEOUT" for token in conjunct.tokens):
                ignored = ignored or TO_BE_RULED_OUT
                continue
            for match in conjunct.matches:
                definition = match.definition
                if definition.kind == "context":
                    ignored = ignored or definition.ignored_because
                    continue
                own = self._for(stated, match, conjuncts)
                settled = settle(match, conjunct.tokens, quantities, own)
                notes += [settled.note] if settled.note else []
                if settled.present is None:
                    ignored = ignored or NOT_TOLD
                    continue
                side = request.side or side_of(conjunct.tokens) or common
                observations.append(
                    Observation(
                        finding=definition.id,
                        present=settled.present,
                        side=side if definition.sided else None,
                        value=settled.value,
                        stage=request.stage,
                        date=request.date,
                        certainty=certainty(conjunct.tokens),
                        phrase=request.phrase,
                    )
                )
        observations = doubtful_alternatives(observations, conjuncts, self._vocabulary)
        kept = agree(observations, self._vocabulary)
        return PhraseReading(
            request.phrase,
            tuple(kept),
            None if kept else ignored,
            assumptions=tuple(dict.fromkeys(notes)),
            other_side=any(names_the_other_side(c.tokens) for c in conjuncts),
        )

    @staticmethod
    def _for(stated: Stated, match: Match, conjuncts: Sequence[Conjunct]) -> Stated:
        """The value belongs to those findings of the phrase whose unit it fits, if any does."""
        if stated.quantity is None or in_unit(stated.quantity, match.definition) is not None:
            return stated
        fits = any(
            in_unit(stated.quantity, other.definition) is not None
            for conjunct in conjuncts
            for other in conjunct.matches
            if other.definition.unit
        )
        return replace(stated, quantity=None) if fits else stated

    def _why_ignored(
        self, stems: Sequence[str], stage: Stage | None, quantities: Mapping[str, Quantity]
    ) -> str | None:
        """The reason when a phrase would be understood but for a word that moves it elsewhere."""
        tokens = canonical([s for s in stems if s not in SEPARATORS])
        cues = {"FAMILY": FAMILY, "PAST": PAST, "RULEOUT": TO_BE_RULED_OUT}
        reason = next((cues[t.word] for t in tokens if t.word in cues), None)
        if reason is None:
            return None
        rest = [t for t in tokens if t.word not in cues]
        context = Context(stage, frozenset(), quantities)
        return reason if find(rest, self._index, context) else None


@cache
def reader() -> PhraseReader:
    """The reader of hipspine's own vocabulary."""
    return PhraseReader(evidence().findings)
