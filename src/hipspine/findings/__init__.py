"""What is known about one patient: the vocabulary's words and the frozen facts."""

from hipspine.findings.model import Certainty, Findings, Observation, Side, Stage

__all__ = ["Certainty", "Findings", "Observation", "Side", "Stage"]
