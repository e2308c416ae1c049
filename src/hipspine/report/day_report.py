"""A day's load on each hip, as text for a terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hipspine.mechanics.day import DayLoads, HipDay

_BAR = 14
TISSUES_EACH = 2
_STANCES = {
    "two_leg": "standing on both legs",
    "left_leg": "standing on the left leg",
    "right_leg": "standing on the right leg",
    "sitting": "sitting",
    "lying_supine": "lying on the back",
    "lying_prone": "lying face down",
    "lying_side": "lying on the side",
}


def day_text(day: DayLoads) -> RenderableType:
    """Left against right first, then where it comes from."""
    parts: list[RenderableType] = [_heading(day), _hips(day), _where_from(day)]
    parts += _held(day)
    parts += [Text(f"- {line}", style="dim") for line in day.assumptions]
    return Group(*parts)


def _heading(day: DayLoads) -> Text:
    text = Text()
    text.append(f"\n{day.id or 'A day'}", style="bold")
    text.append(f"  {day.resting_hours:g} h at rest", style="dim")
    if day.walking_hours:
        text.append(f", {day.walking_hours:g} h walking", style="dim")
    text.append(f"\n{_verdict(day)}\n")
    return text


def _verdict(day: DayLoads) -> str:
    """Which hip carries more, unless the band cannot tell."""
    ratio, band = day.left_to_right, day.left_to_right_band
    side, times = ("left", ratio) if ratio >= 1 else ("right", 1 / ratio)
    other = "right" if side == "left" else "left"
    if band is not None and band[0] <= 1 <= band[1]:
        return (
            f"At rest both hips carry about the same: left is {ratio:.2f} times right, "
            f"and {band[0]:.2f} to {band[1]:.2f} is possible."
        )
    span = ""
    if band is not None:
        ends = band if side == "left" else (1 / band[1], 1 / band[0])
        span = f" ({ends[0]:.2f} to {ends[1]:.2f})"
    return f"At rest the {side} hip carries {times:.2f} times{span} what the {other} does."


def _hips(day: DayLoads) -> Table:
    table = Table(box=None, padding=(0, 1))
    headings = ["hip", "", "kN h", "low to high", "mean", "most"]
    headings += ["walking, kN h"] if day.walking_hours else []
    for heading in headings:
        table.add_column(heading, justify="left" if heading in ("hip", "") else "right")
    most = max(day.left.resting_kn_h, day.right.resting_kn_h)
    for name, hip in (("left", day.left), ("right", day.right)):
        row = [
            name,
            "█" * max(1, round(_BAR * hip.resting_kn_h / most)),
            f"{hip.resting_kn_h:.1f}",
            _ends(day, name),
            f"{hip.mean_force_n:.0f} N, {hip.mean_force_percent_bw:.0f} %BW",
            f"{hip.peak_force_n:.0f} N",
        ]
        table.add_row(*row, *([f"{hip.walking_kn_h:.1f}"] if day.walking_hours else []))
    return table


def _ends(day: DayLoads, name: str) -> str:
    if day.low is None or day.high is None:
        return ""
    low: HipDay = getattr(day.low, name)
    high: HipDay = getattr(day.high, name)
    return f"{low.resting_kn_h:.1f} to {high.resting_kn_h:.1f}"


def _held(day: DayLoads) -> list[Text]:
    """What an hour at a stretch of each posture does to muscles and ligaments."""
    lines = []
    for number, part in enumerate(day.parts, 1):
        for tissue in part.tissues[:TISSUES_EACH]:
            side = "" if tissue.side == "midline" else f" {tissue.side}"
            lines.append(Text(f"  part {number}, {tissue.tissue}{side}: {tissue.known}"))
    if lines:
        lines.insert(0, Text("For each hour of it at a stretch", style="italic"))
    return lines


def _where_from(day: DayLoads) -> Table:
    table = Table(box=None, padding=(0, 1), title="Where it comes from", title_justify="left")
    for column in ("part", "hours", "", "left", "right", "left, kN h", "right, kN h"):
        table.add_column(column, justify="left" if not column else "right")
    for number, part in enumerate(day.parts, 1):
        table.add_row(
            str(number),
            f"{part.hours:g}",
            _STANCES.get(part.what, part.what),
            f"{part.left_n:.0f} N",
            f"{part.right_n:.0f} N",
            f"{part.left_kn_h:.1f}",
            f"{part.right_kn_h:.1f}",
        )
    return table
