"""Colours and type of the picture of doses; readable on light and on dark."""

#: (light, dark) of every class: plain values, since some renderers know no variables.
_COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("fill:#fbfaf7", "fill:#161b22"),
    "grid": ("stroke:#ddd8cc", "stroke:#343d47"),
    "axis": ("stroke:#8b95a1", "stroke:#6e7a87"),
    "dose": ("fill:#1f5fa8", "fill:#7ab8ff"),
    "range": ("fill:#1f5fa8;fill-opacity:.32", "fill:#7ab8ff;fill-opacity:.36"),
    "unknown": (
        "fill:#b0413e;fill-opacity:.14;stroke:#b0413e",
        "fill:#ef7d74;fill-opacity:.2;stroke:#ef7d74",
    ),
    "lane": ("stroke:#b9b1a0", "stroke:#5a646f"),
    "needle": ("fill:#b0413e;stroke:#fbfaf7", "fill:#ef7d74;stroke:#161b22"),
    "big": ("fill:#1d2630", "fill:#f0f4f8"),
    "word": ("fill:#1d2630", "fill:#dbe3ea"),
    "quiet": ("fill:#5c6874", "fill:#9aa7b4"),
    "alarm": ("fill:#b0221f", "fill:#ff8f87"),
}
#: The same on light and on dark.
_SHAPES = {
    "grid": "stroke-width:1",
    "axis": "stroke-width:1",
    "lane": "stroke-width:1;stroke-dasharray:2 4",
    "unknown": "stroke-width:1;stroke-dasharray:4 3",
    "needle": "stroke-width:1.2",
    "big": "font-size:19px;font-weight:700",
    "word": "font-size:13px;font-weight:600",
    "quiet": "font-size:11.5px",
    "alarm": "font-size:11.5px;font-weight:600",
}
_FAMILY = "font-family:Inter,'Segoe UI','DejaVu Sans',sans-serif"


def sheet(prefix: str) -> str:
    """The style sheet, its classes bound to one picture by its id."""
    rules = [f"#{prefix} text{{{_FAMILY}}}"]
    for name, (light, _) in _COLOURS.items():
        shape = f";{_SHAPES[name]}" if name in _SHAPES else ""
        rules.append(f"#{prefix} .{name}{{{light}{shape}}}")
    dark = "".join(f"#{prefix} .{name}{{{dark}}}" for name, (_, dark) in _COLOURS.items())
    return f"{''.join(rules)}@media (prefers-color-scheme:dark){{{dark}}}"
