"""Graded values: how far a value goes is evidence too.

A graded finding is a ladder of nested thresholds. With C_k(D) = P(not beyond rung k | sources
D) = (1 - leak_k) * prod over d in D of (1 - fire_kd), a value beyond rung k but not beyond the
next one is as probable as

    C_{k+1}(D) - C_k(D) = C_{k+1}(D) * (1 - C_k(D) / C_{k+1}(D)),

the rung k+1 absent, times a rung k present in which 1 - leak and 1 - fire are divided by those
of rung k+1: a noisy-OR again, so the posterior stays exact. Multiplying "beyond k" and "not
beyond k+1" as if they were independent would count the value twice.

`grades.csv` states shares: of patients with a source (or with none of the listed) who have the
finding, how many lie beyond a stricter rung. P(beyond the rung | source) is that share of what
the finding's own figures give, so the published sensitivity stands and rungs are nested. A rung
milder than the finding divides those who do not have it in the same way. A finding that implies
another of the same measure (an ESR over 50 and one over 20) is a rung of it, its share being
the ratio of the two solved models.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, nextafter

import numpy as np

from hipspine.evidence import Evidence
from hipspine.evidence.limits import Limit, limit_of
from hipspine.evidence.rows import Grade
from hipspine.findings.model import Bound, implied
from hipspine.pain_sources.leaks import MAX_FIRE, Floats, NoisyOr
from hipspine.pain_sources.links import Figure, figure_of, pool

#: Of those beyond one rung at most this share is beyond the next, so that no value is impossible.
MOST_BEYOND = 0.98
#: Patients that a ratio of two solved models is worth when drawn (judgement).
N_RATIO = 20.0


@dataclass(frozen=True, slots=True)
class Rung:
    """One threshold of a ladder; `share` (L,) by linked source, `elsewhere` without any."""

    label: str
    limit: Limit
    share: tuple[Figure, ...]
    elsewhere: Figure
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one finding: stricter ones outwards from it, milder ones towards it."""

    finding: str
    stricter: tuple[Rung, ...]
    milder: tuple[Rung, ...]

    def rung(self, label: str) -> Rung:
        return next(rung for rung in (*self.stricter, *self.milder) if rung.label == label)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares beyond one rung: `fire` (B, L) by source, `leak` (B,) without any; B is 1 or draws."""

    leak: Floats
    fire: Floats


@dataclass(frozen=True, slots=True)
class Parts:
    """What one statement asks of the model: something present, and things absent."""

    present: NoisyOr | None
    absent: tuple[NoisyOr, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Between which rungs a value lies; None: no rung is known there."""

    beyond: str | None = None
    not_beyond: str | None = None


NOWHERE = Place()


def place_of(ladder: Ladder, present: bool, value: float, bound: Bound = "") -> Place:
    """The rungs around a value; a bound ("at least 50") tells of one side only."""
    rungs = ladder.stricter if present else ladder.milder
    if not rungs:
        return NOWHERE
    if bound:
        value = nextafter(value, inf if bound == ">" else -inf)
    met = [rung.label for rung in rungs if rung.limit.met(value)]
    unmet = [rung.label for rung in rungs if not rung.limit.met(value)]
    outwards = bound == "" or (bound == ">") == rungs[0].limit.rising
    inwards = bound == "" or not outwards
    return Place(
        met[-1] if met and outwards else None,
        unmet[0] if unmet and inwards else None,
    )


def parts(
    ladder: Ladder | None,
    present: bool,
    place: Place,
    solved: NoisyOr,
    shares: Mapping[str, Shares] | None = None,
) -> Parts:
    """A statement as noisy-ORs over the sources of its finding (the same leaves, in order).

    `solved` are the finding's own parameters; `shares` replaces the point shares of rungs.
    """
    if ladder is None or place == NOWHERE:
        return Parts(solved, ()) if present else Parts(None, (solved,))

    def level(label: str | None) -> NoisyOr | None:
        if label is None:
            return None
        rung = ladder.rung(label)
        taken = (shares or {}).get(label) or point_shares(rung)
        return _stricter(solved, taken) if present else _milder(taken)

    inner, outer = level(place.beyond), level(place.not_beyond)
    if present:
        inner = inner or solved
    further = () if outer is None else (outer,)
    absent = further if present else (solved, *further)
    return Parts(nested(inner, outer) if inner and outer else inner, absent)


def nested(inner: NoisyOr, outer: NoisyOr) -> NoisyOr:
    """Beyond `inner` given not beyond `outer`, over the same sources; see the module."""
    leak = 1 - (1 - inner.leak) / (1 - _below(outer.leak, inner.leak))
    fire = 1 - (1 - inner.fire) / (1 - _below(outer.fire, inner.fire))
    return NoisyOr(
        leak, np.clip(fire, 0.0, MAX_FIRE), inner.against_present, np.zeros_like(inner.fire)
    )


def _below(outer: Floats, inner: Floats) -> Floats:
    """The outer rung is rarer than the inner one, whatever was drawn."""
    below: Floats = np.minimum(outer, MOST_BEYOND * inner)
    return below


def _stricter(solved: NoisyOr, shares: Shares) -> NoisyOr:
    """The finding beyond a stricter rung: P(beyond | source) is a share of P(finding | source)."""
    leak = solved.leak * shares.leak
    with_source = 1 - (1 - solved.leak[:, None]) * (1 - solved.fire)
    fire = 1 - (1 - shares.fire * with_source) / (1 - leak[:, None])
    fire = np.clip(fire, 0.0, MOST_BEYOND * solved.fire)
    return NoisyOr(leak, fire, solved.against_present, np.zeros_like(fire))


