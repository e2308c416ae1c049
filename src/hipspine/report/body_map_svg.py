"""The body map: where it hurts (shaded), where it comes from (numbered), how it gets there."""

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.evidence import evidence
from hipspine.report import body_shapes as shapes
from hipspine.report.as_text import name_of
from hipspine.report.body_figure import figure
from hipspine.report.body_map_marks import Hurt, marker, side_of, signs, source_marks
from hipspine.report.body_map_structures import ROADS, STRUCTURES
from hipspine.report.body_shapes import View
from hipspine.report.languages import NO_BREAK
from hipspine.report.picture_frame import (
    WIDTH,
    Translate,
    framed,
    heading,
    named,
    percent_in,
    prefix_of,
    wrapped,
)
from hipspine.report.svg_marks import number, tag, text
from hipspine.wording import Wording

LEAST_MARKED, MOST_MARKED = 0.15, 3
_MIDLINES: dict[View, float] = {"front": 122.0, "back": 358.0}
#: Half the width of a view with its words.
_REACH = 104.0
_HEELS, _SOLES = 486.0, 570.0


def body_map_svg(assessment: Assessment, say: Translate = str) -> str:
    """Front and back view; the patient's left is on the viewer's right in front, left behind."""
    prefix = prefix_of("body", assessment)
    hurts, sources = hurting(assessment), marked(assessment)
    title = say("Where it hurts, and where it may come from")
    head, y = heading(title)
    soles = _soles_shown(hurts, sources)
    drawn = [_view(view, hurts, source_marks(view, sources, hurts), soles) for view in _MIDLINES]
    places = [number(x) for x in _MIDLINES.values()]
    views = "".join(
        tag("g", inner, transform=f"translate({x} {number(y + 46)})", data_view=view)
        for view, x, inner in zip(_MIDLINES, places, drawn, strict=True)
    )
    top = y + 46 + (_SOLES if soles else _HEELS)
    legend, height = _legend(top + 22, sources, _notes(sources, hurts, "".join(drawn)), say)
    inner = head + _view_names(y + 22, say) + views + legend
    return framed(prefix, height, title, _told(hurts, sources, say), inner)


def hurting(assessment: Assessment) -> tuple[Hurt, ...]:
    """Pain regions that are present; a coarse one only where no finer one was told."""
    seen = [
        Hurt(o.finding, _side(o.finding, o.side), o.finding in shapes.COARSE)
        for o in assessment.patient.findings
        if o.present and o.certainty != "equivocal" and o.finding in shapes.PLACES
    ]
    fine = {shapes.PLACES[h.finding][0] for h in seen if not h.coarse}
    return tuple(h for h in seen if not h.coarse or not fine.intersection(shapes.PLACES[h.finding]))


def marked(assessment: Assessment) -> tuple[SourceOfPain, ...]:
    """The first sources with a probability of at least 15 %, at most three."""
    return tuple(s for s in assessment.sources[:MOST_MARKED] if s.probability >= LEAST_MARKED)


def _side(finding: str, side: str | None) -> str:
    """The side told; of a finding that has none, where it lies; otherwise unknown."""
    central = {region for view in shapes.CENTRAL.values() for region in view}
    if central.issuperset(shapes.PLACES[finding]):
        return "midline"
    if not evidence().findings[finding].sided:
        return "whole"
    return side or "unknown"


def _soles_shown(hurts: tuple[Hurt, ...], sources: tuple[SourceOfPain, ...]) -> bool:
    hurt = any("foot_sole" in shapes.PLACES[h.finding] for h in hurts)
    return hurt or any(s.condition == "radiculopathy_s1" for s in sources)


def _view_names(y: float, say: Translate) -> str:
    """Which view, and below it the patient's sides in words: letters differ between languages."""
    names = {"front": say("front"), "back": say("back")}
    sides = {"left": say("left"), "right": say("right")}
    words = ""
    for view, x in _MIDLINES.items():
        words += text(x, y, names[view], "word", "middle")
        for sign, anchor in ((1, "end"), (-1, "start")):
            side = side_of(view, sign)
            words += text(x + sign * _REACH, y + 15, sides[side], "quiet", anchor)
    return words


