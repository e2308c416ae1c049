"""Which statements about a patient are weighed, each once.

A statement and what it implies are one piece of evidence: of a weak great toe and "weakness"
the great toe speaks; of "no neurological deficit" and "reflexes normal" the general one does.
Of a published cluster and its items, the items speak when enough of them are known to decide
it, else the cluster does.

A value is one piece of evidence too: "ESR 35" says over 20 and not over 50 in one statement,
placed between two rungs of the finding's ladder (`graded`).

An equivocal result is not weighed. Nothing is published on what a "perhaps" is worth, and one
that is as likely with a source as without leaves the odds where they are; weighing it as
half sure would do exactly the same (a test shows it).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.evidence.rows import Cluster
from hipspine.findings.model import Certainty, Findings, Observation, Side, denied, implied
from hipspine.pain_sources.graded import NOWHERE, Place, around, place_of
from hipspine.pain_sources.network import Network

Where = Literal["left", "right", "both", "unknown"]

#: How sure a finding reported as possible is (judgement).
POSSIBLE = 0.75


@dataclass(frozen=True, slots=True)
class Weighed:
    """One finding as the network sees it: `model` is the finding whose figures speak.

    `place` says between which rungs of that finding's ladder its value lies.
    """

    finding: str
    model: str
    present: bool
    where: Where
    sure: float
    place: Place = NOWHERE


def weigh(findings: Findings, network: Network) -> tuple[Weighed, ...]:
    """Statements with a bearing on some source, each once, in a fixed order."""
    told = [o for o in findings if o.certainty != "equivocal"]
    told = _without_repeats(_without_clusters(_with_known_sides(told)))
    weighed: dict[tuple[str, Where, bool], Weighed] = {}
    for observation, place, where in _sides(_placed(told, network), network):
        model = network.stands_for(observation.finding, observation.present)
        if model is None:
            continue
        sure = 1.0 if observation.certainty == "definite" else POSSIBLE
        entry = Weighed(observation.finding, model, observation.present, where, sure, place)
        weighed.setdefault((model, where, observation.present), entry)
    return tuple(weighed.values())


Key = tuple[str, Side | None]


def _placed(told: list[Observation], network: Network) -> dict[Key, tuple[Observation, Place]]:
    """Each observation with its place between rungs, without those that the place tells of."""
    known = {(o.finding, o.side): o for o in told}
    placed = {key: (o, _place(o, network)) for key, o in known.items()}
    for key, o in known.items():
        ladder = network.ladders.get(o.finding)
        if not o.present or ladder is None:
            continue
        absent = [
            rung.label
            for rung in ladder.stricter
            if (beside := known.get((rung.label, o.side))) is not None and not beside.present
        ]
        place = placed[key][1]
        if absent and (place.beyond is None or place.beyond not in absent):
            if place.not_beyond is None:
                placed[key] = (o, Place(place.beyond, absent[0]))
            for label in absent:
                placed.pop((label, o.side), None)
    return placed


def _place(o: Observation, network: Network) -> Place:
    """Between which rungs a definite value lies; nowhere when it contradicts what is stated."""
    ladder = network.ladders.get(o.finding)
    limit = limit_of(evidence().findings[o.finding].present_if)
    if ladder is None or limit is None or o.value is None or o.certainty != "definite":
        return NOWHERE
    if limit.met(o.value) != o.present and not (o.bound and o.present):
        return NOWHERE
    return place_of(ladder, o.present, o.value, o.bound)


def _with_known_sides(told: list[Observation]) -> list[Observation]:
    """Without what is told again on a side: "straight leg raise" beside "left ... raise"."""
    sided = {(o.finding, o.present) for o in told if o.side}
    return [o for o in told if o.side or (o.finding, o.present) not in sided]


def _without_repeats(told: list[Observation]) -> list[Observation]:
    present = {o.finding for o in told if o.present}
    absent = {o.finding for o in told if not o.present}
    said_by_specific = frozenset().union(*(implied(f) for f in present))
    said_by_general = frozenset().union(*(denied(f) for f in absent))
    return [
        o for o in told if o.finding not in (said_by_specific if o.present else said_by_general)
    ]


def _without_clusters(told: list[Observation]) -> list[Observation]:
    """Drop a cluster that its items decide, else the items that the cluster sums up.

    A finding counts as the item that it implies (pain at the sacrum in FABER is a FABER), but
    what the cluster itself implies does not: "palpation and abduction painful" says no more.
    A normal left hip says nothing about the right one.
    """
    dropped: set[tuple[str, Side | None]] = set()
    for cluster in evidence().clusters.values():
        for own in (o for o in told if o.finding == cluster.id):
            if own.present or cluster.id in _with_figures():
                beside = [o for o in told if o.finding != cluster.id and _same_side(o, own)]
                dropped |= _dropped(cluster, own, beside)
    return [o for o in told if (o.finding, o.side) not in dropped]


def _dropped(
    cluster: Cluster, own: Observation, beside: list[Observation]
) -> set[tuple[str, Side | None]]:
    known = _known(beside)
    items = {item for item in cluster.items if item in known}
    positive = sum(known[item] for item in items)
    unknown = len(cluster.items) - len(items)
    if positive >= cluster.minimum or positive + unknown < cluster.minimum:
        return {(own.finding, own.side)}
    return {(o.finding, o.side) for o in beside if not items.isdisjoint(_states(o))}


def _same_side(o: Observation, other: Observation) -> bool:
    return o.side is None or other.side is None or o.side == other.side


def _known(told: list[Observation]) -> dict[str, bool]:
    """What is stated, implications included; present on one side is present."""
    known: dict[str, bool] = {}
    for o in told:
        for finding in _states(o):
            known[finding] = known.get(finding, False) or o.present
    return known


@cache
def _with_figures() -> frozenset[str]:
    """An absent cluster without figures would say nothing in place of its items."""
    return frozenset(row.finding_id for row in evidence().accuracy if row.use)


def _states(o: Observation) -> tuple[str, ...]:
    """The finding and, when it is present, all that it implies."""
    return (o.finding, *implied(o.finding)) if o.present else (o.finding,)


def _sides(
    placed: dict[Key, tuple[Observation, Place]], network: Network
) -> Iterator[tuple[Observation, Place, Where]]:
    """Each statement with its side; the same on left and right becomes one of both."""
    for o, place in placed.values():
        other = placed.get((o.finding, "right" if o.side == "left" else "left"))
        if o.side is None or not evidence().findings[o.finding].sided:
            yield o, place, "unknown"
        elif other is not None and other[0].present == o.present:
            if o.side == "left":
                doubtful = "possible" in (o.certainty, other[0].certainty)
                sure: Certainty = "possible" if doubtful else "definite"
                both = around(network.ladders.get(o.finding), place, other[1])
                yield replace(o, certainty=sure), NOWHERE if doubtful else both, "both"
        else:
            yield o, place, "left" if o.side == "left" else "right"
