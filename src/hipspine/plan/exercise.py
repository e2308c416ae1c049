"""Exercise as it is prescribed: what, how much, how often, and when to make it harder."""

from __future__ import annotations

from hipspine.evidence import evidence, needs_checking
from hipspine.evidence.rows_of_care import ExercisePhase
from hipspine.wording import Wording


def programme_for(leaf: str) -> tuple[ExercisePhase, ...]:
    """The phases of the programme for a source, first weeks first; empty where there is none.

    A row that names the source goes before one that names its group.
    """
    tables = evidence()
    named = [row for row in tables.care.exercise if leaf in row.targets]
    if not named:
        groups = tables.conditions[leaf].parents
        named = [row for row in tables.care.exercise if set(row.targets) & set(groups)]
    first = named[0].programme if named else ""
    rows = [
        row
        for row in tables.care.exercise
        if row.programme == first and any(leaf in tables.members(t) for t in row.targets)
    ]
    return tuple(sorted(rows, key=lambda row: row.from_week))


def how_to(leaf: str) -> tuple[str, ...]:
    """The programme in sentences, its name first."""
    phases = programme_for(leaf)
    if not phases:
        return ()
    title = Wording(
        "{programme}, for {source}",
        programme=phases[0].programme,
        source=evidence().conditions[leaf].name,
    )
    return (title, *(_sentence(phase) for phase in phases))


def cited(leaf: str) -> tuple[str, ...]:
    """The studies of the programme; a dose that is judgement says so in `how_to`."""
    return tuple(dict.fromkeys(_citation(phase) for phase in programme_for(leaf)))


def _citation(phase: ExercisePhase) -> str:
    mark = " [not checked]" if needs_checking(phase.study, phase.verified) else ""
    return evidence().studies[phase.study].citation + mark


def _sentence(phase: ExercisePhase) -> str:
    start = Wording(
        "weeks {first} to {last}: {exercise}",
        first=phase.from_week,
        last=phase.to_week,
        exercise=phase.exercise,
    )
    parts: list[str] = [start, *_dose(phase)]
    if phase.effort:
        parts.append(phase.effort)
    if phase.progress:
        parts.append(Wording("progress: {progress}", progress=phase.progress))
    if phase.dose_basis == "expert_judgement":
        parts.append("(dose: judgement)")
    said = parts[0]
    for part in parts[1:]:
        said = Wording("{first}; {rest}", first=said, rest=part)
    return said


def _dose(phase: ExercisePhase) -> list[str]:
    said: list[str] = []
    if phase.sets and phase.repetitions:
        sets, repetitions = _range(phase.sets), _range(phase.repetitions)
        said.append(Wording("{sets} sets of {reps}", sets=sets, reps=repetitions))
    if phase.hold_s:
        said.append(Wording("each held {seconds} s", seconds=_range(phase.hold_s)))
    if phase.days_a_week is not None:
        said.append(Wording("{days:.0f} days a week", days=phase.days_a_week))
    return said


def _range(cells: tuple[str, ...]) -> str:
    if len(cells) == 1:
        return cells[0]
    return Wording("{low} to {high}", low=cells[0], high=cells[1])
