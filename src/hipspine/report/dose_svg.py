"""The picture of steroids over time: systemic mg a day, and below it the injections per joint.

Heights are prednisone-equivalents averaged over the day; a range is a lighter band on top of its
low end. Everything is also said in the description, for those who hear it read.
"""

import hashlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

from hipspine.findings.steroid_courses import side_of
from hipspine.findings.steroid_joints import injections, of_one_side
from hipspine.findings.steroid_ledger import DoseStep, JointDoses, LedgerLine, SteroidLedger
from hipspine.findings.steroid_places import place_of
from hipspine.report.dose_axes import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Axes,
    axes_of,
    day_ticks,
    dose_ticks,
    unknown_lines,
)
from hipspine.report.dose_style import sheet
from hipspine.report.doses_in_words import dose_words, place_words
from hipspine.report.languages import ENGLISH, Translator
from hipspine.report.steroids_text import steroids_text
from hipspine.report.svg_marks import number, tag, text
from hipspine.wording import Wording

WIDTH, LANE = 980.0, 34.0
#: A single day among years is drawn at least this wide, so that it is seen.
LEAST_WIDTH = 2.0
#: Words beside marks closer than this would run into each other.
APART = 62.0


def dose_svg(ledger: SteroidLedger, say: Translator = ENGLISH) -> str:
    """The picture as one SVG document, its words in the translator's language."""
    axes = axes_of(ledger)
    told = description(ledger, say)
    prefix = "doses-" + hashlib.sha256(told.encode()).hexdigest()[:8]
    lanes = len(ledger.joints)
    height = BOTTOM + 44 + LANE * lanes + (14 if lanes else 0) + 26
    heading = say(Wording("Steroids up to {day}", day=ledger.as_of))
    parts = [tag("rect", x=0, y=0, width=WIDTH, height=height, rx=10, class_="paper")]
    parts.append(text(24, 38, heading, "big"))
    parts.append(text(24, 60, _summary(ledger, say), "quiet"))
    if axes is None:
        parts.append(
            text(24, (TOP + BOTTOM) / 2, say(Wording("no course has a known day")), "word")
        )
    else:
        parts += [*_grid(axes, height, lanes, say), *_doses(ledger.steps, axes, say)]
        parts += _unknown(ledger, axes, say)
        parts += _lanes(ledger, axes, say)
    parts.append(text(24, height - 14, _footer(ledger, say), "quiet"))
    head = tag("title", escape(heading), id=f"{prefix}-title")
    head += tag("desc", escape(told), id=f"{prefix}-desc") + tag("style", sheet(prefix))
    return tag(
        "svg",
        head + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(WIDTH)} {number(height)}",
        id=prefix,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
    )


def description(ledger: SteroidLedger, say: Translator = ENGLISH) -> str:
    """The picture in words, with its numbers."""
    said = [f"{line[0].upper()}{line[1:]}." for line in steroids_text(ledger, say)]
    return " ".join([*said, *(f"{_step(step, say)}." for step in ledger.steps)])


def _step(step: DoseStep, say: Translator) -> str:
    return say(
        Wording(
            "{start} to {end}: {dose} mg a day",
            start=step.start,
            end=step.end,
            dose=dose_words(step.per_day, say),
        )
    )


def _summary(ledger: SteroidLedger, say: Translator) -> str:
    if not ledger.steps:
        return say(Wording("mg of prednisone-equivalents"))
    dose, days = dose_words(ledger.cumulative, say), ledger.exposed_days
    whole = Wording(
        "systemic {dose} mg of prednisone-equivalents; exposed days: {days}", dose=dose, days=days
    )
    least = Wording(
        "systemic at least {dose} mg of prednisone-equivalents; exposed days: {days}",
        dose=dose,
        days=days,
    )
    return say(whole if ledger.complete else least)


def _footer(ledger: SteroidLedger, say: Translator) -> str:
    said: list[str] = []
    if any(step.per_day.low < step.per_day.high for step in ledger.steps):
        said.append(Wording("lighter: the range that was told"))
    if unknown_lines(ledger):
        said.append(Wording("shaded red: dose not told"))
    listed = dict.fromkeys(line.course.drug for line in ledger.lines if line.counted == "listed")
    if listed:
        names = ", ".join(listed)
        short = names if len(names) < 90 else names[:87] + "..."
        said.append(Wording("listed, not summed: {names}", names=short))
    if not ledger.complete:
        said.append(Wording("something told could not be summed"))
    return "; ".join(say(words) for words in said)


