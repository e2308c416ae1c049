"""What the members of a list do to each other: shared denial, alternatives, exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from hipspine.evidence import FindingDefinition
from hipspine.findings.conjuncts import Conjunct
from hipspine.findings.guards import PAST_COUNTS
from hipspine.findings.matching import Match
from hipspine.findings.model import Observation
from hipspine.findings.negation import (
    affirms,
    has_own_word,
    leads,
    names_a_symptom,
    opens_elsewhere,
    says_relief,
    takes_back,
    trails,
)

#: Kinds whose findings are told in one breath, so that a comma carries a denial on.
_KINSHIP = {
    "exam_test": "exam", "neuro": "exam", "gait": "exam", "rom": "exam",
    "aggravating": "pain", "relieving": "pain", "pain_location": "place",
    "imaging": "imaging", "lab": "lab", "block": "block",
}  # fmt: skip
#: What a list of things that relieve may speak of.
_OF_RELIEF = frozenset({"relieving", "block", "context"})
#: What "... and X negative" denies even when X itself is not understood.
_TESTED = frozenset({"exam", "imaging", "lab", "block"})


def share_denials(clause: Sequence[Conjunct]) -> None:
    """Spread "no A, B or C" and "A, B and C negative" over the members that say nothing else.

    "or" always carries a denial on; a comma or "and" does unless the next member says for itself
    how it is, or tells where the pain is ("no trauma, groin pain"). After a comma a symptom that
    could be either is equivocal.
    """
    carried: str | None = None
    for conjunct in clause:
        opening = leads(conjunct.tokens)
        if opening:
            carried = opening
        elif conjunct.link not in ("or", ",", "and", "/") or not carried:
            carried = None
        elif not conjunct.matches:
            continue  # a member that is not understood does not end the list
        elif _takes(conjunct, carried):
            conjunct.matches = [_denied(match) for match in conjunct.matches]
        elif _may_be_either(conjunct, carried):
            conjunct.unclear = True
        else:
            carried = None
    for before, after in pairwise(clause):
        if after.link != "without" or not before.matches:
            continue
        if takes_back(_kind(before), after.own_tokens()):
            before.matches = [_denied(match) for match in before.matches]
            after.matches = []
    last = clause[-1] if clause else None
    if last is None or not trails(last.tokens):
        return
    kin = {_kin(last)} if last.matches else _TESTED
    for conjunct in reversed(clause[:-1]):
        if conjunct.borrowed or has_own_word(conjunct.tokens) or not conjunct.matches:
            break
        if _kin(conjunct) not in kin:
            break
        conjunct.matches = [_denied(match) for match in conjunct.matches]


def _takes(conjunct: Conjunct, carried: str) -> bool:
    """Whether a denial carried on from before reaches this member."""
    if affirms(conjunct.stems, conjunct.tokens):
        return False
    if conjunct.link in ("or", "/") and carried != "NORMAL":
        return True
    return not has_own_word(conjunct.tokens) and _kin(conjunct) != "place"


def _may_be_either(conjunct: Conjunct, carried: str) -> bool:
    """ "No fever, bladder dysfunction": a second thing denied, or one that is there?"""
    return carried == "NO" and conjunct.link == "," and names_a_symptom(conjunct.tokens)


def _kind(conjunct: Conjunct) -> str:
    return conjunct.matches[0].definition.kind


def _kin(conjunct: Conjunct) -> str:
    return _KINSHIP.get(_kind(conjunct), "general")


def _denied(match: Match) -> Match:
    return replace(match, denied=not match.denied, told=True)


def share_relief(clause: Sequence[Conjunct]) -> None:
    """In "no relief from rest, tablets or a steroid injection" all are said to relieve, or not.

    They are not told as facts by themselves: that the drug was taken, that the place hurts.
    """
    if not clause or not says_relief(clause[0].tokens):
        return
    for conjunct in clause[1:]:
        if conjunct.link not in (",", "and", "or", "/") or has_own_word(conjunct.own_tokens()):
            return
        conjunct.matches = [m for m in conjunct.matches if m.definition.kind in _OF_RELIEF]


def share_times(clause: Sequence[Conjunct]) -> None:
    """Carry "previous" and "family history of" on: "previous hip or groin pain" is past."""
    carried = False
    for conjunct in clause:
        if opens_elsewhere(conjunct.tokens):
            carried = True
        elif (
            carried
            and conjunct.link in ("or", "/")
            and not affirms(conjunct.stems, conjunct.tokens)
        ):
            conjunct.matches = [m for m in conjunct.matches if m.definition.kind in PAST_COUNTS]
        else:
            carried = False


def doubtful_alternatives(
    observations: list[Observation],
    conjuncts: Sequence[Conjunct],
    vocabulary: Mapping[str, FindingDefinition],
) -> list[Observation]:
    """Of "A or B", both present, one may be untrue: each is only possible.

    Ways to relieve or provoke pain and places of pain are lists in clinical prose ("relieved by
    sitting or leaning forward") and stay definite; so does a general finding of which the other
    is a kind.
    """
    if not any(conjunct.link in ("or", "/") for conjunct in conjuncts):
        return observations
    present = {o.finding for o in observations if o.present}
    kinds = {vocabulary[name].kind for name in present}
    if len(present) < 2 or kinds <= {"aggravating", "relieving", "pain_location"}:
        return observations
    slashed = all(c.link != "or" for c in conjuncts)
    if slashed:
        return observations
    general = {g for name in present for g in vocabulary[name].implies if g in present}
    return [
        replace(o, certainty="possible")
        if o.present and o.finding not in general and o.certainty == "definite"
        else o
        for o in observations
    ]


def agree(
    observations: Sequence[Observation], vocabulary: Mapping[str, FindingDefinition]
) -> list[Observation]:
    """Observations without repeats or contradictions.

    A denial gives way to its own exception ("normal strength except weak dorsiflexion"); what is
    both affirmed and denied of one side is told by neither.
    """
    present = {o.finding for o in observations if o.present}
    wider = {general for name in present for general in _closure(name, vocabulary, "implies")}
    kept: dict[tuple[str, str | None], Observation] = {}
    unclear: set[tuple[str, str | None]] = set()
    for observation in observations:
        if not observation.present and observation.finding in wider - present:
            continue
        key = (observation.finding, observation.side)
        other = kept.get(key)
        if other is None or (other.value is None and observation.present == other.present):
            kept[key] = observation
        elif other.present != observation.present:
            unclear.add(key)
    return [o for key, o in kept.items() if key not in unclear]


def _closure(name: str, vocabulary: Mapping[str, FindingDefinition], column: str) -> set[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        definition = vocabulary.get(waiting.pop())
        for reached in getattr(definition, column, ()):
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    return seen
