"""An assessment as one HTML file: style and pictures inside, no script, nothing from a network."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hipspine.assessment import Assessment
from hipspine.report.languages import Language, Translator
from hipspine.report.pictures import pictures_of
from hipspine.report.view import ReportView, view_of

_HERE = Path(__file__).parent


def report_html(assessment: Assessment, language: Language = "en") -> str:
    """The report as a whole page."""
    return page_of(assessment, Translator(language))


def page_of(assessment: Assessment, say: Translator) -> str:
    """The page in the translator's language, whose `missing` then tells what it could not say."""
    view = view_of(assessment, say)
    changes = view.plan.changes if view.plan else ()
    return render(
        "report.html.jinja",
        say,
        (view.id, view.date),
        v=view,
        pictures=pictures_of(assessment, view, say),
        contents=_contents(view, say),
        change_rows=[(c.name, c.left_hip, c.right_hip, c.l4_l5) for c in changes],
        change_notes=[f"{c.name}: {c.note}" for c in changes if c.note],
    )


def render(template: str, say: Translator, running: tuple[str, str], **values: Any) -> str:
    """A template of `templates/`, with the style sheet and `_` to translate.

    `running` stands left and right above every printed page but the first.
    """
    page = environment().get_template(template)
    css = Markup(style() + _running(*running))
    return page.render(_=say, language=say.language, css=css, **values)


@cache
def environment() -> Environment:
    """Everything is escaped but what this package itself draws; a name unknown is an error."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    return (_HERE / "report.css").read_text(encoding="utf-8")


def _running(left: str, right: str) -> str:
    """The header of printed pages; the words are told as CSS strings, every odd sign escaped."""
    font = 'font:8pt "Liberation Sans",Arial,sans-serif;color:#4a545e'
    boxes = "".join(
        f"@{place}{{content:{_css_string(words)};{font}}}"
        for place, words in (("top-left", left), ("top-right", right))
    )
    none = "@top-left{content:none}@top-right{content:none}"
    return f"@media print{{@page{{{boxes}}}@page:first{{{none}}}}}"


def _css_string(words: str) -> str:
    safe = "".join(c if c.isalnum() or c in " .,:/-()" else f"\\{ord(c):x} " for c in words)
    return f'"{safe}"'


def _contents(view: ReportView, say: Translator) -> list[tuple[str, str]]:
    """The sections that this page has, by their anchor."""
    plan = view.plan
    rows: list[tuple[str, str, object]] = [
        ("red-flags", say("Red flags"), view.flags),
        ("summary", say("In short"), True),
        ("sources", say("Sources of the pain"), True),
        ("why", say("Why"), view.why),
        ("doubts", say("What to doubt"), view.doubts),
        ("tests", say("Most useful next"), view.tests),
        ("loads", say("Loads on hips and spine"), view.loads or (plan and plan.changes)),
        ("steroids", say("Steroids so far"), view.steroids),
        ("risks", say("Risks to the hips"), view.risks),
        ("plan", say("Plan"), plan),
        ("not-now", say("Not recommended now"), plan and plan.refused),
        ("goals", say("Goals and reassessment"), plan),
        ("understood", say("What was understood"), True),
        ("references", say("References"), True),
    ]
    return [(anchor, title) for anchor, title, there in rows if there]
