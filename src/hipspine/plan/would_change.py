"""What would change this plan: answers of tests, gates that would open, signs to watch for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import Answer, NextTest
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.pain_sources.treatment_decision import decisions, expected_utility
from hipspine.plan.considering import Considered, best_first, likeliest_source
from hipspine.plan.refusing import MISSED
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
    first = likeliest_source(probabilities)
    if first is not None:
        category = evidence().conditions[first].category
        near = "hip_intraarticular" if category == "hip_extraarticular" else category
        said.append(SEEN_TODAY.get(near, SEEN_TODAY["spine"]))
    return tuple(dict.fromkeys(said))


def _by_tests(
    rows: Sequence[Considered], probabilities: Mapping[str, float], tests: Sequence[NextTest]
) -> Iterator[str]:
    """The answers after which something else comes first, its gates as they are now.

    First the treatments of this plan; where they stay, the best thing to do by the value of a
    test for the treatment (`treatment_decision`), which knows sources not treated so far.
    """
    now, family_now = _first(rows, probabilities), _family(probabilities)
    for test in tests:
        for answer, sign in ((test.if_present, "positive"), (test.if_absent, "negative")):
            after = _after(answer, probabilities, test.about)
            then, family = _first(rows, after), _family(after)
            if then not in (None, now):
                what: str = evidence().plan.treatments[str(then)].name
            elif family != family_now:
                what = evidence().treatment_families[family].action
            else:
                continue
            yield Wording(
                "{test}, if {sign} ({chance:.0%}): first {what}",
                test=test.test_name,
                sign=Wording(sign),
                chance=answer.probability,
                what=what,
            )


def _family(probabilities: Mapping[str, float]) -> str:
    """The family of treatments with the best expected utility."""
    vector = np.array([[probabilities.get(leaf.id, 0.0) for leaf in evidence().leaves]])
    _, best = expected_utility(vector)
    return decisions().families[int(best[0])]


def _first(rows: Sequence[Considered], probabilities: Mapping[str, float]) -> str | None:
    order = best_first([row.under(probabilities) for row in rows])
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
        if not row.allowed
        and not row.state.absolute
        and row.worthwhile
        and row.likely_enough
        and row.row.benefit >= MISSED
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
