"""Everything a reader is shown of an assessment, already in words: text, HTML and PDF say this.

The view holds what the eye reads (and fractions for bars), in one language, so that no two
ways of showing can disagree about a number.
"""

from __future__ import annotations

from dataclasses import dataclass

from hipspine.assessment import Assessment
from hipspine.evidence import evidence
from hipspine.findings.model import Observation
from hipspine.findings.patient import Reading
from hipspine.report.languages import Language, Translator
from hipspine.report.names import SETTINGS, SIDES, finding_name
from hipspine.report.summary_paragraph import summary_paragraph
from hipspine.report.view_of_care import PlanView, RiskView, plan_view, risks_view
from hipspine.report.view_of_loads import LoadsView, loads_view
from hipspine.report.view_of_sources import (
    DoubtView,
    FlagView,
    MechanismView,
    SourceView,
    TestView,
    WhyView,
    doubts_view,
    flags_view,
    mechanism_view,
    sources_view,
    tests_view,
    why_view,
)
from hipspine.report.view_of_steroids import SteroidsView, steroids_view
from hipspine.report.voice import Voice
from hipspine.wording import Wording

INTENDED_USE = Wording(
    "Decision support for a professional who can check the basis of every figure. It ranks "
    "possible sources of pain from the findings told; it reads no images, makes no diagnosis "
    "and does not replace examination or judgement."
)
LIMITS = (
    Wording(
        "Probabilities come from published accuracy figures, many from small or selected groups. "
        "The intervals carry the uncertainty of those figures, not every error of the model."
    ),
    Wording(
        "A finding that was not told counts as unknown, not as absent. More than one source can "
        "be present, so the probabilities need not add up to 100%."
    ),
    Wording("No study has shown that using this system improves outcomes."),
)
NOT_EXACT = Wording("too many findings at once; approximate.")


@dataclass(frozen=True, slots=True)
class Understood:
    """One phrase of the case and what it was read as; `aside` where it has no bearing."""

    told: str
    read_as: str
    aside: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One page. `patient_words` are the case's own and are never translated."""

    language: Language
    id: str
    date: str
    who: str
    flags: tuple[FlagView, ...]
    summary: tuple[str, ...]
    sources: tuple[SourceView, ...]
    why: tuple[WhyView, ...]
    doubts: tuple[DoubtView, ...]
    tests: tuple[TestView, ...]
    mechanism: MechanismView
    loads: LoadsView | None
    steroids: SteroidsView | None
    risks: tuple[RiskView, ...]
    plan: PlanView | None
    understood: tuple[Understood, ...]
    not_understood: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    intended_use: str
    limits: tuple[str, ...]
    references: tuple[str, ...]
    unchecked: bool
    versions: str


def view_of(assessment: Assessment, say: Translator, *, pictures: bool = True) -> ReportView:
    """The view in the translator's language; citations are numbered in the order of reading."""
    a, voice = assessment, Voice(say)
    flags, sources = flags_view(a, voice), sources_view(a, voice)
    why, doubts, tests = why_view(a, voice), doubts_view(a, voice), tests_view(a, voice)
    mechanism, loads = mechanism_view(a, voice), loads_view(a, voice, picture=pictures)
    steroids, risks, plan = steroids_view(a, voice), risks_view(a, voice), plan_view(a, voice)
    notices = [say(notice) for notice in a.notices]
    notices += [] if a.exact else [say(NOT_EXACT)]
    v = a.versions
    return ReportView(
        language=say.language,
        id=a.id,
        date=say.date(v.date),
        who=who_of(a, say),
        flags=flags,
        summary=summary_paragraph(a, say),
        sources=sources,
        why=why,
        doubts=doubts,
        tests=tests,
        mechanism=mechanism,
        loads=loads,
        steroids=steroids,
        risks=risks,
        plan=plan,
        understood=tuple(_understood(reading, say) for reading in a.readings if reading.understood),
        not_understood=tuple(
            (reading.name, ", ".join(say(_suggested(s)) for s in reading.suggestions))
            for reading in a.readings
            if not reading.understood
        ),
        notices=tuple(notices),
        intended_use=say(INTENDED_USE),
        limits=tuple(say(limit) for limit in LIMITS),
        references=voice.references.listed,
        unchecked=voice.references.unchecked,
        versions=f"hipspine {v.hipspine}, evidence {v.evidence}, {v.model}",
    )


_PERSONS = {
    "F": (Wording("woman"), Wording("{age}-year-old woman")),
    "M": (Wording("man"), Wording("{age}-year-old man")),
    "X": (Wording("person"), Wording("{age}-year-old person")),
    "": (Wording("person, sex not told"), Wording("{age}-year-old person, sex not told")),
}


def who_of(a: Assessment, say: Translator) -> str:
    """63-year-old woman, right side, spine-and-hip clinic."""
    p = a.patient
    without_age, template = _PERSONS[p.sex or ""]
    person = without_age
    if p.age is not None:
        person = Wording(template, age=say.shortest(p.age))
    parts = [say(person)]
    if p.side:
        parts.append(say(Wording("side of the pain: {side}", side=SIDES[p.side])))
    return f"{', '.join(parts)} ({say(SETTINGS[p.setting])})"


def _suggested(suggestion: str) -> str:
    return finding_name(suggestion) if " " not in suggestion else suggestion


def _understood(reading: Reading, say: Translator) -> Understood:
    read_as = ", ".join(_observed(o, say) for o in reading.findings)
    aside = say(reading.ignored) if reading.ignored and not reading.findings else ""
    return Understood(reading.name, read_as, aside)


def _observed(o: Observation, say: Translator) -> str:
    """The finding with its side, its value and how sure it is."""
    name = finding_name(o.finding)
    parts = [say(name if o.present else Wording("no: {finding}", finding=name))]
    if o.value is not None:
        parts.append(f"{o.bound}{say.shortest(o.value)}{_unit(o.finding)}")
    if o.side:
        parts.append(say(SIDES[o.side]))
    if o.certainty != "definite":
        parts.append(say(_CERTAINTIES[o.certainty]))
    return " · ".join(parts)


#: Units that are written as a sign.
_SIGNS = {"deg": "°", "percent": " %", "degC": " °C"}
_CERTAINTIES = {"possible": Wording("possible"), "equivocal": Wording("equivocal")}


def _unit(finding: str) -> str:
    definition = evidence().findings.get(finding)
    if definition is None or not definition.unit:
        return ""
    return _SIGNS.get(definition.unit, f" {definition.unit}")
