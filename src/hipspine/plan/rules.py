"""The rules of the tables of treatments, read once; three-valued: unknown is not absent."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hipspine.errors import InvalidEvidence
from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation, Side
from hipspine.pain_sources.red_flag_language import read_rule
from hipspine.pain_sources.red_flags import pain_groups
from hipspine.pain_sources.three_valued import Known, Rule, Verdict
from hipspine.plan.facts import vocabulary

#: Words a rule may be instead of a sentence: it always holds, or never.
CONSTANTS = {"always": True, "never": False}
#: Just under: a value "below 80" does not reach 80.
JUST_BELOW = 1e-9


@cache
def rule(text: str) -> Rule:
    """The rule as a function; raises InvalidEvidence for anything outside the language."""
    if text in CONSTANTS:
        verdict = Verdict(CONSTANTS[text])
        return lambda known: verdict
    return read_rule(text, vocabulary(), pain_groups())


def check_rules() -> None:
    """Read every rule of the tables; raises InvalidEvidence naming the row at fault."""
    plan = evidence().plan
    texts = [(f"treatment_gates {row.id}", row.when) for row in plan.gates.values()]
    for row in plan.contraindications.values():
        texts.append((f"treatment_contraindications {row.id}", row.when))
        texts.append((f"treatment_contraindications {row.id}", row.asked_if or "always"))
    texts += [(f"steroid_interactions {row.id}", row.when) for row in plan.interactions.values()]
    for conflict in plan.conflicts.values():
        where = f"guideline_conflicts {conflict.id}"
        texts.append((where, conflict.stricter_refuses or "never"))
    for where, text in texts:
        try:
            rule(text)
        except InvalidEvidence as error:
            raise InvalidEvidence(f"{where}: {error}") from None


def on_side(findings: Findings, side: Side | None) -> Findings:
    """What is known of one side, or of no side in particular; None or both: of either."""
    if side not in ("left", "right"):
        return findings
    return Findings(o for o in findings if o.side in (None, side))


def surely(findings: Findings) -> Findings:
    """Only what is definite, as a gate wants it; a value "below 80" falls short of 80."""
    sure = [o for o in findings if o.certainty == "definite"]
    return Findings(
        replace(o, value=o.value - JUST_BELOW) if o.value is not None and o.bound == "<" else o
        for o in sure
    )


def told_by_presence(findings: Findings) -> Findings:
    """With the least value that "present" stands for, where no number was told.

    "Medial branch block positive" is 80 % or more, for that is how the finding is defined.
    """
    return Findings(_with_least(o) for o in findings)


def supposing(findings: Findings) -> Findings:
    """With what is unclear ("pregnant?") taken as present."""
    return Findings(
        replace(o, present=True, certainty="possible") if o.certainty == "equivocal" else o
        for o in findings
    )


def holds(text: str, *readings: Known) -> Verdict:
    """The first true verdict; else false where every reading says so; else unknown."""
    verdicts = [rule(text)(known) for known in readings]
    for verdict in verdicts:
        if verdict.truth:
            return verdict
    return Verdict(False if all(v.truth is False for v in verdicts) else None)


def _with_least(observation: Observation) -> Observation:
    if not observation.present or observation.value is not None:
        return observation
    condition = evidence().findings[observation.finding].present_if
    if not condition.startswith(">="):
        return observation
    return replace(observation, value=float(condition.removeprefix(">=")))
