"""A checked case to a patient: its words read, its numbers turned into findings."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hipspine.errors import InvalidFinding, InvalidInput
from hipspine.evidence import evidence
from hipspine.findings.case_file import CaseFile, check_case
from hipspine.findings.medicines import read_medicine
from hipspine.findings.model import Findings, Observation, Side
from hipspine.findings.opposites import without_contradictions
from hipspine.findings.patient import Patient, Reading, SteroidCourse
from hipspine.findings.regions import PAIN_REGIONS, region_finding
from hipspine.findings.steroid_notices import without_course
from hipspine.findings.steroid_reading import courses_of
from hipspine.findings.steroid_sum import only_short
from hipspine.findings.words import PhraseReading, reader
from hipspine.wording import Wording

YOUNG = Wording("age 14 to 17: the figures come from studies of adults")
OBESE_BMI = 30.0
WEEKS_A_MONTH = 365.25 / 12 / 7
SYSTEMIC_ROUTES = ("oral", "iv", "im")


def patient_of(raw: object, where: str = "case") -> Patient:
    """The patient of one case (a JSON object); raises InvalidInput naming `where`."""
    case, notices = check_case(raw, where)
    try:
        return _patient(case, notices)
    except InvalidInput as error:
        raise type(error)(f"{where}: {error}") from None


def _patient(case: CaseFile, notices: tuple[str, ...]) -> Patient:
    side: Side | None = "bilateral" if case.bilateral else case.side
    courses = courses_of(case.steroid_courses, case.date, case.age)
    readings, unclear = without_contradictions(list(_readings(case, side)))
    observations = [o for reading in readings for o in reading.findings]
    observations += list(_from_numbers(case, courses))
    notices = (*notices, *unclear)
    if not courses:  # with courses, the ledger says so
        notices = (*notices, *without_course(readings, courses))
    if case.age is not None and case.age < 18:
        notices = (*notices, YOUNG)
    return Patient(
        id=case.id,
        findings=Findings(observations),
        date=case.date,
        setting=case.setting or "spine_and_hip_clinic",
        age=case.age,
        sex=case.sex,
        height_m=case.height_m,
        mass_kg=case.mass_kg,
        duration_weeks=case.duration_weeks,
        side=side,
        readings=tuple(readings),
        steroid_courses=courses,
        posture=case.posture,
        notices=notices,
    )


def _readings(case: CaseFile, side: Side | None) -> Iterator[Reading]:
    yield from _regions(case, side)
    for entry in case.findings:
        if entry.present is None:
            yield Reading(entry.name, ignored=Wording("recorded as unknown"))
            continue
        read = reader().read(
            entry.name,
            present=entry.present,
            value=entry.value,
            stage=entry.stage,
            side=entry.side,
            date=entry.date,
        )
        yield _reading(read, side)
    for words in case.medications:
        named = read_medicine(words)
        yield named or _reading(reader().read(words, stage="history"), side)
    for words in case.comorbidities:
        yield _reading(reader().read(words, stage="history"), side)


def _reading(read: PhraseReading, side: Side | None) -> Reading:
    name = read.phrase
    if not read.observations and read.ignored is None and _looks_like_an_id(name):
        near = ", ".join(read.suggestions[:3]) or "plain clinical words"
        raise InvalidFinding(f"{name[:60]!r} is not a finding; did you mean {near}?")
    found = tuple(_with_side(o, side) for o in read.observations)
    return Reading(name, found, read.ignored, read.suggestions)


def _looks_like_an_id(name: str) -> bool:
    return "_" in name and " " not in name.strip()


def _with_side(observation: Observation, side: Side | None) -> Observation:
    """The side of the case where the words told none and the finding has sides.

    What lies in the past (a replaced hip) need not be on the side that hurts now.
    """
    definition = evidence().findings[observation.finding]
    assumed = None if definition.kind == "exposure" else side
    own = observation.side or assumed if definition.sided else None
    return replace(observation, side=own)


def _regions(case: CaseFile, side: Side | None) -> Iterator[Reading]:
    """Marked regions hurt; with a complete map, the others are free of pain."""
    marked: set[str] = set()
    for region in case.pain_regions:
        finding = region_finding(region)
        if finding is None:
            yield _reading(reader().read(f"{region.replace('_', ' ')} pain", stage="history"), side)
            continue
        marked.add(finding)
        yield Reading(region, (_with_side(_location(finding, True, region), side),))
    if case.pain_map_complete:
        free = sorted(set(PAIN_REGIONS.values()) - marked)
        yield Reading("pain map complete", tuple(_location(f, False, "") for f in free))


def _location(finding: str, present: bool, phrase: str) -> Observation:
    return Observation(finding=finding, present=present, stage="history", phrase=phrase)


def _from_numbers(case: CaseFile, courses: Sequence[SteroidCourse]) -> Iterator[Observation]:
    """Findings that the numbers of the case state: duration, body mass, steroid courses."""
    if case.duration_weeks is not None:
        months = case.duration_weeks / WEEKS_A_MONTH
        yield _history("pain_over_1_month", months >= 1, f"{case.duration_weeks:g} weeks")
        yield _history("pain_over_3_months", months >= 3, f"{case.duration_weeks:g} weeks")
    if case.height_m and case.mass_kg:
        bmi = case.mass_kg / case.height_m**2
        yield _history("obesity", bmi >= OBESE_BMI, f"body mass index {bmi:.0f} kg/m2")
    systemic = [course for course in courses if course.route in SYSTEMIC_ROUTES]
    if systemic:
        short = only_short(systemic, case.date or datetime.date.today())
        finding = "steroid_short_course" if short else "corticosteroids"
        yield _history(finding, True, "steroid course")


def _history(finding: str, present: bool, phrase: str) -> Observation:
    return Observation(finding=finding, present=present, stage="history", phrase=phrase)