def _view(view: View, hurts: tuple[Hurt, ...], marks: tuple[str, str], soles: bool) -> str:
    below, above = marks
    sure = "".join(_shade(view, hurt) for hurt in hurts if hurt.sure)
    unsure = "".join(_shade(view, hurt) for hurt in hurts if not hurt.sure)
    return (
        figure(view, soles=soles)
        + (tag("g", sure, class_="pains") if sure else "")
        + unsure
        + below
        + above
    )


def _shade(view: View, hurt: Hurt) -> str:
    """The regions of one finding; dashed and pale where the side or the place is uncertain."""
    style, shaded = ("pain" if hurt.sure else "unsure"), []
    for region in shapes.PLACES[hurt.finding]:
        told = {"class_": style, "data_region": region, "data_finding": hurt.finding}
        if region in shapes.CENTRAL[view]:
            d = shapes.path(shapes.CENTRAL[view][region], 0)
            shaded.append(tag("path", d=d, data_side="midline", **told))
        if region not in shapes.SIDED[view]:
            continue
        for sign in signs(view, hurt.side):
            shape = shapes.SIDED[view][region]
            hangs_free = region == "foot_sole"
            d = shapes.path(shape, 0, sign) if hangs_free else shapes.inside(shape, sign)
            shaded.append(tag("path", d=d, data_side=side_of(view, sign), **told))
    return "".join(shaded)


def _legend(
    y: float, sources: tuple[SourceOfPain, ...], notes: list[str], say: Translate
) -> tuple[str, float]:
    """Numbers, names and probabilities, then what the marks mean; and where it ends."""
    parts = []
    for rank, source in enumerate(sources, 1):
        words = f"{say(named(source))},{NO_BREAK}{percent_in(say, source.probability)}"
        parts.append(marker(24, y - 4, rank, hollow=source.condition not in STRUCTURES))
        for line in wrapped(words, "word", WIDTH - 56):
            parts.append(text(40, y, line, "word"))
            y += 16
        y += 4
    y += 2
    for note in notes:
        for line in wrapped(say(note), "quiet", WIDTH - 32):
            parts.append(text(16, y, line, "quiet"))
            y += 15
    return "".join(parts), y + 2


def _notes(sources: tuple[SourceOfPain, ...], hurts: tuple[Hurt, ...], drawn: str) -> list[str]:
    """Only what this picture shows."""
    notes: list[str] = []
    if any(h.sure for h in hurts):
        notes.append(Wording("Shaded: where it hurts."))
    if any(not h.sure for h in hurts):
        notes.append(Wording("Pale and dashed: the side or the exact place was not told."))
    if any(s.condition in ROADS for s in sources):
        notes.append(Wording("Solid line: the course of the nerve."))
    if "refer-head" in drawn:
        notes.append(Wording("Dashed arrow: referral of pain that studies report."))
    if any(s.side is None and s.condition in STRUCTURES for s in sources):
        notes.append(Wording("A source of unknown side is marked on both sides."))
    if any(s.condition not in STRUCTURES for s in sources):
        notes.append(Wording("Ring: no single place on this body map."))
    return notes


def _told(hurts: tuple[Hurt, ...], sources: tuple[SourceOfPain, ...], say: Translate) -> str:
    """The picture in words."""
    where = "; ".join(_hurt_in_words(hurt, say) for hurt in hurts)
    first = "; ".join(f"{say(named(s))}, {percent_in(say, s.probability)}" for s in sources)
    hurts_there = f"{say('It hurts:')} {where or say('nowhere that was told')}."
    comes_from = f"{say('It may come from:')} {first or say('no source of at least 15 %')}."
    return f"{hurts_there} {comes_from}"


def _hurt_in_words(hurt: Hurt, say: Translate) -> str:
    name = say(name_of(hurt.finding))
    if hurt.side == "whole":
        return name
    side = Wording("side unknown") if hurt.side == "unknown" else hurt.side
    return f"{name} ({say(side)})"
