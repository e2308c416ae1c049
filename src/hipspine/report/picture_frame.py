"""The frame of the pictures of an assessment: colours, type, alt text, lines that wrap.

Plain colours, overridden by theme: renderers of print know no CSS variables. Light unless the
screen prefers dark or an ancestor says `data-theme="dark"` (or class `dark`); print is light.
"""

import hashlib
import re
import textwrap
from collections.abc import Callable
from xml.sax.saxutils import escape

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.report.as_text import percent
from hipspine.report.languages import Translator
from hipspine.report.svg_marks import number, tag, text
from hipspine.wording import Wording

Translate = Callable[[str], str]
WIDTH = 480.0
#: Width of a letter, in units of the drawing: cautious means of wide sans-serif faces, which are
#: 0.62 of the size in bold and 0.55 in plain.
_LETTER = {"big": 9.3, "word": 7.75, "quiet": 6.33, "name": 6.33}

_COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("fill:#fbfaf7", "fill:#161b22"),
    "skin": ("fill:#f2e9dc;stroke:#a3937c", "fill:#2b333d;stroke:#7d8793"),
    "flesh": ("fill:#f2e9dc;stroke:none", "fill:#2b333d;stroke:none"),
    "edge": ("fill:none;stroke:#a3937c", "fill:none;stroke:#7d8793"),
    "fold": ("fill:none;stroke:#bfae94", "fill:none;stroke:#56616d"),
    "bone": ("fill:#fffdf6;stroke:#cfc3ad", "fill:#3a444f;stroke:#55606c"),
    "pain": ("fill:#d55e00;stroke:#d55e00", "fill:#f28c3c;stroke:#f28c3c"),
    "unsure": ("fill:#d55e00;stroke:#9c4300", "fill:#f28c3c;stroke:#ffb77d"),
    "nerve-edge": ("fill:none;stroke:#fbfaf7", "fill:none;stroke:#161b22"),
    "nerve": ("fill:none;stroke:#7a6000", "fill:none;stroke:#f2d24b"),
    "refer": ("fill:none;stroke:#1f4e8c", "fill:none;stroke:#9ccaff"),
    "refer-head": ("fill:#1f4e8c", "fill:#9ccaff"),
    "source": ("fill:#1f4e8c;stroke:#fbfaf7", "fill:#9ccaff;stroke:#161b22"),
    "leader": ("fill:none;stroke:#1f4e8c", "fill:none;stroke:#9ccaff"),
    "leader-end": ("fill:#1f4e8c", "fill:#9ccaff"),
    "ring": ("fill:#fbfaf7;stroke:#1f4e8c", "fill:#161b22;stroke:#9ccaff"),
    "digit": ("fill:#ffffff", "fill:#10161d"),
    "digit-ring": ("fill:#1f4e8c", "fill:#9ccaff"),
    "chance": ("fill:#8fb3dc", "fill:#3f6c9c"),
    "track": ("fill:#e6e1d6", "fill:#2d3640"),
    "grid": ("stroke:#cfc8ba", "stroke:#414c57"),
    "for": ("fill:#1f5fa8", "fill:#7ab8ff"),
    "against": ("fill:#d98c4a", "fill:#e8a467"),
    "together": ("fill:none;stroke:#5c6874", "fill:none;stroke:#9aa7b4"),
    "whisker": ("fill:none;stroke:#1d2630", "fill:none;stroke:#f0f4f8"),
    "big": ("fill:#1d2630", "fill:#f0f4f8"),
    "word": ("fill:#1d2630", "fill:#dbe3ea"),
    "quiet": ("fill:#5c6874", "fill:#9aa7b4"),
    "name": ("fill:#3c4650", "fill:#c3ccd5"),
    "letter": ("fill:#5c6874", "fill:#9aa7b4"),
}
_SHAPES = {
    "skin": "stroke-width:1.2;stroke-linejoin:round",
    "fold": "stroke-width:1;stroke-linecap:round",
    "bone": "stroke-width:.8;stroke-linejoin:round",
    "edge": "stroke-width:1.3;stroke-linejoin:round",
    "pain": "stroke-width:.6;stroke-linejoin:round",
    "unsure": "fill-opacity:.25;stroke-width:1;stroke-dasharray:3 2.5",
    "nerve-edge": "stroke-width:4;stroke-opacity:.75;stroke-linecap:round",
    "nerve": "stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round",
    "refer": "stroke-width:1.6;stroke-dasharray:5 3",
    "source": "stroke-width:1.5",
    "leader": "stroke-width:1.4",
    "ring": "stroke-width:1.5",
    "digit": "font-size:10px;font-weight:700",
    "digit-ring": "font-size:10px;font-weight:700",
    "grid": "stroke-width:1",
    "together": "stroke-width:1.4",
    "whisker": "stroke-width:1.6",
    "big": "font-size:15px;font-weight:700",
    "word": "font-size:12.5px;font-weight:600",
    "quiet": "font-size:11.5px",
    "name": "font-size:11.5px",
    "letter": "font-size:13px;font-weight:700",
}
_FAMILY = "font-family:Inter,'Segoe UI','DejaVu Sans',sans-serif"


