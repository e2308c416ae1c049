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
from hipspine.report.steroids_text import dose_words, place_words, steroids_text
from hipspine.report.svg_marks import number, tag, text

WIDTH, LANE = 980.0, 34.0
#: A single day among years is drawn at least this wide, so that it is seen.
LEAST_WIDTH = 2.0
#: Words beside marks closer than this would run into each other.
APART = 62.0


def dose_svg(ledger: SteroidLedger) -> str:
    """The picture as one SVG document."""
    axes = axes_of(ledger)
    told = description(ledger)
    prefix = "doses-" + hashlib.sha256(told.encode()).hexdigest()[:8]
    lanes = len(ledger.joints)
    height = BOTTOM + 44 + LANE * lanes + (14 if lanes else 0) + 26
    heading = f"Steroids up to {ledger.as_of}"
    parts = [tag("rect", x=0, y=0, width=WIDTH, height=height, rx=10, class_="paper")]
    parts.append(text(24, 38, heading, "big"))
    parts.append(text(24, 60, _summary(ledger), "quiet"))
    if axes is None:
        parts.append(text(24, (TOP + BOTTOM) / 2, "no course has a known day", "word"))
    else:
        parts += [*_grid(axes, height, lanes), *_doses(ledger.steps, axes), *_unknown(ledger, axes)]
        parts += _lanes(ledger, axes)
    parts.append(text(24, height - 14, _footer(ledger), "quiet"))
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


def description(ledger: SteroidLedger) -> str:
    """The picture in words, with its numbers."""
    said = [f"{line[0].upper()}{line[1:]}." for line in steroids_text(ledger)]
    for step in ledger.steps:
        said.append(f"{step.start} to {step.end}: {dose_words(step.per_day)} mg a day.")
    return " ".join(said)


def _summary(ledger: SteroidLedger) -> str:
    if not ledger.steps:
        return "mg of prednisone-equivalents"
    least = "" if ledger.complete else "at least "
    return (
        f"systemic {least}{dose_words(ledger.cumulative)} mg of prednisone-equivalents over "
        f"{ledger.exposed_days} day{'' if ledger.exposed_days == 1 else 's'}"
    )


def _footer(ledger: SteroidLedger) -> str:
    said = []
    if any(step.per_day.low < step.per_day.high for step in ledger.steps):
        said.append("lighter: the range that was told")
    if unknown_lines(ledger):
        said.append("shaded red: dose not told")
    listed = dict.fromkeys(line.course.drug for line in ledger.lines if line.counted == "listed")
    if listed:
        names = ", ".join(listed)
        said.append(f"listed, not summed: {names if len(names) < 90 else names[:87] + '...'}")
    if not ledger.complete:
        said.append("something told could not be summed")
    return "; ".join(said)


def _grid(axes: Axes, height: float, lanes: int) -> Iterator[str]:
    unit = "mg a day" + (", heights by square root" if axes.by_root else "")
    yield text(LEFT, TOP - 12, unit, "quiet")
    for dose in dose_ticks(axes.most):
        y = axes.y(dose)
        yield tag("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, class_="grid" if dose else "axis")
        yield text(LEFT - 8, y + 4, f"{dose:g}", "quiet", "end")
    foot = height - (40 if lanes else 66)
    for day, words in day_ticks(axes):
        x = axes.x(day)
        if LEFT <= x <= RIGHT - 20:
            yield tag("line", x1=x, y1=TOP, x2=x, y2=foot, class_="grid")
            yield text(x, BOTTOM + 18, words, "quiet", "middle")


def _doses(steps: tuple[DoseStep, ...], axes: Axes) -> Iterator[str]:
    for step in steps:
        x = axes.x(step.start)
        width = max(axes.x(step.end) - x + _one_day(axes), LEAST_WIDTH)
        low, high = axes.y(step.per_day.low), axes.y(step.per_day.high)
        told = f"{step.start} to {step.end}: {dose_words(step.per_day)} mg a day"
        drawn = _bar(x, low, width, BOTTOM - low, "dose")
        if high < low:
            drawn += _bar(x, high, width, low - high, "range")
        yield tag("g", tag("title", escape(told)) + drawn)


def _one_day(axes: Axes) -> float:
    return (RIGHT - LEFT) / ((axes.last - axes.first).days + 1)


def _bar(x: float, y: float, width: float, height: float, style: str) -> str:
    """Edges on whole pixels would move dates; crisp edges leave no seams."""
    return tag(
        "rect", x=x, y=y, width=width, height=height, class_=style, shape_rendering="crispEdges"
    )


def _unknown(ledger: SteroidLedger, axes: Axes) -> Iterator[str]:
    """Courses without a dose: their days, from bottom to top, with a word where it fits."""
    for line in unknown_lines(ledger):
        assert line.first and line.last
        x = axes.x(line.first)
        width = max(axes.x(line.last) - x + _one_day(axes), LEAST_WIDTH)
        told = f"{line.course.drug}: dose not told, {line.first} to {line.last}"
        bar = _bar(x, TOP, width, BOTTOM - TOP, "unknown")
        yield tag("g", tag("title", escape(told)) + bar)
        words = f"{line.course.drug[:24]}: dose not told"
        if width > 7 * len(words):
            yield text(x + 6, TOP + 16, words, "alarm")


def _lanes(ledger: SteroidLedger, axes: Axes) -> Iterator[str]:
    for row, joint in enumerate(ledger.joints):
        y = BOTTOM + 50 + LANE * row
        yield tag("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, class_="lane")
        yield text(LEFT - 8, y - 1, place_words(joint), "word", "end")
        yield text(LEFT - 8, y + 12, _count(joint), "quiet", "end")
        yield from _marks(ledger, joint, axes, y)


def _count(joint: JointDoses) -> str:
    dose = f"{dose_words(joint.equivalent)} mg" if joint.known else "dose unknown"
    return f"{joint.injections} injected, {dose}"


def _marks(ledger: SteroidLedger, joint: JointDoses, axes: Axes, y: float) -> Iterator[str]:
    free = 0.0
    for line in sorted(_into(ledger, joint), key=lambda line: line.last or ledger.as_of):
        if line.last is None:
            continue
        x = axes.x(line.last) + _one_day(axes) / 2
        total = of_one_side(line)
        dose = f"{dose_words(total)} mg" if total else "dose unknown"
        times = f"{injections(line)} x, " if injections(line) > 1 else ""
        told = f"{line.last}: {line.course.drug}, {times}{dose}"
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
