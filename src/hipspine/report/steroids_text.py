"""The steroid ledger in lines of text: totals, mean and peak, then joints, then what to know."""

from hipspine.findings.steroid_ledger import Dose, JointDoses, SteroidLedger
from hipspine.findings.steroid_sum import nothing_summed
from hipspine.wording import Wording


def steroids_text(ledger: SteroidLedger) -> list[str]:
    """One sentence a line, in the order of reading; mg are prednisone-equivalents."""
    return [
        Wording("steroids up to {day}, in mg of prednisone-equivalents", day=ledger.as_of),
        *_systemic(ledger),
        *(_joint(row) for row in ledger.joints),
        *_listed(ledger),
        *ledger.notices,
    ]


def dose_words(dose: Dose) -> str:
    """A dose in mg, a range as "low to high": whole above 100, one decimal below."""
    low, high = _number(dose.low), _number(dose.high)
    return low if low == high else Wording("{low} to {high}", low=low, high=high)


def place_words(row: JointDoses) -> str:
    """Side and joint as words."""
    joint = row.joint.replace("_", " ")
    return Wording(f"{row.side} {{joint}}", joint=joint) if row.side else joint


def _systemic(ledger: SteroidLedger) -> list[str]:
    systemic = any(line.counted == "systemic" for line in ledger.lines)
    if nothing_summed(ledger):
        return ["systemic: unknown, no course can be summed"]
    if not systemic:
        return ["systemic: none told"]
    whole = "systemic: {total} mg in all, {year} mg in the last year"
    at_least = "systemic: at least {total} mg in all, {year} mg in the last year"
    lines: list[str] = [
        Wording(
            whole if ledger.complete else at_least,
            total=dose_words(ledger.cumulative),
            year=dose_words(ledger.cumulative_last_year),
        ),
        Wording(
            "a mean of {mean} mg/day and at most {peak} mg on one day, over {days} exposed days",
            mean=dose_words(ledger.mean_per_day),
            peak=dose_words(ledger.peak_per_day),
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


def _joint(row: JointDoses) -> str:
    last = row.last.isoformat() if row.last else "unknown"
    dose = dose_words(row.equivalent) if row.known else "unknown"
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
        f"{line.course.drug} ({line.course.route})"
        for line in ledger.lines
        if line.counted == "listed"
    )
    return [Wording("listed, not summed: {names}", names=", ".join(names))] if names else []


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}".removesuffix(".0")
