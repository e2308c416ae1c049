"""The sentences of a risk of hip osteoarthritis: what the figure means and what it lacks."""

from collections.abc import Sequence

from hipspine.findings.patient import Patient
from hipspine.risk import hip_oa_factors as factors
from hipspine.risk.hip_oa_factors import Known, Side
from hipspine.wording import Wording

LIFETIME_AGE, TEN_YEARS = 85.0, 10.0
#: Johnston County begins here.
YOUNG = 45.0
ACTION = (
    "No treatment prevents it for certain: keep weight and activity in a healthy range, and take "
    "radiographs when hip pain or loss of internal rotation comes, not by the calendar."
)
DEFINITION = (
    "Symptomatic osteoarthritis: grade 2 or more on a radiograph and symptoms in the same hip. "
    "Radiographic osteoarthritis without symptoms is commoner, and is another question."
)


def alive(months: int) -> Wording:
    return Wording(
        "Given that this hip is free of it now and that the person lives for these {years} years: "
        "death before then makes the risk smaller.",
        years=f"{months / 12:.0f}",
    )


def of_sides(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ("The figure is for at least one hip of this person.",)
    return (
        "The figure is for this hip alone: the cohorts count people, and the share of people in "
        "whom the second hip follows divides it.",
    )


def absent(known: tuple[Known, ...]) -> tuple[str, ...]:
    names = [k.row.name for k in known if not k.present and k.row.findings]
    if not names:
        return ()
    return (Wording("Told absent, which lowers it a little: {names}.", names=_listed(names)),)


def _listed(names: Sequence[str]) -> Wording:
    """Names with commas between, each of them translated by itself."""
    said = Wording(names[0])
    for name in names[1:]:
        said = Wording("{before}, {name}", before=said, name=Wording(name))
    return said


def gaps(patient: Patient, known: tuple[Known, ...]) -> tuple[str, ...]:
    """What is not known of this person, and how that was dealt with."""
    said: list[str] = []
    if patient.age is None:
        said.append(
            "The age is not known: no 10-year risk from age, and the lifetime range reaches down "
            "to that of someone of 75."
        )
    elif patient.age < YOUNG:
        said.append(
            "Below the age of 45 the cohorts hold few people: the rate there follows that of US "
            "servicemembers."
        )
    elif patient.age + TEN_YEARS > LIFETIME_AGE:
        said.append("Beyond the age of 85 few people were followed: the rate is held level.")
    said += [
        Wording("{name}: the side is not told, so it is not counted.", name=Wording(row.name))
        for row in factors.without_side(patient)
    ]
    missing = [row.name for row in factors.unknown(patient)]
    if missing:
        names = _listed(missing)
        said.append(
            Wording("Left at the mean of people, since they are not told: {names}.", names=names)
        )
    said += [
        Wording(
            "{name} does not raise it for certain: {because}.",
            name=Wording(k.row.name),
            because=Wording(k.row.halved_because),
        )
        for k in known
        if k.row.halved_because and k.multiple.point > 1
    ]
    return tuple(said)
