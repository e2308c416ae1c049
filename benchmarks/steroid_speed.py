"""The steroid ledger of 40 courses over 30 years, beside the same sum day by day."""

import datetime
import timeit

from rich.console import Console

from hipspine import patient_of
from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.findings.steroid_sum import ledger_of

TARGET_MS = 1.0
FIRST = datetime.date(1994, 1, 3)
DAY = datetime.timedelta(days=1)


def many_courses() -> Patient:
    """40 courses of a year each, nine months apart, so that they overlap."""
    starts = [FIRST + 270 * DAY * number for number in range(40)]
    return patient_of(
        {
            "id": "thirty years",
            "date": "2024-06-30",
            "steroid_courses": [
                {
                    "drug": "prednisone",
                    "dose_mg": 5 + number % 9,
                    "start": start.isoformat(),
                    "end": (start + 364 * DAY).isoformat(),
                }
                for number, start in enumerate(starts)
            ],
        }
    )


def day_by_day(patient: Patient) -> float:
    """The total in mg, one day after the other."""
    total = 0.0
    for course in patient.steroid_courses:
        assert course.start and course.end and patient.date and course.dose_mg_high
        day = course.start
        while day <= min(course.end, patient.date):
            total += course.dose_mg_high * course.per_day
            day += DAY
    return total


def milliseconds(work: str, names: dict[str, object]) -> float:
    """The best of seven repeats, in ms a call."""
    return min(timeit.repeat(work, globals=names, number=20, repeat=7)) / 20 * 1000


def main() -> None:
    """Print milliseconds for one ledger, and the ratio to the sum day by day."""
    patient = many_courses()
    ledger = ledger_of(patient)
    assert isinstance(ledger, SteroidLedger)
    assert abs(ledger.cumulative.point - day_by_day(patient)) < 1e-6
    names = {"patient": patient, "ledger_of": ledger_of, "day_by_day": day_by_day}
    ours, naive = (milliseconds(f"{name}(patient)", names) for name in ("ledger_of", "day_by_day"))
    Console().print(
        f"steroid ledger, 40 courses over 30 years: {ours:.2f} ms (aim {TARGET_MS:g} ms); "
        f"the total alone day by day: {naive:.2f} ms ({naive / ours:.1f} x)"
    )


if __name__ == "__main__":
    main()
