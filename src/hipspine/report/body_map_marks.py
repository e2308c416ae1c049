"""Marks on the body map: numbered sources, the roads of their nerves, arrows of referral."""

from dataclasses import dataclass
from math import dist

import numpy as np

from hipspine.assessment import SourceOfPain
from hipspine.evidence import evidence
from hipspine.report import body_shapes as shapes
from hipspine.report.body_map_structures import ROADS, STRUCTURES
from hipspine.report.body_shapes import Point, View
from hipspine.report.svg_marks import number, tag, text

#: A referral is drawn when at least this fraction of patients with the source feel it there.
LEAST_REFERRED = 0.1
#: An arrow shorter than this would hide under its own marker.
LEAST_ARROW = 20.0
_RADIUS, _APART = 7.5, 16.0
#: Where a marker goes when its place is taken: outwards first, then round about.
_ASIDE = ((0, 0), (18, 0), (16, -14), (16, 14), (0, -18), (0, 18), (34, 0), (-18, 0))


@dataclass(frozen=True, slots=True)
class Hurt:
    """A region that hurts: left, right, midline; whole (has no side), or unknown (not told)."""

    finding: str
    side: str
    coarse: bool

    @property
    def sure(self) -> bool:
        """Place and side are both told."""
        return not self.coarse and self.side != "unknown"


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered source at its place in one view."""

    rank: int
    condition: str
    side: str
    place: Point


def signs(view: View, side: str | None) -> tuple[int, ...]:
    """On which sides of the midline of the drawing: +1 is the viewer's right."""
    left = 1 if view == "front" else -1
    return {"left": (left,), "right": (-left,)}.get(side or "", (1, -1))


def side_of(view: View, sign: int) -> str:
    """The patient's side that is drawn there."""
    return "left" if signs(view, "left") == (sign,) else "right"


def source_marks(
    view: View, sources: tuple[SourceOfPain, ...], hurts: tuple[Hurt, ...]
) -> tuple[str, str]:
    """Roads and arrows, to be drawn below; numbered markers, to be drawn above."""
    below: list[str] = []
    marks: list[Mark] = []
    for rank, source in enumerate(sources, 1):
        taken = _homes(view, [other for other in sources if other is not source])
        for sign in signs(view, source.side):
            lines, arrows = _road(view, source, sign), _arrows(view, source, hurts, sign, taken)
            below += [lines, arrows]
            home = STRUCTURES.get(source.condition)
            if home is None:
                continue
            home_view, (x, y) = home
            begins = ROADS.get(source.condition, {}).get(view, ((0, 0),))[0] == (x, y)
            if home_view == view or arrows or begins:
                side = side_of(view, sign) if x else "midline"
                mark = Mark(rank, source.condition, side, (sign * x, y))
                marks += [] if mark in marks else [mark]
    return "".join(below), _markers(marks)


def marker(x: float, y: float, rank: int, *, hollow: bool = False, mark: Mark | None = None) -> str:
    """A numbered disc; hollow where the source has no one place on the body."""
    disc = tag(
        "circle",
        cx=x,
        cy=y,
        r=_RADIUS,
        class_="ring" if hollow else "source",
        data_source=mark and mark.condition,
        data_side=mark and mark.side,
    )
    return disc + text(x, y + 3.6, str(rank), "digit-ring" if hollow else "digit", "middle")


def _markers(marks: list[Mark]) -> str:
    """Each at its place, or beside it with a line to it where another marker is there."""
    taken: list[Point] = []
    lines, discs = [], []
    for mark in marks:
        x, y = mark.place
        out = -1 if x < 0 else 1
        # From the midline up or down, so that no side is suggested.
        aside = sorted(_ASIDE, key=lambda step: step[0] != 0) if x == 0 else _ASIDE
        tried = [(x + out * dx, y + dy) for dx, dy in aside]
        spot = next((t for t in tried if all(dist(t, o) >= _APART for o in taken)), tried[-1])
        taken.append(spot)
        if spot != mark.place:
            leader = f"M{number(x)} {number(y)}L{number(spot[0])} {number(spot[1])}"
            lines.append(tag("path", d=leader, class_="leader"))
            lines.append(tag("circle", cx=x, cy=y, r=2.6, class_="leader-end"))
        discs.append(marker(*spot, mark.rank, mark=mark))
    return "".join(lines + discs)


def _road(view: View, source: SourceOfPain, sign: int) -> str:
    road = ROADS.get(source.condition, {}).get(view)
    if road is None:
        return ""
    d = shapes.path(road, 0, sign, closed=False)
    told = {"data_source": source.condition, "data_side": side_of(view, sign)}
    return tag("path", d=d, class_="nerve-edge") + tag("path", d=d, class_="nerve", **told)


def _homes(view: View, sources: list[SourceOfPain]) -> list[Point]:
    """Where markers stand in this view."""
    homes = [(STRUCTURES[s.condition], s.side) for s in sources if s.condition in STRUCTURES]
    return [
        (sign * x, y)
        for (home_view, (x, y)), side in homes
        if home_view == view
        for sign in signs(view, side)
    ]


def _arrows(
    view: View, source: SourceOfPain, hurts: tuple[Hurt, ...], sign: int, taken: list[Point]
) -> str:
    home = STRUCTURES.get(source.condition)
    if home is None:
        return ""
    x, y = home[1]
    ends = _explained(view, source, hurts, sign, taken)
    arrows = [_arrow((sign * x, y), end) for end in ends]
    return "".join(arrows)


def _explained(
    view: View, source: SourceOfPain, hurts: tuple[Hurt, ...], sign: int, taken: list[Point]
) -> list[Point]:
    """The hurting regions, on this side, that the referral studies give the source.

    Each by its centre, or by its lower end where a marker would hide the head of the arrow.
    """
    family = {source.condition, *evidence().conditions[source.condition].parents}
    referred = {
        row.finding_id
        for row in evidence().referral
        if row.use and row.condition_id in family and (row.fraction or 0) >= LEAST_REFERRED
    }
    targets = []
    for hurt in hurts:
        if hurt.finding not in referred or hurt.coarse or sign not in signs(view, hurt.side):
            continue
        for region in shapes.PLACES[hurt.finding]:
            if region in shapes.SIDED[view]:
                shape = shapes.SIDED[view][region]
                x, y = shapes.centre(shape)
                if any(dist((sign * x, y), marker) < _APART for marker in taken):
                    low_x, low_y = shapes.centre(shapes.lowest_edge(shape))
                    x, y = x + 0.7 * (low_x - x), y + 0.7 * (low_y - y)
                targets.append((sign * x, y))
    return targets


def _arrow(start: Point, end: Point) -> str:
    """A bowed, dashed arrow; nothing where source and region are one place."""
    tail, tip = np.array(start), np.array(end)
    along = tip - tail
    if float(np.linalg.norm(along)) < LEAST_ARROW:
        return ""
    bend = (tail + tip) / 2 + 0.18 * np.array([along[1], -along[0]]) * np.sign(start[0] or 1)
    way = (tip - bend) / np.linalg.norm(tip - bend)
    neck, across = tip - 7 * way, np.array([-way[1], way[0]])
    corners = (tip, neck + 3.5 * across, neck - 3.5 * across)
    n = number
    curve = f"M{n(tail[0])} {n(tail[1])}Q{n(bend[0])} {n(bend[1])} {n(neck[0])} {n(neck[1])}"
    head = "L".join(f"{n(x)} {n(y)}" for x, y in corners)
    return tag("path", d=curve, class_="refer") + tag("path", d=f"M{head}Z", class_="refer-head")
