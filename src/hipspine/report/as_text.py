"""An assessment on a terminal: red flags first, then sources with bars and reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.evidence import evidence
from hipspine.pain_sources.mechanism import Mechanism
from hipspine.pain_sources.next_test import NextTest
from hipspine.pain_sources.reasons import ClusterReason, Reason
from hipspine.pain_sources.red_flags import RedFlag

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads

BAR = 20
SHOWN_SOURCES = 8
LEAST_SHOWN = 0.01
REASONS_OF = 3
REASONS_EACH = 5
CLUSTERS_EACH = 2
#: Citations longer than this are told by author and year.
LONG_CITATION = 50
_SETTINGS = {"spine_and_hip_clinic": "spine-and-hip clinic", "primary_care": "primary care"}
_COLOURS = {"emergency": "bold white on red", "urgent": "bold red", "watch": "yellow"}


def show(assessment: Assessment, console: Console) -> None:
    """Print one assessment."""
    console.print(render(assessment))


def render(assessment: Assessment) -> RenderableType:
    """Everything a clinician reads first, in the order of reading."""
    parts: list[RenderableType] = [_heading(assessment)]
    if assessment.red_flags:
        parts.append(_red_flags(assessment.red_flags))
    parts.append(_sources(assessment))
    parts += [_why(source) for source in assessment.sources[:REASONS_OF] if source.why]
    parts += _doubts(assessment)
    if assessment.next_tests:
        parts.append(_next(assessment))
    parts.append(_mechanism(assessment.mechanism))
    if assessment.loads is not None:
        parts.append(_loads(assessment.loads))
    parts += _left_out(assessment)
    return Group(*parts)


def _heading(assessment: Assessment) -> Text:
    p = assessment.patient
    sex = {"F": "woman", "M": "man", "X": "person"}.get(p.sex or "", "person, sex not told")
    age = f"{p.age:g}-year-old " if p.age is not None else ""
    side = f", {p.side} side" if p.side else ""
    text = Text()
    text.append(f"\n{assessment.id}", style="bold")
    text.append(f"  {age}{sex}{side}  ({_SETTINGS[p.setting]})", style="dim")
    return text


def _red_flags(flags: tuple[RedFlag, ...]) -> Panel:
    lines = Text()
    for flag in flags:
        lines.append(f" {flag.level.upper()} ", style=_COLOURS[flag.level])
        lines.append(f" {_condition(flag.condition)}: ", style="bold")
        lines.append(f"{flag.action}\n")
        because = ", ".join(name_of(finding) for finding in flag.because)
        lines.append(f"    because: {because}\n", style="dim")
    lines.rstrip()
    return Panel(lines, title="Red flags", title_align="left", border_style="red")


def _sources(assessment: Assessment) -> Table:
    table = Table(box=None, padding=(0, 1), title="Sources of the pain", title_justify="left")
    for column, justify in (("", "left"), ("side", "left"), ("", "left"), ("P", "right")):
        table.add_column(column, justify=justify)  # type: ignore[arg-type]
    table.add_column("95 % interval", justify="right")
    for source in assessment.sources[:SHOWN_SOURCES]:
        if source.probability < LEAST_SHOWN and source is not assessment.sources[0]:
            break
        table.add_row(
            source.name,
            source.side or "?",
            _bar(source),
            percent(source.probability),
            f"{source.low:.0%} to {source.high:.0%}",
        )
    return table


def percent(p: float) -> str:
    """A probability for reading: never a certainty that no figure supports."""
    if p > 0.995:
        return ">99%"
    return f"{p:.0%}" if p >= 0.1 else f"{p:.1%}"


def _bar(source: SourceOfPain) -> Text:
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


def _why(source: SourceOfPain) -> RenderableType:
    side = f", {source.side}" if source.side in ("left", "right", "bilateral") else ""
    parts: list[RenderableType] = [
        Text(f"\nWhy {source.name}{side}", style="bold"),
        reasons_table(source.why),
    ]
    parts += [_cluster(cluster) for cluster in source.clusters[:CLUSTERS_EACH]]
    return Group(*parts)


def _cluster(cluster: ClusterReason) -> Text:
    """Correlated findings together, and what they would claim if they were independent."""
    names = ", ".join(name_of(finding) for finding in cluster.findings)
    return Text(
        f"{cluster.decibans:+5.1f} dB together: {names} "
        f"({cluster.if_independent:+.1f} if they were independent)",
        style="dim",
    )


def _doubts(assessment: Assessment) -> list[RenderableType]:
    """What the first place hangs on, what was not looked for, and the state of a root."""
    lines: list[RenderableType] = []
    figure = assessment.critical_figure
    if figure is not None:
        about = f" in {_condition(figure.condition)}" if figure.condition else ""
        lines.append(
            Text(
                f"The first place hangs on the {figure.kind} of {name_of(figure.finding)}{about}: "
                f"{figure.published:.2f} as published; at {figure.wrong:.2f} "
                f"{_condition(figure.first)} would come first ({figure.citation})"
            )
        )
    if assessment.not_asked:
        expected = ", ".join(name_of(finding) for finding in assessment.not_asked)
        first = assessment.sources[0].name
        lines.append(Text(f"Expected with {first}, not looked for: {expected}"))
    lines += [
        Text(
            f"{_condition(root.condition)}, if it hurts: pressed {percent(root.pressed)} "
            f"({root.low:.0%} to {root.high:.0%}), else inflamed without contact"
        )
        for root in assessment.roots
    ]
    return [Text("\nWhat to doubt", style="bold"), *lines] if lines else []


def reasons_table(why: tuple[Reason, ...]) -> Table:
    """The strongest reasons: decibans, what was found, the studies."""
    table = Table.grid(padding=(0, 1))
    for reason in why[:REASONS_EACH]:
        style = "green" if reason.decibans > 0 else "red"
        table.add_row(
            Text(f"{reason.decibans:+5.1f} dB", style=style),
            Text(_told(reason)),
            Text("; ".join(short_citation(c) for c in reason.citations[:2]), style="dim"),
        )
    return table


def short_citation(citation: str) -> str:
    """First author and year of a long citation; the whole one stands in JSON and `evidence`."""
    if len(citation) <= LONG_CITATION:
        return citation
    years = re.findall(r"\b(?:19|20)\d\d\b", citation)
    author = re.match(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)? [A-Z]{1,3}\b", citation)
    if not years or author is None:
        return citation
    mark = " [figure not checked]" if citation.endswith("[figure not checked]") else ""
    return f"{author.group().rsplit(' ', 1)[0]} et al. {years[0]}{mark}"


def _told(reason: Reason) -> str:
    return name_of(reason.finding) if reason.present else f"no: {name_of(reason.finding)}"


def _next(assessment: Assessment) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for test in assessment.next_tests:
        stage = evidence().findings[test.finding].stage
        looked_for = "" if test.test == test.finding else f": {name_of(test.finding)}"
        table.add_row(
            Text(f"{test.gain_bits:4.2f} bit"),
            Text(f"{test.test_name}{looked_for}"),
            Text(f"{stage}; {_after(test)}"),
        )
        for caution in test.cautions:
            table.add_row("", "", Text(f"mind: {caution}", style="yellow"))
    return Group(Text("\nMost useful next", style="bold"), table)


def _after(test: NextTest) -> str:
    """What each answer would do to the source that the test is most about."""
    return (
        f"{_condition(test.about)}: {percent(test.if_present.about)} if so, "
        f"{percent(test.if_absent.about)} if not"
    )


def _loads(loads: Loads) -> RenderableType:
    """What the posture of the case does to the hips and to the lowest discs, in two lines."""
    ratio, figures = loads.ratio_to_neutral, loads.figures
    hips = ", ".join(
        f"{side} hip {hip.hip_contact_force_n:.0f} N "
        f"({hip.hip_contact_force_percent_bw:.0f} % of body weight{_times(times)})"
        for side, hip, times in (
            ("left", figures.left, ratio.left.hip_contact_force),
            ("right", figures.right, ratio.right.hip_contact_force),
        )
    )
    disc = figures.l4_l5
    return Group(
        Text("\nLoads in the posture told (details: hipspine loads)", style="bold"),
        Text(hips),
        Text(f"L4/5: {disc.compression_n:.0f} N, {disc.intradiscal_pressure_mpa:.2f} MPa"),
    )


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f", {ratio:.1f} x neutral"


def _mechanism(mechanism: Mechanism) -> RenderableType:
    """The mechanisms with their probabilities, and what speaks for and against the first."""
    ranked = sorted(mechanism, key=lambda m: -mechanism[m])
    shares = ", ".join(f"{m} {percent(mechanism[m])}" for m in ranked)
    heading = Text(f"\nMechanism of the pain: {shares}", style="bold")
    if not mechanism.known:
        nothing = "no criterion is known: the shares among published patients with low back pain"
        return Group(heading, Text(nothing, style="dim"))
    criteria = "criterion" if mechanism.known == 1 else "criteria"
    caveat = (
        f"{mechanism.known} {criteria} known; how an experienced examiner would class the pain, "
        "for which no test is a standard; mechanisms may be mixed"
    )
    return Group(heading, reasons_table(dict(mechanism.why)[ranked[0]]), Text(caveat, style="dim"))


def _left_out(assessment: Assessment) -> list[RenderableType]:
    parts: list[RenderableType] = []
    lost = [r.name for r in assessment.readings if not r.understood]
    if lost:
        parts.append(Text(f"\nNot understood: {'; '.join(lost)}", style="yellow"))
    aside = [r.name for r in assessment.readings if not r.findings and r.ignored is not None]
    if aside:
        parts.append(Text(f"\nUnderstood, without bearing: {'; '.join(aside)}", style="dim"))
    parts += [Text(f"Note: {notice}", style="dim") for notice in assessment.notices]
    if not assessment.exact:
        parts.append(Text("Note: too many findings at once; approximate.", style="yellow"))
    v = assessment.versions
    parts.append(Text(f"hipspine {v.hipspine}, evidence {v.evidence}, {v.model}", style="dim"))
    return parts


def name_of(finding: str) -> str:
    """The vocabulary's name of a finding; other words (age, sex) as they are."""
    definition = evidence().findings.get(finding)
    return definition.name if definition else finding.replace("_", " ")


def _condition(condition: str) -> str:
    tables = evidence()
    if condition in tables.conditions:
        return tables.conditions[condition].name
    other = tables.red_flag_conditions.get(condition)
    return other.name if other else condition.replace("_", " ")
