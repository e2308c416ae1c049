"""What the findings say about each source: single findings by themselves, correlated ones at once.

`heard` turns the findings of one group (or one finding) into a table in zeta form (see
`correlation`): for every linked source and each of its states none, left, right, both.
A midline source uses the first and the last.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.pain_sources.correlation import Floats, moebius, spread, spread_many, zeta
from hipspine.pain_sources.exact import Unit
from hipspine.pain_sources.leaks import NoisyOr
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.prior import UNLISTED_SOURCE
from hipspine.pain_sources.weighing import Weighed, Where

#: States of a lateral source, in order; a midline one has the first and the last.
STATES = ("none", "left", "right", "both")
#: A source on one side alone sets a finding seen on both sides this much less (judgement).
ONE_SIDE_OF_TWO = 0.15
#: Most correlated positive findings in one table; more are split into tables by themselves.
MOST_TOGETHER = 6

_REACH: dict[Where, tuple[float, float, float, float]] = {
    "unknown": (0.0, 1.0, 1.0, 1.0),
    "left": (0.0, 1.0, 0.0, 1.0),
    "right": (0.0, 0.0, 1.0, 1.0),
    "both": (0.0, ONE_SIDE_OF_TWO, ONE_SIDE_OF_TWO, 1.0),
}
_REACH_ABSENT: dict[Where, tuple[float, float, float, float]] = {
    **_REACH,
    "both": (0.0, 1.0, 1.0, 1.0),
}

Parameters = Callable[[Weighed], NoisyOr]
Rho = float | Floats


@dataclass(frozen=True)
class Heard:
    """Findings heard as one.

    zeta (B, L, 4, 2^n) over the linked `leaves`; factor (B, L, 4) multiplies the beliefs;
    unit is None when nothing in it is present (then the factor says it all).
    """

    entries: tuple[Weighed, ...]
    leaves: tuple[int, ...]
    unit: Unit | None
    zeta: Floats
    factor: Floats


def reach_of(entry: Weighed) -> Floats:
    """How far a source in each state reaches this finding, (4,)."""
    return np.array((_REACH if entry.present else _REACH_ABSENT)[entry.where])


def something_hurts(network: Network) -> Heard:
    """The patient has pain: some source is true, or one that is not listed."""
    count = len(network.leaves)
    zeta = np.ones((1, count, len(STATES), 2))
    zeta[:, :, 1:, 0] = 0.0
    leak = np.array([[1 - UNLISTED_SOURCE, 1.0]])
    unit = Unit(leak, moebius(np.ones(1)))
    return Heard((), tuple(range(count)), unit, zeta, np.ones((1, count, len(STATES))))


def together(network: Network, weighed: Iterable[Weighed]) -> list[tuple[Weighed, ...]]:
    """The findings by group; a finding without known companions stands alone."""
    groups: dict[str, list[Weighed]] = {}
    for number, entry in enumerate(weighed):
        group = network.group_of(entry.model)
        groups.setdefault(group.id if group else f"#{number}", []).append(entry)
    return [part for entries in groups.values() for part in _parts(entries)]


def _parts(entries: Sequence[Weighed]) -> list[tuple[Weighed, ...]]:
    present = [e for e in entries if e.present]
    absent = [e for e in entries if not e.present]
    count = max(1, -(-len(present) // MOST_TOGETHER))
    return [(*present[i::count], *absent[i::count]) for i in range(count)]


def heard(
    network: Network,
    entries: tuple[Weighed, ...],
    parameters: Parameters,
    rho: Rho | None = None,
) -> Heard:
    """What these findings say; rho None takes the correlation of their group, (B,) one a row."""
    solved = [parameters(entry) for entry in entries]
    models = [network.findings[entry.model] for entry in entries]
    leaves = tuple(sorted({leaf for model in models for leaf in model.leaves}))
    column = {leaf: i for i, leaf in enumerate(leaves)}
    batch = solved[0].leak.shape[0]
    dtype = solved[0].fire.dtype
    factor = np.ones((batch, len(leaves), len(STATES)), dtype=dtype)
    fires = []
    for entry, model, one in zip(entries, models, solved, strict=True):
        columns = [column[leaf] for leaf in model.leaves]
        fire = np.zeros((batch, len(leaves)), dtype=dtype)
        fire[:, columns] = one.fire
        fires.append(fire)
        ratio = one.against_present if entry.present else one.against_absent
        if ratio.any():
            factor[:, columns] *= np.exp(
                entry.sure * ratio[:, :, None] * reach_of(entry).astype(dtype)
            )
    leaks = [one.leak for one in solved]
    present = [e for e in entries if e.present]
    if len(entries) == 1:
        reached = fires[0][:, :, None] * reach_of(entries[0]).astype(dtype)
        tables, leak = _alone(entries[0], reached, leaks[0])
    else:
        if rho is None:
            group = network.group_of(entries[0].model)
            assert group is not None
            rho = group.rho
        tables = _by_state(entries, fires, rho)
        leak = _correlated(entries, [_spread(one, rho) for one in leaks])
    if not present:
        return Heard(entries, leaves, None, tables, factor * tables[..., 0])
    unit = Unit(leak, moebius(np.array([e.sure for e in present])))
    return Heard(entries, leaves, unit, tables, factor)


def _alone(entry: Weighed, fire: Floats, leak: Floats) -> tuple[Floats, Floats]:
    if entry.present:
        return _unset_or_free(fire), _unset_or_free(leak)
    return (1 - entry.sure * fire)[..., None], np.ones((leak.shape[0], 1))


def _unset_or_free(fire: Floats) -> Floats:
    return np.stack([1 - fire, np.ones_like(fire)], axis=-1)


def _spread(chance: Floats, rho: Rho) -> Floats:
    return spread(chance, rho) if isinstance(rho, float) else spread_many(chance, rho)


def _by_state(entries: tuple[Weighed, ...], fires: Sequence[Floats], rho: Rho) -> Floats:
    """zeta (B, L, 4, 2^n) of correlated findings; states that reach alike are computed once."""
    reach = np.stack([reach_of(entry) for entry in entries])
    spreads: dict[tuple[int, float], Floats] = {}
    columns: dict[bytes, Floats] = {}
    for state in range(len(STATES)):
        key = reach[:, state].tobytes()
        if key in columns:
            continue
        nodes = []
        for number, fire in enumerate(fires):
            at = (number, float(reach[number, state]))
            if at not in spreads:
                spreads[at] = _spread(fire * at[1], rho)
            nodes.append(spreads[at])
        columns[key] = _correlated(entries, nodes)
    return np.stack([columns[reach[:, state].tobytes()] for state in range(len(STATES))], axis=2)


def _correlated(entries: tuple[Weighed, ...], nodes: Sequence[Floats]) -> Floats:
    """zeta (..., 2^n) of findings with these chances (..., nodes), some present, some absent."""
    kept = np.ones_like(nodes[0])
    set_by = []
    for entry, chance in zip(entries, nodes, strict=True):
        if entry.present:
            set_by.append(chance)
        else:
            kept = kept * (1 - entry.sure * chance)
    if not set_by:
        return zeta(np.empty((*kept.shape[:-1], 0, kept.shape[-1]), kept.dtype), kept)
    return zeta(np.stack(set_by, axis=-2), kept)
