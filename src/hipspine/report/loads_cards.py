"""The numbers beside the picture of loads: one card for each hip and disc, and the legend."""

from collections.abc import Iterator

from hipspine.mechanics.loads import Loads
from hipspine.report.languages import Translator
from hipspine.report.loads_style import activation_colour
from hipspine.report.svg_marks import tag, text
from hipspine.wording import Wording

_WIDE, _HIGH, _GAP = 268.0, 104.0, 12.0
_HIPS = {"left": Wording("Left hip"), "right": Wording("Right hip")}
_FULL = {"hip": 3500.0, "disc": 4000.0}  # newtons at the right end of a bar


def cards(loads: Loads, x: float, y: float, say: Translator) -> Iterator[str]:
    """Left hip, right hip, L4/L5, L5/S1, one below the other."""
    figures, neutral = loads.figures, loads.neutral
    for side in ("left", "right"):
        hip, usual = getattr(figures, side), getattr(neutral, side)
        band = _band(loads, side, "hip_contact_force_n")
        told = Wording(
            "{force:.0f} N · {percent:.0f} %BW",
            force=hip.hip_contact_force_n,
            percent=hip.hip_contact_force_percent_bw,
        )
        under = Wording("cup pressure {mpa:.1f} MPa", mpa=hip.peak_contact_pressure_mpa)
        value = (hip.hip_contact_force_n, usual.hip_contact_force_n)
        words = (say(_HIPS[side]), say(told), _under(band, under, say))
        yield from _card((x, y), (*words, _times(value, say)), value, band, "hip")
        y += _HIGH + _GAP
    for name, key in (("L4/L5", "l4_l5"), ("L5/S1", "l5_s1")):
        disc, usual = getattr(figures, key), getattr(neutral, key)
        band = _band(loads, key, "compression_n")
        told = Wording("{force:.0f} N compression", force=disc.compression_n)
        shear = round(disc.anterior_shear_n) + 0  # no "-0"
        mpa = disc.intradiscal_pressure_mpa
        under = Wording("{mpa:.2f} MPa; shear {shear} N", mpa=mpa, shear=shear)
        value = (disc.compression_n, usual.compression_n)
        words = (name, say(told), _under(band, under, say))
        yield from _card((x, y), (*words, _times(value, say)), value, band, "disc")
        y += _HIGH + _GAP


def _band(loads: Loads, part: str, figure: str) -> tuple[float, float] | None:
    if loads.bands is None:
        return None
    ends = (getattr(getattr(end, part), figure) for end in (loads.bands.low, loads.bands.high))
    low, high = ends
    return float(low), float(high)


def _under(band: tuple[float, float] | None, under: Wording, say: Translator) -> str:
    """The line below the bar: the band in newtons, then the rest."""
    if band is None:
        return say(under)
    return say(Wording("{low:.0f} to {high:.0f} N; {rest}", low=band[0], high=band[1], rest=under))


def _times(value: tuple[float, float], say: Translator) -> str:
    now, usual = value
    return say(Wording("{times:.1f} × neutral", times=now / usual)) if usual > 0 else ""


def _card(
    at: tuple[float, float],
    words: tuple[str, str, str, str],
    value: tuple[float, float],
    band: tuple[float, float] | None,
    kind: str,
) -> Iterator[str]:
    """Name and number; a bar with its band, and a mark where neutral standing lies."""
    x, y = at
    name, told, under, times = words
    now, usual = value
    left, wide = x + 14, _WIDE - 28
    scale = wide / max(_FULL[kind], now * 1.05, usual * 1.05)
    yield tag("rect", x=x, y=y, width=_WIDE, height=_HIGH, rx=8, class_="card")
    yield text(left, y + 21, name, "quiet")
    yield text(x + _WIDE - 14, y + 21, times, "word", "end")
    yield text(left, y + 45, told, "big")
    yield tag("rect", x=left, y=y + 57, width=wide, height=8, rx=4, class_="track")
    yield tag("rect", x=left, y=y + 57, width=max(now, 0.0) * scale, height=8, rx=4, class_="bar")
    if band is not None:
        low, high = max(band[0], 0.0) * scale, min(max(band[1], 0.0) * scale, wide)
        yield tag(
            "rect", x=left + low, y=y + 54, width=max(high - low, 1.0), height=14, class_="band"
        )
    mark = left + usual * scale
    yield tag("path", d=f"M{mark:.1f} {y + 53:.1f}v16", class_="mark")
    yield text(left, y + 89, under, "quiet")


def legend(x: float, y: float, say: Translator) -> Iterator[str]:
    """Colours of activation, the arrow, the ghost and the mark."""
    steps = 24
    for k in range(steps):
        colour = activation_colour(k / (steps - 1))
        yield tag("rect", x=x + 6 * k, y=y, width=6.5, height=8, fill=colour)
    yield text(x, y + 22, "0 %", "quiet")
    yield text(x + 6 * steps, y + 22, "100 %", "quiet", "end")
    yield text(x + 6 * steps + 12, y + 8, say(Wording("muscle activation")), "quiet")
    yield text(x, y + 40, say(Wording("blue: force on the joint; grey: low to high")), "quiet")
    yield text(x, y + 55, say(Wording("upright mark and ghost: neutral standing")), "quiet")
