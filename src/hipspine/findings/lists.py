"""What the members of a list do to each other: shared denial, alternatives, exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hipspine.evidence import FindingDefinition
from hipspine.findings.conjuncts import Conjunct
from hipspine.findings.matching import Match
from hipspine.findings.model import Observation
from hipspine.findings.negation import has_own_word, leads, trails

#: Kinds whose findings are told in one breath, so that a comma carries a denial on.
_KINSHIP = {
    "exam_test": "exam", "neuro": "exam", "gait": "exam", "rom": "exam",
    "aggravating": "pain", "relieving": "pain", "pain_location": "place",
    "imaging": "imaging", "lab": "lab", "block": "block",
}  # fmt: skip


def share_denials(clause: Sequence[Conjunct]) -> None:
    """Spread "no A, B or C" and "A, B and C negative" over the members that say nothing else.

    "or" always carries a denial on; a comma or "and" does unless the next member says for itself
    how it is, or tells where the pain is ("no trauma, groin pain").
    """
    carried: str | None = None
    for conjunct in clause:
        opening = leads(conjunct.tokens)
        if opening:
            carried = opening
        elif conjunct.link not in ("or", ",", "and", "/") or not carried:
            carried = None
        elif _takes(conjunct, carried):
            conjunct.matches = [_denied(match) for match in conjunct.matches]
        else:
            carried = None
    last = clause[-1] if clause else None
    if last is None or not trails(last.tokens) or not last.matches:
        return
    for conjunct in reversed(clause[:-1]):
        if conjunct.borrowed or has_own_word(conjunct.tokens) or not conjunct.matches:
            break
        if _kin(conjunct) != _kin(last):
            break
        conjunct.matches = [_denied(match) for match in conjunct.matches]


def _takes(conjunct: Conjunct, carried: str) -> bool:
    if conjunct.borrowed or not conjunct.matches:
        return False
    if conjunct.link == "or" and carried != "NORMAL":
        return True
    return not has_own_word(conjunct.tokens) and _kin(conjunct) != "place"


def _kin(conjunct: Conjunct) -> str:
    kind = conjunct.matches[0].definition.kind
    return _KINSHIP.get(kind, "general")


def _denied(match: Match) -> Match:
    return replace(match, denied=not match.denied, told=True)


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
