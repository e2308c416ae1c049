"""Why the first source stands first: decibans of its findings, against left, for right."""

from dataclasses import dataclass

from hipspine.assessment import Assessment
from hipspine.report.as_text import CLUSTERS_EACH, name_of
from hipspine.report.picture_frame import (
    WIDTH,
    Translate,
    decibans_in,
    framed,
    heading,
    named,
    prefix_of,
    wrapped,
)
from hipspine.report.svg_marks import tag, text
from hipspine.wording import Wording

_LEFT, _RIGHT = 16.0, WIDTH - 16.0
#: Names stand left of this, bars right of it.
_BARS = 224.0
#: Room for a figure such as "+16.0 dB" beyond the end of a bar.
_FIGURE = 66.0
_LINE, _THICK = 14.5, 11.0
#: The scale never magnifies weak evidence: it spans 10 dB (ten-fold odds) or more.
_LEAST_SPAN = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Decibans for (above 0) or against of one finding, or of correlated findings together."""

    label: str
    decibans: float
    together: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Where 0 dB lies, and units of the drawing a deciban."""

    zero: float
    each: float


def reasons_svg(assessment: Assessment, say: Translate = str) -> str:
    """Diverging bars of the first source; correlated findings together as hollow bars."""
    source = assessment.sources[0]
    title = say(Wording("Why {source}", source=named(source)))
    head, y = heading(title)
    alone, together = _bars(assessment, say)
    note = Wording("in decibans: 10 dB make the odds ten times as high")
    if not alone + together:
        note = Wording("No finding of this case speaks for or against it.")
    below, y = _lines(say(note), "quiet", y)
    parts = [head, below]
    if alone + together:
        y += 24
        parts.append(text(_BARS, y, f"← {say('against')}", "word"))
        parts.append(text(_RIGHT, y, f"{say('for')} →", "word", "end"))
    scale = _scale(alone + together)
    for bars in (alone, together):
        if bars is together and bars:
            group, y = _lines(say("Correlated findings, counted together"), "word", y + 6)
            parts.append(group)
        top = y + 6
        rows = []
        for bar in bars:
            row, y = _row(bar, y + 8, scale, say)
            rows.append(row)
        if bars:
            parts.append(tag("path", d=f"M{scale.zero:.1f} {top}V{y + 2}", class_="grid"))
        parts += rows
    told = "; ".join(_told(bar, say) for bar in alone + together)
    words = f"{title}. {told or say(note)}"
    return framed(prefix_of("reasons", assessment), y + 16, title, words, "".join(parts))


def _bars(assessment: Assessment, say: Translate) -> tuple[list[Bar], list[Bar]]:
    """Of single findings, and of clusters."""
    source = assessment.sources[0]
    alone = [
        Bar(_finding(r.finding, r.present, say), r.decibans, together=False) for r in source.why
    ]
    together = [
        Bar(", ".join(say(name_of(f)) for f in c.findings), c.decibans, together=True)
        for c in source.clusters[:CLUSTERS_EACH]
    ]
    return alone, together


def _scale(bars: list[Bar]) -> Scale:
    most = max([0.0, *(bar.decibans for bar in bars)])
    least = min([0.0, *(bar.decibans for bar in bars)])
    each = (_RIGHT - _BARS - 2 * _FIGURE) / max(_LEAST_SPAN, most - least)
    return Scale(zero=_BARS + _FIGURE - least * each, each=each)


def _finding(finding: str, present: bool, say: Translate) -> str:
    name = name_of(finding)
    return say(name if present else Wording("absent: {finding}", finding=name))


def _told(bar: Bar, say: Translate) -> str:
    label = bar.label
    if bar.together:
        label = f"{say('together, being correlated')}: {label}"
    return f"{label}: {decibans_in(say, bar.decibans)}"


def _lines(words: str, style: str, y: float) -> tuple[str, float]:
    parts = []
    for line in wrapped(words, style, WIDTH - 32):
        y += 17
        parts.append(text(_LEFT, y, line, style))
    return "".join(parts), y


def _row(bar: Bar, y: float, scale: Scale, say: Translate) -> tuple[str, float]:
    """The name in lines, its bar at half their height; and where the row ends."""
    lines = wrapped(bar.label, "name", _BARS - _LEFT - 10)
    parts = [text(_LEFT, y + _LINE * (i + 0.8), line, "name") for i, line in enumerate(lines)]
    height = _LINE * len(lines)
    top = y + (height - _THICK) / 2
    length = max(abs(bar.decibans) * scale.each, 1.0)
    against = bar.decibans < 0
    style = "together" if bar.together else ("against" if against else "for")
    left = scale.zero - (length if against else 0)
    parts.append(tag("rect", x=left, y=top, width=length, height=_THICK, rx=1.5, class_=style))
    end = scale.zero + (-length - 6 if against else length + 6)
    figure = decibans_in(say, bar.decibans)
    parts.append(text(end, top + 9.8, figure, "word", "end" if against else "start"))
    return "".join(parts), y + height
