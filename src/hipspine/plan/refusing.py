"""What is not offered now, why, and what would have to change."""

from __future__ import annotations

from collections.abc import Sequence

from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import NextTest
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.considering import (
    Considered,
    decides,
    needle_instead,
    offered_in_order,
    served_by,
)
from hipspine.plan.model import NotRecommended, Why
from hipspine.plan.ranking import in_order
from hipspine.wording import Wording

#: A treatment is thought of when its sources are at least this probable together (judgement);
#: one that something forbids, already at the lower figure.
THOUGHT_OF, FORBIDDEN_THOUGHT_OF = 0.25, 0.2
#: Advice that would gain less than this is not missed (judgement).
MISSED = 0.05
#: Shown at most, the forbidden ones always.
MOST = 10

Said = tuple[Why, tuple[str, ...], tuple[str, ...]]


def refused(
    rows: Sequence[Considered],
    shown: frozenset[str],
    flags: Sequence[RedFlag],
    tests: Sequence[NextTest],
) -> tuple[NotRecommended, ...]:
    """Those thought of and not offered, the most useful first; all elective ones with a flag."""
    left = [row for row in rows if row.treatment.id not in shown]
    by_id = {row.treatment.id: row for row in left}
    order = [by_id[ranked.treatment] for ranked in in_order(row.row for row in left)]
    offered = offered_in_order(rows)
    if flags:
        elective = [row for row in order if row.treatment.elective]
        return tuple(_refusal(row, _by_flag(row, flags)) for row in elective)
    said = [(row, _why(row, rows, offered, tests)) for row in order]
    kept: list[NotRecommended] = []
    for row, words in said:
        forbidden = words[0] in ("contraindicated", "too_soon")
        likely = row.row.aimed_at >= (FORBIDDEN_THOUGHT_OF if forbidden else THOUGHT_OF)
        if row.row.burden.invasiveness == 0 and row.row.benefit < MISSED:
            continue
        if likely and (forbidden or len(kept) < MOST):
            kept.append(_refusal(row, words))
    return tuple(kept)


def _refusal(row: Considered, said: Said) -> NotRecommended:
    why, because, unless = said
    return NotRecommended(
        treatment=row.treatment.id,
        name=row.treatment.name,
        targets=tuple(leaf for leaf, _, _ in row.row.parts),
        why=why,
        because=because,
        unless=unless,
        citations=row.state.citations,
    )


def _by_flag(row: Considered, flags: Sequence[RedFlag]) -> Said:
    """A warning sign stops it; what forbids it anyway is said too."""
    because = [Wording("a warning sign comes first: {action}", action=flags[0].action)]
    unless = ["the warning sign is settled"]
    refusals = [refusal for refusal in row.state.absolute if refusal.why != "red_flag"]
    return (
        "red_flag",
        (*because, *(refusal.because for refusal in refusals)),
        (*unless, *(refusal.unless for refusal in refusals if refusal.unless)),
    )


def _why(
    row: Considered,
    rows: Sequence[Considered],
    offered: Sequence[Considered],
    tests: Sequence[NextTest],
) -> Said:
    if not row.allowed:
        return _forbidden(row)
    if not decides(row, rows):
        return _decides_nothing(row, rows)
    if not row.likely_enough:
        return _unlikely(row, tests)
    if not row.worthwhile:
        return (
            "no_benefit",
            (Wording("expected to do little here: {gain}", gain=_reason(row)),),
            ("better evidence of benefit",),
        )
    instead = needle_instead(row, offered)
    name = instead.treatment.name if instead else ""
    return (
        "not_advised",
        (Wording("one needle at a time: {first} comes first", first=name),),
        (Wording("{first} was tried and did not help", first=name),),
    )


def _decides_nothing(row: Considered, rows: Sequence[Considered]) -> Said:
    """A block whose treatment is allowed already, is forbidden anyway, or does not exist."""
    served = served_by(row, rows)
    if served is None:
        return ("no_benefit", ("it would decide on nothing that could be offered",), ())
    name = served.treatment.name
    if served.allowed:
        because = Wording("it would decide nothing: {next} may be done already", next=name)
        return ("not_advised", (because,), (Wording("{next} is not wanted", next=name),))
    refusal = served.state.absolute[0]
    because = Wording("it decides on {next}: {because}", next=name, because=refusal.because)
    return ("not_advised", (because,), (refusal.unless,) if refusal.unless else ())


def _forbidden(row: Considered) -> Said:
    state = row.state
    gates = state.open_gates
    gate_words = tuple(gate.gate for gate in gates if gate.met is False)
    if state.absolute:
        return (
            state.absolute[0].why,
            tuple(refusal.because for refusal in state.absolute),
            tuple(dict.fromkeys((*(r.unless for r in state.absolute if r.unless), *gate_words))),
        )
    said = tuple(
        Wording("not met: {gate}", gate=gate.gate)
        if gate.met is False
        else Wording("not known: {gate}", gate=gate.gate)
        for gate in gates
    )
    unless = tuple(dict.fromkeys(state.find_out or tuple(gate.gate for gate in gates)))
    return ("gate_open", said, unless)


def _unlikely(row: Considered, tests: Sequence[NextTest]) -> Said:
    """Too invasive for how unsure the source is: first settle it."""
    source = evidence().conditions[row.row.main].name
    because = Wording(
        "{source}: {probability:.0%}; as invasive as this, it is aimed at a source only from"
        " {least:.0%} on (judgement)",
        source=source,
        probability=row.row.aimed_at,
        least=row.row.burden.least_probability,
    )
    test = next((t for t in tests if t.about == row.row.main), None)
    if test is None:
        return ("not_advised", (because,), (Wording("{source} is shown", source=source),))
    unless = Wording("{test} makes {source} likely", test=test.test_name, source=source)
    return ("not_advised", (because,), (unless,))


def _reason(row: Considered) -> str:
    gain = next(gain for leaf, _, gain in row.row.parts if leaf == row.row.main)
    if gain.judged:
        return Wording("{why} (judgement)", why=gain.judged)
    return Wording("{gain:.0%} more improve than with the comparator", gain=gain.shrunk)
