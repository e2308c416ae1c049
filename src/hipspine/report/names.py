"""The words for ids and codes, in English; `languages` says them otherwise."""

from hipspine.evidence import evidence
from hipspine.wording import Wording

SIDES: dict[str | None, str] = {
    "left": Wording("left"),
    "right": Wording("right"),
    "bilateral": Wording("both sides"),
    "midline": Wording("midline"),
    None: Wording("side not settled"),
}
HIPS = {"left": Wording("left hip"), "right": Wording("right hip")}
SETTINGS = {
    "spine_and_hip_clinic": Wording("spine-and-hip clinic"),
    "primary_care": Wording("primary care"),
}
_STAGES = {
    "history": Wording("history"),
    "exam": Wording("exam"),
    "imaging": Wording("imaging"),
    "lab": Wording("lab"),
    "block": Wording("block"),
}


def finding_name(finding: str) -> str:
    """The vocabulary's name of a finding, or that of a factor of risk; other words as they are."""
    tables = evidence()
    definition = tables.findings.get(finding) or tables.hip_oa_factors.get(finding)
    return definition.name if definition else finding.replace("_", " ")


def condition_name(condition: str) -> str:
    tables = evidence()
    if condition in tables.conditions:
        return tables.conditions[condition].name
    other = tables.red_flag_conditions.get(condition)
    return other.name if other else condition.replace("_", " ")


def stage_name(finding: str) -> str:
    """Where a finding comes from: history, exam, imaging, lab, block."""
    return _STAGES[evidence().findings[finding].stage]
