"""The facts about one patient, frozen: what was found, on which side, and by what words.

Unknown is not absent: a finding that nobody looked for has no Observation at all.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from hipspine.errors import InvalidFinding
from hipspine.evidence import evidence

Side = Literal["left", "right", "bilateral"]
Stage = Literal["history", "exam", "imaging", "lab", "block"]
Certainty = Literal["definite", "possible", "equivocal"]
#: A value may be all that is known of one end: ">" says "at least", "<" says "at most".
Bound = Literal["", "<", ">"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One finding of one patient; `value` in the unit of the vocabulary, exact or a `bound`.

    `side` is the patient's own left or right; None when it has no side or none was told.
    """

    finding: str
    present: bool
    side: Side | None = None
    value: float | None = None
    stage: Stage | None = None
    date: datetime.date | None = None
    certainty: Certainty = "definite"
    phrase: str = ""
    bound: Bound = ""


class Findings:
    """All observations of a patient: no contradictions, one statement per finding and side.

    Stated twice on different dates, the later one counts; with opposite answers on one date
    it is an error (InvalidFinding). What a statement implies (a weak great toe is a weakness)
    is answered by `is_present`, but is not itself an observation.
    """

    def __init__(self, observations: Iterable[Observation] = ()) -> None:
        self._observations = _settle(observations)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._observations)

    def __len__(self) -> int:
        return len(self._observations)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._observations == other._observations

    def __hash__(self) -> int:
        return hash(self._observations)

    def with_(self, *more: Observation) -> "Findings":
        """New findings that hold these too."""
        return Findings((*self._observations, *more))

    def without(self, finding: str) -> "Findings":
        """New findings in which nothing is known of `finding`."""
        return Findings(o for o in self._observations if o.finding != finding)

    def is_present(self, finding: str) -> bool | None:
        """True or False when known on either side, directly or by implication; else None."""
        if finding in self._present:
            return True
        return False if finding in self._absent else None

    def value(self, finding: str) -> float | None:
        """The number recorded with a finding or with one that implies it (the lowest of them)."""
        values = [
            o.value
            for o in self._observations
            if o.value is not None and finding in {o.finding, *implied(o.finding)}
        ]
        return min(values) if values else None

    @cached_property
    def _present(self) -> frozenset[str]:
        present = [o.finding for o in self if o.present and o.certainty != "equivocal"]
        return frozenset(present).union(*(implied(f) for f in present))

    @cached_property
    def _absent(self) -> frozenset[str]:
        absent = [o.finding for o in self if not o.present and o.certainty != "equivocal"]
        return frozenset(absent).union(*(denied(f) for f in absent))


def _closure(start: str, attribute: str) -> frozenset[str]:
    """Everything reached from `start` along `implies` or `absent_implies`, without `start`."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        definition = evidence().findings.get(waiting.pop())
        for reached in getattr(definition, attribute, ()):
            if reached not in seen and reached != start:
                seen.add(reached)
                waiting.append(reached)
    return frozenset(seen)


def implied(finding: str) -> frozenset[str]:
    """The more general findings that are present whenever `finding` is."""
    return _closure(finding, "implies")


def denied(finding: str) -> frozenset[str]:
    """The more specific findings that are absent whenever `finding` is."""
    return _closure(finding, "absent_implies")


def _settle(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Split both sides, let later dates win, refuse opposite answers, sort."""
    settled: dict[tuple[str, Side | None], Observation] = {}
    for observation in sorted(_one_sided(observations), key=_order):
        key = (observation.finding, observation.side)
        other = settled.get(key)
        settled[key] = observation if other is None else _stronger(other, observation)
    return tuple(settled[key] for key in sorted(settled, key=lambda k: (k[0], k[1] or "")))


def _order(observation: Observation) -> tuple[str, ...]:
    """A total order, so that the order of telling changes nothing."""
    o = observation
    return (o.finding, o.side or "", str(o.value), str(o.date), o.certainty, o.phrase, o.bound)


def _one_sided(observations: Iterable[Observation]) -> Iterator[Observation]:
    for observation in observations:
        if observation.side == "bilateral":
            yield replace(observation, side="left")
            yield replace(observation, side="right")
        else:
            yield observation


_CERTAINTY_ORDER: dict[Certainty, int] = {"equivocal": 0, "possible": 1, "definite": 2}


def _stronger(first: Observation, second: Observation) -> Observation:
    """Of two statements about one finding and side, the one that counts."""
    oldest = datetime.date.min
    first_date, second_date = first.date or oldest, second.date or oldest
    if first_date != second_date:
        return first if first_date > second_date else second
    if first.present != second.present and "equivocal" not in (first.certainty, second.certainty):
        where = f" ({first.side})" if first.side else ""
        raise InvalidFinding(
            f"{first.finding}{where} is stated both present and absent"
            f" ({first.phrase or first.finding!r}; {second.phrase or second.finding!r}):"
            " state it once, or give the two a different date"
        )
    if (first.value is None) != (second.value is None):
        return second if first.value is None else first
    rank = _CERTAINTY_ORDER
    return first if rank[first.certainty] >= rank[second.certainty] else second
