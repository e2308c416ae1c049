"""The body map: where it hurts (shaded), where it comes from (numbered), how it gets there."""

from dataclasses import dataclass

import numpy as np

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.evidence import evidence
from hipspine.report import body_shapes as shapes
from hipspine.report.as_text import name_of
from hipspine.report.body_map_structures import ROADS, STRUCTURES
from hipspine.report.body_shapes import Point, View
from hipspine.report.picture_frame import (
    WIDTH,
    Translate,
    framed,
    percent_in,
    prefix_of,
    wrapped,
)
from hipspine.report.probability_svg import named
from hipspine.report.svg_marks import number, tag, text

LEAST_MARKED, MOST_MARKED = 0.15, 3
#: A referral is drawn when at least this fraction of patients with the source feel it there.
LEAST_REFERRED = 0.1
_MIDLINES: dict[View, float] = {"front": 122.0, "back": 358.0}
_TOP, _FEET = 48.0, 560.0


@dataclass(frozen=True, slots=True)
class Hurt:
    """A region that hurts, on one side (left, right), on none (midline), or not told (unknown)."""

    finding: str
    side: str
    coarse: bool


def body_map_svg(assessment: Assessment, translate: Translate = str) -> str:
    """Front and back view; the patient's left is on the viewer's right in front, left behind."""
    prefix = prefix_of("body", assessment)
    hurts, sources = hurting(assessment), marked(assessment)
    clip = f"{prefix}-skin"
    outline = shapes.path(shapes.OUTLINE, 0)
    defs = tag("defs", tag("clipPath", tag("path", d=outline), id=clip))
    views = "".join(_view(view, hurts, sources, clip, translate) for view in _MIDLINES)
    legend, height = _legend(sources, hurts, translate)
    title = translate("Where it hurts, and where it comes from")
    heading = text(16, 26, title, "big")
    told = _told(hurts, sources, translate)
    return framed(prefix, height, title, told, defs + heading + views + legend)


def hurting(assessment: Assessment) -> tuple[Hurt, ...]:
    """Pain regions that are present; a coarse one only where no finer one was told."""
    seen = [
        Hurt(o.finding, o.side or "unknown", o.finding in shapes.COARSE)
        for o in assessment.patient.findings
        if o.present and o.certainty != "equivocal" and o.finding in shapes.PLACES
    ]
    fine = {shapes.PLACES[h.finding][0] for h in seen if not h.coarse}
    return tuple(h for h in seen if not h.coarse or not fine.intersection(shapes.PLACES[h.finding]))


def marked(assessment: Assessment) -> tuple[SourceOfPain, ...]:
    """The first sources with a probability of at least 15 %, at most three."""
    return tuple(s for s in assessment.sources[:MOST_MARKED] if s.probability >= LEAST_MARKED)


def _signs(view: View, side: str | None) -> tuple[int, ...]:
    """On which sides of the midline of the drawing: +1 is the viewer's right."""
    left = 1 if view == "front" else -1
    return {"left": (left,), "right": (-left,)}.get(side or "", (1, -1))


def _view(
    view: View,
    hurts: tuple[Hurt, ...],
    sources: tuple[SourceOfPain, ...],
    clip: str,
    translate: Translate,
) -> str:
    parts = [_body(view)]
    shaded = "".join(_shade(view, hurt, clip) for hurt in hurts)
    marks = [_source(view, i + 1, s, hurts) for i, s in enumerate(sources)]
    parts += [shaded, "".join(road for road, _ in marks), "".join(mark for _, mark in marks)]
    x = _MIDLINES[view]
    viewer_left = "R" if view == "front" else "L"
    viewer_right = "L" if view == "front" else "R"
    words = text(x, _TOP - 4, translate(view), "word", "middle")
    words += text(x - 88, _TOP + 40, translate(viewer_left), "word", "middle")
    words += text(x + 88, _TOP + 40, translate(viewer_right), "word", "middle")
    return words + tag("g", "".join(parts), transform=f"translate({number(x)} {number(_TOP)})")


def _body(view: View) -> str:
    parts = [tag("path", d=shapes.path(shapes.OUTLINE, 0), class_="skin")]
    for top in shapes.VERTEBRAE:
        parts.append(tag("rect", x=-8, y=top, width=16, height=12.5, rx=2.5, class_="bone"))
    for sign in (1, -1):
        for bone in (shapes.ILIUM, shapes.FEMUR, shapes.TIBIA):
            parts.append(tag("path", d=shapes.path(bone, 0, sign), class_="bone", opacity=0.75))
        if view == "back":
            fold = ((8, 168), (24, 174), (44, 168))
            parts.append(tag("path", d=shapes.path(fold, 0, sign, closed=False), class_="fold"))
            parts.append(tag("path", d=shapes.path(shapes.SOLE, 0, sign), class_="skin"))
        else:
            parts.append(
                tag("ellipse", cx=sign * 34, cy=296, rx=7.5, ry=8.5, class_="bone", opacity=0.9)
            )
    parts.append(tag("path", d=shapes.path(shapes.SACRUM, 0), class_="bone"))
    return "".join(parts)