def prefix_of(kind: str, assessment: Assessment) -> str:
    """An id that no other picture of the page has: the kind, the case, a short hash of it."""
    short = hashlib.sha256(assessment.id.encode()).hexdigest()[:6]
    slug = re.sub(r"[^a-z0-9]+", "-", assessment.id.lower()).strip("-")[:24]
    return f"{kind}-{slug}-{short}"


def framed(prefix: str, height: float, title: str, told: str, inner: str) -> str:
    """The whole picture, WIDTH by `height`; title and `told` are its alt text, translated."""
    head = tag("title", escape(title), id=f"{prefix}-title")
    head += tag("desc", escape(told), id=f"{prefix}-desc")
    head += f"<style>{_sheet(prefix)}</style>"
    paper = tag("rect", width=WIDTH, height=height, rx=6, class_="paper")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{prefix}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" '
        f'viewBox="0 0 {number(WIDTH)} {number(height)}">{head}{paper}{inner}</svg>'
    )


def wrapped(words: str, style: str, width: float) -> list[str]:
    """`words` in lines that fit `width` at the size of `style`."""
    letters = max(8, int(width / _LETTER[style]))
    return textwrap.wrap(words, letters) or [""]


def heading(title: str) -> tuple[str, float]:
    """The title at the top, in lines; and the baseline of the last of them."""
    lines = wrapped(title, "big", WIDTH - 32)
    head = "".join(text(16, 27 + 19 * i, line, "big") for i, line in enumerate(lines))
    return head, 27 + 19.0 * (len(lines) - 1)


def named(source: SourceOfPain) -> Wording:
    """Name and side."""
    side = source.side or Wording("side unknown")
    return Wording("{name} ({side})", name=source.name, side=side)


def percent_in(say: Translate, p: float) -> str:
    """A probability for reading, as the language writes it."""
    return say.percent(p) if isinstance(say, Translator) else percent(p)


def decibans_in(say: Translate, size: float) -> str:
    """With its sign, a true minus, and one decimal."""
    decimal = say.number(size, 1) if isinstance(say, Translator) else f"{size:.1f}"
    plus = "+" if size >= 0 else ""
    return f"{plus}{decimal} dB".replace("-", "\N{MINUS SIGN}")


def _sheet(prefix: str) -> str:
    rules = [f"#{prefix} text{{{_FAMILY}}}#{prefix} .pains{{opacity:.62}}"]
    for name, (light, _) in _COLOURS.items():
        shape = f";{_SHAPES[name]}" if name in _SHAPES else ""
        rules.append(f"#{prefix} .{name}{{{light}{shape}}}")
    preferred = _dark(f":root:not([data-theme=light]):not(.light) #{prefix}")
    chosen = _dark(f":is([data-theme=dark],.dark) #{prefix}")
    return (
        f"{''.join(rules)}@media screen and (prefers-color-scheme:dark){{{preferred}}}"
        f"@media screen{{{chosen}}}"
    )


def _dark(scope: str) -> str:
    return "".join(f"{scope} .{name}{{{dark}}}" for name, (_, dark) in _COLOURS.items())
