"""Whether a test may be done on this patient: what forbids it, what to mind, what else to do.

An absolute contraindication on what is known forbids the test; a relative one cautions. What
would forbid the test but is only equivocal ("pacemaker? unclear") cautions too: settle it first.
What nobody looked for forbids nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property, reduce

from hipspine.errors import InvalidEvidence, InvalidFinding
from hipspine.evidence import evidence, needs_checking
from hipspine.evidence.checks_of_tests import BEDSIDE_TEST
from hipspine.evidence.rows_of_tests import IndexTest, TestContraindication
from hipspine.findings.model import Findings, Observation, Side
from hipspine.pain_sources.red_flag_language import read_rule
from hipspine.pain_sources.red_flags import pain_groups
from hipspine.pain_sources.three_valued import Known, Rule, Verdict
from hipspine.wording import Wording

#: Kinds that the history tells or the chart holds; nobody is sent to have them done.
NEVER_TESTS = {
    "context": "understood, but without bearing on the source",
    "demographic": "known from the chart",
    "safety": "bears on what is safe, not on the source",
}


@dataclass(frozen=True, slots=True)
class TestVerdict:
    """Whether `test` may be done to answer `finding`.

    `forbidden_by` and `cautions` are sentences, `instead` what to do; `because` holds the ids of
    the findings that decided, `citations` the guidelines (an unchecked one is marked).
    """

    __test__ = False  # no test class of pytest

    finding: str
    test: str
    allowed: bool
    forbidden_by: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


def verdict(
    finding_id: str,
    findings: Findings,
    *,
    age: float | None = None,
    sex: str | None = None,
    side: Side | None = None,
) -> TestVerdict:
    """The verdict on the test that answers a finding; age in years, `side` the one to be tested.

    A side not told is either side. Raises InvalidFinding for an id that is not a finding.
    """
    return TestSafety(findings, age=age, sex=sex, side=side).verdict(finding_id)


def index_test(finding_id: str) -> IndexTest:
    """The test that answers a finding; at the bedside, one that bears the finding's own id."""
    test = _tests_for(finding_id)[0]
    shown = _shown_id(test, finding_id)
    if shown == test.id:
        return test
    return replace(test, id=shown, name=evidence().findings[finding_id].name)


def why_not_next(finding_id: str) -> str:
    """Why a finding is no test that one can ask for or do; blank when it is one."""
    link = evidence().finding_tests.get(finding_id)
    stated = link.not_next_because if link else ""
    return stated or NEVER_TESTS.get(evidence().findings[finding_id].kind, "")


@dataclass(frozen=True)
class TestSafety:
    """The verdicts on one patient; the rules are judged once for all tests."""

    __test__ = False  # no test class of pytest

    findings: Findings
    age: float | None = None
    sex: str | None = None
    side: Side | None = None

    def verdict(self, finding_id: str) -> TestVerdict:
        """On the first of the tests for a finding that may be done, else on the first of all."""
        tests = _tests_for(finding_id)
        reason = why_not_next(finding_id)
        if reason:
            shown = _shown_id(tests[0], finding_id)
            return TestVerdict(finding_id, shown, allowed=False, forbidden_by=(reason,))
        verdicts = [self._of(finding_id, test) for test in tests]
        first = verdicts[0]
        chosen = next((v for v in verdicts if v.allowed), first)
        if chosen is first:
            return first
        names = evidence().index_tests
        swap = Wording(
            "{chosen} in place of {first} ({barred})",
            chosen=names[chosen.test].name,
            first=names[first.test].name,
            barred=reduce(
                lambda told, more: Wording("{told}; {more}", told=told, more=more),
                first.forbidden_by,
            ),
        )
        return replace(
            chosen,
            cautions=(swap, *chosen.cautions),
            because=_once(first.because + chosen.because),
            citations=_once(first.citations + chosen.citations),
        )

    def _of(self, finding_id: str, test: IndexTest) -> TestVerdict:
        concerned = [held for held in self._holding if held.row in _rules_on(test.id)]
        bars = [held for held in concerned if held.bars]
        minded = [held for held in concerned if not held.bars]
        return TestVerdict(
            finding=finding_id,
            test=_shown_id(test, finding_id),
            allowed=not bars,
            forbidden_by=_once(held.row.because for held in bars),
            cautions=_once(held.caution for held in minded),
            instead=_once(held.row.instead for held in bars),
            because=_once(finding for held in (*bars, *minded) for finding in held.because),
            citations=_once(c for held in (*bars, *minded) for c in _citations(held.row)),
        )

    @cached_property
    def _holding(self) -> tuple["_Held", ...]:
        """The contraindications that are true of this patient, or true if what is unclear is."""
        either, own = self._readings(None), self._readings(self.side)
        held = []
        for row, rule in _rules():
            sure, unclear = own if row.same_side else either
            if found := _first_true(rule, sure):
                held.append(_Held(row, sure=True, because=found.because))
            elif row.kind == "absolute" and (found := _first_true(rule, unclear)):
                held.append(_Held(row, sure=False, because=found.because))
        return tuple(held)

    def _readings(self, side: Side | None) -> tuple[list[Known], list[Known]]:
        """What is known with and without the merely possible; the same with unclear things true.

        Unclear things are taken one by one too: of "pacemaker?" and "MR conditional?" the second
        must not silence the first.
        """
        told = _on_side(self.findings, side)
        definite = Findings(o for o in told if o.certainty != "possible")
        sure = [told] if definite == told else [told, definite]
        unclear = [o for o in told if o.certainty == "equivocal"]
        supposed = [tuple(unclear), *((o,) for o in unclear)] if unclear else []
        perhaps = [_supposing(base, true) for base in sure for true in supposed]
        return self._known(sure), self._known(perhaps)

    def _known(self, readings: Iterable[Findings]) -> list[Known]:
        return [Known(findings, self.age, self.sex) for findings in readings]


