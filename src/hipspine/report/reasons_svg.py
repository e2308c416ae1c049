"""Why the first source stands first: decibans of its findings, against left, for right."""

from hipspine.assessment import Assessment
from hipspine.report.as_text import CLUSTERS_EACH, name_of
from hipspine.report.picture_frame import (
    WIDTH,
    Translate,
    framed,
    named,
    prefix_of,
    wrapped,
)
from hipspine.report.svg_marks import tag, text
from hipspine.wording import Wording

_MIDDLE, _REACH = WIDTH / 2, 165.0
_LINE = 15.0
#: The scale never magnifies weak evidence: a bar reaches the end at 10 dB (ten-fold odds) or more.
_LEAST_SCALE = 10.0

_Bar = tuple[str, float, bool]


def reasons_svg(assessment: Assessment, translate: Translate = str) -> str:
    """Diverging bars of the first source; correlated findings together as hollow bars."""
    source = assessment.sources[0]
    bars: list[_Bar] = [
        (_finding(r.finding, r.present, translate), r.decibans, False) for r in source.why
    ]
    bars += [
        (_together(c.findings, translate), c.decibans, True)
        for c in source.clusters[:CLUSTERS_EACH]
    ]
    title = translate(Wording("Why {source}", source=named(source, translate)))
    y, parts = 8.0, []
    for line in wrapped(title, "big", WIDTH - 32):
        y += 19
        parts.append(text(16, y, line, "big"))
    note = translate("in decibans: 10 dB make the odds ten times as high")
    if not bars:
        note = translate("No finding of this case speaks for or against it.")
    for line in wrapped(note, "quiet", WIDTH - 32):
        y += 16
        parts.append(text(16, y, line, "quiet"))
    if bars:
        y += 22
        parts.append(text(_MIDDLE - 10, y, f"← {translate('against')}", "word", "end"))
        parts.append(text(_MIDDLE + 10, y, f"{translate('for')} →", "word"))
    scale = _REACH / max([_LEAST_SCALE, *(abs(size) for _, size, _ in bars)])
    for bar in bars:
        row, y = _row(bar, y + 6, scale)
        parts.append(row)
    told = "; ".join(f"{label}: {size:+.1f} dB" for label, size, _ in bars)
    return framed(
        prefix_of("reasons", assessment), y + 14, title, f"{title}. {told or note}", "".join(parts)
    )


def _finding(finding: str, present: bool, translate: Translate) -> str:
    name = translate(name_of(finding))
    return name if present else translate(Wording("absent: {finding}", finding=name))


def _together(findings: tuple[str, ...], translate: Translate) -> str:
    names = ", ".join(translate(name_of(finding)) for finding in findings)
    return translate(Wording("together, being correlated: {findings}", findings=names))


def _row(bar: _Bar, y: float, scale: float) -> tuple[str, float]:
    label, size, hollow = bar
    parts = []
    for line in wrapped(label, "quiet", WIDTH - 32):
        y += _LINE
        parts.append(text(16, y, line, "quiet"))
    y += 5
    length = abs(size) * scale
    left = _MIDDLE - (length if size < 0 else 0)
    style = "together" if hollow else ("for" if size >= 0 else "against")
    axis = tag("path", d=f"M{_MIDDLE} {y - 2}v15", class_="grid")
    parts.append(axis)
    parts.append(tag("rect", x=left, y=y, width=max(length, 1), height=11, rx=2, class_=style))
    sign = 1 if size >= 0 else -1
    anchor = "start" if sign > 0 else "end"
    value = f"{size:+.1f} dB".replace("-", "−")
    parts.append(text(_MIDDLE + sign * (length + 6), y + 10, value, "word", anchor))
    return "".join(parts), y + 13
