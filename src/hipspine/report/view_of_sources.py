"""What is shown of the sources of pain: red flags, ranking, reasons, doubts, tests, mechanism."""

from __future__ import annotations

from dataclasses import dataclass

from hipspine.assessment import Assessment, SourceOfPain
from hipspine.evidence import evidence
from hipspine.pain_sources.next_test import NextTest
from hipspine.pain_sources.reasons import ClusterReason, Reason
from hipspine.report.names import SIDES, condition_name, finding_name, stage_name
from hipspine.report.references import Cited
from hipspine.report.voice import Voice
from hipspine.wording import Wording

SHOWN_SOURCES = 8
LEAST_SHOWN = 0.01
REASONS_OF = 3
REASONS_EACH = 5
CLUSTERS_EACH = 2

LEVELS = {
    "emergency": Wording("Emergency"),
    "urgent": Wording("Urgent"),
    "watch": Wording("Watch"),
}
MECHANISMS = {
    "nociceptive": Wording("nociceptive"),
    "neuropathic": Wording("neuropathic"),
    "nociplastic": Wording("nociplastic"),
}


@dataclass(frozen=True, slots=True)
class FlagView:
    """One red flag; `level` is the id, `level_name` the word."""

    level: str
    level_name: str
    condition: str
    action: str
    because: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source; probability, low and high as fractions for the bar, the rest as shown."""

    name: str
    plain_name: str
    side: str
    percent: str
    interval: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One finding; decibans with sign as shown, `for_it` where it speaks for the source."""

    decibans: str
    size: float
    for_it: bool
    told: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why one source stands where it stands."""

    title: str
    heading: str
    reasons: tuple[ReasonView, ...]
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """One sentence of doubt."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class TestView:
    """One test to do next."""

    __test__ = False  # no test class of pytest

    name: str
    stage: str
    gain: str
    after: str
    cautions: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class MechanismView:
    """Shares, most probable first, and what decided about the first."""

    shares: tuple[tuple[str, str, float], ...]
    reasons: tuple[ReasonView, ...]
    caveat: str


def flags_view(a: Assessment, voice: Voice) -> tuple[FlagView, ...]:
    say = voice.say
    return tuple(
        FlagView(
            flag.level,
            say(LEVELS[flag.level]),
            say(condition_name(flag.condition)),
            say(flag.action),
            tuple(say(finding_name(finding)) for finding in flag.because),
            voice.cite(flag.citations),
        )
        for flag in a.red_flags
    )


def sources_view(a: Assessment, voice: Voice) -> tuple[SourceView, ...]:
    """The first sources; one that is hardly possible is shown only in first place."""
    say = voice.say
    return tuple(
        SourceView(
            say(source.name),
            say(evidence().conditions[source.condition].plain_name),
            say(SIDES[source.side]) if source.side else "?",
            say.percent(source.probability),
            say.interval(source.low, source.high),
            source.probability,
            source.low,
            source.high,
        )
        for number, source in enumerate(a.sources[:SHOWN_SOURCES])
        if source.probability >= LEAST_SHOWN or number == 0
    )


def why_view(a: Assessment, voice: Voice) -> tuple[WhyView, ...]:
    return tuple(_why(source, voice) for source in a.sources[:REASONS_OF] if source.why)


def sided(source: SourceOfPain) -> str:
    """The name with its side, where it has one that is settled."""
    if source.side in (None, "midline"):
        return source.name
    return Wording("{source}, {side}", source=source.name, side=SIDES[source.side])


def _why(source: SourceOfPain, voice: Voice) -> WhyView:
    return WhyView(
        voice.say(sided(source)),
        voice.say(Wording("Why {source}", source=sided(source))),
        reasons_view(source.why, voice),
        tuple(_cluster(cluster, voice) for cluster in source.clusters[:CLUSTERS_EACH]),
    )


def reasons_view(why: tuple[Reason, ...], voice: Voice) -> tuple[ReasonView, ...]:
    """The strongest reasons: decibans, what was found, the studies."""
    return tuple(
        ReasonView(
            _signed(reason.decibans, voice),
            abs(reason.decibans),
            reason.decibans > 0,
            told(reason.finding, reason.present, voice),
            voice.cite(reason.citations),
        )
        for reason in why[:REASONS_EACH]
    )


def told(finding: str, present: bool, voice: Voice) -> str:
    """The name of a finding, with a "no" where it is absent."""
    name = finding_name(finding)
    return voice.say(name if present else Wording("no: {finding}", finding=name))


