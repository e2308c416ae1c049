"""Small pieces of SVG: numbers, paths, hulls, arrows, text."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from hipspine.mechanics.body import Floats


def number(value: float) -> str:
    """Two decimals at most, no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def tag(name: str, inner: str = "", **attributes: object) -> str:
    """`class_` is written as class, `stroke_width` as stroke-width; numbers are shortened."""
    told = []
    for key, value in attributes.items():
        if value is None:
            continue
        text = number(value) if isinstance(value, (int, float)) else str(value)
        told.append(f" {key.rstrip('_').replace('_', '-')}={quoteattr(text)}")
    opening = f"<{name}{''.join(told)}"
    return f"{opening}>{inner}</{name}>" if inner else f"{opening}/>"


def text(x: float, y: float, words: str, style: str, anchor: str = "start") -> str:
    """One line of text; style: a class of the sheet."""
    return tag("text", escape(words), x=x, y=y, class_=style, text_anchor=anchor)


def haloed(x: float, y: float, words: str, style: str, anchor: str = "start") -> str:
    """A line of text on a halo of paper, so that it is read over lines.

    Two texts, since not every renderer paints a stroke behind its own filling.
    """
    return text(x, y, words, f"{style} halo", anchor) + text(x, y, words, style, anchor)


def straight(points: Floats, *, closed: bool = False) -> str:
    """Path data through points (N, 2)."""
    steps = " L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def smooth(points: Floats, *, closed: bool = False) -> str:
    """Path data of a Catmull-Rom curve through points (N, 2)."""
    if len(points) < 3:
        return straight(points, closed=closed)
    ring = (
        np.concatenate([points[-1:], points, points[:2]])
        if closed
        else np.concatenate([points[:1], points, points[-1:]])
    )
    parts = [f"M{number(ring[1][0])} {number(ring[1][1])}"]
    for before, start, end, after in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        first, second = start + (end - before) / 6, end - (after - start) / 6
        parts.append("C" + " ".join(number(v) for p in (first, second, end) for v in p))
    return "".join(parts) + ("Z" if closed else "")


def hull(points: Floats) -> Floats:
    """The convex hull (K, 2) of points (N, 2), anticlockwise (Andrew's chain)."""
    ordered = sorted({(round(float(x), 3), round(float(y), 3)) for x, y in points})
    if len(ordered) < 3:
        return np.array(ordered)

    def chain(around: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for p in around:
            while len(kept) > 1 and _left_turn(kept[-2], kept[-1], p) <= 0:
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1]))


def _left_turn(o: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def arrow(tail: Floats, tip: Floats, style: str) -> str:
    """A shaft and a filled head at `tip`; both (2,)."""
    along = tip - tail
    length = float(np.linalg.norm(along))
    if length < 1e-6:
        return ""
    along = along / length
    across = np.array([-along[1], along[0]])
    head = min(15.0, 0.6 * length)
    neck = tip - head * along
    point = np.array([tip, neck + 0.45 * head * across, neck - 0.45 * head * across])
    shaft = tag("path", d=straight(np.array([tail, neck + 0.1 * head * along])), class_=style)
    return shaft + tag("path", d=straight(point, closed=True), class_=f"{style}-head")
