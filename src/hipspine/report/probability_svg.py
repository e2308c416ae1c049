"""The first sources of pain as bars: probability, and the 95 % interval as a whisker."""

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.report.as_text import LEAST_SHOWN, SHOWN_SOURCES
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
from hipspine.report.svg_marks import tag, text
from hipspine.wording import Wording

_LEFT, _RIGHT, _LABEL = 16.0, WIDTH - 74.0, WIDTH - 16.0
_LINE = 16.0
_SPAN = _RIGHT - _LEFT
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def probability_svg(assessment: Assessment, say: Translate = str) -> str:
    """At most 8 sources of at least 1 %, most probable first; bars from 0 to 100 %."""
    sources = shown_sources(assessment)
    title = say("Probability of each source of the pain, with 95 % intervals")
    head, y = heading(title.replace(" %", f"{NO_BREAK}%"))
    rows, y = [head], y + 4
    for source in sources:
        row, y = _row(source, y + 10, say)
        rows.append(row)
    told = "; ".join(say(_told(source, say)) for source in sources)
    return framed(
        prefix_of("probability", assessment),
        y + 30,
        title,
        told,
        "".join(rows) + _axis(y, say),
    )


def shown_sources(assessment: Assessment) -> tuple[SourceOfPain, ...]:
    """The first always; after it those that are not negligible."""
    first, *others = assessment.sources[:SHOWN_SOURCES]
    return (first, *(s for s in others if s.probability >= LEAST_SHOWN))


def _told(source: SourceOfPain, say: Translate) -> Wording:
    return Wording(
        "{source}: {probability}, interval {low} to {high}",
        source=named(source),
        probability=percent_in(say, source.probability),
        low=percent_in(say, source.low),
        high=percent_in(say, source.high),
    )


def _at(p: float) -> float:
    return _LEFT + p * _SPAN


def _row(source: SourceOfPain, y: float, say: Translate) -> tuple[str, float]:
    """Name above, bar below; the bar's end is the probability, the whisker its interval."""
    parts = []
    for line in wrapped(say(named(source)), "word", WIDTH - 32):
        y += _LINE
        parts.append(text(_LEFT, y, line, "word"))
    bar, low, high = y + 6, _at(source.low), _at(source.high)
    parts.append(tag("rect", x=_LEFT, y=bar, width=_SPAN, height=11, rx=2, class_="track"))
    for p in _QUARTERS:
        parts.append(tag("path", d=f"M{_at(p):.1f} {bar - 2}v15", class_="grid"))
    length = max(source.probability * _SPAN, 1)
    parts.append(tag("rect", x=_LEFT, y=bar, width=length, height=11, rx=2, class_="chance"))
    ends = f"M{low:.1f} {bar + 1}v9M{high:.1f} {bar + 1}v9M{low:.1f} {bar + 5.5}H{high:.1f}"
    parts.append(tag("path", d=ends, class_="whisker"))
    dot = tag("circle", cx=_at(source.probability), cy=bar + 5.5, r=3.6, class_="source")
    parts.append(dot)
    parts.append(text(_LABEL, bar + 10, percent_in(say, source.probability), "word", "end"))
    return "".join(parts), bar + 13


def _axis(bottom: float, say: Translate) -> str:
    words = ""
    for p in _QUARTERS:
        anchor = {0.0: "start", 1.0: "end"}.get(p, "middle")
        # As the language writes 25 %: the ends of the axis are no probabilities below 0.1 %.
        percent = percent_in(say, 0.25).replace("25", f"{100 * p:.0f}")
        words += text(_at(p), bottom + 16, percent, "quiet", anchor)
    return words
