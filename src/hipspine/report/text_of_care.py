"""Steroids, risks and plan on a terminal, from the same view as the page."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hipspine.report.languages import Translator
from hipspine.report.references import Cited, short_citation
from hipspine.report.view import ReportView
from hipspine.report.view_of_care import ItemView, PlanView, RefusedView, RiskView
from hipspine.wording import Wording

#: Sentences of what is known, and of what is not, that a terminal shows of a risk.
SENTENCES = 2
_MET = {True: ("+", "green"), False: ("-", "red"), None: ("?", "red")}


def steroids_text(view: ReportView, say: Translator) -> list[RenderableType]:
    """Totals in prednisone-equivalents, injections per joint, what is only listed."""
    steroids = view.steroids
    if steroids is None:
        return []
    table = Table.grid(padding=(0, 1))
    for what, figure in steroids.totals:
        table.add_row(Text(what), Text(figure, justify="right"))
    for joint, side, number, dose, last in steroids.joints:
        where = f"{joint} {side}".strip()
        table.add_row(Text(f"{where}: {number}"), Text(f"{dose}  {last}".rstrip()))
    title = f"{say('Steroids so far')} ({say('Prednisone-equivalents as of')} {steroids.as_of})"
    parts: list[RenderableType] = [_heading(title), table]
    if steroids.listed:
        parts.append(Text(f"{say('Listed, not summed')}: {'; '.join(steroids.listed)}"))
    return parts + [_dim(f"{say('Note:')} {notice}") for notice in steroids.notices]


def risks_text(view: ReportView, say: Translator) -> list[RenderableType]:
    """Each risk with its studies, so that a reader sees that they disagree."""
    parts: list[RenderableType] = []
    for risk in view.risks:
        parts += _risk(risk, say)
    return [_heading(say("Risks to the hips")), *parts] if parts else []


def _risk(risk: RiskView, say: Translator) -> list[RenderableType]:
    head = f"{risk.outcome}, {risk.where}: {risk.percent} ({risk.interval}), {risk.horizon}"
    parts: list[RenderableType] = [Text(head)]
    parts += [
        _indented(
            f"{study.percent} ({study.interval}): {study.population}{in_brackets(study.cited, say)}"
        )
        for study in risk.studies
    ]
    parts += [_indented(line.text + in_brackets(line.cited, say)) for line in risk.factors]
    if risk.action:
        parts.append(_indented(risk.action))
    parts += _at_most(say("Known"), risk.known, say)
    return parts + _at_most(say("Not known"), risk.not_known, say)


def _at_most(title: str, sentences: tuple[str, ...], say: Translator) -> list[RenderableType]:
    """The first sentences; a terminal is no place for a page of them, which HTML and JSON are."""
    lines = [_indented(f"{title}: {sentence}") for sentence in sentences[:SENTENCES]]
    left = len(sentences) - SENTENCES
    if left > 0:
        more = f"{title}: {say(Wording('{left} more (--format html)', left=left))}"
        lines.append(_indented(more))
    return lines


def plan_text(view: ReportView, say: Translator) -> list[RenderableType]:
    """The plan, what is not recommended and why, goals and the day to look again."""
    plan = view.plan
    if plan is None:
        return []
    parts: list[RenderableType] = [_heading(say("Plan"))]
    parts += [Text(notice, style="yellow") for notice in plan.notices]
    for number, item in enumerate(plan.items, 1):
        parts += _item(number, item, say)
    parts += [_indented(line.text + in_brackets(line.cited, say)) for line in plan.conflicts]
    if plan.refused:
        parts.append(_heading(say("Not recommended now")))
        parts += [_refused(refused, say) for refused in plan.refused]
    return parts + _afterwards(plan, say)


def _item(number: int, item: ItemView, say: Translator) -> list[RenderableType]:
    """Name, benefit, what to mind and how; then the conditions and the effects it rests on."""
    head = Text(f"{number}. {item.name}", style="bold")
    head.append(f"  {say('Expected benefit')} {item.benefit}", style="not bold dim")
    parts: list[RenderableType] = [head, _indented(item.mainly)] if item.mainly else [head]
    parts += [
        Padding(Text(f"{say('mind:')} {line.text}", style="yellow"), (0, 0, 0, 3))
        for line in item.cautions
    ]
    parts += [_indented(f"{say('How')}: {sentence}") for sentence in item.how]
    for gate in item.gates:
        sign, style = _MET[gate.met]
        told = gate.because and gate.because not in gate.text
        words = f"{gate.text} ({gate.because})" if told else gate.text
        parts.append(Padding(Text(f"{sign} {words}", style=style), (0, 0, 0, 3)))
    return parts + [_indented(line.text + in_brackets(line.cited, say)) for line in item.effects]


def _refused(refused: RefusedView, say: Translator) -> RenderableType:
    text = Text(f"{refused.name}: {refused.why}")
    if refused.because:
        text.append(f"; {'; '.join(refused.because)}")
    if refused.unless:
        text.append(f". {say('Unless:')} {'; '.join(refused.unless)}", style="dim")
    return text


def _afterwards(plan: PlanView, say: Translator) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if plan.changes:
        parts.append(_heading(say("What a change of posture would do (1 × = as now)")))
        table = Table.grid(padding=(0, 1))
        for row in plan.changes:
            hips = f"{say('left hip')} {row.left_hip}, {say('right hip')} {row.right_hip}"
            table.add_row(Text(row.name), Text(f"{hips}, L4/5 {row.l4_l5}"), Text(row.note))
        parts.append(table)
    parts.append(_heading(say("Goals and reassessment")))
    parts += [Text(f"{activity}: {text} ({by})") for activity, text, by in plan.goals]
    parts.append(Text(f"{say('Reassess on')} {plan.reassess_on}"))
    title = say("What would change the plan")
    return parts + [_dim(f"{title}: {sentence}") for sentence in plan.would_change]


def named(cited: tuple[Cited, ...], say: Translator) -> str:
    """The studies by author and year, each with a mark where its figure was not checked."""
    mark = f" [{say('figure not checked')}]"
    return "; ".join(f"{short_citation(c.text)}{'' if c.checked else mark}" for c in cited)


def in_brackets(cited: tuple[Cited, ...], say: Translator) -> str:
    return f" ({named(cited, say)})" if cited else ""


def _heading(title: str) -> Text:
    return Text(f"\n{title}", style="bold")


def _indented(sentence: str) -> RenderableType:
    return Padding(Text(sentence), (0, 0, 0, 3))


def _dim(sentence: str) -> RenderableType:
    return Text(sentence, style="dim")
