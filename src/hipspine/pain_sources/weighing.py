"""Which statements about a patient are weighed, each once.

A statement and what it implies are one piece of evidence: of a weak great toe and "weakness"
the great toe speaks; of "no neurological deficit" and "reflexes normal" the general one does.
Of a published cluster and its items, the items speak when enough of them are known to decide
it, else the cluster does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation, denied, implied
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
