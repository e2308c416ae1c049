"""Warnings that come before any probability: plain rules over what is known, most urgent first.

Sensitivity before specificity: a finding that is only possible counts, an equivocal one does
not (that is how `is_present` answers), and what nobody looked for never counts.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from hipspine.errors import InvalidEvidence
from hipspine.evidence import evidence, needs_checking
from hipspine.evidence.rows import RedFlagRow
from hipspine.pain_sources.red_flag_language import read_rule
from hipspine.pain_sources.three_valued import Known, KnownFindings, Rule

Level = Literal["emergency", "urgent", "watch"]
LEVELS: tuple[Level, ...] = get_args(Level)

#: Names that rules use for "hurts somewhere in this region".
REGIONS = {
    "spinal_pain": (
        "pain_low_back", "pain_low_back_midline", "pain_paraspinal_unilateral", "pain_thoracic",
        "pain_sacral",
    ),
    "hip_pain": (
        "pain_groin", "pain_lateral_hip", "pain_anterior_thigh", "pain_medial_thigh",
        "pain_hip_unspecified", "bilateral_hip_pain",
    ),
    "leg_pain": (
        "pain_below_buttock", "pain_below_knee", "pain_calf", "pain_leg_posterior", "leg_pain_any",
        "radiating_pain_leg", "pain_unilateral_leg",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One rule that is true of a patient: what it warns of, how urgently, and what to do.

    `because` holds the ids of the findings that made it true (a rule on age alone has none).
    """

    rule: str
    condition: str
    level: Level
    action: str
    because: tuple[str, ...]
    citations: tuple[str, ...]


def red_flags(
    findings: KnownFindings,
    *,
    age: float | None = None,
    sex: str | None = None,
    duration_weeks: float | None = None,
) -> tuple[RedFlag, ...]:
    """The rules that are true on what is known: emergencies first, then in table order.

    Of one condition only the most urgent rules are shown: what they ask for includes the rest.
    """
    known = Known(findings, age, sex, duration_weeks)
    verdicts = [(row, rule(known)) for row, rule in _rules()]
    flags = [_flag(row, verdict.because) for row, verdict in verdicts if verdict.truth]
    flags.sort(key=lambda flag: LEVELS.index(flag.level))
    first: dict[str, Level] = {}
    for flag in flags:
        first.setdefault(flag.condition, flag.level)
    return tuple(flag for flag in flags if flag.level == first[flag.condition])


@cache
def _rules() -> tuple[tuple[RedFlagRow, Rule], ...]:
    """Every rule of the table, read; raises InvalidEvidence naming the rule at fault."""
    return tuple((row, _read(row)) for row in evidence().red_flags)


def _read(row: RedFlagRow) -> Rule:
    where = f"red_flags {row.rule}"
    tables = evidence()
    if row.level not in LEVELS:
        raise InvalidEvidence(f"{where}: level {row.level!r} is not one of {', '.join(LEVELS)}")
    if row.condition_id not in {*tables.conditions, *tables.red_flag_conditions}:
        raise InvalidEvidence(f"{where}: condition {row.condition_id!r} is defined nowhere")
    for study in row.study.split("|"):
        if study not in tables.studies:
            raise InvalidEvidence(f"{where}: study {study!r} is not in studies")
    try:
        return read_rule(row.when, tables.findings, pain_groups())
    except InvalidEvidence as error:
        raise InvalidEvidence(f"{where}: {error}") from None


def _flag(row: RedFlagRow, because: tuple[str, ...]) -> RedFlag:
    mark = " [not checked]" if needs_checking(row.study, row.verified) else ""
    citations = tuple(evidence().studies[key].citation + mark for key in row.study.split("|"))
    level = cast(Level, row.level)
    return RedFlag(row.rule, row.condition_id, level, row.action, because, citations)


@cache
def pain_groups() -> dict[str, tuple[str, ...]]:
    """Names that rules use for "hurts anywhere in this region"."""
    places = [f.id for f in evidence().findings.values() if f.kind == "pain_location"]
    return {"any_pain": tuple(places), **REGIONS}
