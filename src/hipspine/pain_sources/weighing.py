"""Which statements about a patient are weighed, each once.

A statement and what it implies are one piece of evidence: of a weak great toe and "weakness"
the great toe speaks; of "no neurological deficit" and "reflexes normal" the general one does.
Of a published cluster and its items, the items speak when enough of them are known to decide
it, else the cluster does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.rows import Cluster
from hipspine.findings.model import Findings, Observation, Side, denied, implied
from hipspine.pain_sources.network import Network

Where = Literal["left", "right", "both", "unknown"]

#: How sure a finding reported as possible is (judgement).
POSSIBLE = 0.75


@dataclass(frozen=True, slots=True)
class Weighed:
    """One finding as the network sees it: `model` is the finding whose figures speak."""

    finding: str
    model: str
    present: bool
    where: Where
    sure: float


def weigh(findings: Findings, network: Network) -> tuple[Weighed, ...]:
    """Statements with a bearing on some source, each once, in a fixed order."""
    told = [o for o in findings if o.certainty != "equivocal"]
    told = _without_repeats(_without_clusters(_with_known_sides(told)))
    weighed: dict[tuple[str, Where, bool], Weighed] = {}
    for observation, where in _sides(told):
        model = network.stands_for(observation.finding, observation.present)
        if model is None:
            continue
        sure = 1.0 if observation.certainty == "definite" else POSSIBLE
        entry = Weighed(observation.finding, model, observation.present, where, sure)
        weighed.setdefault((model, where, observation.present), entry)
    return tuple(weighed.values())


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


def _sides(told: Iterable[Observation]) -> Iterable[tuple[Observation, Where]]:
    """Each statement with its side; the same on left and right becomes one of both."""
    told = list(told)
    index = {(o.finding, o.side): o for o in told}
    for o in told:
        other = index.get((o.finding, "right" if o.side == "left" else "left"))
        if o.side is None or not evidence().findings[o.finding].sided:
            yield o, "unknown"
        elif other is not None and other.present == o.present:
            if o.side == "left":
                doubtful = "possible" in (o.certainty, other.certainty)
                yield replace(o, certainty="possible" if doubtful else "definite"), "both"
        else:
            yield o, "left" if o.side == "left" else "right"
