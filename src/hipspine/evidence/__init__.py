"""What the literature says: published figures with their studies, as tables of this package."""

from hipspine.evidence.loader import Evidence, evidence
from hipspine.evidence.rows import (
    EXPERT_JUDGEMENT,
    NOT_STATED,
    Condition,
    FindingDefinition,
    needs_checking,
)

__all__ = [
    "EXPERT_JUDGEMENT",
    "NOT_STATED",
    "Condition",
    "Evidence",
    "FindingDefinition",
    "evidence",
    "needs_checking",
]
