"""What a plan looks at: the patient, the judgement made so far, and the clinic's settings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hipspine.findings.model import Findings, Side
from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.pain_sources.red_flags import RedFlag

Followed = Literal["stricter", "looser"]
#: Conflicts in which no clinic may choose: the looser side never studied needles at the spine.
ALWAYS_STRICTER = ("doac_pause",)


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a clinic chooses where medicine leaves a choice; the stricter unless it chooses.

    `follow` names conflicts (ids of `guideline_conflicts`); `default` holds for the others.
    `payer_rules` adds the gates of payers, which are no clinical truth.
    """

    default: Followed = "stricter"
    follow: Mapping[str, Followed] = field(default_factory=dict)
    payer_rules: bool = False

    def followed(self, conflict: str) -> Followed:
        """The side of a conflict that this clinic follows."""
        if conflict in ALWAYS_STRICTER:
            return "stricter"
        return self.follow.get(conflict, self.default)


@dataclass(frozen=True, slots=True)
class PlanContext:
    """Everything that what may be offered depends on, as of `date`.

    `probabilities` are by condition (leaves and groups, 0 to 1), `sides` the side where each
    source hurts, when one is clear. `ledger` None: nothing is known of steroids taken.
    """

    patient: Patient
    findings: Findings
    ledger: SteroidLedger | None
    red_flags: tuple[RedFlag, ...]
    probabilities: Mapping[str, float]
    sides: Mapping[str, Side | None]
    date: datetime.date
    settings: PlanSettings = field(default_factory=PlanSettings)