def _milder(shares: Shares) -> NoisyOr:
    """Beyond a milder rung, among those who do not have the finding."""
    fire = 1 - (1 - shares.fire) / (1 - shares.leak[:, None])
    fire = np.clip(fire, 0.0, MAX_FIRE)
    nothing = np.zeros_like(fire)
    return NoisyOr(np.broadcast_to(shares.leak, fire.shape[:1]), fire, nothing, nothing)


def point_shares(rung: Rung) -> Shares:
    """The shares of a rung as the table gives them, B = 1."""
    return Shares(
        np.array([rung.elsewhere.p]), np.array([[figure.p for figure in rung.share]]).reshape(1, -1)
    )


def drawn_shares(ladder: Ladder, draws: int, rng: np.random.Generator) -> dict[str, Shares]:
    """Shares of every rung from Betas worth their patients, (draws, L), by label."""
    return {
        rung.label: Shares(_beta([rung.elsewhere], draws, rng)[:, 0], _beta(rung.share, draws, rng))
        for rung in (*ladder.stricter, *ladder.milder)
    }


def _beta(figures: Sequence[Figure], draws: int, rng: np.random.Generator) -> Floats:
    p = np.array([figure.p for figure in figures])
    n = np.array([max(figure.n, 4.0) for figure in figures])
    drawn: Floats = rng.beta(p * n, (1 - p) * n, size=(draws, p.size))
    return np.clip(drawn, 0.003, MOST_BEYOND)


Solved = Mapping[str, tuple[tuple[str, ...], NoisyOr]]


def ladders_of(tables: Evidence, solved: Solved) -> dict[str, Ladder]:
    """Ladders by finding; `solved` holds the linked leaves and the model of each finding."""
    rows: dict[str, dict[str, list[Grade]]] = {}
    for row in tables.grades:
        if row.use and row.finding_id in solved:
            rows.setdefault(row.finding_id, {}).setdefault(row.rung, []).append(row)
    chains = _chains(tables, solved)
    ladders = {}
    for finding in sorted({*rows, *chains}):
        limit = limit_of(tables.findings[finding].present_if)
        assert limit is not None, finding
        leaves = solved[finding][0]
        rungs = [
            *(_rung_of_rows(tables, r, rows[finding][r], leaves) for r in rows.get(finding, {})),
            *(_rung_of_finding(tables, finding, f, solved) for f in chains.get(finding, ())),
        ]
        rungs.sort(key=lambda rung: rung.limit.strictness)
        ladders[finding] = Ladder(
            finding,
            stricter=tuple(r for r in rungs if r.limit.strictness > limit.strictness),
            milder=tuple(r for r in rungs if r.limit.strictness < limit.strictness),
        )
    return ladders


def _chains(tables: Evidence, solved: Solved) -> dict[str, list[str]]:
    """Finding -> findings that imply it and are the same measure further out."""
    chains: dict[str, list[str]] = {}
    for further in solved:
        there = tables.findings[further]
        limit = limit_of(there.present_if)
        if limit is None or not there.unit:
            continue
        for finding in implied(further):
            here = tables.findings[finding]
            nearer = limit_of(here.present_if)
            if finding not in solved or nearer is None or here.unit != there.unit:
                continue
            if nearer.rising == limit.rising and nearer.strictness < limit.strictness:
                chains.setdefault(finding, []).append(further)
    return chains


def _rung_of_rows(
    tables: Evidence, rung: str, rows: Sequence[Grade], leaves: Sequence[str]
) -> Rung:
    """The share of each leaf: its own, else that of its smallest group, else elsewhere's."""
    limit = limit_of(rung)
    assert limit is not None
    by_source: dict[str, list[Grade]] = {}
    for row in rows:
        by_source.setdefault(row.condition_id, []).append(row)
    elsewhere = pool(_figures(by_source.pop("")))
    shares = []
    for leaf in leaves:
        parents = sorted(tables.conditions[leaf].parents, key=lambda g: len(tables.members(g)))
        name = next((name for name in (leaf, *parents) if name in by_source), None)
        shares.append(pool(_figures(by_source[name])) if name else elsewhere)
    return Rung(rung, limit, tuple(shares), elsewhere, tuple(row.row_id for row in rows))


def _figures(rows: Sequence[Grade]) -> Iterator[Figure]:
    for row in rows:
        assert row.share is not None
        yield figure_of(row.share, row)


def _rung_of_finding(tables: Evidence, finding: str, further: str, solved: Solved) -> Rung:
    """A finding as a rung of a more general one: the ratio of their models, source by source."""
    limit = limit_of(tables.findings[further].present_if)
    assert limit is not None
    leaves, here = solved[finding]
    known, there = solved[further]
    column = {leaf: i for i, leaf in enumerate(known)}
    elsewhere = _ratio(float(there.leak[0]), float(here.leak[0]))
    shares = [
        _ratio(_given(there, column[leaf]), _given(here, i)) if leaf in column else elsewhere
        for i, leaf in enumerate(leaves)
    ]
    return Rung(further, limit, tuple(shares), elsewhere, ())


def _given(model: NoisyOr, column: int) -> float:
    """P(finding | this source alone)."""
    return float(1 - (1 - model.leak[0]) * (1 - model.fire[0, column]))


def _ratio(part: float, whole: float) -> Figure:
    return Figure(min(max(part / whole, 1 - MOST_BEYOND), MOST_BEYOND), N_RATIO)
