"""Patients as arrays, for `batch`: what was weighed, and the noisy-ORs that it asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hipspine.findings.patient import Patient
from hipspine.pain_sources.correlation import QUADRATURE, WEIGHTS, spread
from hipspine.pain_sources.graded import Place, parts
from hipspine.pain_sources.leaks import NoisyOr
from hipspine.pain_sources.network import FindingModel, Network, network
from hipspine.pain_sources.prior import UNLISTED_SOURCE, prior_of
from hipspine.pain_sources.units import ONE_SIDE_OF_TWO, together
from hipspine.pain_sources.weighing import Weighed, Where, weigh

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

_WHERE: dict[Where, int] = {"unknown": 0, "left": 1, "right": 2, "both": 3}


class Catalogue(NamedTuple):
    """Rows are noisy-ORs that statements ask for; links (CSR by `start`) are their sources.

    leak (R,), leak_nodes (R, 9); fire, against (links,); full and part (links, 9): fire spread
    over the nodes, and that of a source on one side (times `one_side`) for a finding on both.
    By leaf: lateral, bilateral (leaves,). `weights` of the nodes; `unlisted`: how often a patient
    has pain from a source that is not listed.
    """

    leak: Floats
    leak_nodes: Floats
    start: Ints
    leaf: Ints
    fire: Floats
    against: Floats
    full: Floats
    part: Floats
    lateral: NDArray[np.bool_]
    bilateral: Floats
    weights: Floats
    one_side: float
    unlisted: float


class Told(NamedTuple):
    """Encoded patients: priors (N, leaves); units of a patient and items of a unit by CSR.

    An item is a row of the catalogue, where (0 unknown, 1 left, 2 right, 3 both), how sure, and
    whether it is present and correlated with the others of its unit (those stand first).
    """

    priors: Floats
    unit_first: Ints
    item_first: Ints
    row: Ints
    where: NDArray[np.int8]
    sure: Floats
    present: NDArray[np.bool_]
    correlated: NDArray[np.bool_]


class Extent(NamedTuple):
    """The most units, entries of tables, links, pool and items of one unit in any patient."""

    units: int
    entries: int
    links: int
    pool: int
    items: int


@dataclass(frozen=True)
class Encoded:
    """Patients as arrays; `leaves` names the columns of priors and answers."""

    leaves: tuple[str, ...]
    catalogue: Catalogue
    told: Told
    extent: Extent

    def __len__(self) -> int:
        return int(self.told.priors.shape[0])


def encode(patients: Iterable[Patient]) -> Encoded:
    """Priors and weighed findings of these patients, each with the network of his or her age."""
    return encode_weighed(
        (net, prior_of(patient), weigh(patient.findings, net))
        for patient in patients
        for net in (network(patient.age),)
    )


def encode_weighed(patients: Iterable[tuple[Network, Floats, tuple[Weighed, ...]]]) -> Encoded:
    """The same from network, priors (leaves,) and what was weighed."""
    writer = _Writer()
    for net, priors, weighed in patients:
        writer.patient(net, priors, weighed)
    return writer.encoded()


@dataclass
class _Rows:
    """The catalogue as it grows: one row per noisy-OR that some statement asks for."""

    number: dict[tuple[FindingModel, bool, Place], tuple[tuple[int, bool], ...]] = field(
        default_factory=dict
    )
    leaks: list[tuple[float, float]] = field(default_factory=list)
    links: list[tuple[list[int], Floats, Floats, float]] = field(default_factory=list)

    def of(self, net: Network, entry: Weighed) -> tuple[tuple[int, bool], ...]:
        """(row, present) of the noisy-ORs of a statement, its own first."""
        model = net.findings[entry.model]
        key = (model, entry.present, entry.place)
        if key not in self.number:
            group = net.group_of(entry.model)
            said = parts(net.ladders.get(entry.model), entry.present, entry.place, model.noisy_or)
            ordered = [(True, said.present)] if said.present is not None else []
            ordered += [(False, one) for one in said.absent]
            ordered.sort(key=lambda part: part[0] != entry.present)
            rho = group.rho if group else 0.0
            self.number[key] = tuple(
                (self._add(model, one, present, rho), present) for present, one in ordered
            )
        return self.number[key]

    def _add(self, model: FindingModel, solved: NoisyOr, present: bool, rho: float) -> int:
        against = solved.against_present if present else solved.against_absent
        self.links.append((list(model.leaves), solved.fire[0], against[0], rho))
        self.leaks.append((float(solved.leak[0]), rho))
        return len(self.leaks) - 1

    def catalogue(self, net: Network) -> Catalogue:
        """The rows as arrays, with all chances spread over the nodes."""
        fire = _joined([fire for _, fire, _, _ in self.links])
        rho = _joined([np.full(fire.size, rho) for _, fire, _, rho in self.links])
        leak, leak_rho = np.array(self.leaks, float).reshape(-1, 2).T.copy()
        return Catalogue(
            leak=leak,
            leak_nodes=_spread(leak, leak_rho),
            start=_starts(len(leaves) for leaves, *_ in self.links),
            leaf=np.array([leaf for leaves, *_ in self.links for leaf in leaves], np.int32),
            fire=fire,
            against=_joined([against for _, _, against, _ in self.links]),
            full=_spread(fire, rho),
            part=_spread(ONE_SIDE_OF_TWO * fire, rho),
            lateral=np.array(net.lateral),
            bilateral=net.bilateral_fraction,
            weights=WEIGHTS.copy(),
            one_side=ONE_SIDE_OF_TWO,
            unlisted=UNLISTED_SOURCE,
        )


class _Writer:
    """Takes patients one by one."""

    def __init__(self) -> None:
        self.net = network()
        self.rows = _Rows()
        self.priors: list[Floats] = []
        self.units: list[int] = []
        self.sizes: list[int] = []
        self.items: list[tuple[int, int, float, bool, bool]] = []

    def patient(self, net: Network, priors: Floats, weighed: tuple[Weighed, ...]) -> None:
        self.net = net
        self.priors.append(priors)
        groups = together(net, weighed)
        self.units.append(len(groups))
        for group in groups:
            own: list[tuple[int, int, float, bool, bool]] = []
            rungs: list[tuple[int, int, float, bool, bool]] = []
            for entry in group:
                for number, (row, present) in enumerate(self.rows.of(net, entry)):
                    heard = number == 0 and len(group) > 1
                    item = (row, _WHERE[entry.where], entry.sure, present, heard)
                    (own if heard else rungs).append(item)
            self.items += own + rungs
            self.sizes.append(len(own) + len(rungs))

    def encoded(self) -> Encoded:
        columns = list(zip(*self.items, strict=True)) or [()] * 5
        row, where, sure, present, correlated = columns
        told = Told(
            priors=np.array(self.priors, float).reshape(-1, len(self.net.leaves)),
            unit_first=_starts(self.units),
            item_first=_starts(self.sizes),
            row=np.array(row, np.int32),
            where=np.array(where, np.int8),
            sure=np.array(sure, float),
            present=np.array(present, bool),
            correlated=np.array(correlated, bool),
        )
        catalogue = self.rows.catalogue(self.net)
        return Encoded(self.net.leaves, catalogue, told, _extent(catalogue, told))


def _extent(catalogue: Catalogue, told: Told) -> Extent:
    links = np.diff(catalogue.start)[told.row]
    positives = _sums(told.present.astype(np.int64), told.item_first)
    by_unit = np.minimum(_sums(links, told.item_first), catalogue.lateral.size)
    entries = (1 << positives) - 1

    def most(of_unit: NDArray[np.int64]) -> int:
        return int(_sums(of_unit, told.unit_first).max(initial=0))

    return Extent(
        units=int(np.diff(told.unit_first).max(initial=0)),
        entries=most(entries),
        links=most(by_unit),
        pool=most(3 * by_unit * entries),
        items=int(np.diff(told.item_first).max(initial=0)),
    )


def _sums(values: NDArray[np.int64], first: Ints) -> NDArray[np.int64]:
    """Sum of each part that starts at `first`; an empty part is 0."""
    total = np.concatenate([[0], np.cumsum(values)])
    parts: NDArray[np.int64] = total[first[1:]] - total[first[:-1]]
    return parts


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate([np.empty(0), *parts])


def _starts(sizes: Iterable[int]) -> Ints:
    return np.array([0, *accumulate(sizes)], np.int32)


def _spread(chance: Floats, rho: Floats) -> Floats:
    """`correlation.spread` of chances (n,), each with its own correlation, (n, nodes)."""
    nodes = np.empty((chance.size, QUADRATURE))
    for level in np.unique(rho):
        nodes[rho == level] = spread(chance[rho == level], float(level))
    return nodes
