"""Forty patients, plainly invented: families Example, Sample, Pretend and Invented."""

import random
from datetime import date

from hipspine.clinic.accounts.models import User
from hipspine.clinic.chart import actions as chart
from hipspine.clinic.chart.actions.findings import Statement
from hipspine.clinic.chart.models import Patient

GIVEN = (
    "Ada", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hiro", "Ines", "Jonas",
    "Keiko", "Luis", "Mara", "Nils", "Olga", "Paulo", "Quinn", "Rosa", "Sven", "Tara",
    "Umar", "Vera", "Wanda", "Xavier", "Yara", "Zoltan", "Alma", "Boris", "Chloe", "Dario",
    "Emine", "Felix", "Gina", "Hugo", "Irma", "Jamal", "Katya", "Leon", "Mina", "Otto",
)  # fmt: skip
#: Which of them are women's; the other names are men's, but for Quinn, of whom nothing is said.
WOMEN = frozenset((
    "Ada", "Carla", "Elena", "Greta", "Ines", "Keiko", "Mara", "Olga", "Rosa", "Tara", "Vera",
    "Wanda", "Yara", "Alma", "Chloe", "Emine", "Gina", "Irma", "Katya", "Mina",
))  # fmt: skip
FAMILY = ("Example", "Sample", "Pretend", "Invented")
COMMENTS = (
    "left hip hurts when I stand", "pain from the back down to the foot", "",
    "cannot sit longer than ten minutes", "same as last time", "groin pain on the stairs", "",
    "after the injection it was better for two weeks", "stiff in the morning", "",
    "new numbness of the big toe", "buttock hurts when I turn in bed",
)  # fmt: skip
OVERBOOKED_BECAUSE = (
    "cannot walk since yesterday", "travels far, only today", "result must be told in person",
)  # fmt: skip
#: id of the finding, present, side; as an examiner would note them.
FINDINGS = (
    ("slr", True, "left"), ("log_roll", False, "right"), ("faber", True, "right"),
    ("thigh_thrust", True, "left"), ("trendelenburg", True, "right"),
)  # fmt: skip


def make_patients(chance: random.Random, desk: User, clinician: User) -> list[Patient]:
    """Forty charts, some with consents and findings."""
    made = []
    for n, given in enumerate(GIVEN):
        patient = chart.create_patient(
            by=desk,
            given_name=given,
            family_name=FAMILY[n % len(FAMILY)],
            birth_date=date(1935 + chance.randrange(70), 1 + n % 12, 1 + chance.randrange(28)),
            gender=gender_of(given),
            email=f"{given.lower()}@invented.example",
            phone=f"+1 555 010 {2000 + n}",
            language="es" if n % 5 == 3 else "en",
        )
        made.append(patient)
        if n % 2 == 0:
            chart.record_consent(patient, "treatment", True, source="desk", by=desk)
            chart.record_consent(patient, "reminders", n % 4 == 0, source="desk", by=desk)
    for n, (finding, present, side) in enumerate(FINDINGS):
        said = Statement(finding, present, date.today(), side=side)
        chart.record_finding(made[2 * n], said, source="clinician", by=clinician)
    return made


def gender_of(given: str) -> str:
    """As the name has it."""
    if given == "Quinn":
        return "unknown"
    return "female" if given in WOMEN else "male"