def _shade(view: View, hurt: Hurt, clip: str) -> str:
    """The regions of one finding; dashed and pale where the side or the place is uncertain."""
    parts = []
    for region in shapes.PLACES[hurt.finding]:
        if region in shapes.CENTRAL[view]:
            d = shapes.path(shapes.CENTRAL[view][region], 0)
            parts.append(tag("path", d=d, class_="pain", data_region=region))
        if region not in shapes.SIDED[view]:
            continue
        sure = not hurt.coarse and hurt.side != "unknown"
        for sign in _signs(view, hurt.side):
            shape = tag(
                "path",
                d=shapes.path(shapes.SIDED[view][region], 0, sign),
                class_="pain" if sure else "unsure",
                data_region=region,
                data_side=hurt.side,
            )
            free = region == "foot_sole"
            parts.append(shape if free else tag("g", shape, clip_path=f"url(#{clip})"))
    return "".join(parts)


def _source(
    view: View, rank: int, source: SourceOfPain, hurts: tuple[Hurt, ...]
) -> tuple[str, str]:
    """Road of the nerve and arrows of referral; and the numbered marker, in its own view."""
    roads, marks = [], []
    home = STRUCTURES.get(source.condition)
    for sign in _signs(view, source.side):
        road = ROADS.get(source.condition, {}).get(view)
        if road is not None:
            d = shapes.path(road, 0, sign, closed=False)
            roads.append(tag("path", d=d, class_="nerve", data_source=source.condition))
        if home is None:
            continue
        (home_view, (x, y)), across = home, sign
        targets = _explained(view, source, hurts, sign)
        roads += [_referral((across * x, y), target) for target in targets]
        if home_view == view:
            marks.append(_marker(across * x, y, rank, source.condition))
        if x == 0:
            break
    return "".join(roads), "".join(marks)


def _marker(x: float, y: float, rank: int, condition: str) -> str:
    circle = tag("circle", cx=x, cy=y, r=7.5, class_="source", data_source=condition)
    return circle + text(x, y + 3.6, str(rank), "digit", "middle")


def _explained(view: View, source: SourceOfPain, hurts: tuple[Hurt, ...], sign: int) -> list[Point]:
    """Centres of the hurting regions, on this side, that the referral studies give the source."""
    family = {source.condition, *evidence().conditions[source.condition].parents}
    referred = {
        row.finding_id
        for row in evidence().referral
        if row.use and row.condition_id in family and (row.fraction or 0) >= LEAST_REFERRED
    }
    targets = []
    for hurt in hurts:
        if hurt.finding not in referred or hurt.coarse or sign not in _signs(view, hurt.side):
            continue
        for region in shapes.PLACES[hurt.finding]:
            if region in shapes.SIDED[view]:
                x, y = shapes.centre(shapes.SIDED[view][region])
                targets.append((sign * x, y))
    return targets


def _referral(start: Point, end: Point) -> str:
    """A bowed, dashed arrow; nothing where source and region are one place."""
    tail, tip = np.array(start), np.array(end)
    along = tip - tail
    length = float(np.linalg.norm(along))
    if length < 16:
        return ""
    bend = (tail + tip) / 2 + 0.18 * np.array([along[1], -along[0]])
    way = (tip - bend) / np.linalg.norm(tip - bend)
    neck, across = tip - 7 * way, np.array([-way[1], way[0]])
    corners = (tip, neck + 3.5 * across, neck - 3.5 * across)
    n = number
    curve = f"M{n(tail[0])} {n(tail[1])}Q{n(bend[0])} {n(bend[1])} {n(neck[0])} {n(neck[1])}"
    head = "L".join(f"{n(x)} {n(y)}" for x, y in corners)
    return tag("path", d=curve, class_="refer") + tag("path", d=f"M{head}Z", class_="refer-head")


def _legend(
    sources: tuple[SourceOfPain, ...], hurts: tuple[Hurt, ...], translate: Translate
) -> tuple[str, float]:
    y, parts = _TOP + _FEET + 16, []
    for rank, source in enumerate(sources, 1):
        words = f"{named(source, translate)}, {percent_in(translate, source.probability)}"
        if source.condition in STRUCTURES:
            parts.append(_marker(24, y - 4, rank, source.condition))
        for line in wrapped(words, "word", WIDTH - 56):
            parts.append(text(40, y, line, "word"))
            y += 17
    notes = ["Shaded: where it hurts. Lines: the course of the nerve. Arrows: published referral."]
    if any(h.coarse or h.side == "unknown" for h in hurts):
        notes.append("Pale and dashed: the side or the exact place was not told.")
    for note in notes:
        for line in wrapped(translate(note), "quiet", WIDTH - 32):
            parts.append(text(16, y, line, "quiet"))
            y += 15
    return "".join(parts), y + 4


def _told(hurts: tuple[Hurt, ...], sources: tuple[SourceOfPain, ...], translate: Translate) -> str:
    """The picture in words."""
    sides = {"unknown": "side unknown"}
    where = "; ".join(
        f"{translate(name_of(h.finding))} ({translate(sides.get(h.side, h.side))})" for h in hurts
    )
    first = "; ".join(
        f"{named(s, translate)}, {percent_in(translate, s.probability)}" for s in sources
    )
    template = translate("It hurts: {regions}. It may come from: {sources}.")
    return template.format(
        regions=where or translate("nowhere that was told"),
        sources=first or translate("no source of at least 15 %"),
    )
