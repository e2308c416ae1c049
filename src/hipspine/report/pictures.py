"""The pictures of a report, drawn in the language, ready to stand inside a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from hipspine.assessment import Assessment
from hipspine.report.body_map_svg import body_map_svg
from hipspine.report.dose_svg import dose_svg
from hipspine.report.languages import Translator
from hipspine.report.view import ReportView


@dataclass(frozen=True, slots=True)
class Pictures:
    """SVG of this package's own making, each blank where there is nothing to draw."""

    body_map: Markup
    loads: Markup
    dose: Markup


def pictures_of(assessment: Assessment, view: ReportView, say: Translator) -> Pictures:
    return Pictures(
        body_map=Markup(body_map_svg(assessment, say)),
        loads=Markup(view.loads.picture if view.loads else ""),
        dose=Markup(dose_svg(assessment.steroids, say) if assessment.steroids else ""),
    )
