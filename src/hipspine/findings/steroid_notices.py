"""What a reader has to know about a ledger: what was assumed, and what could not be summed."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from hipspine.evidence import evidence
from hipspine.findings.patient import Reading, SteroidCourse
from hipspine.findings.steroid_checks import INJECTED, SYSTEMIC
from hipspine.findings.steroid_courses import ONE_DAY, side_of
from hipspine.findings.steroid_ledger import LedgerLine
from hipspine.findings.steroid_names import UNTOLD, steroid_of, steroids_in
from hipspine.findings.steroid_places import NOT_TOLD, place_of
from hipspine.wording import Wording

#: mg of prednisone-equivalents a day by mouth above which a slip of the pen is likelier.
MUCH_BY_MOUTH = 200.0
_STEPPED = re.compile(r"dose ?pac?k|taper", re.IGNORECASE)
_Test = Callable[[LedgerLine], bool]


def notices_of(lines: Sequence[LedgerLine], as_of: datetime.date) -> tuple[str, ...]:
    """One sentence for each thing, naming the courses by their number in the case."""
    said = [_said(template, lines, test) for template, test in _tests(as_of)]
    return (
        *(sentence for sentence in said if sentence),
        *_alternatives(lines),
        *_repeated(lines),
    )


def without_course(
    readings: Iterable[Reading], courses: Sequence[SteroidCourse]
) -> tuple[str, ...]:
    """Steroids that the case's words say are taken, but that no course tells of."""
    held = {steroid_of(course.drug).steroid.drug for course in courses}
    missing: dict[str, str] = {}
    for reading in readings:
        if not any(o.finding == "corticosteroids" and o.present for o in reading.findings):
            continue
        for steroid in steroids_in(reading.name):
            told = steroid.drug in held or (steroid.drug == UNTOLD and held)
            if not told:
                missing[steroid.drug] = steroid.name
    return tuple(
        Wording("{drug} is named without a course: the steroid ledger does not hold it", drug=name)
        for name in missing.values()
    )


def _tests(as_of: datetime.date) -> Iterator[tuple[str, _Test]]:
    yield (
        Wording("dose not told, so the totals are lower bounds and the mean leaves those days out"),
        lambda line: line.course.dose_mg_high is None and _can_count(line),
    )
    yield (
        Wording(
            "start not told, so its days and its total are not counted and the totals are lower "
            "bounds"
        ),
        lambda line: line.counted == "systemic" and line.course.start is None,
    )
    yield (
        Wording("day not told, so it is not counted in the last year"),
        lambda line: line.counted == "injection" and line.last is None,
    )
    yield (
        Wording("no equivalent in prednisone is known, so the totals are lower bounds"),
        lambda line: line.equivalent_of_1_mg is None and _can_count(line),
    )
    yield (
        Wording("no end told, counted as continuing up to the date"),
        lambda line: (
            line.counted == "systemic"
            and line.course.end is None
            and line.course.start is not None
            and line.course.route not in ONE_DAY
        ),
    )
    yield (
        Wording("no end told, counted as one day"),
        lambda line: (
            line.course.route in ONE_DAY
            and line.course.end is None
            and line.course.start is not None
        ),
    )
    yield (
        Wording("goes on after the date, counted up to it"),
        lambda line: line.course.end is not None and line.course.end > as_of,
    )
    yield (
        Wording("given several times on one day, each counted as an injection"),
        lambda line: line.counted == "injection" and line.course.per_day > 1,
    )
    yield (
        Wording("given into both sides; the dose may be shared or given twice, so it is a range"),
        lambda line: line.counted == "injection" and side_of(line.course) == "bilateral",
    )
    yield (
        Wording("joint not told"),
        lambda line: (
            line.counted == "injection"
            and place_of(line.course.joint, line.course.route) == NOT_TOLD
        ),
    )
    yield (
        "a pack or taper told as one dose is counted as that dose every day; a course for each "
        "step says it rightly",
        lambda line: _STEPPED.search(line.course.drug) is not None and line.first != line.last,
    )
    yield (
        Wording("inhaled or topical: listed, not summed"),
        lambda line: line.course.route in ("inhaled", "topical"),
    )
    yield (
        Wording("above 200 mg of prednisone-equivalents a day by mouth; check the dose"),
        lambda line: (
            line.course.route == "oral"
            and line.per_day is not None
            and line.per_day.high > MUCH_BY_MOUTH
        ),
    )


def _can_count(line: LedgerLine) -> bool:
    return line.course.route in (*SYSTEMIC, *INJECTED)


def _said(template: str, lines: Sequence[LedgerLine], test: _Test) -> str | None:
    named = ", ".join(
        f"{number} ({line.course.drug})" for number, line in enumerate(lines, 1) if test(line)
    )
    return Wording("course {courses}: {what}", courses=named, what=template) if named else None


def _alternatives(lines: Sequence[LedgerLine]) -> Iterator[str]:
    """Where tables differ: the value counted, and what the other would make of it."""
    for drug in dict.fromkeys(steroid_of(line.course.drug).steroid.drug for line in lines):
        steroid = evidence().steroid_equivalents[drug]
        of_drug = [
            line.total
            for line in lines
            if line.total and steroid_of(line.course.drug).steroid.drug == drug
        ]
        mg, other = steroid.mg_equal_to_5_mg_prednisone, steroid.alternative_mg
        if not of_drug or mg is None or other is None:
            continue
        counted = sum(total.point for total in of_drug)
        yield Wording(
            "{drug}: {mg} mg is counted as 5 mg of prednisone ({counted} mg in all); where "
            "{other} mg is taken instead, it is {otherwise} mg",
            drug=steroid.name,
            mg=f"{mg:g}",
            counted=f"{counted:,.0f}",
            other=f"{other:g}",
            otherwise=f"{counted * mg / other:,.0f}",
        )


def _repeated(lines: Sequence[LedgerLine]) -> Iterator[str]:
    seen: dict[SteroidCourse, int] = {}
    for number, line in enumerate(lines, 1):
        if line.course in seen:
            yield Wording(
                "courses {first} and {second} are the same; both are counted",
                first=seen[line.course],
                second=number,
            )
        seen.setdefault(line.course, number)
