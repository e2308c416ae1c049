"""The assessment in one paragraph: chances as "about 6 in 10", then the hips, then what to do."""

from hipspine.assessment import Assessment
from hipspine.report.languages import Translator
from hipspine.report.names import HIPS
from hipspine.report.view_of_care import OUTCOMES, horizon
from hipspine.report.view_of_loads import hips_sentence
from hipspine.report.view_of_sources import MECHANISMS, sided
from hipspine.wording import Wording

#: Sources told after the first, if they are at least this probable.
ALSO_FROM = 0.15
ALSO = 3
#: A risk below this, or beyond this many months, is left to its own section.
RISK_FROM, RISK_WITHIN = 0.02, 120


def in_words(p: float) -> Wording:
    """A probability as whole tenths; the ends are told as less or more than 1 in 20."""
    if p < 0.05:
        return Wording("less than 1 in 20")
    if p > 0.95:
        return Wording("more than 19 in 20")
    return Wording("about {tenths} in 10", tenths=min(max(round(10 * p), 1), 9))


def summary_paragraph(a: Assessment, say: Translator) -> tuple[str, ...]:
    """Sentences in order; each says one thing."""
    return tuple(say(s) for s in (*_first(a, say), *_others(a), *_mechanism(a))) + tuple(
        _hips(a, say) + _care(a, say)
    )


def _pressing(a: Assessment) -> bool:
    """A red flag that leaves no time for what may come in years."""
    return any(flag.level != "watch" for flag in a.red_flags)


def _first(a: Assessment, say: Translator) -> list[Wording]:
    told = []
    if _pressing(a):
        told.append(Wording("A red flag comes first: act on it before anything below."))
    first = a.sources[0]
    told.append(
        Wording(
            "The most probable source is {source}: {chance}, on published figures that allow "
            "{interval}.",
            source=sided(first),
            chance=in_words(first.probability),
            interval=say.interval(first.low, first.high),
        )
    )
    return told


def _others(a: Assessment) -> list[Wording]:
    others = [s for s in a.sources[1 : ALSO + 1] if s.probability >= ALSO_FROM]
    if not others:
        return [Wording("No other source reaches 15%.")]
    each = tuple(
        Wording("{source} ({chance})", source=sided(s), chance=in_words(s.probability))
        for s in others
    )
    return [Wording("Also to be considered: {sources}.", sources=each)]


def _mechanism(a: Assessment) -> list[Wording]:
    if not a.mechanism.known:
        return []
    first = max(a.mechanism, key=lambda name: a.mechanism[name])
    chance = in_words(a.mechanism[first])
    return [
        Wording(
            "The pain behaves most like {mechanism} pain ({chance}).",
            mechanism=MECHANISMS[first],
            chance=chance,
        )
    ]


def _hips(a: Assessment, say: Translator) -> list[str]:
    told = [] if a.loads is None else [hips_sentence(a.loads, say)]
    for risk in () if _pressing(a) else a.risks:
        if risk.point >= RISK_FROM and risk.horizon_months <= RISK_WITHIN:
            where = HIPS[risk.side] if risk.side else Wording("either hip")
            told.append(
                say(
                    Wording(
                        "Risk, unless it is there already: {outcome}, {where}: {percent} "
                        "{horizon}.",
                        outcome=OUTCOMES[risk.outcome],
                        where=where,
                        percent=say.small_percent(risk.point),
                        horizon=horizon(risk.horizon_months),
                    )
                )
            )
    return told


def _care(a: Assessment, say: Translator) -> list[str]:
    told = []
    if a.plan is not None and a.plan.items:
        names = tuple(item.name for item in a.plan.items[:ALSO])
        told.append(say(Wording("First in the plan: {treatments}.", treatments=names)))
    if a.next_tests:
        name = a.next_tests[0].test_name
        told.append(say(Wording("The most useful next test: {test}.", test=name)))
    return told