def _grid(axes: Axes, height: float, lanes: int, say: Translator) -> Iterator[str]:
    by_root = Wording("mg a day, heights by square root")
    unit = by_root if axes.by_root else Wording("mg a day")
    yield text(LEFT, TOP - 12, say(unit), "quiet")
    for dose in dose_ticks(axes.most):
        y = axes.y(dose)
        yield tag("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, class_="grid" if dose else "axis")
        yield text(LEFT - 8, y + 4, say.shortest(dose), "quiet", "end")
    foot = height - (40 if lanes else 66)
    for day, words in day_ticks(axes, say):
        x = axes.x(day)
        if LEFT <= x <= RIGHT - 20:
            yield tag("line", x1=x, y1=TOP, x2=x, y2=foot, class_="grid")
            yield text(x, BOTTOM + 18, words, "quiet", "middle")


def _doses(steps: tuple[DoseStep, ...], axes: Axes, say: Translator) -> Iterator[str]:
    for step in steps:
        x = axes.x(step.start)
        width = max(axes.x(step.end) - x + _one_day(axes), LEAST_WIDTH)
        low, high = axes.y(step.per_day.low), axes.y(step.per_day.high)
        drawn = _bar(x, low, width, BOTTOM - low, "dose")
        if high < low:
            drawn += _bar(x, high, width, low - high, "range")
        yield tag("g", tag("title", escape(_step(step, say))) + drawn)


def _one_day(axes: Axes) -> float:
    return (RIGHT - LEFT) / ((axes.last - axes.first).days + 1)


def _bar(x: float, y: float, width: float, height: float, style: str) -> str:
    """Edges on whole pixels would move dates; crisp edges leave no seams."""
    return tag(
        "rect", x=x, y=y, width=width, height=height, class_=style, shape_rendering="crispEdges"
    )


def _unknown(ledger: SteroidLedger, axes: Axes, say: Translator) -> Iterator[str]:
    """Courses without a dose: their days, from bottom to top, with a word where it fits."""
    for line in unknown_lines(ledger):
        assert line.first and line.last
        x = axes.x(line.first)
        width = max(axes.x(line.last) - x + _one_day(axes), LEAST_WIDTH)
        told = say(
            Wording(
                "{drug}: dose not told, {first} to {last}",
                drug=line.course.drug,
                first=line.first,
                last=line.last,
            )
        )
        bar = _bar(x, TOP, width, BOTTOM - TOP, "unknown")
        yield tag("g", tag("title", escape(told)) + bar)
        words = say(Wording("{drug}: dose not told", drug=line.course.drug[:24]))
        if width > 7 * len(words):
            yield text(x + 6, TOP + 16, words, "alarm")


def _lanes(ledger: SteroidLedger, axes: Axes, say: Translator) -> Iterator[str]:
    for row, joint in enumerate(ledger.joints):
        y = BOTTOM + 50 + LANE * row
        yield tag("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, class_="lane")
        place, comma, side = say(place_words(joint)).partition(", ")
        below = f"{side}: {_count(joint, say)}" if comma else _count(joint, say)
        yield text(LEFT - 8, y - 1, place, "word", "end")
        yield text(LEFT - 8, y + 12, below, "quiet", "end")
        yield from _marks(ledger, joint, (axes, y), say)


def _count(joint: JointDoses, say: Translator) -> str:
    if not joint.known:
        return say(Wording("{count} injected, dose unknown", count=joint.injections))
    dose = dose_words(joint.equivalent, say)
    return say(Wording("{count} injected, {dose} mg", count=joint.injections, dose=dose))


def _marks(
    ledger: SteroidLedger, joint: JointDoses, lane: tuple[Axes, float], say: Translator
) -> Iterator[str]:
    axes, y = lane
    free = 0.0
    for line in sorted(_into(ledger, joint), key=lambda line: line.last or ledger.as_of):
        if line.last is None:
            continue
        x = axes.x(line.last) + _one_day(axes) / 2
        total = of_one_side(line)
        dose = say(Wording("dose unknown"))
        if total:
            dose = say(Wording("{amount} mg", amount=dose_words(total, say)))
        times = f"{injections(line)} x, " if injections(line) > 1 else ""
        told = f"{say.date(line.last)}: {line.course.drug}, {times}{dose}"
        mark = tag("circle", cx=x, cy=y, r=5, class_="needle")
        yield tag("g", tag("title", escape(told)) + mark)
        if x >= free:
            near_end = x > RIGHT - APART
            yield text(
                x - 9 if near_end else x + 9,
                y - 5,
                times + dose,
                "quiet",
                "end" if near_end else "start",
            )
            free = x + APART


def _into(ledger: SteroidLedger, joint: JointDoses) -> Iterator[LedgerLine]:
    for line in ledger.lines:
        if line.counted != "injection":
            continue
        side = side_of(line.course)
        into = place_of(line.course.joint, line.course.route)
        if into == joint.joint and (side == joint.side or (side == "bilateral" and joint.side)):
            yield line
