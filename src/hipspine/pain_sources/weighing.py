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
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
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

    A finding counts as the item that it implies (pain at the sacrum in FABER is a FABER).
    """
    known: dict[str, bool] = {}
    for o in told:
        for finding in _states(o):
            known[finding] = known.get(finding, False) or o.present
    clusters: set[str] = set()
    items: set[str] = set()
    for cluster in evidence().clusters.values():
        if not any(o.finding == cluster.id for o in told):
            continue
        known_items = [item for item in cluster.items if item in known]
        positive = sum(known[item] for item in known_items)
        unknown = len(cluster.items) - len(known_items)
        decided = positive >= cluster.minimum or positive + unknown < cluster.minimum
        if decided:
            clusters.add(cluster.id)
        else:
            items.update(known_items)
    return [o for o in told if o.finding not in clusters and not items & set(_states(o))]


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
