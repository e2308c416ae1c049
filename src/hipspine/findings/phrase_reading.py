"""What a phrase was read as, and how matched conjuncts become it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hipspine.evidence import FindingDefinition
from hipspine.findings.conjuncts import Conjunct
from hipspine.findings.lists import agree, doubtful_alternatives
from hipspine.findings.matching import Match
from hipspine.findings.model import Observation, Side, Stage
from hipspine.findings.negation import certainty, is_mild
from hipspine.findings.quantities import Quantity, in_unit
from hipspine.findings.settling import Settled, Stated, settle
from hipspine.findings.sides import names_the_other_side, shared_side, side_of
from hipspine.wording import Wording

PAST = Wording("stated as past, not as a present finding")
FAMILY = Wording("stated of the family, not of the patient")
TO_BE_RULED_OUT = Wording("to be ruled out: a question, not a finding")
NOT_TOLD = Wording("not told whether present or absent")


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
class Request:
    """The arguments of a reading that every observation takes over."""

    phrase: str
    present: bool | None
    stage: Stage | None
    side: Side | None
    date: datetime.date | None

    def observe(
        self, definition: FindingDefinition, settled: Settled, side: Side | None
    ) -> Observation:
        """An observation of this request; its own side wins over the one in the words."""
        assert settled.present is not None
        return Observation(
            finding=definition.id,
            present=settled.present,
            side=(self.side or side) if definition.sided else None,
            value=settled.value,
            stage=self.stage,
            date=self.date,
            phrase=self.phrase,
            bound=settled.bound,
        )


def reading_of(
    conjuncts: Sequence[Conjunct],
    quantities: Mapping[str, Quantity],
    stated: Stated,
    request: Request,
    vocabulary: Mapping[str, FindingDefinition],
) -> PhraseReading:
    """The reading of conjuncts whose findings are known; raises InvalidFinding for a bad value."""
    found = list(_found(conjuncts, quantities, stated, request))
    observations = [item for item in found if isinstance(item, Observation)]
    observations = doubtful_alternatives(observations, conjuncts, vocabulary)
    kept = agree(observations, vocabulary)
    reasons = [item.reason for item in found if isinstance(item, _Remark) and item.reason]
    notes = [item.note for item in found if isinstance(item, _Remark) and item.note]
    return PhraseReading(
        request.phrase,
        tuple(kept),
        reasons[0] if reasons and not kept else None,
        assumptions=tuple(dict.fromkeys(notes)),
        other_side=any(names_the_other_side(c.tokens) for c in conjuncts),
    )


@dataclass(frozen=True, slots=True)
class _Remark:
    """Why something understood is no observation, or what was assumed."""

    reason: str = ""
    note: str = ""


def _found(
    conjuncts: Sequence[Conjunct],
    quantities: Mapping[str, Quantity],
    stated: Stated,
    request: Request,
) -> Iterator[Observation | _Remark]:
    common = shared_side(side_of(conjunct.tokens) for conjunct in conjuncts)
    for conjunct in conjuncts:
        if any(token.word == "RULEOUT" for token in conjunct.tokens):
            yield _Remark(TO_BE_RULED_OUT)
            continue
        for match in conjunct.matches:
            definition = match.definition
            if definition.kind == "context":
                yield _Remark(definition.ignored_because)
                continue
            own = _value_for(match, stated, conjuncts)
            settled = settle(match, conjunct.tokens, quantities, own)
            if settled.note:
                yield _Remark(note=settled.note)
            if settled.present is None:
                yield _Remark(NOT_TOLD)
                continue
            side = side_of(conjunct.tokens) or common
            observation = request.observe(definition, settled, side)
            sure = "equivocal" if conjunct.unclear else certainty(conjunct.tokens)
            if sure == "definite" and definition.stage == "imaging" and is_mild(conjunct.tokens):
                sure = "possible"
            yield replace(observation, certainty=sure)


def _value_for(match: Match, stated: Stated, conjuncts: Sequence[Conjunct]) -> Stated:
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
