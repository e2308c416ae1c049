"""What would change this plan: answers of tests, gates that would open, signs to watch for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import Answer, NextTest
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.considering import Considered, best_first
from hipspine.wording import Wording

MOST_GATES = 3
#: By category of the first source: what must be seen the same day.
SEEN_TODAY = {
    "spine": (
        "seen the same day: numbness between the legs, new trouble with bladder or bowel,"
        " a leg that grows weaker, fever with back pain"
    ),
    "hip_intraarticular": (
        "seen the same day: no weight on the leg any more, pain that wakes and does not rest,"
        " fever, a fall"
    ),
    "inflammatory": (
        "seen the same day: new headache, sore scalp, a jaw that tires, any change of sight, fever"
    ),
}


def would_change(
    rows: Sequence[Considered],
    probabilities: Mapping[str, float],
    tests: Sequence[NextTest],
    flags: Sequence[RedFlag],
) -> tuple[str, ...]:
    """Sentences, what can be done next first."""
    said = [*_by_tests(rows, probabilities, tests), *_by_gates(rows)]
    said += [
        Wording("kept in view: {action}", action=f.action) for f in flags if f.level == "watch"
    ]
    if probabilities:
        first = max(sorted(probabilities), key=lambda leaf: probabilities[leaf])
        category = evidence().conditions[first].category
        near = "hip_intraarticular" if category == "hip_extraarticular" else category
        said.append(SEEN_TODAY.get(near, SEEN_TODAY["spine"]))
    return tuple(dict.fromkeys(said))


def _by_tests(
    rows: Sequence[Considered], probabilities: Mapping[str, float], tests: Sequence[NextTest]
) -> Iterator[str]:
    """The answers after which another treatment would come first, its gates as they are now."""
    now = _first(rows, probabilities)
    for test in tests:
        for answer, found in ((test.if_present, True), (test.if_absent, False)):
            then = _first(rows, _after(answer, probabilities, test.about))
            if then is None or then == now:
                continue
            template = (
                "{test}, if positive ({chance:.0%}): {treatment} comes first"
                if found
                else "{test}, if negative ({chance:.0%}): {treatment} comes first"
            )
            yield Wording(
                template,
                test=test.test_name,
                chance=answer.probability,
                treatment=evidence().plan.treatments[then].name,
            )


def _first(rows: Sequence[Considered], probabilities: Mapping[str, float]) -> str | None:
    order = best_first(row.under(probabilities) for row in rows)
    return order[0].treatment.id if order else None


def _after(answer: Answer, now: Mapping[str, float], about: str) -> dict[str, float]:
    """Probabilities after an answer; a source it does not list lies at most below the last one."""
    told = {**dict(answer.sources), about: answer.about}
    least = min((p for _, p in answer.sources), default=1.0)
    return {leaf: told.get(leaf, min(p, least)) for leaf, p in now.items()}


def _by_gates(rows: Sequence[Considered]) -> Iterator[str]:
    """Closed only by gates, likely enough, and worth it: what would open them."""
    closed = [
        row
        for row in rows
        if not row.allowed and not row.state.absolute and row.worthwhile and row.likely_enough
    ]
    closed.sort(key=lambda row: (-row.row.net, row.treatment.id))
    for row in closed[:MOST_GATES]:
        gates: str = ""
        for gate in row.state.open_gates:
            gates = Wording("{first}; {rest}", first=gates, rest=gate.gate) if gates else gate.gate
        yield Wording(
            "{treatment} may be offered once this holds: {gates}",
            treatment=row.treatment.name,
            gates=gates,
        )