@dataclass(frozen=True, slots=True)
class _Held:
    row: TestContraindication
    sure: bool
    because: tuple[str, ...]

    @property
    def bars(self) -> bool:
        return self.sure and self.row.kind == "absolute"

    @property
    def caution(self) -> str:
        because, instead = self.row.because, self.row.instead
        if self.sure:
            return Wording("{because}. {instead}", because=because, instead=instead)
        return Wording(
            "Settle first whether this holds: {because}. {instead}",
            because=because,
            instead=instead,
        )


def _tests_for(finding_id: str) -> tuple[IndexTest, ...]:
    """The rows of the tests that answer a finding, the preferred one first."""
    tables = evidence()
    definition = tables.findings.get(finding_id)
    if definition is None:
        near = ", ".join(get_close_matches(finding_id, tables.findings, n=3)) or "an id of findings"
        raise InvalidFinding(f"{finding_id[:60]!r} is not a finding; did you mean {near}?")
    link = tables.finding_tests.get(finding_id)
    if link is None:
        bedside = BEDSIDE_TEST.get(definition.stage, BEDSIDE_TEST["exam"])
        return (tables.index_tests[bedside],)
    return tuple(tables.index_tests[test] for test in (link.index_test, *link.other_tests))


def _shown_id(test: IndexTest, finding_id: str) -> str:
    """Questions and bedside tests are each their own test."""
    return finding_id if test.modality in ("question", "examination") else test.id


@cache
def _rules() -> tuple[tuple[TestContraindication, Rule], ...]:
    """Every contraindication with its rule; raises InvalidEvidence naming the one at fault."""
    return tuple((row, _read(row)) for row in evidence().test_contraindications)


@cache
def _rules_on(test_id: str) -> frozenset[TestContraindication]:
    """The contraindications that speak of a test."""
    test = evidence().index_tests[test_id]
    return frozenset(row for row in evidence().test_contraindications if row.concerns(test))


def _read(row: TestContraindication) -> Rule:
    try:
        return read_rule(row.when, evidence().findings, pain_groups())
    except InvalidEvidence as error:
        raise InvalidEvidence(f"test_contraindications {row.id}: {error}") from None


def _supposing(findings: Findings, true: tuple[Observation, ...]) -> Findings:
    """With these unclear observations taken as present."""
    return Findings(
        replace(o, present=True, certainty="possible") if o in true else o for o in findings
    )


def _first_true(rule: Rule, readings: Iterable[Known]) -> Verdict | None:
    return next((v for v in map(rule, readings) if v.truth), None)


def _on_side(findings: Findings, side: Side | None) -> Findings:
    """What is known of one side, or of no side in particular; None: of either side."""
    if side not in ("left", "right"):
        return findings
    return Findings(o for o in findings if o.side in (None, side))


def _citations(row: TestContraindication) -> tuple[str, ...]:
    mark = " [not checked]" if needs_checking(row.study, row.verified) else ""
    return tuple(evidence().studies[key].citation + mark for key in row.study.split("|"))


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
