"""Loads on a terminal: hips first, then the lumbar spine, muscles, tissues and assumptions."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hipspine.mechanics.day import DayLoads
from hipspine.mechanics.loads import BeyondMuscles, Loads, MuscleForce
from hipspine.mechanics.muscle_names import group_name
from hipspine.mechanics.posture import Posture
from hipspine.report.day_report import day_text

MUSCLES = 8
TISSUES = 6
STANCES = {
    "two_leg": "standing on both legs",
    "left_leg": "standing on the left leg",
    "right_leg": "standing on the right leg",
    "sitting": "sitting",
    "lying_supine": "lying on the back",
    "lying_prone": "lying face down",
    "lying_side": "lying on the side",
}


def show_loads(posture: Posture, loads: Loads, console: Console) -> None:
    """Print the loads of one posture."""
    console.print(render_loads(posture, loads))


def render_loads(posture: Posture, loads: Loads) -> RenderableType:
    """Everything, in the order of reading."""
    parts: list[RenderableType] = [_heading(posture, loads)]
    parts += [Panel(Text(text), border_style="red") for text in loads.warnings]
    parts += [_beyond(row) for row in loads.beyond_muscles[:3]]
    parts += [_hips(loads), _discs(loads), _muscles(loads)]
    if loads.tissues:
        parts.append(_tissues(loads))
    parts.append(_assumed(loads))
    return Group(*parts)


def _heading(posture: Posture, loads: Loads) -> Text:
    who = f"{loads.id}: " if loads.id else ""
    size = f"{posture.mass_kg:g} kg, {posture.height_m:.2f} m"
    return Text(f"{who}{STANCES[posture.stance]}, {size}", style="bold")


def _beyond(row: BeyondMuscles) -> Text:
    joint = row.joint.replace("_", " ")
    return Text(
        f"{joint} {row.axis}: {abs(row.reserve_nm):.0f} Nm cannot be held; driven by {row.field}",
        style="red",
    )


def _hips(loads: Loads) -> Table:
    table = Table(
        title="Force of the socket on the femoral head (BW: body weight)", title_justify="left"
    )
    headings = ("hip", "newtons", "% BW", "band % BW", "x neutral")
    for heading in (*headings, "abductors N", "peak MPa"):
        table.add_column(heading, justify="left" if heading == "hip" else "right")
    for side in ("left", "right"):
        hip = getattr(loads.figures, side)
        band = "-"
        if loads.bands:
            low, high = getattr(loads.bands.low, side), getattr(loads.bands.high, side)
            band = (
                f"{low.hip_contact_force_percent_bw:.0f} to {high.hip_contact_force_percent_bw:.0f}"
            )
        ratio = getattr(loads.ratio_to_neutral, side).hip_contact_force
        table.add_row(
            side,
            f"{hip.hip_contact_force_n:.0f}",
            f"{hip.hip_contact_force_percent_bw:.0f}",
            band,
            _times(ratio),
            f"{hip.abductor_force_n:.0f}",
            f"{hip.peak_contact_pressure_mpa:.1f}",
        )
    return table


def _discs(loads: Loads) -> Table:
    table = Table(title="Lumbar discs", title_justify="left")
    headings = ("disc", "compression N", "band N", "shear N", "pressure MPa", "x neutral")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "disc" else "right")
    for part, name in (("l4_l5", "L4/5"), ("l5_s1", "L5/S1")):
        disc = getattr(loads.figures, part)
        band = "-"
        if loads.bands:
            low, high = getattr(loads.bands.low, part), getattr(loads.bands.high, part)
            band = f"{low.compression_n:.0f} to {high.compression_n:.0f}"
        ratio = getattr(loads.ratio_to_neutral, part).compression
        table.add_row(
            name,
            f"{disc.compression_n:.0f}",
            band,
            f"{disc.anterior_shear_n:.0f}",
            f"{disc.intradiscal_pressure_mpa:.2f}",
            _times(ratio),
        )
    return table


def _times(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def _muscles(loads: Loads) -> Table:
    """The hardest-working muscles; fascicles of one muscle are one line."""
    table = Table(title="Muscles that work most", title_justify="left")
    for heading in ("muscle", "side", "newtons", "activation"):
        table.add_column(heading, justify="left" if heading in ("muscle", "side") else "right")
    groups: dict[tuple[str, str], list[MuscleForce]] = {}
    for muscle in loads.muscles:
        groups.setdefault((group_name(muscle.name), muscle.side), []).append(muscle)
    force = {key: sum(m.force_n for m in members) for key, members in groups.items()}
    for name, side in sorted(force, key=lambda key: -force[key])[:MUSCLES]:
        most = max(m.activation for m in groups[name, side])
        table.add_row(name, side, f"{force[name, side]:.0f}", f"{most:.0%}")
    return table


def _tissues(loads: Loads) -> Group:
    lines: list[RenderableType] = [Text("If this is held for an hour", style="italic")]
    for tissue in loads.tissues[:TISSUES]:
        side = "" if tissue.side == "midline" else f" {tissue.side}"
        lines.append(_indented(f"{tissue.tissue}{side}: {tissue.known}"))
    return Group(*lines)


def _assumed(loads: Loads) -> Group:
    lines: list[RenderableType] = [Text("Assumed, not measured", style="italic")]
    lines += [_indented(text) for text in loads.assumptions]
    versions = ", ".join(f"{name} {value}" for name, value in loads.versions.items())
    return Group(*lines, Text(versions, style="dim"))


def show_day(day: DayLoads, console: Console) -> None:
    """Print a day, left against right."""
    console.print(day_text(day))


def _indented(text: str) -> RenderableType:
    return Padding(Text(f"- {text}"), (0, 0, 0, 2))
