"""What is shown of the steroid ledger: totals, injections, what is only listed."""

from __future__ import annotations

from dataclasses import dataclass

from hipspine.assessment import Assessment
from hipspine.findings.steroid_ledger import Dose, JointDoses, LedgerLine, SteroidLedger
from hipspine.findings.steroid_sum import nothing_summed
from hipspine.report.doses_in_words import ROUTES, dose_words
from hipspine.report.languages import Translator
from hipspine.report.names import SIDES
from hipspine.report.voice import Voice
from hipspine.wording import Wording


@dataclass(frozen=True, slots=True)
class SteroidsView:
    """Figures in prednisone-equivalents as (what, figure); injections and courses as rows."""

    as_of: str
    totals: tuple[tuple[str, str], ...]
    joints: tuple[tuple[str, str, str, str, str], ...]
    listed: tuple[str, ...]
    courses: tuple[tuple[str, str, str, str], ...]
    notices: tuple[str, ...]


def steroids_view(a: Assessment, voice: Voice) -> SteroidsView | None:
    """None where no course is told."""
    ledger = a.steroids
    if ledger is None:
        return None
    say = voice.say
    return SteroidsView(
        say.date(ledger.as_of),
        tuple((say(what), figure) for what, figure in _totals(ledger, say)),
        tuple(_joint(joint, say) for joint in ledger.joints),
        tuple(_listed(line, say) for line in ledger.lines if line.counted == "listed"),
        tuple(_course(line, say) for line in ledger.lines if line.counted != "listed"),
        tuple(say(notice) for notice in ledger.notices),
    )


def _totals(ledger: SteroidLedger, say: Translator) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if nothing_summed(ledger):
        rows.append((Wording("Systemic"), say(Wording("unknown: no course can be summed"))))
    elif any(line.counted == "systemic" for line in ledger.lines):
        rows += _systemic(ledger, say)
    if any(joint.known for joint in ledger.joints):
        rows.append((Wording("Injected, if fully absorbed"), mg(ledger.injected, say)))
    return rows


def _systemic(ledger: SteroidLedger, say: Translator) -> list[tuple[str, str]]:
    """Lower bounds are told as such."""
    whole, year = mg(ledger.cumulative, say), mg(ledger.cumulative_last_year, say)
    if not ledger.complete:
        whole, year = (say(Wording("at least {amount}", amount=a)) for a in (whole, year))
    rows: list[tuple[str, str]] = [
        (Wording("Systemic, cumulative"), whole),
        (Wording("Systemic, in the last year"), year),
        (Wording("Mean over exposed days"), _a_day(ledger.mean_per_day, say)),
        (Wording("Peak"), _a_day(ledger.peak_per_day, say)),
        (Wording("Exposed days"), say.number(ledger.exposed_days)),
        (Wording("Longest run, days"), say.number(ledger.longest_run_days)),
    ]
    if ledger.days_since_first is not None:
        rows.append((Wording("Days since the first"), say.number(ledger.days_since_first)))
    if ledger.days_since_last is not None:
        rows.append((Wording("Days since the last"), say.number(ledger.days_since_last)))
    return rows


def mg(dose: Dose, say: Translator) -> str:
    """1200 mg, or 1200 to 1800 mg where the dose was told as a range."""
    return say(Wording("{amount} mg", amount=dose_words(dose, say)))


def _a_day(dose: Dose, say: Translator) -> str:
    return say(Wording("{amount} mg/day", amount=dose_words(dose, say)))


def _joint(joint: JointDoses, say: Translator) -> tuple[str, str, str, str, str]:
    return (
        say(joint.joint.replace("_", " ")),
        say(SIDES[joint.side]) if joint.side else "",
        say(
            Wording(
                "{injections} ({last_year} in the last year)",
                injections=joint.injections,
                last_year=joint.in_last_year,
            )
        ),
        mg(joint.equivalent, say) if joint.known else say(Wording("unknown")),
        say.date(joint.last) if joint.last else "",
    )


def _listed(line: LedgerLine, say: Translator) -> str:
    course = line.course
    return say(
        Wording("{drug}, {route}", drug=course.drug, route=ROUTES.get(course.route, course.route))
    )


def _course(line: LedgerLine, say: Translator) -> tuple[str, str, str, str]:
    """Drug and route; dose as told; from and to; prednisone-equivalent."""
    course = line.course
    told = say(
        Wording("{drug}, {route}", drug=course.drug, route=ROUTES.get(course.route, course.route))
    )
    low, high = course.dose_mg_low, course.dose_mg_high
    if low is None or high is None:
        return told, say(Wording("unknown")), _span(line, say), "-"
    dose = dose_words(Dose(low, high), say)
    daily = line.counted == "systemic" and line.first != line.last
    if daily and course.per_day != 1:
        times = say.shortest(course.per_day)
        dose = say(Wording("{amount} mg, {times} a day", amount=dose, times=times))
    else:
        per_day = Wording("{amount} mg/day", amount=dose)
        dose = say(per_day if daily else Wording("{amount} mg", amount=dose))
    return told, dose, _span(line, say), "-" if line.total is None else mg(line.total, say)


def _span(line: LedgerLine, say: Translator) -> str:
    if line.first is None:
        return say(Wording("start unknown"))
    if line.last is None or line.last == line.first:
        return say.date(line.first)
    return say(Wording("{low} to {high}", low=say.date(line.first), high=say.date(line.last)))
