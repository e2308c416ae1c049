"""What the literature says: published figures with their studies, as tables of this package."""

from hipspine.evidence.loader import Evidence, evidence
from hipspine.evidence.rows import (
    EXPERT_JUDGEMENT,
    NOT_STATED,
    Condition,
    FindingDefinition,
    MechanismCriterion,
    needs_checking,
)

__all__ = [
    "EXPERT_JUDGEMENT",
    "NOT_STATED",
    "Condition",
    "Evidence",
    "FindingDefinition",
    "MechanismCriterion",
    "evidence",
    "needs_checking",
]
