"""Colours and type of the picture of loads; readable on light and on dark."""

from itertools import pairwise

#: (light, dark) of every class: plain values, since some renderers know no variables.
_COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("fill:#fbfaf7", "fill:#161b22"),
    "card": ("fill:#f1eee7", "fill:#20272f"),
    "track": ("fill:#ddd8cc", "fill:#343d47"),
    "bar": ("fill:#b0413e", "fill:#ef7d74"),
    "mark": ("stroke:#27313b", "stroke:#e6edf3"),
    "band": ("fill:#27313b;fill-opacity:.28", "fill:#e6edf3;fill-opacity:.32"),
    "bone": ("fill:#f3ecdc;stroke:#a3977d", "fill:#4b535c;stroke:#97a1ab"),
    "edge": ("fill:none;stroke:#a3977d", "fill:none;stroke:#97a1ab"),
    "shaft": ("fill:none;stroke:#f3ecdc", "fill:none;stroke:#4b535c"),
    "rib": ("fill:none;stroke:#cabfa8", "fill:none;stroke:#6a747f"),
    "ghost": ("fill:none;stroke:#b9c1ca", "fill:none;stroke:#46515d"),
    "ground": ("fill:none;stroke:#b9b1a0", "fill:none;stroke:#5a646f"),
    "load": ("fill:#6b7886", "fill:#9fb0c0"),
    "force": ("fill:none;stroke:#1f5fa8", "fill:none;stroke:#7ab8ff"),
    "force-head": ("fill:#1f5fa8", "fill:#7ab8ff"),
    "lead": ("fill:none;stroke:#8b95a1", "fill:none;stroke:#6e7a87"),
    "big": ("fill:#1d2630", "fill:#f0f4f8"),
    "word": ("fill:#1d2630", "fill:#dbe3ea"),
    "quiet": ("fill:#5c6874", "fill:#9aa7b4"),
    "alarm": ("fill:#b0221f", "fill:#ff8f87"),
    "tell": ("fill:#1f5fa8", "fill:#8cc2ff"),
    "name": ("fill:#5c6874", "fill:#9aa7b4"),
    "halo": ("fill:none;stroke:#fbfaf7", "fill:none;stroke:#161b22"),
}
#: The same on light and on dark.
_SHAPES = {
    "ground": "stroke-width:2",
    "force": "stroke-width:4",
    "lead": "stroke-width:.8",
    "mark": "stroke-width:1.5",
    "big": "font-size:19px;font-weight:700",
    "word": "font-size:13px;font-weight:600",
    "quiet": "font-size:11.5px",
    "alarm": "font-size:12.5px;font-weight:600",
    "tell": "font-size:13px;font-weight:700",
    "name": "font-size:11.5px",
    "halo": "stroke-width:3.5;stroke-linejoin:round",
}
_FAMILY = "font-family:Inter,'Segoe UI','DejaVu Sans',sans-serif"
#: Activation 0, 15, 40 and 100 %: pale to hot; each stands out on light and on dark.
_RAMP = (
    (0.0, (138, 160, 178)),
    (0.15, (222, 164, 60)),
    (0.40, (222, 98, 36)),
    (1.0, (178, 16, 50)),
)


def sheet(prefix: str) -> str:
    """The style sheet, its classes bound to one picture by its id."""
    rules = [f"#{prefix} text{{{_FAMILY}}}"]
    for name, (light, _) in _COLOURS.items():
        shape = f";{_SHAPES[name]}" if name in _SHAPES else ""
        rules.append(f"#{prefix} .{name}{{{light}{shape}}}")
    dark = "".join(f"#{prefix} .{name}{{{dark}}}" for name, (_, dark) in _COLOURS.items())
    return f"{''.join(rules)}@media (prefers-color-scheme:dark){{{dark}}}"


def activation_colour(activation: float) -> str:
    """Of a muscle at 0 to 1 of its full force."""
    at = min(max(activation, 0.0), 1.0)
    for (a, low), (b, high) in pairwise(_RAMP):
        if at <= b:
            share = (at - a) / (b - a)
            red, green, blue = (round(x + share * (y - x)) for x, y in zip(low, high, strict=True))
            return f"#{red:02x}{green:02x}{blue:02x}"
    raise AssertionError("the ramp ends at 1")
