"""An assessment on a terminal: the view's words with rich's tables, red flags first."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hipspine.assessment import Assessment
from hipspine.report.languages import ENGLISH, Translator
from hipspine.report.names import finding_name as name_of
from hipspine.report.references import short_citation
from hipspine.report.text_of_care import (
    in_brackets,
    named,
    plan_text,
    risks_text,
    steroids_text,
)
from hipspine.report.view import ReportView, view_of
from hipspine.report.view_of_sources import (
    CLUSTERS_EACH,
    LEAST_SHOWN,
    SHOWN_SOURCES,
    FlagView,
    MechanismView,
    ReasonView,
    SourceView,
    WhyView,
)

BAR = 20
#: Studies named behind a reason.
CITED = 2
_COLOURS = {"emergency": "bold white on red", "urgent": "bold red", "watch": "yellow"}

percent = ENGLISH.percent

#: What pictures take from here, besides what is defined here.
__all__ = [
    "CLUSTERS_EACH",
    "LEAST_SHOWN",
    "SHOWN_SOURCES",
    "name_of",
    "percent",
    "render",
    "short_citation",
    "show",
]


def show(assessment: Assessment, console: Console, say: Translator = ENGLISH) -> None:
    """Print one assessment."""
    console.print(render(assessment, say))


def render(assessment: Assessment, say: Translator = ENGLISH) -> RenderableType:
    """Everything a clinician reads first, in the order of reading."""
    view = view_of(assessment, say, pictures=False)
    parts: list[RenderableType] = [_heading(view)]
    if view.flags:
        parts.append(_red_flags(view.flags, say))
    parts.append(Text(" ".join(view.summary)))
    parts.append(_sources(view.sources, say))
    parts += [_why(why, say) for why in view.why]
    parts += _doubts(view, say)
    if view.tests:
        parts.append(_next(view, say))
    parts.append(_mechanism(view.mechanism, say))
    parts += _loads(view, say)
    parts += steroids_text(view, say)
    parts += risks_text(view, say)
    parts += plan_text(view, say)
    parts += _left_out(view, say)
    return Group(*parts)


def _heading(view: ReportView) -> Text:
    text = Text()
    text.append(f"\n{view.id}", style="bold")
    text.append(f"  {view.who}", style="dim")
    return text


def _red_flags(flags: tuple[FlagView, ...], say: Translator) -> Panel:
    lines = Text()
    for flag in flags:
        lines.append(f" {flag.level_name.upper()} ", style=_COLOURS[flag.level])
        lines.append(f" {flag.condition}: ", style="bold")
        lines.append(f"{flag.action}\n")
        because = ", ".join(flag.because)
        lines.append(f"    {say('because:')} {because}\n", style="dim")
    lines.rstrip()
    return Panel(lines, title=say("Red flags"), title_align="left", border_style="red")


def _sources(sources: tuple[SourceView, ...], say: Translator) -> Table:
    title = f"\n{say('Sources of the pain')}"
    table = Table(box=None, padding=(0, 1), title=title, title_justify="left")
    for column, justify in (("", "left"), (say("side"), "left"), ("", "left"), ("P", "right")):
        table.add_column(column, justify=justify)  # type: ignore[arg-type]
    table.add_column(say("95 % interval"), justify="right")
    for source in sources:
        table.add_row(source.name, source.side, _bar(source), source.percent, source.interval)
    return table


def _bar(source: SourceView) -> Text:
    """A full bar up to the probability, a thin line over its interval."""
    text = Text()
    for step in range(BAR):
        at = (step + 0.5) / BAR
        if at <= source.probability:
            text.append("█", style="cyan")
        elif source.low <= at <= source.high:
            text.append("─", style="dim")
        else:
            text.append(" ")
    return text


def _why(why: WhyView, say: Translator) -> RenderableType:
    return Group(
        Text(f"\n{why.heading}", style="bold"),
        reasons_table(why.reasons, say),
        *(Text(cluster, style="dim") for cluster in why.clusters),
    )


def reasons_table(reasons: tuple[ReasonView, ...], say: Translator = ENGLISH) -> Table:
    """The strongest reasons: decibans, what was found, the studies."""
    table = Table.grid(padding=(0, 1))
    for reason in reasons:
        style = "green" if reason.for_it else "red"
        table.add_row(
            Text(f"{reason.decibans:>5} dB", style=style),
            Text(reason.told),
            Text(named(reason.cited[:CITED], say), style="dim"),
        )
    return table


def _doubts(view: ReportView, say: Translator) -> list[RenderableType]:
    """What the first place hangs on, what was not looked for, and the state of a root."""
    lines: list[RenderableType] = [
        Text(doubt.text + in_brackets(doubt.cited, say)) for doubt in view.doubts
    ]
    return [Text(f"\n{say('What to doubt')}", style="bold"), *lines] if lines else []


def _next(view: ReportView, say: Translator) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for test in view.tests:
        table.add_row(Text(test.gain), Text(test.name), Text(f"{test.stage}; {test.after}"))
        for caution in test.cautions:
            table.add_row("", "", Text(f"{say('mind:')} {caution}", style="yellow"))
    return Group(Text(f"\n{say('Most useful next')}", style="bold"), table)


def _loads(view: ReportView, say: Translator) -> list[RenderableType]:
    """What the posture of the case does to the hips and to the lowest discs."""
    loads = view.loads
    if loads is None:
        return []
    title = say("Loads in the posture told (details: hipspine loads)")
    lines: list[RenderableType] = [Text(f"\n{title}", style="bold")]
    body_weight, neutral = say("of body weight"), say("neutral")
    hips = ", ".join(
        f"{hip.name} {hip.newtons} N ({hip.percent_bw} % {body_weight}"
        f"{'' if hip.times == '-' else f', {hip.times} {neutral}'})"
        for hip in loads.hips
    )
    lines.append(Text(hips))
    lines += [
        Text(f"{disc.name}: {disc.compression} N, {disc.pressure} MPa") for disc in loads.discs
    ]
    return lines + [Text(warning, style="yellow") for warning in loads.warnings]


def _mechanism(mechanism: MechanismView, say: Translator) -> RenderableType:
    """The mechanisms with their probabilities, and what speaks for and against the first."""
    shares = ", ".join(f"{name} {share}" for name, share, _ in mechanism.shares)
    heading = Text(f"\n{say('Mechanism of the pain')}: {shares}", style="bold")
    reasons = [reasons_table(mechanism.reasons, say)] if mechanism.reasons else []
    return Group(heading, *reasons, Text(mechanism.caveat, style="dim"))


def _left_out(view: ReportView, say: Translator) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if view.not_understood:
        lost = "; ".join(told for told, _ in view.not_understood)
        parts.append(Text(f"\n{say('Not understood:')} {lost}", style="yellow"))
    aside = "; ".join(entry.told for entry in view.understood if entry.aside)
    if aside:
        parts.append(Text(f"\n{say('Understood, without bearing:')} {aside}", style="dim"))
    parts += [Text(f"{say('Note:')} {notice}", style="dim") for notice in view.notices]
    return [*parts, Text(view.versions, style="dim")]