def _signed(decibans: float, voice: Voice) -> str:
    sign = "" if round(decibans, 1) < 0 else "+"
    return f"{sign}{voice.say.number(decibans, 1)}"


def _cluster(cluster: ClusterReason, voice: Voice) -> str:
    """Correlated findings together, and what they would claim if they were independent."""
    return voice.say(
        Wording(
            "{decibans} dB together: {findings} ({independent} if they were independent)",
            decibans=_signed(cluster.decibans, voice),
            findings=tuple(finding_name(finding) for finding in cluster.findings),
            independent=_signed(cluster.if_independent, voice),
        )
    )


def doubts_view(a: Assessment, voice: Voice) -> tuple[DoubtView, ...]:
    """What the first place hangs on, what was not looked for, and the state of a root."""
    return (*_critical(a, voice), *_not_asked(a, voice), *_roots(a, voice))


_KINDS = {
    "sensitivity": Wording("sensitivity"),
    "specificity": Wording("specificity"),
    "base rate": Wording("base rate"),
}


def _critical(a: Assessment, voice: Voice) -> tuple[DoubtView, ...]:
    figure = a.critical_figure
    if figure is None:
        return ()
    about = Wording("")
    if figure.condition:
        about = Wording(" in {condition}", condition=condition_name(figure.condition))
    text = Wording(
        "The first place hangs on the {kind} of {finding}{about}: {published:.2f} as published; "
        "at {wrong:.2f} {first} would come first",
        kind=_KINDS[figure.kind],
        finding=finding_name(figure.finding),
        about=about,
        published=figure.published,
        wrong=figure.wrong,
        first=condition_name(figure.first),
    )
    return (DoubtView(voice.say(text), voice.cite([figure.citation])),)


def _not_asked(a: Assessment, voice: Voice) -> tuple[DoubtView, ...]:
    if not a.not_asked:
        return ()
    text = Wording(
        "Expected with {source}, not looked for: {findings}",
        source=a.sources[0].name,
        findings=tuple(finding_name(finding) for finding in a.not_asked),
    )
    return (DoubtView(voice.say(text)),)


def _roots(a: Assessment, voice: Voice) -> tuple[DoubtView, ...]:
    say = voice.say
    return tuple(
        DoubtView(
            say(
                Wording(
                    "{root}, if it hurts: pressed {pressed} ({interval}), else inflamed "
                    "without contact",
                    root=condition_name(root.condition),
                    pressed=say.percent(root.pressed),
                    interval=say.interval(root.low, root.high),
                )
            )
        )
        for root in a.roots
    )


def tests_view(a: Assessment, voice: Voice) -> tuple[TestView, ...]:
    return tuple(_test(test, voice) for test in a.next_tests)


def _test(test: NextTest, voice: Voice) -> TestView:
    say = voice.say
    name = say(test.test_name)
    if test.test != test.finding:
        name = f"{name}: {say(finding_name(test.finding))}"
    after = Wording(
        "{source}: {yes} if so, {no} if not",
        source=condition_name(test.about),
        yes=say.percent(test.if_present.about),
        no=say.percent(test.if_absent.about),
    )
    return TestView(
        name,
        say(stage_name(test.finding)),
        say(Wording("{bits} bit", bits=say.number(test.gain_bits, 2))),
        say(after),
        tuple(say(caution) for caution in test.cautions),
        voice.cite(test.citations),
    )


def mechanism_view(a: Assessment, voice: Voice) -> MechanismView:
    """The mechanisms with their probabilities, and what speaks for and against the first."""
    say, m = voice.say, a.mechanism
    ranked = sorted(m, key=lambda name: -m[name])
    shares = tuple((say(MECHANISMS[name]), say.percent(m[name]), m[name]) for name in ranked)
    if not m.known:
        caveat = say(
            Wording("no criterion is known: the shares among published patients with low back pain")
        )
        return MechanismView(shares, (), caveat)
    one = Wording(
        "one criterion known; how an experienced examiner would class the pain, "
        "for which no test is a standard; mechanisms may be mixed"
    )
    several = Wording(
        "{known} criteria known; how an experienced examiner would class the pain, "
        "for which no test is a standard; mechanisms may be mixed",
        known=m.known,
    )
    reasons = reasons_view(dict(m.why)[ranked[0]], voice)
    return MechanismView(shares, reasons, say(one if m.known == 1 else several))
