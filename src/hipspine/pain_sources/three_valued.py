"""Judging what is known about a patient: true, false, or not known (None).

What nobody looked for is neither true nor false, so a rule made of these parts is true only
on what is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


class KnownFindings(Protocol):
    """What the rules ask of the findings of a patient."""

    def is_present(self, finding: str, /) -> bool | None:
        """True or False when known, by itself or by implication; None when not."""

    def value(self, finding: str, /) -> float | None:
        """The number recorded with it, in the vocabulary's unit."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may look at. Age in years; None is unknown."""

    findings: KnownFindings
    age: float | None = None
    sex: str | None = None
    duration_weeks: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, False or None (not known), with the findings that made it true."""

    truth: bool | None
    because: tuple[str, ...] = ()


Rule = Callable[[Known], Verdict]
Compare = Callable[[float, float], bool]


def present(finding: str) -> Rule:
    """The finding is there."""

    def rule(known: Known) -> Verdict:
        truth = known.findings.is_present(finding)
        return Verdict(truth, (finding,) if truth else ())

    return rule


def negation(part: Rule) -> Rule:
    """`part` is known to be false."""

    def rule(known: Known) -> Verdict:
        truth = part(known).truth
        return Verdict(None if truth is None else not truth)

    return rule


def unless(part: Rule) -> Rule:
    """`part` is not known to be true; never itself unknown."""
    return lambda known: Verdict(part(known).truth is not True)


def every(parts: Sequence[Rule]) -> Rule:
    """All parts are true."""

    def rule(known: Known) -> Verdict:
        verdicts = [part(known) for part in parts]
        if any(v.truth is False for v in verdicts):
            return Verdict(False)
        if any(v.truth is None for v in verdicts):
            return Verdict(None)
        return Verdict(True, _reasons(verdicts))

    return rule


def at_least(fewest: int, parts: Sequence[Rule]) -> Rule:
    """`fewest` or more of the parts are true."""

    def rule(known: Known) -> Verdict:
        verdicts = [part(known) for part in parts]
        if sum(v.truth is True for v in verdicts) >= fewest:
            return Verdict(True, _reasons(verdicts))
        possible = sum(v.truth is not False for v in verdicts) >= fewest
        return Verdict(None if possible else False)

    return rule


def number(name: Literal["age", "duration_weeks"], compare: Compare, limit: float) -> Rule:
    """The patient's own number compares so with the limit."""

    def rule(known: Known) -> Verdict:
        own = known.age if name == "age" else known.duration_weeks
        return Verdict(None if own is None else compare(own, limit))

    return rule


def sex_is(sex: str) -> Rule:
    """The patient's sex; unknown when it is neither F nor M."""
    return lambda known: Verdict(known.sex == sex if known.sex in ("F", "M") else None)


def value(finding: str, compare: Compare, limit: float) -> Rule:
    """The finding's recorded number compares so with the limit."""

    def rule(known: Known) -> Verdict:
        recorded = known.findings.value(finding)
        # An equivocal finding has a value too, but neither presence nor absence.
        if recorded is None or known.findings.is_present(finding) is None:
            return Verdict(None)
        met = compare(recorded, limit)
        return Verdict(met, (finding,) if met else ())

    return rule


def _reasons(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    true = [finding for v in verdicts if v.truth for finding in v.because]
    return tuple(dict.fromkeys(true))
