"""How the muscles run: path points, surfaces, and which piece crosses which joint.

The same for every person; only coordinates scale (person.py). Made once from the anatomy.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from hipspine.mechanics.anatomy import Muscle, PathElement, anatomy
from hipspine.mechanics.body import CUTS, SEGMENT, Crossings, Floats, Ints, Wraps, beyond


@dataclass(frozen=True)
class Topology:
    """The fields of Body that describe paths, in the generic body's coordinates."""

    point_segment: Ints
    point: Floats
    sheath: Ints
    wraps: Wraps
    piece_start: Ints
    piece_end: Ints
    piece_muscle: Ints
    crossings: Crossings


@cache
def topology(mended: bool = True) -> Topology:
    """The paths of all muscles of the generic body."""
    paths = _Paths()
    for index, muscle in enumerate(anatomy(mended).muscles):
        paths.add(index, muscle)
    return paths.topology()


class _Paths:
    """Collects the paths of all muscles into the arrays of a Body."""

    def __init__(self) -> None:
        self.points: list[tuple[int, Floats]] = []
        self.sheath: list[int] = []
        self.wraps: list[tuple[PathElement, int, int]] = []
        self.pieces: list[tuple[object, object, int]] = []

    def add(self, muscle: int, fascicle: Muscle) -> None:
        """Append one muscle: nodes are point numbers, or ("wrap", number, 0 or 1) until the end."""
        chain: list[object] = []
        for element in fascicle.path:
            if element.radius > 0:
                number = len(self.wraps)
                self.wraps.append((element, len(self.points) - 1, len(self.points)))
                chain += [("wrap", number, 0), ("wrap", number, 1)]
                continue
            chain.append(len(self.points))
            if element.segment == "sheath":
                self.sheath.append(len(self.points))
            segment = "pelvis" if element.segment == "sheath" else element.segment
            self.points.append((SEGMENT[segment], element.at))
        self.pieces += [(a, b, muscle) for a, b in pairwise(chain)]

    def _node(self, node: object) -> int:
        if isinstance(node, tuple):
            _, number, which = node
            return int(len(self.points) + which * len(self.wraps) + number)
        assert isinstance(node, int)
        return node

    def _sorted(self) -> None:
        """Number the points anew, segment by segment, so that each segment's lie in one run."""
        order = sorted(range(len(self.points)), key=lambda i: self.points[i][0])
        new = {old: number for number, old in enumerate(order)}
        self.points = [self.points[i] for i in order]
        self.sheath = [new[i] for i in self.sheath]
        self.wraps = [(e, new[before], new[after]) for e, before, after in self.wraps]
        self.pieces = [
            (new.get(a, a), new.get(b, b), muscle)  # type: ignore[call-overload]
            for a, b, muscle in self.pieces
        ]

    def topology(self) -> Topology:
        """All of it as arrays."""
        self._sorted()
        point = np.array([at for _, at in self.points])
        start = np.array([self._node(a) for a, _, _ in self.pieces])
        end = np.array([self._node(b) for _, b, _ in self.pieces])
        muscle = np.array([m for _, _, m in self.pieces])
        return Topology(
            point_segment=np.array([s for s, _ in self.points]),
            point=point,
            sheath=np.array(self.sheath),
            wraps=self._wraps(),
            piece_start=start,
            piece_end=end,
            piece_muscle=muscle,
            crossings=self._crossings(start, end, muscle),
        )

    def _wraps(self) -> Wraps:
        elements = [e for e, _, _ in self.wraps]
        return Wraps(
            segment=np.array([SEGMENT[e.segment] for e in elements]),
            centre=np.array([e.at for e in elements]),
            frame=np.array([_frame(e.axis) for e in elements]),
            radius=np.array([e.radius for e in elements]),
            side=np.array([e.side for e in elements]),
            before=np.array([before for _, before, _ in self.wraps]),
            after=np.array([after for _, _, after in self.wraps]),
            is_sphere=np.array([e.axis is None for e in elements]),
        )

    def _crossings(self, start: np.ndarray, end: np.ndarray, muscle: np.ndarray) -> Crossings:
        """Every (joint, piece) whose ends lie on either side; a sheath end counts half.

        The half of a sheath point's pull that the rib cage takes acts at its copy there, after
        all other nodes.
        """
        segment = [s for s, _ in self.points] + [SEGMENT[e.segment] for e, _, _ in self.wraps] * 2
        copy = {p: len(segment) + i for i, p in enumerate(self.sheath)}
        rows = []
        for cut, first in enumerate(CUTS.values()):
            far = {SEGMENT[name] for name in beyond(first)}
            lumbar = not first.endswith(("_l", "_r"))

            def weight(node: int, far: set[int] = far, lumbar: bool = lumbar) -> float:
                return 0.5 * lumbar if node in copy else float(segment[node] in far)

            for piece, (a, b) in enumerate(zip(start, end, strict=True)):
                wa, wb = weight(int(a)), weight(int(b))
                if wa == wb and int(a) not in copy and int(b) not in copy:
                    continue
                for node, w in ((int(a), wa), (int(b), -wb)):
                    if w:
                        rows.append((cut, int(muscle[piece]), piece, w, copy.get(node, node)))
        rows.sort(key=lambda row: row[:2])
        pairs = [row[:2] for row in rows]
        group = [i for i, pair in enumerate(pairs) if i == 0 or pair != pairs[i - 1]]
        return Crossings(
            piece=np.array([r[2] for r in rows]),
            cut=np.array([r[0] for r in rows]),
            weight=np.array([r[3] for r in rows]),
            at=np.array([r[4] for r in rows]),
            group=np.array(group),
            pair_cut=np.array([pairs[i][0] for i in group]),
            cut_begins=np.searchsorted([pairs[i][0] for i in group], range(len(CUTS))),
            pair_muscle=np.array([pairs[i][1] for i in group]),
        )


def _frame(axis: Floats | None) -> Floats:
    """Axes as columns, the third along `axis`."""
    if axis is None:
        return np.eye(3)
    third = axis / np.linalg.norm(axis)
    first = np.cross([0.0, 1.0, 0.0] if abs(third[1]) < 0.9 else [1.0, 0.0, 0.0], third)
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(third, first), third], axis=1)
