"""What to do when two phrases of a case say opposite things of one finding.

Two plain statements ("fever" present, "fever" absent) are a mistake of the sender and refused
by `Findings`. Where one of them is a phrase of freer words, the mistake may be in the reading:
neither counts then, and a notice says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from hipspine.evidence import evidence
from hipspine.findings.model import Observation, Side
from hipspine.findings.patient import Reading
from hipspine.wording import Wording

_Key = tuple[str, Side | None, object]


def without_contradictions(readings: Sequence[Reading]) -> tuple[list[Reading], tuple[str, ...]]:
    """The readings with doubtful opposites made equivocal, and a notice for each."""
    plain: dict[_Key, set[bool]] = {}
    told: dict[_Key, dict[bool, str]] = {}
    for reading in readings:
        for o in reading.findings:
            for side in _sides(o):
                key = (o.finding, side, o.date)
                told.setdefault(key, {}).setdefault(o.present, reading.name)
                if is_plain(reading):
                    plain.setdefault(key, set()).add(o.present)
    doubtful = {
        key: said for key, said in told.items() if len(said) > 1 and len(plain.get(key, ())) < 2
    }
    if not doubtful:
        return list(readings), ()
    notices = tuple(
        Wording(
            "{finding}: {one!r} and {other!r} are opposite; not counted",
            finding=finding,
            one=said[True],
            other=said[False],
        )
        for (finding, _, _), said in doubtful.items()
    )
    return [_made_equivocal(reading, doubtful) for reading in readings], tuple(
        dict.fromkeys(notices)
    )


def is_plain(reading: Reading) -> bool:
    """Whether a phrase is no more than the name, a synonym or the id of its finding."""
    if len(reading.findings) != 1:
        return False
    definition = evidence().findings[reading.findings[0].finding]
    said = {definition.id, definition.name, *definition.synonyms, *definition.absent_synonyms}
    return reading.name.strip().lower() in {words.lower() for words in said}


def _sides(o: Observation) -> tuple[Side | None, ...]:
    return ("left", "right") if o.side == "bilateral" else (o.side,)


def _made_equivocal(reading: Reading, doubtful: dict[_Key, dict[bool, str]]) -> Reading:
    findings = tuple(
        replace(o, certainty="equivocal")
        if any((o.finding, side, o.date) in doubtful for side in _sides(o))
        else o
        for o in reading.findings
    )
    return replace(reading, findings=findings)
