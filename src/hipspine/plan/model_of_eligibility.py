"""What is answered about one treatment for one patient before anything is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hipspine.plan.model import Caution, Conflict, Effect, GateState, Why

Limit = Literal["interval", "yearly_maximum", "washout", "dose"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that forbids a treatment now. `unless` says what would have to change.

    `finding_ids` made it true; empty where age, the ledger or a probability did.
    """

    id: str
    why: Why
    because: str
    unless: str
    finding_ids: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class LimitState:
    """A limit of number or time: whether it is kept. `kept` None: the ledger does not say."""

    id: str
    kind: Limit
    kept: bool | None
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether `treatment` may be offered for `targets` (those of its targets that were asked for).

    `absolute` forbids; a gate that is not met, or not known to be, is open and forbids too;
    `relative` holds cautions, holds of blood thinners and interactions. `no_effect_known` says in
    words that no effect was measured, where `effects` is empty.
    """

    treatment: str
    name: str
    kind: str
    elective: bool
    invasiveness: int
    targets: tuple[str, ...]
    gates: tuple[GateState, ...]
    absolute: tuple[Refusal, ...]
    relative: tuple[Caution, ...]
    limits: tuple[LimitState, ...]
    effects: tuple[Effect, ...]
    no_effect_known: str
    conflicts: tuple[Conflict, ...]
    how: tuple[str, ...]
    regulatory: str
    find_out: tuple[str, ...]
    citations: tuple[str, ...]

    @property
    def may_be_offered(self) -> bool:
        """Nothing forbids it and every gate is known to be met."""
        return not self.absolute and all(gate.met is True for gate in self.gates)

    @property
    def open_gates(self) -> tuple[GateState, ...]:
        """The gates that are not met or not known to be."""
        return tuple(gate for gate in self.gates if gate.met is not True)
