"""The steroid ledger in lines of text: totals, mean and peak, then joints, then what to know."""

from hipspine.findings.steroid_ledger import JointDoses, SteroidLedger
from hipspine.findings.steroid_sum import nothing_summed
from hipspine.report.doses_in_words import ROUTES, dose_words, place_words
from hipspine.report.languages import ENGLISH, Translator
from hipspine.wording import Wording


def steroids_text(ledger: SteroidLedger, say: Translator = ENGLISH) -> list[str]:
    """One sentence a line, in the order of reading; mg are prednisone-equivalents."""
    lines = [
        Wording("steroids up to {day}, in mg of prednisone-equivalents", day=ledger.as_of),
        *_systemic(ledger, say),
        *(_joint(row, say) for row in ledger.joints),
        *_listed(ledger),
        *ledger.notices,
    ]
    return [say(line) for line in lines]


def _systemic(ledger: SteroidLedger, say: Translator) -> list[str]:
    systemic = any(line.counted == "systemic" for line in ledger.lines)
    if nothing_summed(ledger):
        return [Wording("systemic: unknown, no course can be summed")]
    if not systemic:
        return [Wording("systemic: none told")]
    total, year = dose_words(ledger.cumulative, say), dose_words(ledger.cumulative_last_year, say)
    whole = Wording(
        "systemic: {total} mg in all, {year} mg in the last year", total=total, year=year
    )
    at_least = Wording(
        "systemic: at least {total} mg in all, {year} mg in the last year", total=total, year=year
    )
    lines: list[str] = [
        whole if ledger.complete else at_least,
        Wording(
            "a mean of {mean} mg/day and at most {peak} mg on one day, over {days} exposed days",
            mean=dose_words(ledger.mean_per_day, say),
            peak=dose_words(ledger.peak_per_day, say),
            days=ledger.exposed_days,
        ),
    ]
    if ledger.days_since_first is not None and ledger.days_since_last is not None:
        lines.append(
            Wording(
                "longest run {run} days; first {first} days ago, last {last} days ago",
                run=ledger.longest_run_days,
                first=ledger.days_since_first,
                last=ledger.days_since_last,
            )
        )
    return lines


def _joint(row: JointDoses, say: Translator) -> str:
    unknown = Wording("unknown")
    last = row.last or unknown
    dose = dose_words(row.equivalent, say) if row.known else unknown
    return Wording(
        "{place}: {count} injected, {recent} in the last year, last {last}, {dose} mg in all",
        place=place_words(row),
        count=row.injections,
        recent=row.in_last_year,
        last=last,
        dose=dose,
    )


def _listed(ledger: SteroidLedger) -> list[str]:
    names = dict.fromkeys(
        Wording(
            "{drug} ({route})",
            drug=line.course.drug,
            route=ROUTES.get(line.course.route, line.course.route),
        )
        for line in ledger.lines
        if line.counted == "listed"
    )
    return [Wording("listed, not summed: {names}", names=tuple(names))] if names else []
