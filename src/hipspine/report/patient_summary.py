"""What the patient takes home: plain words, and only what the clinician confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from hipspine.assessment import Assessment
from hipspine.evidence import evidence
from hipspine.plan.model import PlanItem
from hipspine.report.confirmation import Confirmation, ConfirmedSource, check
from hipspine.report.html import render
from hipspine.report.languages import ENGLISH, Translator
from hipspine.report.names import HIPS as HIP_NAMES
from hipspine.report.patient_words import (
    ALARM,
    BEFORE_A_NEEDLE,
    CALL,
    EVEN,
    EXERCISE,
    EXERCISES,
    FOUND,
    HIPS,
    family_of,
    how_at_home,
    with_needle,
)
from hipspine.report.view_of_care import ACTIVITIES
from hipspine.wording import Wording

#: Hips whose loads differ by less than this share are told as even.
ALIKE = 0.1
_SIDE_WORDS = {
    "left": Wording("on the left"),
    "right": Wording("on the right"),
    "bilateral": Wording("on both sides"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, a list; `urgent` stands out, `lines` are left blank to write on.

    The list comes before the sentences where `list_first`.
    """

    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    urgent: bool = False
    list_first: bool = False
    lines: int = 0


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """The sheet in the order of reading."""

    id: str
    date: str
    title: str
    opening: str
    sections: tuple[Section, ...]
    closing: str


def patient_summary(
    assessment: Assessment, confirmation: Confirmation, say: Translator = ENGLISH
) -> PatientSummary:
    """The sheet; raises InvalidInput where nothing is confirmed, or what the plan does not hold."""
    check(confirmation, assessment)
    items = assessment.plan.items if assessment.plan else ()
    chosen = [item for item in items if item.treatment in confirmation.treatments]
    sections = [_found(confirmation, say), _hips(assessment, confirmation, say)]
    if chosen:
        sections += [_to_do(chosen, say), *_how(chosen, confirmation, say)]
    if confirmation.goals:
        sections.append(_goals(assessment, say))
    sections += [_come_back(confirmation, say), _alarm(say), _questions(say)]
    return PatientSummary(
        assessment.id,
        say.date(assessment.versions.date),
        say(Wording("Your pain and your plan")),
        say(Wording("Your care team checked this sheet. Keep it.")),
        tuple(sections),
        say(Wording("This sheet does not replace talking with your care team.")),
    )


def _found(confirmation: Confirmation, say: Translator) -> Section:
    families = dict.fromkeys(family_of(source.condition) for source in confirmation.sources)
    return Section(
        say(Wording("What we found")),
        tuple(say(FOUND[family]) for family in families),
        tuple(_named(source, say) for source in confirmation.sources),
        list_first=True,
    )


def _named(source: ConfirmedSource, say: Translator) -> str:
    plain = evidence().conditions[source.condition].plain_name
    if source.side is None:
        return say(plain)
    return say(Wording("{source}, {side}", source=plain, side=_SIDE_WORDS[source.side]))


def _hips(a: Assessment, confirmation: Confirmation, say: Translator) -> Section:
    families = dict.fromkeys(family_of(source.condition) for source in confirmation.sources)
    told: list[str] = [say(HIPS[family]) for family in families]
    if confirmation.loads:
        told.append(_loads(a, say))
    told.append(say(EVEN))
    return Section(say(Wording("What it means for your hips")), tuple(told))


def _loads(a: Assessment, say: Translator) -> str:
    """Which hip carries more in the posture told, as a plain ratio; confirmed by the clinician."""
    assert a.loads is not None
    left = a.loads.figures.left.hip_contact_force_n
    right = a.loads.figures.right.hip_contact_force_n
    more, less = max(left, right), min(left, right)
    if more <= (1 + ALIKE) * less:
        return say(Wording("The way you stand or sit now, both your hips carry about the same."))
    return say(
        Wording(
            "The way you stand or sit now, your {hip} carries about {times} times as much as the "
            "other hip.",
            hip=HIP_NAMES["left" if left > right else "right"],
            times=say.number(more / less, 1),
        )
    )


def _to_do(chosen: list[PlanItem], say: Translator) -> Section:
    needle = any(with_needle(item.treatment) for item in chosen)
    sentences = (say(BEFORE_A_NEEDLE),) if needle else ()
    names = tuple(say(item.name) for item in chosen)
    return Section(say(Wording("What to do")), sentences, names, list_first=True)


def _how(chosen: list[PlanItem], confirmation: Confirmation, say: Translator) -> list[Section]:
    """How each treatment that is done at home is done, line by line."""
    sources = tuple(source.condition for source in confirmation.sources)
    told = [(item, how_at_home(item, sources)) for item in chosen]
    return [
        Section(
            say(Wording("How: {treatment}", treatment=item.name)),
            tuple(say(s) for s in EXERCISE) if item.treatment == EXERCISES else (),
            tuple(say(line) for line in lines),
        )
        for item, lines in told
        if lines
    ]


def _goals(a: Assessment, say: Translator) -> Section:
    assert a.plan is not None
    items = tuple(
        f"{say(ACTIVITIES[goal.activity])}: {say(goal.text)} ({say.date(goal.by)})"
        for goal in a.plan.goals
    )
    return Section(say(Wording("What we aim for")), (), items)


def _come_back(confirmation: Confirmation, say: Translator) -> Section:
    when = say(Wording("Come back when your care team asked you to."))
    if confirmation.come_back is not None:
        when = say(Wording("Come back on {day}.", day=confirmation.come_back))
    call = say(Wording("Call us sooner if:"))
    return Section(say(Wording("When to come back")), (when, call), tuple(say(s) for s in CALL))


def _alarm(say: Translator) -> Section:
    now = say(Wording("Call your emergency number or go to an emergency room now if:"))
    title = say(Wording("When to get help at once"))
    return Section(title, (now,), tuple(say(s) for s in ALARM), urgent=True)


def _questions(say: Translator) -> Section:
    asked = say(Wording("Write down what you want to ask. Bring this sheet to your next visit."))
    return Section(say(Wording("Your questions")), (asked,), lines=4)


def summary_html(summary: PatientSummary, say: Translator) -> str:
    """The sheet as one page."""
    return render("summary.html.jinja", say, (summary.title, summary.date), s=summary)


def summary_text(summary: PatientSummary) -> RenderableType:
    """The sheet for a terminal."""
    parts: list[RenderableType] = [
        Text(f"\n{summary.title}", style="bold"),
        Text(f"{summary.id}  {summary.date}", style="dim"),
        Text(summary.opening),
    ]
    for section in summary.sections:
        style = "bold red" if section.urgent else "bold"
        parts.append(Text(f"\n{section.title}", style=style))
        said: list[RenderableType] = [Text(sentence) for sentence in section.sentences]
        items = [Padding(Text(f"- {item}"), (0, 0, 0, 2)) for item in section.items]
        parts += [*items, *said] if section.list_first else [*said, *items]
        parts += [Text("_" * 60) for _ in range(section.lines)]
    return Group(*parts, Text(f"\n{summary.closing}", style="dim"))


def show_summary(summary: PatientSummary, console: Console) -> None:
    console.print(summary_text(summary))
