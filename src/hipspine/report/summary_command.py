"""`hipspine summary FILE --confirm SOURCE:SIDE`: the sheet of one case for its patient."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from hipspine.assessment import Assessment, assess
from hipspine.errors import InvalidInput
from hipspine.findings.cases import iter_cases
from hipspine.report.assess_command import (
    WIDTH,
    Wish,
    opened,
    refuse_terminal,
    to_bytes,
    write_bytes,
)
from hipspine.report.confirmation import Confirmation
from hipspine.report.names import condition_name
from hipspine.report.patient_summary import patient_summary, show_summary, summary_html


def summarise_file(file: Path, confirmation: Confirmation, wish: Wish) -> None:
    """Write the sheet of the one case of `file`; raises InvalidInput, one line."""
    refuse_terminal(wish)
    say, assessment = wish.say, _assessed(file)
    summary = patient_summary(assessment, confirmation, say)
    _warn(assessment)
    if wish.format == "text":
        if wish.output is None:
            show_summary(summary, Console())
            return
        with opened(wish.output) as sheet:
            show_summary(summary, Console(file=sheet, width=WIDTH))
        return
    page = to_bytes(summary_html(summary, say), wish)
    if wish.output is not None:
        write_bytes(wish.output, page)
        return
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def _warn(assessment: Assessment) -> None:
    """Tell the clinician, not the patient, of red flags: the sheet is silent about them."""
    flags = [flag for flag in assessment.red_flags if flag.level != "watch"]
    for flag in flags:
        name = condition_name(flag.condition)
        sys.stderr.write(
            f"hipspine: note: {flag.level} red flag ({name}: {flag.action}); the sheet does not "
            "tell it unless you confirm it\n"
        )


def _assessed(file: Path) -> Assessment:
    cases = list(iter_cases(file))
    if len(cases) != 1:
        raise InvalidInput(f"{file.name}: {len(cases)} cases; accepted: a file with one")
    case = cases[0]
    if case.patient is None:
        raise InvalidInput(str(case.error))
    return assess(case.patient)
