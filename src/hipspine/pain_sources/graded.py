"""Graded values: how far a value goes is evidence too.

A graded finding is a ladder of nested thresholds. With C_k(D) = P(not beyond rung k | sources
D) = (1 - leak_k) * prod over d in D of (1 - fire_kd), a value beyond rung k but not beyond the
next one is as probable as

    C_{k+1}(D) - C_k(D) = C_{k+1}(D) * (1 - C_k(D) / C_{k+1}(D)),

the rung k+1 absent, times a rung k present in which 1 - leak and 1 - fire are divided by those
of rung k+1: a noisy-OR again, so the posterior stays exact. Multiplying "beyond k" and "not
beyond k+1" as if they were independent would count the value twice.

A share says how many of the patients with a source (or with none of the listed) who have the
finding lie beyond a stricter rung. P(beyond the rung | source) is that share of what the
finding's own figures give, so the published sensitivity stands and rungs are nested. A rung
milder than the finding divides those who do not have it in the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, nextafter

import numpy as np

from hipspine.evidence.limits import Limit
from hipspine.findings.model import Bound
from hipspine.pain_sources.leaks import MAX_FIRE, Floats, NoisyOr
from hipspine.pain_sources.links import Figure

#: Of those beyond one rung at most this share is beyond the next, so that no value is impossible.
MOST_BEYOND = 0.98


@dataclass(frozen=True, slots=True)
class Rung:
    """One threshold of a ladder; `share` (L,) by linked source, `elsewhere` without any.

    `studies` are those that the shares of each source rest on, with whether they were checked.
    """

    label: str
    limit: Limit
    share: tuple[Figure, ...]
    elsewhere: Figure
    studies: tuple[tuple[tuple[str, bool], ...], ...]


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


def studies_of(ladder: Ladder | None, place: Place, column: int) -> tuple[tuple[str, bool], ...]:
    """The studies behind a graded statement about one linked source, with whether checked."""
    labels = [label for label in (place.beyond, place.not_beyond) if label is not None]
    if ladder is None:
        return ()
    told = [study for label in labels for study in ladder.rung(label).studies[column]]
    return tuple(dict.fromkeys(told))


def around(ladder: Ladder | None, one: Place, other: Place) -> Place:
    """The narrowest place that holds both, as when left and right differ."""
    if ladder is None or one == other:
        return one
    labels = [rung.label for rung in (*ladder.milder, *ladder.stricter)]
    inner = [labels.index(p.beyond) if p.beyond else -1 for p in (one, other)]
    outer = [labels.index(p.not_beyond) if p.not_beyond else len(labels) for p in (one, other)]
    return Place(
        labels[min(inner)] if min(inner) >= 0 else None,
        labels[max(outer)] if max(outer) < len(labels) else None,
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
    inner, outer = levels(ladder, present, place, solved, shares)
    further = () if outer is None else (outer,)
    absent = further if present else (solved, *further)
    return Parts(nested(inner, outer) if inner and outer else inner, absent)


def levels(
    ladder: Ladder | None,
    present: bool,
    place: Place,
    solved: NoisyOr,
    shares: Mapping[str, Shares] | None = None,
) -> tuple[NoisyOr | None, NoisyOr | None]:
    """The noisy-ORs of the rung that a value is beyond and of the one that it is not beyond.

    Of an absent finding they speak among those without it, and the first may be None.
    """

    def level(label: str | None) -> NoisyOr | None:
        if label is None or ladder is None:
            return None
        rung = ladder.rung(label)
        taken = (shares or {}).get(label) or point_shares(rung)
        return _stricter(solved, taken) if present else _milder(taken)

    inner = level(place.beyond)
    return solved if present and inner is None else inner, level(place.not_beyond)


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
